"""The button that watches a claim, or no longer."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.desk.notifications import watching
from claims.models import Claim
from factcheck.newsroom.admin_base import person


def context(state: PageState) -> Context:
    watched = state.claim.watched  # type: ignore[attr-defined]
    name = "unwatch" if watched else "watch"
    url = reverse(f"admin:claims_claim_{name}", args=[state.claim.pk])
    return {"watched": watched, "watch_url": url}


def watch(request: HttpRequest, claim: Claim) -> Answer:
    def save() -> str:
        watching.watch(claim, by=person(request))
        return _("You watch this claim: you are told of what happens to it.")

    return respond(request, claim, None, save)


def unwatch(request: HttpRequest, claim: Claim) -> Answer:
    def save() -> str:
        watching.unwatch(claim, by=person(request))
        return _("You no longer watch this claim.")

    return respond(request, claim, None, save)


PANEL = Panel(context, (Route("watch/", watch, "watch"), Route("unwatch/", unwatch, "unwatch")))
