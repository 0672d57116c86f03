"""What an action means for rechecks: it settles those of its claim, and
opens those of verdicts that cite it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from claims.choices import Action, Category, RecheckCause, RecheckDecision
from claims.models import Recheck, Verdict
from claims.rules import citations
from claims.rules.variants import missing_current_copy
from claims.signals import evidence_restored, recheck_decided, recheck_opened
from claims.workflow.step import Step, refuse_if
from factcheck.ledger.audit_log import lock_head, log_change
from factcheck.newsroom.models import User
from sources.models import Article, Link

# After these, evidence that was not watched meanwhile counts again.
RETURNING_ACTIONS = frozenset({Action.DROP_CORRECTION, Action.REOPEN, Action.UNMERGE})


def settle_rechecks(step: Step, action: Action) -> None:
    """Settle and open what follows from the action, in its transaction.

    A typo settles no recheck and opens none.
    """
    if action == Action.RETRACT and step.changed:
        _settle(step, RecheckDecision.RETRACTED)
        open_rechecks_for(step.changed, by=step.by, at=step.at, note=step.data.note.strip())
    elif action == Action.PUBLISH and step.changed and step.changed.category != Category.TYPO:
        _settle(step, RecheckDecision.CORRECTED)
        # Again, now that the head is held: what it was copied from may have been
        # retracted since the gates were asked, and that opened no recheck of a verdict
        # that nobody had published yet.
        refuse_if(missing_current_copy(step.claim, step.changed))
        # Other desks learn of it only now: before the publication nobody outside the
        # desk should hear what was wrong.
        if wrong := step.changed.corrects:
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
    elif action in RETURNING_ACTIONS:
        since = (
            step.verdict.opened_at if action == Action.DROP_CORRECTION and step.verdict else None
        )
        evidence_restored.send(Action, claim=step.claim, since=since)


def open_rechecks_for(
    obj: citations.CitedObject,
    *,
    by: User,
    at: datetime,
    note: str,
    among: Iterable[int] | None = None,
    elsewhere_than: int | None = None,
) -> list[Recheck]:
    """Open one recheck for each published verdict that uses the object
    and has none pending with this cause.

    `among` limits the desks, `elsewhere_than` leaves one out. The
    caller holds the lock of the object, so that two people at once open
    one recheck.
    """
    # Without the lock on the audit head, a verdict could be corrected or retracted
    # between the query and the new row. So that action waits, then finds the row and
    # settles it.
    lock_head()
    cause = cause_fields(obj)
    waiting = Recheck.objects.pending().filter(**cause).values("claim")
    verdicts = (
        citations.verdicts_citing(obj)
        .exclude(claim__in=waiting)
        .select_related("claim")
        .order_by("claim_id")
    )
    if among is not None:
        verdicts = verdicts.filter(claim__desk__in=among)
    verdicts = verdicts.exclude(claim__desk=elsewhere_than)
    return [
        open_recheck(verdict, by=by, at=at, note=note, **cause)
        for verdict in verdicts.defer("content", "explanation")
    ]


def cause_fields(obj: citations.CitedObject) -> dict[str, Any]:
    """The columns of a recheck that say what caused it."""
    if isinstance(obj, Link):
        return {"cause": RecheckCause.LINK, "link": obj}
    if isinstance(obj, Article):
        return {"cause": RecheckCause.ARTICLE, "article": obj}
    return {"cause": RecheckCause.VERDICT, "cause_verdict": obj}


def open_recheck(
    verdict: Verdict,
    *,
    cause: RecheckCause,
    by: User | None,
    at: datetime,
    note: str = "",
    **caused_by: Any,
) -> Recheck:
    """Write one recheck and its audit entry; `caused_by` as `cause_fields` gives it."""
    recheck = Recheck.objects.create(
        claim=verdict.claim,
        verdict=verdict,
        cause=cause,
        note=note,
        opened_at=at,
        opened_by=by,
        **caused_by,
    )
    changes = {
        "claim": str(verdict.claim.public_id),
        "version": verdict.number,
        "cause": cause.value,
        "note": note,
    }
    causes = {name: str(row.public_id) for name, row in caused_by.items()}
    log_change("recheck.request", recheck, by=by, changes={"recheck": ["", {**changes, **causes}]})
    recheck_opened.send(Recheck, recheck=recheck)
    return recheck


def _settle(step: Step, decision: RecheckDecision) -> None:
    # So that rechecks that a concurrent transaction opened before are visible.
    lock_head()
    pending = step.claim.rechecks.pending()
    if decision == RecheckDecision.CORRECTED and step.changed and step.changed.author_signed_at:
        # A correction answers only what was known when its author signed. The recheck
        # date is another matter: it belongs to the replaced version, and the new one
        # has its own.
        pending = pending.filter(
            Q(opened_at__lte=step.changed.author_signed_at) | Q(cause=RecheckCause.RECHECK_DATE)
        )
    for recheck in pending.select_related("claim").order_by("pk"):
        close(recheck, decision, by=step.by, at=step.at)


def close(
    recheck: Recheck,
    decision: RecheckDecision,
    *,
    by: User,
    at: datetime,
) -> None:
    """Store a decision, with the reason and the next date that are set
    on the row already.
    """
    recheck.decision, recheck.decided_by, recheck.decided_at = decision, by, at
    recheck.save(
        update_fields=["decision", "decided_by", "decided_at", "reason", "next_recheck_date"]
    )
    changes = {"decision": [RecheckDecision.PENDING.value, decision.value]}
    if recheck.reason:
        changes["reason"] = ["", recheck.reason]
    if recheck.next_recheck_date:
        changes["next_recheck_date"] = ["", str(recheck.next_recheck_date)]
    log_change("recheck.decide", recheck, by=by, changes=changes)
    recheck_decided.send(Recheck, recheck=recheck)
