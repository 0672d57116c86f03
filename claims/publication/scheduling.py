"""What a worker does when the time of a scheduled publication has come."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from claims.choices import Action
from claims.models import Claim, ScheduledPublication
from claims.rules.content import working_verdict
from claims.workflow import GateError, StaleError, WorkflowError, apply
from factcheck.ledger import clock, due_work
from factcheck.ledger.due_work import PermanentWorkError
from factcheck.newsroom.permissions import may

REMEDY = "Publish it yourself, schedule it anew, or take the schedule back."


def publish_scheduled(schedule_id: int, *, takeover: bool = False) -> bool:
    """Publish if it is due; safe twice and in parallel. A refusal stays on the row, where editors
    see it.
    """
    due_work.run_due(
        ScheduledPublication, schedule_id, prepare=_publish, store=_nothing, takeover=takeover
    )
    return ScheduledPublication.objects.filter(pk=schedule_id, ended_with=Action.PUBLISH).exists()


def _publish(plan: ScheduledPublication) -> None:
    """The claim is locked before its plan is read again: whatever takes the approval away has ended
    it by then, or waits.

    The publication itself ends the plan, so that no crash can come between the two.
    """
    try:
        with transaction.atomic():
            claim = (
                Claim.objects.visible_to(plan.by)
                .select_for_update(of=("self",), no_key=True)
                .get(pk=plan.claim_id)
            )
            plan.refresh_from_db(fields=["ended_at"])
            if plan.ended_at is not None:
                return
            _check_now(claim, plan)
            apply(claim, Action.PUBLISH, by=plan.by)
    except (Claim.DoesNotExist, PermissionDenied):
        raise PermanentWorkError(
            f"{plan.by}, who scheduled it, may no longer publish on this desk. {REMEDY}"
        ) from None
    except (GateError, StaleError, WorkflowError) as error:
        raise PermanentWorkError(f"{error} {REMEDY}") from None


def _check_now(claim: Claim, plan: ScheduledPublication) -> None:
    if clock.now() < plan.at:
        raise TimeoutError(
            "The clock of the database went back: it is too early. It is tried again."
        )
    if not may(
        plan.by, "claim.schedule", claim
    ):  # by night a checker may publish, and an editor of yesterday may be one today
        raise PermissionDenied
    verdict = working_verdict(claim)
    if verdict is None or (verdict.pk, verdict.content_hash) != (
        plan.verdict_id,
        plan.content_hash,
    ):
        raise WorkflowError("The verdict is not the one that was scheduled.")


def _nothing(plan: ScheduledPublication, result: None) -> None:
    """What there is to write stands in the transaction of the move."""
