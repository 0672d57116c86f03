"""A published verdict with the words a test cares about, and the addresses readers
use.
"""

from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import quote
from uuid import uuid4

from claims.choices import Action
from claims.intake.triage import ClaimDetails, create_claim
from claims.models import Claim, Rating, Verdict
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import apply
from factcheck.ledger import kept_tables, triggers
from factcheck.newsroom.models import User
from sources.models import Claimant
from tests import factories

Row = TypeVar("Row", Claim, Verdict)


@dataclass(frozen=True)
class Words:
    claim: str = "The city planted twice as many trees as before."
    claimant: str = "Mira Halloway"
    language: str = "en"
    appearance: str = "https://radio.example/morning"
    answer: str = "It planted a tenth fewer."
    explanation: str = "The register of trees shows it."
    quote: str = ""
    page: str = "Something the page says."
    rating: str = "False"
    quote_accuracy: str = "accurate"


def publish(
    checker: User, editor: User, words: Words = Words(), *, items: int = 2, public_id: str = ""
) -> Claim:
    claimant = (
        Claimant.objects.get_or_create(name=words.claimant, description="")[0]
        if words.claimant
        else None
    )
    details = ClaimDetails(
        text=words.claim,
        claimant=claimant,
        stated_date=date(2026, 5, 1),
        appearance_url=words.appearance,
        language=words.language,
    )
    claim, _ = create_claim(checker.memberships.get().desk, by=checker, details=details)
    if public_id:
        Claim.objects.filter(pk=claim.pk).update(public_id=public_id)
    apply(claim, Action.TAKE, by=checker)
    factories.evidence(claim, checker, quote=words.quote, text=words.page)
    for _ in range(items - 1):
        factories.evidence(claim, checker)
    write_verdict(
        claim,
        by=checker,
        details=VerdictDetails(
            _rating(words.rating),
            short_answer=words.answer,
            explanation=words.explanation,
            quote_accuracy=words.quote_accuracy,
        ),
    )
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    return claim


def _rating(word: str) -> Rating:
    """A word of the scale; one that is not there yet has no place on it."""
    scale = factories.scale()
    return scale.ratings.get_or_create(
        name=word,
        defaults={
            "definition": f"What {word} means.",
            "colour": "#6b7280",
            "position": 9,
            "value": None,
        },
    )[0]


def page(claim: Claim, tail: str = "") -> str:
    return f"/verdicts/{quote(claim.address)}/{tail}"


def copies(claim: Claim, number: int) -> None:
    """As if the same had been published so many times more. Without the
    guards, because to sign each takes seconds.
    """
    verdict = claim.verdicts.get()
    triggers.remove("default")
    claims = Claim.objects.bulk_create(_new(claim) for _ in range(number))
    rows = [_new(verdict) for _ in claims]
    for row, of in zip(rows, claims, strict=True):
        row.claim = of
    Verdict.objects.bulk_create(rows)
    kept_tables.install("default")


def _new(row: Row) -> Row:
    new = copy(row)
    new.pk, new.public_id = None, uuid4()
    return new
