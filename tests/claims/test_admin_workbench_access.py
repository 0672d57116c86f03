"""Every URL of the workbench, tried by everybody who must not use it: refused, and
nothing changed.
"""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.models import Claim, Evidence, Verdict, VerdictRevision
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.models import Claimant, Link
from tests import factories

STRANGERS = ("reporter", "auditor", "admin_person", "superuser", "outsider")
STAGES: dict[str, Callable[[User, User], Claim]] = {
    "open": lambda checker, _: factories.claim(checker),
    "in_progress": lambda checker, _: factories.ready(checker),
    "in_review": lambda checker, _: factories.submitted(checker),
    "approved": factories.approved,
    "published": factories.published,
}
ENOUGH = {
    "note": "Because.", "reason": "trivial", "text": "Other words.", "claimant": (
        "Somebody"
        " new"
    ), "version": 1,
    "url": "https://new.example/page", "stance": "refutes", "quote": "Some words.", "short_answer": "No.", "explanation": "So.",
}  # fmt: skip


def _everything(claim: Claim) -> list[object]:
    """All that a stranger could have changed."""
    return [
        *Claim.objects.values(),
        *Verdict.objects.values(),
        *Evidence.objects.values(),
        *VerdictRevision.objects.values(),
        *AuditEntry.objects.values("seq"),
        *Claimant.objects.values(),
        *Link.objects.values(),
        *claim.transitions.values(),
    ]


def _entry_points(claim: Claim) -> list[str]:
    moves = [
        reverse("admin:claims_claim_move", args=[claim.pk, action]) for action in Action.values
    ]
    parts = [
        reverse(f"admin:claims_claim_{part}", args=[claim.pk])
        for part in ("details", "verdict", "evidence")
    ]
    items = [
        reverse(f"admin:claims_claim_{part}", args=[claim.pk, 1])
        for part in ("withdraw", "read_capture", "check_link")
    ]
    return moves + parts + items


@pytest.mark.parametrize("stage", STAGES)
def test_strangers_are_refused_at_every_entry_point_in_any_state(
    request: pytest.FixtureRequest, checker: User, editor: User, stage: str
) -> None:
    claim = STAGES[stage](checker, editor)
    strangers = {who: Client() for who in STRANGERS}
    for who, client in strangers.items():
        client.force_login(request.getfixturevalue(who))
    before = _everything(claim)
    for who, client in strangers.items():
        for entry_point in _entry_points(claim):
            answer = client.post(entry_point, {**ENOUGH, "assignee": checker.pk})
            assert answer.status_code in {403, 404}, (who, entry_point)
    assert _everything(claim) == before


@pytest.mark.parametrize("who", ["reporter", "admin_person", "superuser", "outsider"])
def test_who_may_not_see_the_claim_hears_that_there_is_none(
    client: Client, request: pytest.FixtureRequest, who: str, ready: Claim
) -> None:
    client.force_login(request.getfixturevalue(who))
    entry_points = [
        *_entry_points(ready),
        reverse("admin:claims_claim_capture", args=[ready.pk, 1]),
    ]
    assert {client.get(entry_point).status_code for entry_point in entry_points} == {404}
    assert client.get(reverse("admin:claims_claim_change", args=[ready.pk])).status_code in {
        403,
        404,
    }


def test_nobody_passes_without_signing_in(client: Client, ready: Claim) -> None:
    before = _everything(ready)
    for entry_point in _entry_points(ready):
        assert (
            client.post(entry_point, ENOUGH).headers["Location"].startswith(reverse("admin:login"))
        )
    assert _everything(ready) == before


def test_a_checker_who_is_not_the_assignee_changes_nothing(
    client: Client, second_checker: User, ready: Claim
) -> None:
    client.force_login(second_checker)
    before = _everything(ready)
    for part in ("details", "verdict", "evidence"):
        assert (
            client.post(reverse(f"admin:claims_claim_{part}", args=[ready.pk]), ENOUGH).status_code
            == 403
        )
    for part in ("withdraw", "read_capture"):
        assert (
            client.post(reverse(f"admin:claims_claim_{part}", args=[ready.pk, 1])).status_code
            == 403
        )
    assert (
        client.post(reverse("admin:claims_claim_move", args=[ready.pk, "submit"])).status_code
        == 403
    )
    assert _everything(ready) == before


@pytest.mark.parametrize("who", ["checker", "editor", "auditor"])
def test_the_stock_form_is_gone(
    client: Client, request: pytest.FixtureRequest, who: str, ready: Claim
) -> None:
    client.force_login(request.getfixturevalue(who))
    before = _everything(ready)
    stock = {
        "_save": "Save",
        "status": "published",
        "assignee": "",
        "text": "Mine now.",
        "version": 99,
        "evidence-TOTAL_FORMS": 1,
        "evidence-INITIAL_FORMS": 0,
        "evidence-0-finding": "Sneaked in.",
    }
    assert (
        client.post(reverse("admin:claims_claim_change", args=[ready.pk]), stock).status_code == 405
    )
    client.post(
        reverse("admin:claims_claim_changelist"),
        {**stock, "form-TOTAL_FORMS": 1, "form-0-status": "published"},
    )
    assert _everything(ready) == before


def test_a_status_posted_with_a_form_is_ignored(
    client: Client, checker: User, ready: Claim
) -> None:
    ready.refresh_from_db()
    client.force_login(checker)
    data = {
        "text": "Better words.",
        "version": ready.version,
        "status": "published",
        "held_from": "open",
        "slug": "x",
    }
    client.post(reverse("admin:claims_claim_details", args=[ready.pk]), data)
    ready.refresh_from_db()
    assert (ready.text, ready.status, ready.slug) == ("Better words.", "in_progress", "")


@pytest.mark.parametrize("pk", ["0", "99999", "9" * 400, "1e400", "x", "%00"])
def test_an_impossible_number_is_a_404(client: Client, editor: User, pk: str) -> None:
    client.force_login(editor)
    for entry_point in ("change/", "move/take/", "details/", "evidence/1/capture/"):
        assert client.get(f"/admin/claims/claim/{pk}/{entry_point}", follow=True).status_code == 404
