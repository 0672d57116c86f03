"""Who may work on the text, evidence and verdict of a claim now, and the lock they take."""

from django.core.exceptions import PermissionDenied

from claims.choices import Status
from claims.models import Claim
from claims.workflow import WorkflowError
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

EDITABLE = (Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW)


def lock(claim: Claim, by: User, action: str) -> Claim:
    locked = (
        Claim.objects.visible_to(by)
        .select_related("desk")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=claim.pk)
    )
    check_open(locked, by, action)
    return locked


_REOPENED = {
    Status.APPROVED: "Recall it first.",
    Status.PUBLISHED: "Open a correction first.",
    Status.DECLINED: "Reopen it first.",
    Status.ON_HOLD: "Resume it first.",
}


def check_open(claim: Claim, by: User, action: str) -> None:
    """Raise what keeps this person from this work on the claim now; a page asks before it offers
    the form.
    """
    if not may(by, action, claim):
        raise PermissionDenied(
            f"Take this claim, or ask an editor of {claim.desk}: only the assignee and editors"
            " change it."
        )
    check_not_merged(claim, by)
    if claim.status not in EDITABLE:
        way = _REOPENED.get(Status(claim.status), "It stays as it is.")
        raise WorkflowError(
            f"This claim is {claim.get_status_display()}: its text, evidence and verdict are"
            f" closed. {way}"
        )
    if claim.status == Status.IN_REVIEW and not may(by, "claim.request_changes", claim):
        raise WorkflowError(
            "This claim is in review: only an editor changes it now. Recall it to go on working"
            " on it."
        )


def check_not_merged(claim: Claim, by: User) -> None:
    """What a duplicate had stays as it was, so that it can be unmerged without loss; the work goes
    on elsewhere.

    The other claim is named to who may see it: somebody with assigned work alone may not.
    """
    if claim.merged_into_id:
        other = Claim.objects.visible_to(by).filter(pk=claim.merged_into_id).first()
        name = f"“{other}”" if other else "another claim"
        raise WorkflowError(
            f"This claim was folded into {name} and is closed. Work on that one, or have an editor"
            " unmerge them."
        )


def touch(claim: Claim) -> None:
    claim.version += 1
    claim.save(update_fields=["version"])
