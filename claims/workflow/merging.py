"""A duplicate folds into another claim of its desk, and back. Nothing is moved or copied, so that
nothing can be lost.
"""

from claims.choices import Status
from claims.models import Claim
from claims.rules.unmet import UnmetRequirement
from claims.workflow.step import Step, refuse_if
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.time_zones import format_local


def merge(step: Step) -> None:
    """Both claims are locked by now. The other one is read again: somebody may have moved it since
    it was chosen.
    """
    chosen = step.data.into
    target = (
        Claim.objects.visible_to(step.by).filter(pk=chosen.pk).select_related("desk").first()
        if chosen
        else None
    )
    refuse_if(_in_the_way(step.claim, target, step.by))
    if target:
        step.claim.merged_into, step.claim.merged_from = target, step.claim.status
        log_change(
            "claim.fold",
            target,
            by=step.by,
            changes={"duplicates": ["", str(step.claim.public_id)]},
        )


def unmerge(step: Step) -> None:
    target = step.claim.merged_into
    if target:
        step.also["into"] = [str(target.public_id), ""]
        log_change(
            "claim.unfold",
            target,
            by=step.by,
            changes={"duplicates": [str(step.claim.public_id), ""]},
        )
    step.claim.merged_into, step.claim.merged_from = None, ""


def _in_the_way(claim: Claim, target: Claim | None, by: User) -> list[UnmetRequirement]:
    gaps = [_own_duplicates(claim, by), _unfit(claim, target, by), _planned(claim, target)]
    return [UnmetRequirement("into", text, "into") for text in gaps if text]


def _planned(claim: Claim, target: Claim | None) -> str:
    """The embargo of a duplicate holds for the claim it is folded into."""
    until = claim.embargo_until
    plan = (
        target.schedules.filter(ended_at=None, at__lt=until).first() if target and until else None
    )
    if plan is None or until is None:
        return ""
    zone = claim.desk.time_zone
    return (
        f"This claim is under embargo until {format_local(until, zone)}, and “{target}” is"
        f" published at"
        f" {format_local(plan.at, zone)}. Take that schedule back, or lift the embargo first."
    )


def _own_duplicates(claim: Claim, by: User) -> str:
    """Named as far as this person sees them, who may have assigned work alone."""
    if not claim.duplicates.exists():
        return ""
    folded = (
        ", ".join(f"“{duplicate}”" for duplicate in claim.duplicates.visible_to(by).order_by("pk"))
        or "one at least"
    )
    return (
        f"Other claims are folded into this one: {folded}. Unmerge them, or fold the other claim"
        " into this one."
    )


def _unfit(claim: Claim, target: Claim | None, by: User) -> str:
    """Why nothing can be folded into this one; empty if it can."""
    if target is None:
        return "There is no such claim, or it is not yours to see. Choose another one."
    if target.pk == claim.pk:
        return "A claim is not folded into itself. Choose another one."
    if target.desk_id != claim.desk_id:
        return f"“{target}” is a claim of {target.desk}. Choose one of {claim.desk}."
    if target.status == Status.MERGED:
        onward = Claim.objects.visible_to(by).filter(duplicates=target).first()
        return (
            f"“{target}” was itself folded into"
            f" {f'“{onward}”. Choose that one' if onward else 'another claim. Ask an editor'}."
        )
    if target.status == Status.DECLINED:
        return f"“{target}” is declined. Reopen it first, or choose another one."
    return ""
