"""Scheduled publications: background work with a time before which it is not due."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Action
from claims.models.claim import Claim
from claims.models.verdict import Verdict
from factcheck.ledger.due_work import DueWork, JobState


class ScheduledPublication(DueWork):
    """Active until it ends: by the publication, or by an action that
    cancels the schedule or the approval.

    If the publication was refused when its time came, the schedule
    stays active as failed work, so that somebody sees it and decides.
    """

    task_name = "claims.publish_scheduled"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="schedules")
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="schedules")
    content_hash = models.CharField(
        max_length=64,
        help_text=gettext_lazy("Hash of the content to publish. Nothing else is published."),
    )
    at = models.DateTimeField()
    # A copy: if the desk moves to another zone later, the page still shows what was
    # meant.
    zone = models.CharField(
        max_length=64, help_text=gettext_lazy("Time zone of the desk when the time was chosen.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_with = models.CharField(
        max_length=24,
        choices=Action,
        blank=True,
        help_text=gettext_lazy("The action that ended it."),
    )

    class Meta:
        ordering = ["claim", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="schedule_one_active",
                fields=["claim"],
                condition=Q(ended_at__isnull=True),
                violation_error_message=gettext_lazy(
                    "This claim already has a scheduled publication."
                ),
            ),
            models.CheckConstraint(
                name="schedule_ended_by_an_action",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_with="")
                | (
                    Q(ended_at__isnull=False, ended_by__isnull=False, next_attempt_at__isnull=True)
                    & ~Q(ended_with="")
                ),
                violation_error_message=gettext_lazy(
                    "An ended schedule needs a person and an action, and is no longer due."
                ),
            ),
            models.CheckConstraint(
                name="schedule_never_early",
                condition=Q(next_attempt_at__isnull=True) | Q(next_attempt_at__gte=models.F("at")),
                violation_error_message=gettext_lazy(
                    "A scheduled publication cannot be due before its time."
                ),
            ),
        ]

    def __str__(self) -> str:
        return _("Publication of %(claim)s at %(at)s UTC") % {
            "claim": self.claim,
            "at": f"{self.at:%Y-%m-%d %H:%M}",
        }

    @property
    def failed(self) -> bool:
        return self.job_state == JobState.FAILED
