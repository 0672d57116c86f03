"""Merging a duplicate into another claim of its desk, and unmerging it.
Nothing is moved or copied, so nothing can be lost.
"""

from django.utils.translation import gettext as _

from claims.choices import Status
from claims.models import Claim
from claims.rules.unmet import UnmetRequirement
from claims.workflow.step import Step, refuse_if
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.time_zones import format_local


def merge(step: Step) -> None:
    """Close this claim in favour of the chosen one."""
    chosen = step.data.into
    # Read again, under the lock that `apply` took on both: its status may have changed
    # since the form was loaded.
    target = (
        Claim.objects.visible_to(step.by).filter(pk=chosen.pk).select_related("desk").first()
        if chosen
        else None
    )
    refuse_if(_unmet(step.claim, target, step.by))
    if target:
        step.claim.merged_into, step.claim.merged_from = target, step.claim.status
        log_change(
            "claim.merge_duplicate",
            target,
            by=step.by,
            changes={"duplicates": ["", str(step.claim.public_id)]},
        )


def unmerge(step: Step) -> None:
    """Make the duplicate a claim of its own again; its status comes
    from `merged_from`.
    """
    target = step.claim.merged_into
    if target:
        step.also["into"] = [str(target.public_id), ""]
        log_change(
            "claim.unmerge_duplicate",
            target,
            by=step.by,
            changes={"duplicates": [str(step.claim.public_id), ""]},
        )
    step.claim.merged_into, step.claim.merged_from = None, ""


def _unmet(claim: Claim, target: Claim | None, by: User) -> list[UnmetRequirement]:
    messages = [
        _own_duplicates(claim, by),
        _own_variants(claim),
        _unsuitable_target(claim, target, by),
        _scheduled_too_early(claim, target),
    ]
    return [UnmetRequirement("into", message, "into") for message in messages if message]


def _scheduled_too_early(claim: Claim, target: Claim | None) -> str:
    # The embargo of a duplicate holds for the claim it is merged into, which a worker
    # would otherwise try to publish before the embargo ends.
    until = claim.embargo_until
    plan = (
        target.schedules.filter(ended_at=None, at__lt=until).first() if target and until else None
    )
    if plan is None or until is None:
        return ""
    zone = claim.desk.time_zone
    return _(
        "This claim is under embargo until %(until)s, and “%(claim)s” is scheduled for %(at)s."
        " Cancel that schedule or lift the embargo first."
    ) % {"until": format_local(until, zone), "claim": target, "at": format_local(plan.at, zone)}


def _own_duplicates(claim: Claim, by: User) -> str:
    # One level only: a chain of merges could not be unmerged from the middle.
    if not claim.duplicates.exists():
        return ""
    # Named as far as this person may see them: they may have assigned work only.
    rows = claim.duplicates.visible_to(by).order_by("pk")
    visible = ", ".join(_("“%(text)s”") % {"text": row} for row in rows)
    if not visible:
        return _(
            "Other claims are merged into this one. Unmerge them first, or merge the other claim"
            " into this one."
        )
    return _(
        "Other claims are merged into this one: %(claims)s. Unmerge them first, or merge the other"
        " claim into this one."
    ) % {"claims": visible}


def _own_variants(claim: Claim) -> str:
    # They would be versions of a claim that is closed, and no verdict would come to
    # them from there.
    if not claim.variants.in_force().exists():
        return ""
    return _(
        "Other claims are versions of this one. Undo that first, or merge the other claim into"
        " this one."
    )


def _unsuitable_target(claim: Claim, target: Claim | None, by: User) -> str:
    """Why nothing can be merged into this claim; empty if it can."""
    if target is None:
        # One message for both cases: a refusal must not tell that a hidden claim
        # exists.
        return _("This claim does not exist or is not visible to you. Choose another claim.")
    if target.pk == claim.pk:
        return _("A claim cannot be merged into itself. Choose another claim.")
    names = {"claim": target, "desk": target.desk, "own_desk": claim.desk}
    if target.desk_id != claim.desk_id:
        return _("“%(claim)s” is a claim of %(desk)s. Choose a claim of %(own_desk)s.") % names
    if target.status == Status.MERGED:
        merged_into = Claim.objects.visible_to(by).filter(duplicates=target).first()
        if merged_into is None:
            return _("“%(claim)s” was already merged into another claim. Ask an editor.") % names
        return _("“%(claim)s” was already merged into “%(target)s”; choose that one.") % {
            "claim": target,
            "target": merged_into,
        }
    if target.status == Status.DECLINED:
        return _("“%(claim)s” is declined. Reopen it or choose another claim.") % names
    return ""
