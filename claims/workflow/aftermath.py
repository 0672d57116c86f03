"""What a move means for reviews: those of the claim are settled by it, those of verdicts that cite
it begin.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from claims.choices import Action, Category, RecheckCause, RecheckDecision
from claims.models import Recheck, Verdict
from claims.rules import citations
from claims.signals import evidence_restored
from claims.workflow.step import Step
from factcheck.ledger.audit_log import lock_head, log_change
from factcheck.newsroom.models import User
from sources.models import Article, Link

BACK = frozenset(
    {Action.DROP_CORRECTION, Action.REOPEN, Action.UNMERGE}
)  # after these, evidence is watched as it stood before


def follow(step: Step, action: Action) -> None:
    """In the transaction of the move, once its entry is written: what another one opened before is
    then there to see.

    A typo answers no doubt, and raises none.
    """
    if action == Action.RETRACT and step.changed:
        _settle(step, RecheckDecision.RETRACTED)
        open_rechecks_for(step.changed, by=step.by, at=step.at, note=step.data.note.strip())
    elif action == Action.PUBLISH and step.changed and step.changed.category != Category.TYPO:
        _settle(step, RecheckDecision.CORRECTED)
        if (
            wrong := step.changed.corrects
        ):  # what was wrong is public only now, so only now other desks are told
            open_rechecks_for(
                wrong,
                by=step.by,
                at=step.at,
                note=step.changed.what_was_wrong,
                elsewhere_than=step.claim.desk_id,
            )
    elif action == Action.CORRECT and step.data.category != Category.TYPO:
        wrong = step.claim.verdicts.published().get()
        open_rechecks_for(
            wrong, by=step.by, at=step.at, note=step.data.note.strip(), among=[step.claim.desk_id]
        )
    elif action in BACK:
        since = (
            step.verdict.opened_at if action == Action.DROP_CORRECTION and step.verdict else None
        )
        evidence_restored.send(Action, claim=step.claim, since=since)


def open_rechecks_for(
    thing: citations.CitedObject,
    *,
    by: User,
    at: datetime,
    note: str,
    among: Iterable[int] | None = None,
    elsewhere_than: int | None = None,
) -> list[Recheck]:
    """One review for each published verdict that uses it and does not wait because of it already.

    Whoever calls holds the lock of the thing, so that two people at once open one. The audit head
    keeps the verdicts from being corrected or retracted between the look and the row; their own
    move then finds the row and settles it.
    """
    lock_head()
    named = cause_fields(thing)
    waiting = Recheck.objects.pending().filter(**named).values("claim")
    found = (
        citations.verdicts_citing(thing)
        .exclude(claim__in=waiting)
        .select_related("claim")
        .order_by("claim_id")
    )
    wanted = (found if among is None else found.filter(claim__desk__in=among)).exclude(
        claim__desk=elsewhere_than
    )
    return [
        open_recheck(verdict, by=by, at=at, note=note, **named)
        for verdict in wanted.defer("content", "explanation")
    ]


def cause_fields(thing: citations.CitedObject) -> dict[str, Any]:
    """The columns that say what caused a review."""
    if isinstance(thing, Link):
        return {"cause": RecheckCause.LINK, "link": thing}
    if isinstance(thing, Article):
        return {"cause": RecheckCause.ARTICLE, "article": thing}
    return {"cause": RecheckCause.VERDICT, "cause_verdict": thing}


def open_recheck(
    verdict: Verdict,
    *,
    cause: RecheckCause,
    by: User | None,
    at: datetime,
    note: str = "",
    **thing: Any,
) -> Recheck:
    task = Recheck.objects.create(
        claim=verdict.claim,
        verdict=verdict,
        cause=cause,
        note=note,
        opened_at=at,
        opened_by=by,
        **thing,
    )
    told = {
        "claim": str(verdict.claim.public_id),
        "version": verdict.number,
        "cause": cause.value,
        "note": note,
    }
    because = {name: str(row.public_id) for name, row in thing.items()}
    log_change("recheck.request", task, by=by, changes={"review": ["", {**told, **because}]})
    return task


def _settle(step: Step, decision: RecheckDecision) -> None:
    """By a correction only what waited when its author signed: what came later, nobody has looked
    at.

    The date of the version that is replaced counts no more, whenever it came; the new one has its
    own.
    """
    waiting = step.claim.reviews.pending()
    if decision == RecheckDecision.CORRECTED and step.changed and step.changed.author_signed_at:
        waiting = waiting.filter(
            Q(opened_at__lte=step.changed.author_signed_at) | Q(cause=RecheckCause.RECHECK_DATE)
        )
    for task in waiting.select_related("claim").order_by("pk"):
        close(task, decision, by=step.by, at=step.at)


def close(task: Recheck, decision: RecheckDecision, *, by: User, at: datetime) -> None:
    """Write a decision down, with what stands on the task already as its reason and next look."""
    task.decision, task.decided_by, task.decided_at = decision, by, at
    task.save(update_fields=["decision", "decided_by", "decided_at", "reason", "next_recheck_date"])
    told = {"reason": ["", task.reason]} if task.reason else {}
    if task.next_recheck_date:
        told["next_recheck_date"] = ["", str(task.next_recheck_date)]
    log_change(
        "recheck.decide",
        task,
        by=by,
        changes={"decision": [RecheckDecision.PENDING.value, decision.value], **told},
    )
