"""A publication that an editor has planned: background work with a time before which
it is not due.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.choices import Action
from claims.models.claim import Claim
from claims.models.verdict import Verdict
from factcheck.ledger.due_work import DueWork, JobState


class ScheduledPublication(DueWork):
    """It stands until it ends: by the publication, or by a move that takes the approval or the
    schedule away.

    One whose time came and whose publication was refused still stands, as failed work, until
    somebody has seen to it.
    """

    task_name = "claims.publish_scheduled"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="schedules")
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="schedules")
    content_hash = models.CharField(
        max_length=64, help_text="What is to be published, and nothing else."
    )
    at = models.DateTimeField()
    zone = models.CharField(
        max_length=64, help_text="The time zone of the desk when the time was chosen."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_with = models.CharField(
        max_length=24, choices=Action, blank=True, help_text="The move that ended it."
    )

    class Meta:
        ordering = ["claim", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="schedule_one_standing",
                fields=["claim"],
                condition=Q(ended_at__isnull=True),
                violation_error_message="This publication is scheduled already.",
            ),
            models.CheckConstraint(
                name="schedule_ended_by_a_move",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_with="")
                | (
                    Q(ended_at__isnull=False, ended_by__isnull=False, next_attempt_at__isnull=True)
                    & ~Q(ended_with="")
                ),
                violation_error_message=(
                    "A schedule ends with a move, by somebody, and is not due any more."
                ),
            ),
            models.CheckConstraint(
                name="schedule_never_early",
                condition=Q(next_attempt_at__isnull=True) | Q(next_attempt_at__gte=models.F("at")),
                violation_error_message="A scheduled publication is not tried before its time.",
            ),
        ]

    def __str__(self) -> str:
        return f"Publication of {self.claim} at {self.at:%Y-%m-%d %H:%M} UTC"

    @property
    def failed(self) -> bool:
        return self.job_state == JobState.FAILED
