"""Running a job again: one rule for the page of jobs and the API."""

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from factcheck.newsroom.jobs.kinds import Kind
from factcheck.newsroom.models import User


def run_again(kind: Kind, pk: int, *, by: User) -> bool:
    """False where the job is running, in the queue or done. Raises
    Http404 for one that the person may not see, PermissionDenied, and
    ValidationError with a reason.
    """
    with transaction.atomic():
        # Locked, so that a worker that takes it at this moment, or a
        # second press of the button, is not run over.
        locked = kind.model._default_manager.select_for_update(no_key=True)
        seen = kind.rows(by).order_by().values("pk")
        if not locked.filter(pk=pk, pk__in=seen).exists():
            raise Http404(_("Job not found, or you do not have access to it."))
        row = kind.with_state(kind.rows(by)).get(pk=pk)
        if kind.again is None or not kind.needs_attention(row):
            return False
        kind.again(row, by)
        return True
