"""The name of a confidential source does not slip into words that others read, through
whichever form they are typed.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from claims.choices import Action, Channel
from claims.desk.queries import Question, open_query
from claims.desk.right_of_reply import ReplyRequestDetails, request_reply
from claims.desk.waivers import waive
from claims.evidence.attaching import EvidenceDetails, withdraw
from claims.evidence.editing import EvidenceText, edit_evidence
from claims.evidence.files import FileUpload, attach_file
from claims.evidence.interviews import attach_note
from claims.evidence.source_changes import decide
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.models import Claim, ConfidentialIdentity, Evidence, Interview, Query, SourceChange
from claims.publication.rechecks import request_rechecks
from claims.publication.repetitions import RepetitionDetails, add
from claims.rules.content import active_evidence, working_verdict
from claims.rules.requirements import missing_for_signature
from claims.rules.source_protection import ProtectedName
from claims.workflow import GateError, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories, files
from tests.claims.test_changed_sources import says
from tests.claims.test_interview_notes import SAYS, TEXT, note, secret
from tests.project.api import Api, is_problem

NAME = "Zelda Quince-Marrow"
SEEN = EvidenceDetails(url="", stance="context", finding="It shows the figure.")
SLIP = "As ZELDA  Quince Marrow's papers show."


@pytest.mark.parametrize(
    "words",
    [
        "zelda quince-marrow said so", "ZELDA\u00a0QUINCE\u2011MARROW", (
            "Zélda Quince Marrow's"
            " words"
        ), "Quince-Marrow, Zelda", "call +00 (700) 123-45",
        "write to Z.Quince@ministry.example",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_spelt(words: str) -> None:
    assert ProtectedName.of(
        "Zelda  Quince-Marrow", "+00 700 12345, z.quince@ministry.example"
    ).appears_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "The planning office said so.",
        "an annual report",
        "Zelda Quince alone",
        "in the canteen",
        "1234, 5",
    ],
)
def test_other_words_are_let_through(words: str) -> None:
    assert not ProtectedName.of("Zelda Quince-Marrow", "in the canteen, 00 12345").appears_in(words)
    assert not ProtectedName.of("Ann").appears_in(words)


@pytest.mark.parametrize(
    ("name", "contact", "found", "let_through"),
    [
        ("Mark", "", ["Mark said so.", "as Mark\u2019s papers show", "by (Mark)"], [(
            "The market"
            " fell."
        ), "the mark of 3", "Marked down"]),
        ("May", "", ["May told us."], ["It may rise.", "mayor"]),
        ("Zoë", "", ["Zoe\u0308 said so."], ["zoë"]),
        ("Zelda Quince-Marrow", "Signal, since 2019", [], ["since 2019", "a signal"]),
        ("Zelda Quince-Marrow", "@mark, room 4.12", ["ask @Mark"], ["the mark", "room 4.12"]),
        ("Zelda Quince-Marrow", "chat.example/zq; https://zq.example", ["at chat.example/zq", (
            "see"
            " https://zq.example/"
        )], ["a chat"]),
        ("Zelda Quince-Marrow", "0070 123 45 office", ["call 0070-12345"], ["the office"]),
    ],
)  # fmt: skip
def test_what_stands_in_other_texts_too_gives_nobody_away(
    name: str, contact: str, found: list[str], let_through: list[str]
) -> None:
    secret = ProtectedName.of(name, contact)
    assert [words for words in found if not secret.appears_in(words)] == []
    assert [words for words in let_through if secret.appears_in(words)] == []


def test_only_what_the_claim_names_may_be_named_beside_it() -> None:
    beside = ProtectedName.of("Zelda Quince-Marrow", "z.quince@ministry.example").without_names_in(
        "Zelda Quince-Marrow (z.quince@ministry.example) said so."
    )
    assert not beside.appears_in("As Zelda Quince-Marrow's papers show.")
    assert beside.appears_in("Quince-Marrow, Zelda") and beside.appears_in(
        "write to z.quince@ministry.example"
    )
    assert ProtectedName.of("Will").without_names_in("Taxes will rise.").appears_in("Will said so.")


def _claim_with_note(checker: User) -> tuple[Claim, Evidence]:
    claim = factories.ready(checker)
    return claim, attach_note(claim, by=checker, note=secret(), item=SAYS)


def _reworded(**words: str) -> Callable[[Claim, Evidence, User, User], object]:
    def save(claim: Claim, item: Evidence, checker: User, editor: User) -> object:
        fields = {"stance": "refutes", "quote": SAYS.quote, "finding": "", "locator": "", **words}
        return edit_evidence(item, by=checker, words=EvidenceText(**fields))

    return save


def _scan(**words: str) -> FileUpload:
    return FileUpload(
        **{
            "content": files.PNG,
            "name": "scan.png",
            "publisher": "Park office",
            "transcript": "2,100 trees.",
            **words,
        }
    )


def _change(claim: Claim) -> SourceChange:
    first = Evidence.objects.get(claim=claim, number=1)
    says(first, "The page says something else now.")
    return first.changes.get()


ENTRY_POINTS: dict[str, Callable[[Claim, Evidence, User, User], object]] = {
    "quote": _reworded(quote=SLIP),
    "finding": _reworded(finding=SLIP),
    "locator": _reworded(locator=SLIP),
    "another item": lambda claim, item, checker, editor: factories.attach(
        claim,
        by=checker,
        details=EvidenceDetails(url="https://papers.example/1", stance="refutes", finding=SLIP),
    ),
    "verdict": lambda claim, item, checker, editor: factories.written(claim, checker, answer=SLIP),
    "claim": lambda claim, item, checker, editor: edit_claim(
        claim, by=checker, words=ClaimEdit(SLIP, None, None, "", None)
    ),
    "wording for readers": lambda claim, item, checker, editor: edit_claim(
        claim, by=checker, words=ClaimEdit(claim.text, None, None, "", None, wording=SLIP)
    ),
    "withdrawal": lambda claim, item, checker, editor: withdraw(item, by=checker, note=SLIP),
    "waiver": lambda claim, item, checker, editor: waive(claim, by=editor, reason=SLIP),
    "another note": lambda claim, item, checker, editor: attach_note(
        claim, by=checker, note=note(text=f"{TEXT} {SLIP}"), item=SAYS
    ),
    "whom a note is of": lambda claim, item, checker, editor: attach_note(
        claim, by=checker, note=note(person=NAME), item=SAYS
    ),
    "whose office": lambda claim, item, checker, editor: attach_note(
        claim,
        by=checker,
        note=secret(role=f"works for {NAME}", real_name="Ole Brandt", contact=""),
        item=SAYS,
    ),
    "whose voice": lambda claim, item, checker, editor: attach_note(
        claim, by=checker, note=note(speaks_for=NAME), item=SAYS
    ),
    "words of a file": lambda claim, item, checker, editor: attach_file(
        claim, by=checker, sent=_scan(transcript=SLIP), item=SEEN
    ),
    "title of a file": lambda claim, item, checker, editor: attach_file(
        claim, by=checker, sent=_scan(title=SLIP), item=SEEN
    ),
    "whose file": lambda claim, item, checker, editor: attach_file(
        claim, by=checker, sent=_scan(publisher=NAME), item=SEEN
    ),
    "file name": lambda claim, item, checker, editor: attach_file(
        claim, by=checker, sent=_scan(name=f"{NAME}.png"), item=SEEN
    ),
    "changed source": lambda claim, item, checker, editor: decide(
        _change(claim), by=checker, note=SLIP
    ),
    "query": lambda claim, item, checker, editor: open_query(
        claim, by=checker, question=Question(text=SLIP)
    ),
    "move": lambda claim, item, checker, editor: apply(
        claim, Action.RELEASE, by=checker, data=factories.note(SLIP)
    ),
}


@pytest.mark.django_db
def test_no_form_takes_it(checker: User, editor: User) -> None:
    claim, item = _claim_with_note(checker)
    for entry_point, write in ENTRY_POINTS.items():
        with pytest.raises((ValidationError, GateError)) as refused:
            write(claim, item, checker, editor)
        assert "confidential source" in str(refused.value), entry_point
        assert "quince" not in str(refused.value).lower(), entry_point
    withdraw(item, by=checker, note="Not needed.")
    with pytest.raises(
        ValidationError, match="confidential source"
    ):  # what was cited once is kept for good
        factories.written(claim, checker, answer=SLIP)
    assert (
        not Query.objects.exists()
        and not claim.evidence.filter(number__gt=3).exists()
        and Interview.objects.count() == 1
    )
    assert SourceChange.objects.get().pending
    factories.written(claim, checker, answer="As papers of the ministry show.")


@pytest.mark.django_db
def test_what_was_written_before_the_note_stops_the_signature(checker: User, ready: Claim) -> None:
    factories.written(ready, checker, answer=SLIP)
    attach_note(ready, by=checker, note=secret(), item=SAYS)
    [gap] = missing_for_signature(ready, working_verdict(ready), active_evidence(ready))
    assert (gap.code, gap.anchor) == ("source_protection", "verdict") and gap.text.startswith(
        "Short answer"
    )
    with pytest.raises(GateError, match="confidential source"):
        apply(ready, Action.SUBMIT, by=checker)


@pytest.mark.django_db
def test_it_is_kept_once_the_note_is_withdrawn(checker: User, ready: Claim) -> None:
    factories.written(ready, checker, answer=SLIP)
    withdraw(
        attach_note(ready, by=checker, note=secret(), item=SAYS), by=checker, note="Not needed."
    )
    with pytest.raises(GateError, match="confidential source"):
        apply(ready, Action.SUBMIT, by=checker)


@pytest.mark.django_db
def test_beside_a_published_verdict_it_is_kept_too(checker: User, editor: User) -> None:
    claim, item = _claim_with_note(checker)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    details = RepetitionDetails(
        factories.claimant("Ole Brandt"),
        clock.now().date(),
        "Twice as many.",
        "https://radio.example/noon",
    )
    for slip in (
        {"claimant": factories.claimant(NAME)},
        {"words": SLIP},
        {"appearance_url": "https://radio.example/zelda-quince-marrow"},
    ):
        with pytest.raises(ValidationError, match="confidential source") as refused:
            add(claim, by=checker, details=replace(details, **slip))
        assert list(refused.value.message_dict) == list(slip)
    for thing in (item.link, claim.verdicts.get()):
        with pytest.raises(ValidationError, match="confidential source") as refused:
            request_rechecks(thing, by=editor, note=SLIP)
        assert list(refused.value.message_dict) == ["note"]
    assert (
        add(claim, by=checker, details=details)
        and len(request_rechecks(item.link, by=editor, note="It may be out of date.").tasks) == 1
    )


@pytest.mark.django_db
def test_somebody_the_claim_names_is_asked_and_named_as_ever(checker: User) -> None:
    claim, _ = _claim_with_note(checker)
    zelda = factories.claimant("Zelda Quince-Marrow")
    edit_claim(claim, by=checker, words=ClaimEdit(claim.text, zelda, None, "", None))
    request_reply(
        claim,
        by=checker,
        details=ReplyRequestDetails(
            person="Zelda Quince-Marrow", channel=Channel.EMAIL, question="What is it based on?"
        ),
    )
    with pytest.raises(ValidationError, match="confidential source"):
        edit_evidence(
            Evidence.objects.get(number=3), by=checker, words=EvidenceText("refutes", "", SLIP, "")
        )


@pytest.mark.django_db
def test_over_the_api_the_refusal_names_the_field_and_not_the_person(checker: User) -> None:
    _, item = _claim_with_note(checker)
    answer = Api(checker).patch(f"evidence/{item.public_id}/", {"finding": SLIP})
    assert is_problem(answer, 400) and [error["field"] for error in answer.json()["errors"]] == [
        "finding"
    ]
    assert (
        "Quince" not in answer.text and ConfidentialIdentity.objects.get().name not in answer.text
    )
