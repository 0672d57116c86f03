"""What a move means for reviews: those of the claim are settled by it, those of verdicts that cite
it begin.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from claims.choices import Action, Category, ReviewCause, ReviewDecision
from claims.models import ReviewTask, Verdict
from claims.rules import citations
from claims.signals import evidence_stands_again
from claims.workflow.step import Step
from factcheck.ledger.audit_log import hold, record
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
        _settle(step, ReviewDecision.RETRACTED)
        open_because(step.changed, by=step.by, at=step.at, note=step.data.note.strip())
    elif action == Action.PUBLISH and step.changed and step.changed.category != Category.TYPO:
        _settle(step, ReviewDecision.CORRECTED)
        if (
            wrong := step.changed.corrects
        ):  # what was wrong is public only now, so only now other desks are told
            open_because(
                wrong,
                by=step.by,
                at=step.at,
                note=step.changed.what_was_wrong,
                elsewhere_than=step.claim.desk_id,
            )
    elif action == Action.CORRECT and step.data.category != Category.TYPO:
        wrong = step.claim.verdicts.published().get()
        open_because(
            wrong, by=step.by, at=step.at, note=step.data.note.strip(), among=[step.claim.desk_id]
        )
    elif action in BACK:
        since = (
            step.verdict.opened_at if action == Action.DROP_CORRECTION and step.verdict else None
        )
        evidence_stands_again.send(Action, claim=step.claim, since=since)


def open_because(
    thing: citations.Thing,
    *,
    by: User,
    at: datetime,
    note: str,
    among: Iterable[int] | None = None,
    elsewhere_than: int | None = None,
) -> list[ReviewTask]:
    """One review for each published verdict that uses it and does not wait because of it already.

    Whoever calls holds the lock of the thing, so that two people at once open one. The audit head
    keeps the verdicts from being corrected or retracted between the look and the row; their own
    move then finds the row and settles it.
    """
    hold()
    named = named_by(thing)
    waiting = ReviewTask.objects.pending().filter(**named).values("claim")
    found = (
        citations.verdicts_on(thing)
        .exclude(claim__in=waiting)
        .select_related("claim")
        .order_by("claim_id")
    )
    wanted = (found if among is None else found.filter(claim__desk__in=among)).exclude(
        claim__desk=elsewhere_than
    )
    return [
        open_one(verdict, by=by, at=at, note=note, **named)
        for verdict in wanted.defer("content", "explanation")
    ]


def named_by(thing: citations.Thing) -> dict[str, Any]:
    """The columns that say what caused a review."""
    if isinstance(thing, Link):
        return {"cause": ReviewCause.LINK, "link": thing}
    if isinstance(thing, Article):
        return {"cause": ReviewCause.ARTICLE, "article": thing}
    return {"cause": ReviewCause.VERDICT, "cause_verdict": thing}


def open_one(
    verdict: Verdict,
    *,
    cause: ReviewCause,
    by: User | None,
    at: datetime,
    note: str = "",
    **thing: Any,
) -> ReviewTask:
    task = ReviewTask.objects.create(
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
    record("review.open", task, by=by, changes={"review": ["", {**told, **because}]})
    return task


def _settle(step: Step, decision: ReviewDecision) -> None:
    """By a correction only what waited when its author signed: what came later, nobody has looked
    at.

    The date of the version that is replaced counts no more, whenever it came; the new one has its
    own.
    """
    waiting = step.claim.reviews.pending()
    if decision == ReviewDecision.CORRECTED and step.changed and step.changed.author_signed_at:
        waiting = waiting.filter(
            Q(opened_at__lte=step.changed.author_signed_at) | Q(cause=ReviewCause.SHELF_LIFE)
        )
    for task in waiting.select_related("claim").order_by("pk"):
        close(task, decision, by=step.by, at=step.at)


def close(task: ReviewTask, decision: ReviewDecision, *, by: User, at: datetime) -> None:
    """Write a decision down, with what stands on the task already as its reason and next look."""
    task.decision, task.decided_by, task.decided_at = decision, by, at
    task.save(update_fields=["decision", "decided_by", "decided_at", "reason", "next_review_on"])
    told = {"reason": ["", task.reason]} if task.reason else {}
    if task.next_review_on:
        told["next_review_on"] = ["", str(task.next_review_on)]
    record(
        "review.decide",
        task,
        by=by,
        changes={"decision": [ReviewDecision.PENDING.value, decision.value], **told},
    )
