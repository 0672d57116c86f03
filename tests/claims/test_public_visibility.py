"""Nothing but what is published is reachable, whoever guesses whatever."""

from collections.abc import Callable

import pytest
from django.test import Client

from claims.choices import Action, Status
from claims.evidence.attaching import withdraw
from claims.models import Claim, Verdict
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import page

Make = Callable[[User, User], Claim]


def _moved(claim: Claim, action: Action, by: User, data: MoveData) -> Claim:
    apply(claim, action, by=by, data=data)
    return claim


NOT_PUBLIC: dict[Status, Make] = {
    Status.OPEN: lambda checker, editor: factories.claim(checker),
    Status.IN_PROGRESS: lambda checker, editor: factories.ready(checker),
    Status.IN_REVIEW: lambda checker, editor: factories.submitted(checker),
    Status.APPROVED: factories.approved,
    Status.ON_HOLD: lambda checker, editor: _moved(
        factories.approved(checker, editor),
        Action.HOLD,
        editor,
        MoveData(note="Waiting for the court."),
    ),
    Status.DECLINED: lambda checker, editor: _moved(
        factories.submitted(checker), Action.DECLINE, editor, MoveData(reason="opinion")
    ),
    Status.MERGED: lambda checker, editor: factories.merged(
        factories.approved(checker, editor), factories.claim(checker), editor
    ),
}


def _guesses(claim: Claim) -> list[str]:
    short = claim.public_id.hex[:8]
    addresses = [
        claim.address,
        f"verdict-{short}",
        f"the-city-planted-trees-{short}",
        short,
        f"-{short}",
        claim.public_id.hex,
        str(claim.public_id),
    ]
    addresses += [
        str(number) for number in (claim.pk, *claim.verdicts.values_list("pk", flat=True))
    ]
    tails = (
        "",
        "claimreview.json",
        "content.json",
        "versions/1/content.json",
        *(f"evidence/{number}/" for number in range(4)),
    )
    return [f"/verdicts/{address}/{tail}" for address in addresses for tail in tails]


@pytest.mark.parametrize("status", sorted(NOT_PUBLIC))
@pytest.mark.parametrize("reader", ["nobody", "editor"])
def test_what_is_not_published_is_not_found_by_any_guess(
    status: Status, reader: str, client: Client, checker: User, editor: User
) -> None:
    claim = NOT_PUBLIC[status](checker, editor)
    assert claim.status == status
    if reader == "editor":
        client.force_login(editor)
    for guess in _guesses(claim):
        answer = client.get(guess)
        assert answer.status_code == 404, guess
        assert claim.text not in answer.text
    assert claim.text not in client.get("/verdicts/").text


def test_every_state_is_either_public_or_tested_here() -> None:
    assert set(NOT_PUBLIC) | {Status.PUBLISHED, Status.RETRACTED} == set(Status)


def test_a_not_found_page_does_not_tell_a_secret_claim_from_none(
    client: Client, approved: Claim
) -> None:
    secret, nothing = (
        client.get(f"/verdicts/a-{approved.public_id.hex[:8]}/"),
        client.get("/verdicts/a-00000000/"),
    )
    assert (secret.status_code, secret.content) == (nothing.status_code, nothing.content)


def test_notes_and_withdrawn_evidence_stay_inside(
    client: Client, checker: User, editor: User, ready: Claim
) -> None:
    extra = factories.evidence(
        ready, checker, quote="A secret passage.", text="A secret passage. More."
    )
    withdraw(extra, by=checker, note="Our lawyer said no.")
    apply(ready, Action.SUBMIT, by=checker)
    apply(ready, Action.REQUEST_CHANGES, by=editor, data=MoveData(note="Too harsh on her."))
    apply(ready, Action.SUBMIT, by=checker)
    apply(ready, Action.APPROVE_AND_PUBLISH, by=editor)
    shown = "".join(
        client.get(page(ready, tail)).text
        for tail in ("", "claimreview.json", "evidence/1/", "evidence/2/")
    )
    for secret in ("secret passage", "lawyer", "Too harsh", extra.link.url):
        assert secret not in shown
    assert client.get(page(ready, "evidence/3/")).status_code == 404


def test_readers_change_nothing(client: Client, published: Claim) -> None:
    for path in (
        "/",
        "/verdicts/",
        page(published),
        page(published, "claimreview.json"),
        page(published, "evidence/1/"),
    ):
        assert Client().post(path).status_code == 405
        assert client.delete(path).status_code == 405
    assert Verdict.objects.published().count() == 1
