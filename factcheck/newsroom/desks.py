"""Desks and their settings."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.ledger.audited import Audited
from factcheck.newsroom.choices import RiskTier


def valid_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(
            _("%(name)s is not a time zone. Write it like Europe/London."), params={"name": name}
        )


MOST_RISK_HOURS = 8760
# Matches that are further away are shown to nobody.
LEAST_CLOSENESS = Decimal("0.25")


def _risk_hours(label: Any) -> Any:
    return models.PositiveSmallIntegerField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_RISK_HOURS)],
        help_text=gettext_lazy(
            "Hours from receipt to the deadline, where nobody set one. Leave empty for none."
        ),
    )


def _risk_sources(label: Any) -> Any:
    return models.PositiveSmallIntegerField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=gettext_lazy(
            "Independent sources, where that is more than the desk's own number."
        ),
    )


def _closeness(label: Any) -> Any:
    return models.DecimalField(
        label,
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(LEAST_CLOSENESS), MaxValueValidator(1)],
        help_text=gettext_lazy("Closeness from 0.25 to 1. Leave empty for the usual value."),
    )


def _closeness_within(name: str) -> Q:
    in_range = Q(**{f"{name}__gte": LEAST_CLOSENESS, f"{name}__lte": 1})
    return Q(**{f"{name}__isnull": True}) | in_range


def _risk_within(kind: str, most: int) -> Q:
    """Each tier has no rule of this kind, or one in the range."""
    condition = Q()
    for tier in RiskTier.values:
        name = f"{tier}_risk_{kind}"
        in_range = Q(**{f"{name}__gte": 1, f"{name}__lte": most})
        condition &= Q(**{f"{name}__isnull": True}) | in_range
    return condition


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
    match_same_from = _closeness(gettext_lazy("the same from"))
    match_similar_from = _closeness(gettext_lazy("similar from"))
    tip_retention_days = models.PositiveSmallIntegerField(
        gettext_lazy("reader tip retention (days)"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=gettext_lazy(
            "Days until a reader's name, contact details and message are erased."
        ),
    )

    # None: the tier has no rule of its own.
    low_risk_hours = _risk_hours(gettext_lazy("low risk: hours"))
    low_risk_sources = _risk_sources(gettext_lazy("low risk: sources"))
    medium_risk_hours = _risk_hours(gettext_lazy("medium risk: hours"))
    medium_risk_sources = _risk_sources(gettext_lazy("medium risk: sources"))
    high_risk_hours = _risk_hours(gettext_lazy("high risk: hours"))
    high_risk_sources = _risk_sources(gettext_lazy("high risk: sources"))

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
                name="desk_risk_sources_range",
                condition=_risk_within("sources", 10),
                violation_error_message=gettext_lazy(
                    "The number of independent sources of a risk tier must be 1 to 10, or empty."
                ),
            ),
            models.CheckConstraint(
                name="desk_risk_hours_range",
                condition=_risk_within("hours", MOST_RISK_HOURS),
                violation_error_message=gettext_lazy(
                    "The deadline of a risk tier must be 1 to 8760 hours, or empty."
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
                name="desk_match_thresholds_range",
                condition=_closeness_within("match_same_from")
                & _closeness_within("match_similar_from"),
                violation_error_message=gettext_lazy(
                    "The closeness of matches must be 0.25 to 1, or empty."
                ),
            ),
            models.CheckConstraint(
                name="desk_match_thresholds_in_order",
                condition=Q(match_same_from__isnull=True)
                | Q(match_similar_from__isnull=True)
                | Q(match_similar_from__lte=F("match_same_from")),
                violation_error_message=gettext_lazy(
                    "What is the same is similar too: its closeness cannot be lower."
                ),
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

    def sources_for(self, tier: str) -> int:
        """How many independent sources a verdict needs; a tier asks for
        more than the desk, never for fewer.
        """
        own = getattr(self, f"{tier}_risk_sources") if tier else None
        return max(self.evidence_needed, own or 0)

    def hours_for(self, tier: str) -> int | None:
        hours: int | None = getattr(self, f"{tier}_risk_hours") if tier else None
        return hours

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
