"""Who may work on the text, evidence and verdict of a claim now, and
the lock they take.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Status
from claims.models import Claim
from claims.workflow import WorkflowError
from claims.workflow.errors import check_current
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

EDITABLE = (Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW)


# What to do first, by status. A retracted claim has no way back.
_REMEDIES = {
    Status.APPROVED: gettext_lazy("Recall it first."),
    Status.PUBLISHED: gettext_lazy("Open a correction first."),
    Status.DECLINED: gettext_lazy("Reopen it first."),
    Status.ON_HOLD: gettext_lazy("Resume it first."),
}


def lock(claim: Claim, by: User, action: str) -> Claim:
    """Lock the claim for an edit and return the locked row.

    Raise Claim.DoesNotExist where this person may not see it, and what
    `check_open` raises.
    """
    # no_key: rows that refer to the claim can still be inserted meanwhile, for example
    # by a worker.
    locked = (
        Claim.objects.visible_to(by)
        .select_related("desk")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=claim.pk)
    )
    check_open(locked, by, action)
    return locked


def check_open(claim: Claim, by: User, action: str) -> None:
    """Raise PermissionDenied or WorkflowError if this person cannot do
    this work on the claim now.

    Pages call it too, before they offer the form.
    """
    if not may(by, action, claim):
        raise PermissionDenied(
            _(
                "Only the assignee and editors can edit this claim. Assign it to yourself or ask an"
                " editor of %(desk)s."
            )
            % {"desk": claim.desk}
        )
    check_not_merged(claim, by)
    if claim.status not in EDITABLE:
        message = _("This claim is %(status)s and cannot be edited.") % {
            "status": claim.get_status_display()
        }
        remedy = _REMEDIES.get(Status(claim.status))
        raise WorkflowError(f"{message} {remedy}" if remedy else message)
    # Whoever reviews the claim must not find its text changing while they read.
    if claim.status == Status.IN_REVIEW and not may(by, "claim.request_changes", claim):
        raise WorkflowError(
            _("This claim is in review; only editors can edit it. Recall it to continue.")
        )


def check_not_merged(claim: Claim, by: User) -> None:
    """Raise WorkflowError for a merged duplicate: it stays as it was,
    so that unmerging loses nothing.
    """
    if claim.merged_into_id:
        # Somebody who sees assigned work only may not learn which claim it was merged
        # into.
        target = Claim.objects.visible_to(by).filter(pk=claim.merged_into_id).first()
        raise WorkflowError(
            _(
                "This claim was merged into “%(claim)s”. Work on that claim or ask an editor to"
                " unmerge it."
            )
            % {"claim": target}
            if target
            else _("This claim was merged into another claim. Ask an editor to unmerge it.")
        )


def check_version(claim: Claim, expected: int | None) -> None:
    """Raise StaleError where somebody changed the locked claim since
    the version that a person saw.
    """
    check_current(_("The claim"), expected=expected, current=claim.version)


def touch(claim: Claim) -> None:
    """Raise the version of a locked claim, so that pages loaded before are refused."""
    claim.version += 1
    claim.save(update_fields=["version"])
