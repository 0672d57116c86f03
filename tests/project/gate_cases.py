"""The gates of a verdict: a claim for each, and how it loses what the gate asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from claims.choices import Action, QuoteAccuracy
from claims.desk.conflicts_of_interest import DeclaredInterest, declare
from claims.desk.queries import Question, open_query
from claims.evidence.attaching import EvidenceDetails, withdraw
from claims.evidence.editing import EvidenceText, edit_evidence
from claims.evidence.interviews import attach_note
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.models import Claim, Rating, Verdict
from claims.publication.translations import set_original
from claims.rules.content import active_evidence
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom.choices import GrantKind
from factcheck.newsroom.models import AccessGrant, User
from tests import factories
from tests.claims.test_interview_notes import secret


@dataclass(frozen=True)
class People:
    checker: User
    editor: User
    second: User


@dataclass(frozen=True)
class Gate:
    """`make` gives a claim in review or approved, `breaks` takes one thing from it;
    `held` by the database itself as well.
    """

    code: str
    make: Callable[[People], Claim]
    breaks: Callable[[Claim, People], object]
    held: bool = True


def _review(who: People) -> Claim:
    return factories.submitted(who.checker)


def _approved(who: People) -> Claim:
    return factories.approved(who.checker, who.editor)


def _own(who: People) -> Claim:
    return factories.submitted(who.editor)


def _translation(who: People) -> Claim:
    claim = factories.ready(who.checker)
    set_original(
        claim, by=who.checker, original=factories.published(who.checker, who.editor), language="sv"
    )
    apply(claim, Action.SUBMIT, by=who.checker)
    apply(claim, Action.APPROVE, by=who.editor)
    return claim


def _words(
    claim: Claim, who: People, quote_accuracy: str = QuoteAccuracy.ACCURATE, **more: str
) -> None:
    fields = {
        "short_answer": "It planted fewer.",
        "explanation": "The register of trees shows it.",
        **more,
    }
    write_verdict(
        claim,
        by=who.editor,
        details=VerdictDetails(rating=factories.rating(), quote_accuracy=quote_accuracy, **fields),
    )


def _named(claim: Claim, who: People) -> None:
    edit_claim(
        claim,
        by=who.editor,
        words=ClaimEdit(claim.text, factories.claimant("Mira Halloway"), None, "", None),
    )


def _asked_nobody(claim: Claim, who: People) -> None:
    _named(claim, who)
    _words(claim, who)
    Rating.objects.filter(pk=factories.rating().pk).update(needs_reply=True)


def _misquoted(claim: Claim, who: People) -> None:
    item = active_evidence(claim)[0]
    edit_evidence(item, by=who.editor, words=EvidenceText("refutes", "Nobody said this.", "", ""))


def _separation_of_duties(claim: Claim, who: People) -> None:
    now = clock.now()
    AccessGrant.objects.create(
        user=who.checker,
        by=who.editor,
        what=GrantKind.PASSWORD,
        at=now,
        blocks_until=now + timedelta(days=30),
    )


def _interested(claim: Claim, who: People) -> None:
    owner = active_evidence(claim)[0].link.publisher.owner
    declare(
        by=who.checker, declaration=DeclaredInterest(about="My sister runs it.", owner=owner.name)
    )


def _asks(claim: Claim, who: People) -> None:
    open_query(claim, by=who.second, question=Question("Which year is this?", blocking=True))


def _asks_legal(claim: Claim, who: People) -> None:
    factories.person("lawyer", claim.desk, "legal")
    open_query(claim, by=who.editor, question=Question("May we say so?", sign_off=True))


def _names_a_source(claim: Claim, who: People) -> None:
    _words(claim, who, short_answer="Zelda Quince-Marrow says so.")
    attach_note(
        claim,
        by=who.editor,
        note=secret(),
        item=EvidenceDetails(url="", stance="context", finding="It fits."),
    )


def _takes_back(claim: Claim, who: People) -> None:
    if claim.translation_of:
        apply(
            claim.translation_of,
            Action.RETRACT,
            by=who.editor,
            data=factories.note("It was misread."),
        )


def _embargoed(claim: Claim, who: People) -> None:
    Claim.objects.filter(pk=claim.pk).update(embargo_until=clock.now() + timedelta(days=2))


GATES = (
    Gate("short_answer", _review, lambda claim, who: _words(claim, who, short_answer="")),
    Gate("quote_accuracy", _review, _named),
    Gate(
        "evidence", _review, lambda claim, who: withdraw(active_evidence(claim)[0], by=who.editor)
    ),
    Gate("quote", _review, _misquoted),
    Gate("reply", _review, _asked_nobody),
    Gate("query", _approved, _asks),
    Gate("sign_off", _approved, _asks_legal),
    Gate("interest", _approved, _interested),
    Gate("second_person", _own, lambda claim, who: None),
    Gate("separation_of_duties", _review, _separation_of_duties),
    Gate(
        "signature", _review, lambda claim, who: _words(claim, who, short_answer="It planted none.")
    ),
    Gate(
        "content_hash",
        _approved,
        lambda claim, who: Verdict.objects.filter(claim=claim).update(explanation="Other."),
        held=False,
    ),
    Gate("embargo", _approved, _embargoed),
    Gate("source_protection", _review, _names_a_source, held=False),
    Gate("translation", _translation, _takes_back),
)
