"""Moving many claims at once: each on its own, through the workflow, with a word on
each refusal.
"""

from django.test import Client
from django.urls import reverse

from claims.choices import Status
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.models import Claim
from factcheck.newsroom.models import User
from tests import factories

LIST = reverse("admin:claims_claim_changelist")


def _press(client: Client, action: str, claims: list[Claim], **more: object) -> str:
    """As from a list that was loaded just now."""
    seen = [f"{claim.pk}:{Claim.objects.get(pk=claim.pk).version}" for claim in claims]
    data = {
        "action": action,
        "index": 0,
        "_selected_action": [claim.pk for claim in claims],
        "seen": seen,
        **more,
    }
    return client.post(LIST, data, follow=True).content.decode()


def test_it_first_asks_for_what_the_move_needs(client: Client, checker: User, editor: User) -> None:
    claims = [factories.claim(checker), factories.claim(checker)]
    client.force_login(editor)
    page = _press(client, "assign", claims)
    assert 'name="assignee"' in page
    assert all(claim.text in page for claim in claims)
    assert not Claim.objects.exclude(status=Status.OPEN).exists()


def test_an_editor_assigns_several_claims(client: Client, checker: User, editor: User) -> None:
    claims = [factories.claim(checker), factories.claim(checker)]
    client.force_login(editor)
    assert "Assign: 2 updated, 0 not updated." in _press(
        client, "assign", claims, go=1, assignee=checker.pk
    )
    assert Claim.objects.filter(assignee=checker, status=Status.IN_PROGRESS).count() == 2


def test_what_is_refused_says_why_and_the_rest_is_done(
    client: Client, checker: User, editor: User
) -> None:
    open_recheck, published = factories.claim(checker), factories.published(checker, editor)
    client.force_login(editor)
    page = _press(client, "decline", [open_recheck, published], go=1, reason="trivial")
    assert "Decline: 1 updated, 1 not updated." in page
    assert "while the claim is published" in page
    published.refresh_from_db()
    assert published.status == Status.PUBLISHED


def test_declining_without_a_reason_changes_nothing(
    client: Client, checker: User, editor: User
) -> None:
    claim = factories.claim(checker)
    client.force_login(editor)
    assert "Choose a reason." in _press(client, "decline", [claim], go=1)
    claim.refresh_from_db()
    assert claim.status == Status.OPEN


def test_a_checker_and_an_auditor_cannot_move_many(
    client: Client, checker: User, auditor: User
) -> None:
    claim = factories.claim(checker)
    for user in (checker, auditor):
        client.force_login(user)
        _press(client, "decline", [claim], go=1, reason="trivial")
        claim.refresh_from_db()
        assert claim.status == Status.OPEN


def test_pressing_twice_is_harmless(client: Client, checker: User, editor: User) -> None:
    claim = factories.claim(checker)
    client.force_login(editor)
    for _ in range(2):
        assert "1 updated, 0 not updated" in _press(
            client, "decline", [claim], go=1, reason="trivial", seen=f"{claim.pk}:1"
        )
    assert claim.transitions.count() == 1


def test_what_somebody_changed_meanwhile_is_refused_and_the_rest_is_done(
    client: Client, checker: User, editor: User
) -> None:
    stale, fresh, unseen = (factories.claim(checker) for _ in range(3))
    client.force_login(editor)
    shown = client.get(LIST).text
    assert all(f'name="seen" value="{claim.pk}:1"' in shown for claim in (stale, fresh))
    asked = _press(client, "decline", [stale, fresh], seen=[f"{stale.pk}:1", f"{fresh.pk}:1"])
    assert (
        f'name="seen" value="{stale.pk}:1 {fresh.pk}:1"' in asked
        or f'name="seen" value="{fresh.pk}:1 {stale.pk}:1"' in asked
    )
    _reword(stale, editor)
    told = _press(
        client,
        "decline",
        [stale, fresh, unseen],
        go=1,
        reason="trivial",
        seen=f"{stale.pk}:1 {fresh.pk}:1",
    )
    assert "Decline: 1 updated, 2 not updated." in told and "changed" in told
    states = {claim: Claim.objects.get(pk=claim.pk).status for claim in (stale, fresh, unseen)}
    assert states == {stale: Status.OPEN, fresh: Status.DECLINED, unseen: Status.OPEN}


def _reword(claim: Claim, by: User) -> None:
    edit_claim(claim, by=by, words=ClaimEdit("The city planted 900 trees.", None, None, "", None))


def test_nobody_deletes(client: Client, checker: User, editor: User) -> None:
    claim = factories.claim(checker)
    client.force_login(editor)
    _press(client, "delete_selected", [claim], post="yes")
    assert (
        client.post(
            reverse("admin:claims_claim_delete", args=[claim.pk]), {"post": "yes"}
        ).status_code
        == 403
    )
    assert Claim.objects.filter(pk=claim.pk).exists()
