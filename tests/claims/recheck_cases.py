"""Published verdicts with a shelf life, and such that cite one address: what the tests
of reviews start from.
"""

from datetime import date, timedelta

from claims.choices import Action, Stance
from claims.evidence.attaching import EvidenceDetails, attach
from claims.models import Claim
from claims.verdicts.validity import Dates
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from sources.cited_links import cite
from tests import factories

TABLE = "https://office.example/table-4"
WRONG = "The office withdrew the table."


def today() -> date:
    return clock.now().date()


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def dated(
    claim: Claim, by: User, *, as_of_date: date | None = None, recheck_date: date | None = None
) -> None:
    details = VerdictDetails(
        factories.rating(),
        "It planted fewer.",
        "The register of trees shows it.",
        dates=Dates(as_of_date, recheck_date),
    )
    write_verdict(claim, by=by, details=details)


def shelved(checker: User, editor: User, *, days: int = -1) -> Claim:
    """A published verdict that is looked at again in so many days; none below zero are
    left.
    """
    claim = factories.ready(checker)
    dated(claim, checker, recheck_date=in_days(days))
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    return claim


def citing(checker: User, url: str = TABLE) -> Claim:
    """A claim in work that cites this address."""
    claim = factories.ready(checker)
    cited(claim, checker, url)
    return claim


def cited(claim: Claim, by: User, url: str = TABLE) -> None:
    link = cite(url, desk=claim.desk, by=by)
    if link.latest_capture is None:
        factories.captured(link, "Something the page says.")
    attach(
        claim,
        by=by,
        details=EvidenceDetails(url=url, stance=Stance.CONTEXT, finding="It shows the figure."),
    )


def published_citing(checker: User, editor: User, url: str = TABLE) -> Claim:
    claim = citing(checker, url)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    return claim


def correct(claim: Claim, by: User, category: str = "correction") -> None:
    apply(
        claim,
        Action.CORRECT,
        by=by,
        data=MoveData(note="It counted a street twice.", category=category),
    )


def publish_correction(
    claim: Claim, by: User, approver: User, answer: str = "It planted half."
) -> None:
    factories.written(claim, by, answer=answer)
    apply(claim, Action.SUBMIT, by=by)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=approver)
