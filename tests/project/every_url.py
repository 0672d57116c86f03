"""Every address of the project, out of the URL configuration itself, and each filled
with real ids of the rows there are.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from claims.choices import Action, SitePage
from claims.intake.received_tips import token_of
from claims.models import (
    Claim,
    Evidence,
    Extraction,
    Import,
    LiveStream,
    Mailbox,
    Tip,
    WebhookDelivery,
    WebhookEndpoint,
)
from factcheck.newsroom.models import ServiceAccount
from sources.models import Picture

MOST_ROWS = 2
_angle = re.compile(r"<(?:\w+:)?(\w+)>")
_named = re.compile(r"\(\?P<(\w+)>([^()]*)\)")
_of_model = re.compile(r"^admin/(\w+)/(\w+)/")


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern, as a person writes it: admin/claims/claim/<pk>/details/."""

    route: str
    view: Callable[..., Any]

    @property
    def entry_point(self) -> str:
        return self.route.split("/")[0] if self.route.startswith(("admin/", "api/")) else "public"

    @property
    def names(self) -> list[str]:
        return _angle.findall(self.route)


def addresses() -> list[Address]:
    return sorted(_walk(get_resolver(), ""), key=lambda one: one.route)


def _walk(resolver: URLResolver, before: str) -> Iterator[Address]:
    for one in resolver.url_patterns:
        route = before + _plain(str(one.pattern))
        if isinstance(one, URLPattern):
            yield Address(route, one.callback)
        else:
            yield from _walk(one, route)


def _plain(route: str) -> str:
    """Without converters, anchors and the expressions of regular ones."""
    route = _named.sub(r"<\1>", route.removeprefix("^").removesuffix("$").removesuffix("\\Z"))
    return _angle.sub(r"<\1>", route)


def filled(address: Address) -> list[str]:
    """The paths of this pattern for the rows that exist, a few of each."""
    choices = [_values(address.route, name)[:MOST_ROWS] for name in address.names]
    return ["/" + _put(address.route, values) for values in product(*choices)]


def _put(route: str, values: tuple[str, ...]) -> str:
    waiting = iter(values)
    return _angle.sub(lambda _: next(waiting), route)


def _values(route: str, name: str) -> list[str]:
    """Real values of a part of a path: the rows of the model it is named after, or of
    the screen it stands on.

    A name that is not known here fails the test: say below where its values come from.
    """
    if "/identity/" in route and name in _NOTE and (told := _note(_NOTE[name])):
        return told
    if route.startswith(("admin/jobs/", "api/v1/jobs/")):
        return ["extraction"] if name == "kind" else _column(Extraction, "pk")
    if name in OTHERS:
        return OTHERS[name]()
    if name == "pk" and route.startswith("accounts/2fa/webauthn/keys/"):
        return _column(Authenticator, "pk")
    screen = _of_model.match(route)
    if name == "object_id" and "<content_type_id>" in route:
        return _column(Claim, "pk")
    if name in {"pk", "object_id", "id"} and screen:
        return _column(apps.get_model(*screen.groups()), "pk")
    models = [
        model
        for known, model in sorted(_by_name().items())
        if known.startswith(name.replace("_", ""))
    ]
    if not models:
        raise AssertionError(
            f"{route}: nobody knows real values of <{name}>. Add it to OTHERS in {__name__}."
        )
    return _column(models[0], "public_id")


# Most evidence has nobody to protect: the parts of a path to one that has.
_NOTE = {"pk": "claim_id", "number": "number", "evidence": "public_id"}


def _note(column: str) -> list[str]:
    notes = Evidence.objects.filter(capture__interview__confidential=True).order_by("pk")
    return [str(value) for value in notes.values_list(column, flat=True)[:1]]


def _column(model: type[Model], column: str) -> list[str]:
    rows = model._default_manager.order_by("pk")
    if model is ServiceAccount:
        rows = rows.filter(is_service=True)
    return [str(value) for value in rows.values_list(column, flat=True)[:MOST_ROWS]]


@cache
def _by_name() -> dict[str, type[Model]]:
    return {
        str(model._meta.model_name): model
        for model in apps.get_models()
        if hasattr(model, "public_id")
    }


OTHERS: dict[str, Callable[[], list[str]]] = {
    "other": lambda: _column(Claim, "public_id"),
    "other_picture": lambda: _column(Picture, "public_id"),
    "proposal": lambda: ["1"],
    "name": lambda: [Action.APPROVE_AND_PUBLISH.value, Action.RETRACT.value],
    "number": lambda: ["1", "2"],
    "address": lambda: [claim.address for claim in Claim.objects.order_by("pk")],
    "app_label": lambda: ["claims", "newsroom"],
    "content_type_id": lambda: [str(ContentType.objects.get_for_model(Claim).pk)],
    "kind": lambda: ["link", "verdict"],
    "fact_check_import": lambda: _column(Import, "public_id"),
    "stream": lambda: _column(LiveStream, "public_id"),
    "screen": lambda: ["claims.claim"],
    "form": lambda: ["csv", "json"],
    "page": lambda: [page.value for page in SitePage],
    "language": lambda: ["en"],
    "url": lambda: ["no-such-screen/"],
    "feed_format": lambda: ["atom", "json"],
    # the rows were published just now
    "year": lambda: [str(timezone.now().year)],
    "month": lambda: [str(timezone.now().month)],
    "uidb64": lambda: ["MQ"],
    "tip_token": lambda: [token_of(tip) for tip in Tip.objects.order_by("pk")],
    "token": lambda: ["set-password", "x-y"],
    "webhook": lambda: _column(WebhookEndpoint, "public_id"),
    "mailbox": lambda: _column(Mailbox, "public_id"),
    "delivery": lambda: _column(WebhookDelivery, "public_id"),
    "provider_id": lambda: ["no-provider"],
}
