"""The checker's home: what holds up each claim, and what was sent back first."""

from datetime import timedelta

import pytest
from django.test import Client

from claims.admin.claim_work import claims_of
from claims.admin.home.blockers import blockers_of, with_blockers
from claims.choices import Action, Channel
from claims.desk.queries import Question, open_query, resolve
from claims.desk.right_of_reply import ReplyRequestDetails, request_reply
from claims.models import Claim
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db
NOTE = factories.note("Name the year of the register.")


def _blockers(of: User) -> dict[str, str]:
    return {str(claim): blockers_of(claim) for claim in with_blockers(claims_of(of, "mine"))}


def _taken(checker: User, text: str) -> Claim:
    claim = factories.claim(checker, text=text)
    apply(claim, Action.TAKE, by=checker)
    return claim


def test_each_claim_says_what_holds_it_up(checker: User, editor: User) -> None:
    bare = _taken(checker, "Nothing yet")
    half = _taken(checker, "One source")
    factories.evidence(half, checker)
    factories.written(half, checker)
    lost = factories.ready(checker, text="Lost words")
    factories.evidence(lost, checker, quote="words nobody wrote")
    asked = factories.ready(checker, text="Asked for a reply")
    Claim.objects.filter(pk=asked.pk).update(claimant=factories.claimant("Ole Brandt"))
    asked.refresh_from_db()
    contact = ReplyRequestDetails(person="Ole Brandt", channel=Channel.EMAIL, question="True?")
    request_reply(asked, by=checker, details=contact)
    queried = factories.ready(checker, text="A query")
    open_query(queried, by=editor, question=Question(text="Which year?", blocking=True))
    factories.ready(checker, text="All there")
    factories.submitted(checker, text="Submitted")
    factories.approved(checker, editor, text="Approved")
    held = _taken(checker, "Held")
    apply(held, Action.HOLD, by=editor, data=factories.note("Until Monday."))
    assert _blockers(checker) == {
        "Nothing yet": "0 of 2 sources · no rating yet",
        "One source": "1 of 2 sources",
        "Lost words": "quote not found",
        "Asked for a reply": "waiting for a reply",
        "A query": "blocking query",
        "All there": "ready to sign",
        "Submitted": "waiting for a second signature",
        "Approved": "waiting for publication",
        "Held": "on hold",
    }
    assert bare.assignee == checker
    resolve(queried.queries.get(), by=editor)
    assert _blockers(checker)["A query"] == "ready to sign"


def test_what_was_sent_back_comes_first_with_what_was_asked(
    client: Client, checker: User, editor: User
) -> None:
    urgent = _taken(checker, "Due in an hour")
    Claim.objects.filter(pk=urgent.pk).update(due_at=clock.now() + timedelta(hours=1))
    back = factories.submitted(checker, text="Came back")
    apply(back, Action.REQUEST_CHANGES, by=editor, data=NOTE)
    client.force_login(checker)
    home = client.get("/admin/").text
    assert home.index("Came back") < home.index("Due in an hour")
    assert "sent back: Name the year of the register." in home
    assert next(iter(_blockers(checker))) == "Came back"


def test_it_stays_sent_back_through_a_hold_and_until_it_is_submitted_again(
    checker: User, second_checker: User, editor: User
) -> None:
    back = factories.submitted(checker, text="Came back")
    apply(back, Action.REQUEST_CHANGES, by=editor, data=NOTE)
    apply(back, Action.HOLD, by=editor, data=factories.note("Until Monday."))
    assert _blockers(checker) == {"Came back": "on hold"}
    apply(back, Action.RESUME, by=editor)
    assert _blockers(checker)["Came back"].startswith("sent back: ")
    apply(
        back,
        Action.REASSIGN,
        by=editor,
        data=MoveData(assignee=second_checker, note="You have time."),
    )
    assert _blockers(checker) == {}
    assert _blockers(second_checker)["Came back"].startswith("sent back: ")
    apply(back, Action.SUBMIT, by=second_checker)
    assert _blockers(second_checker) == {"Came back": "waiting for a second signature"}


def test_a_long_note_is_cut(checker: User, editor: User) -> None:
    back = factories.submitted(checker, text="Came back")
    apply(back, Action.REQUEST_CHANGES, by=editor, data=factories.note("Why? " * 80))
    words = _blockers(checker)["Came back"]
    assert len(words) < 130 and words.endswith("…")
