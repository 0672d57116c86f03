"""Desks and their settings."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.ledger.audited import Audited


def valid_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(
            _("%(name)s is not a time zone. Write it like Europe/London."), params={"name": name}
        )


class Desk(Audited):
    """A desk of the newsroom, with the rules it sets for itself."""

    unaudited = {"public_id": "a random name that never changes"}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100, unique=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[valid_zone])
    evidence_needed = models.PositiveSmallIntegerField(
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=gettext_lazy("Number of independent sources that a verdict needs."),
    )
    reply_hours = models.PositiveSmallIntegerField(
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
        help_text=gettext_lazy("Default deadline for a claimant's reply, in hours."),
    )
    night_from = models.TimeField(
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "Start of night publishing (local time): a second checker may approve and publish."
            " Leave empty to require an editor."
        ),
    )
    night_until = models.TimeField(
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "End of night publishing (local time), on the next day if earlier than the start. An"
            " editor then confirms the work."
        ),
    )
    recheck_after_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=gettext_lazy(
            "Days until a verdict is rechecked by default. Leave empty for none."
        ),
    )
    triage_threshold = models.DecimalField(
        gettext_lazy("fold suggestions below"),
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=gettext_lazy(
            "Score from 0 to 1: triage folds suggestions below it. The accuracy of suggestions"
            " shows which are worth it. Leave empty to fold by number only."
        ),
    )
    tip_retention_days = models.PositiveSmallIntegerField(
        gettext_lazy("reader tip retention (days)"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=gettext_lazy(
            "Days until a reader's name, contact details and message are erased."
        ),
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="desk_evidence_needed_range",
                condition=Q(evidence_needed__gte=1, evidence_needed__lte=10),
                violation_error_message=gettext_lazy(
                    "The number of independent sources must be 1 to 10."
                ),
            ),
            models.CheckConstraint(
                name="desk_reply_hours_range",
                condition=Q(reply_hours__gte=1, reply_hours__lte=720),
                violation_error_message=gettext_lazy("The reply deadline must be 1 to 720 hours."),
            ),
            models.CheckConstraint(
                name="desk_night_begins_and_ends",
                condition=Q(night_from__isnull=True, night_until__isnull=True)
                | (
                    Q(night_from__isnull=False, night_until__isnull=False)
                    & ~Q(night_from=F("night_until"))
                ),
                violation_error_message=gettext_lazy(
                    "Night publishing needs two different times. Set both, or leave both empty."
                ),
            ),
            models.CheckConstraint(
                name="desk_recheck_after_days_range",
                condition=Q(recheck_after_days__isnull=True)
                | Q(recheck_after_days__gte=1, recheck_after_days__lte=3650),
                violation_error_message=gettext_lazy(
                    "The recheck interval must be 1 to 3650 days, or empty."
                ),
            ),
            models.CheckConstraint(
                name="desk_triage_threshold_range",
                condition=Q(triage_threshold__isnull=True)
                | Q(triage_threshold__gte=0, triage_threshold__lte=1),
                violation_error_message=gettext_lazy("The score must be 0 to 1."),
            ),
            models.CheckConstraint(
                name="desk_tip_retention_days_range",
                condition=Q(tip_retention_days__gte=1, tip_retention_days__lte=730),
                violation_error_message=gettext_lazy(
                    "The reader tip retention must be 1 to 730 days."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_night(self, at: datetime) -> bool:
        """Is night publishing on at this moment? The night may go past
        midnight.

        By the desk's wall clock: where the clocks change that night, it
        is an hour longer or shorter, as for the people who work it.
        """
        if self.night_from is None or self.night_until is None:
            return False
        local = at.astimezone(ZoneInfo(self.time_zone)).time()
        if self.night_from < self.night_until:
            return self.night_from <= local < self.night_until
        return local >= self.night_from or local < self.night_until
