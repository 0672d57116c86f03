"""The page of a claim is put together from its panels, and none of them hides what
another says.
"""

from collections import Counter

import pytest
from django.test import Client

from claims.admin.workbench.page import PANELS, joined
from claims.models import Claim
from factcheck.newsroom.models import User
from tests import factories


def test_what_panels_say_under_one_name_is_joined() -> None:
    whole = joined([{"forms": {"a": 1}, "x": 1}, {"forms": {"b": 2}}, {"gates": {"c": {"d": 3}}}])
    assert whole == {"forms": {"a": 1, "b": 2}, "x": 1, "gates": {"c": {"d": 3}}}


def test_a_context_is_not_changed_by_joining_it() -> None:
    first = {"forms": {"a": 1}}
    joined([first, {"forms": {"b": 2}}])
    assert first == {"forms": {"a": 1}}


@pytest.mark.parametrize(
    "contexts",
    [
        pytest.param([{"items": 1}, {"items": 2}], id="values"),
        pytest.param([{"items": {}}, {"items": 2}], id="a mapping and a value"),
        pytest.param([{"forms": {"words": 1}}, {"forms": {"words": 2}}], id="within a mapping"),
    ],
)
def test_what_two_panels_name_is_refused(contexts: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError, match="Two panels"):
        joined(contexts)


def test_no_two_buttons_share_an_address_or_a_name() -> None:
    routes = [route for panel in PANELS for route in panel.routes]
    for shared in (Counter(route.path for route in routes), Counter(r.name for r in routes)):
        assert max(shared.values()) == 1


@pytest.mark.django_db
def test_what_the_panels_say_reaches_the_page(client: Client, checker: User, editor: User) -> None:
    claim: Claim = factories.submitted(checker)
    client.force_login(editor)
    page = client.get(f"/admin/claims/claim/{claim.pk}/change/")
    assert page.context["repetitions"] is not None
    assert set(page.context["closed"]) == {"words", "source", "verdict", "all"}
    for form in ("words", "source", "file", "note", "withdraw", "verdict"):
        assert form in page.context["forms"]
