"""Writes down what happened, in the transaction in which it does: what
is rolled back was never an event.

An event names rows by public ids, and pages by their addresses. It has
no words of a claim, a source or a person: who follows events reads the
rest with their own token, as far as they may by then.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from claims.choices import Action, EventType, Status
from claims.models import (
    Claim,
    Event,
    Evidence,
    Extraction,
    Recheck,
    SourceChange,
    Tip,
    Transition,
    Verdict,
)
from claims.querysets.claims import UNFINISHED
from factcheck.ledger import clock
from factcheck.ledger.nudge import start_stream
from sources.models import Link

NUMBERING = "claims.number_events"
# To whose claims it still matters whether a page is there.
_RELYING = (*UNFINISHED, Status.PUBLISHED)


def article_read(extraction: Extraction) -> None:
    version = extraction.version
    article = version.article
    data = {
        "article": str(article.public_id),
        "version": version.number,
        "address": article.url or "",
        "suggestions": extraction.suggestion_count,
    }
    _write([Event(type=EventType.ARTICLE_READ, article=article, desk=article.desk, data=data)])


def claim_created(claim: Claim) -> None:
    suggestion = claim.suggestion
    article = str(suggestion.article.public_id) if suggestion else None
    _write([_of(claim, EventType.CLAIM_CREATED, article=article, version=claim.version)])


def claim_moved(transition: Transition) -> None:
    """The move, and what it means for readers."""
    claim = transition.claim
    moved = _of(
        claim,
        EventType.CLAIM_MOVED,
        action=transition.action,
        **{"from": transition.from_status, "to": transition.to_status},
        version=claim.version,
    )
    _write([moved, *_for_readers(transition)])


def _for_readers(transition: Transition) -> list[Event]:
    claim, action = transition.claim, transition.action
    if action == Action.RETRACT:
        retracted = claim.verdicts.on_public_record().latest("number")
        return [_of_verdict(retracted, EventType.VERDICT_RETRACTED)]
    if action != Action.PUBLISH:
        return []
    verdict = claim.verdicts.published().get()
    if verdict.corrects_id:
        return [_of_verdict(verdict, EventType.VERDICT_CORRECTED)]
    return [_of_verdict(verdict, EventType.VERDICT_PUBLISHED), *_translated(verdict)]


def _translated(verdict: Verdict) -> list[Event]:
    """For those who follow the original: readers have it in one more language."""
    original = verdict.claim.translation_of
    published = original.verdicts.published().first() if original else None
    if published is None:
        return []
    translation = {
        "claim": str(verdict.claim.public_id),
        "verdict": str(verdict.public_id),
        "language": verdict.claim.language,
        "address": _page(verdict.claim),
    }
    return [_of_verdict(published, EventType.VERDICT_TRANSLATED, translation=translation)]


def _of_verdict(verdict: Verdict, kind: EventType, **data: Any) -> Event:
    claim = verdict.claim
    return _of(
        claim,
        kind,
        verdict=str(verdict.public_id),
        number=verdict.number,
        language=claim.language,
        address=_page(claim),
        **data,
    )


def sources_changed(changes: Iterable[SourceChange]) -> None:
    _write([_of_evidence(one.evidence, EventType.SOURCE_CHANGED) for one in changes])


def source_died(link: Link) -> None:
    cited = Evidence.objects.active().filter(link=link, claim__status__in=_RELYING)
    cited = cited.select_related("claim__desk", "link")
    _write([_of_evidence(one, EventType.SOURCE_DEAD) for one in cited.order_by("pk")])


def _of_evidence(evidence: Evidence, kind: EventType) -> Event:
    return _of(
        evidence.claim,
        kind,
        evidence=str(evidence.public_id),
        link=str(evidence.link.public_id),
        address=evidence.link.url,
    )


def recheck_opened(recheck: Recheck) -> None:
    _write([_of_recheck(recheck, EventType.RECHECK_OPENED, cause=recheck.cause)])


def recheck_decided(recheck: Recheck) -> None:
    _write([_of_recheck(recheck, EventType.RECHECK_DECIDED, decision=recheck.decision)])


def _of_recheck(recheck: Recheck, kind: EventType, **data: Any) -> Event:
    verdict = str(recheck.verdict.public_id)
    return _of(recheck.claim, kind, recheck=str(recheck.public_id), verdict=verdict, **data)


def tip_arrived(tip: Tip) -> None:
    data = {"tip": str(tip.public_id), "kind": tip.kind}
    _write([Event(type=EventType.TIP_ARRIVED, tip=tip, desk=tip.desk, data=data)])


def _of(claim: Claim, kind: EventType, **data: Any) -> Event:
    named = {"claim": str(claim.public_id), **data}
    return Event(type=kind, claim=claim, desk=claim.desk, data=named)


def _page(claim: Claim) -> str:
    return f"{settings.SITE_URL}/verdicts/{claim.address}/"


def _write(events: list[Event]) -> None:
    if not events:
        return
    now = clock.now()
    for event in events:
        event.at = now
    Event.objects.bulk_create(events)
    _number_later()


def _number_later() -> None:
    """Have them numbered and sent after the commit; one message, however
    many this transaction writes. Without a broker the beat does it.
    """
    if _start_numbering not in [entry[1] for entry in connection.run_on_commit]:
        transaction.on_commit(_start_numbering, robust=True)


def _start_numbering() -> None:
    start_stream(NUMBERING)
