"""What a worker does when a scheduled publication is due."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import Action
from claims.models import Claim, ScheduledPublication
from claims.rules.content import working_verdict
from claims.workflow import GateError, StaleError, WorkflowError, apply
from factcheck.ledger import clock, due_work
from factcheck.ledger.due_work import PermanentWorkError
from factcheck.newsroom.permissions import may

# Stored on the row with the refusal, so it is not translated: another language may read
# it.
_REMEDY = "Publish it yourself, schedule it again, or cancel the schedule."


def publish_scheduled(schedule_id: int, *, takeover: bool = False) -> bool:
    """Publish if it is due; return whether the schedule has ended with
    its publication.

    Safe to run twice and in parallel. A refusal is stored on the row,
    where editors see it. `takeover`: the queue delivered the message
    again, so the worker before may be dead.
    """
    due_work.run_due(
        ScheduledPublication, schedule_id, prepare=_publish, store=_store_nothing, takeover=takeover
    )
    return ScheduledPublication.objects.filter(pk=schedule_id, ended_with=Action.PUBLISH).exists()


def _publish(plan: ScheduledPublication) -> None:
    # `apply` ends the plan in the transaction of the publication, so no crash can come
    # between.
    try:
        with transaction.atomic():
            claim = (
                Claim.objects.visible_to(plan.by)
                .select_for_update(of=("self",), no_key=True)
                .get(pk=plan.claim_id)
            )
            # Read again under the lock on the claim: whatever takes the approval away
            # has ended the plan by now, or waits for this transaction.
            plan.refresh_from_db(fields=["ended_at"])
            if plan.ended_at is not None:
                return
            _check_now(claim, plan)
            apply(claim, Action.PUBLISH, by=plan.by)
    except (Claim.DoesNotExist, PermissionDenied):
        raise PermanentWorkError(
            f"{plan.by}, who scheduled it, may no longer publish on this desk. {_REMEDY}"
        ) from None
    except (GateError, StaleError, WorkflowError) as error:
        raise PermanentWorkError(f"{error} {_REMEDY}") from None


def _check_now(claim: Claim, plan: ScheduledPublication) -> None:
    if clock.now() < plan.at:
        # Retried later. It was due when the row was leased, so the clock has been set
        # back.
        raise TimeoutError("The clock of the database was set back: too early to publish.")
    # Checked besides `claim.publish`, which a checker has by night: the editor who
    # scheduled it may be a checker by now.
    if not may(plan.by, "claim.schedule", claim):
        raise PermissionDenied
    verdict = working_verdict(claim)
    if verdict is None or (verdict.pk, verdict.content_hash) != (
        plan.verdict_id,
        plan.content_hash,
    ):
        raise WorkflowError(_("The verdict has changed since it was scheduled."))


def _store_nothing(plan: ScheduledPublication, result: None) -> None:
    """`apply` has written everything in its own transaction."""
