"""Source changes: a cited page that no longer says what its capture
says, and what was decided.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import QuoteState, SourceChangeDecision
from claims.models.evidence import Evidence
from claims.querysets.evidence import SourceChangeQuerySet
from factcheck.newsroom.models import User
from sources.models import Capture

PENDING = Q(decision=SourceChangeDecision.PENDING)
# Set by the next check without a person: the text came back, or changed again.
AUTOMATIC = Q(decision__in=(SourceChangeDecision.REVERTED, SourceChangeDecision.CHANGED_AGAIN))
NOTE_LENGTH = 2000


class SourceChange(models.Model):
    """One task. `before` is the capture that the evidence cites,
    `after` the one that differs. Once decided it is never changed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="changes")
    before = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="+")
    quote_state = models.CharField(
        gettext_lazy("quote in the new text"), max_length=16, choices=QuoteState
    )
    noticed_at = models.DateTimeField()
    decision = models.CharField(
        max_length=16, choices=SourceChangeDecision, default=SourceChangeDecision.PENDING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=NOTE_LENGTH)

    objects = SourceChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-noticed_at", "-pk"]
        verbose_name = gettext_lazy("source change")
        constraints = [
            models.CheckConstraint(
                name="sourcechange_between_two_texts",
                condition=~Q(before=models.F("after")),
                violation_error_message=gettext_lazy(
                    "A source change needs two different captures."
                ),
            ),
            models.CheckConstraint(
                name="sourcechange_decision_known",
                condition=Q(decision__in=SourceChangeDecision.values),
                violation_error_message=gettext_lazy("Unknown decision on a source change."),
            ),
            models.CheckConstraint(
                name="sourcechange_decided_by_a_person",
                condition=(PENDING & Q(decided_by__isnull=True, decided_at__isnull=True))
                | (AUTOMATIC & Q(decided_by__isnull=True, decided_at__isnull=False))
                | (~PENDING & ~AUTOMATIC & Q(decided_by__isnull=False, decided_at__isnull=False)),
                violation_error_message=gettext_lazy(
                    "A decided source change needs a person and a time."
                ),
            ),
            models.UniqueConstraint(
                name="sourcechange_pending_once",
                fields=["evidence"],
                condition=PENDING,
                violation_error_message=gettext_lazy(
                    "This evidence already has an open source change."
                ),
            ),
        ]

    def __str__(self) -> str:
        return _("Source change: %(evidence)s") % {"evidence": self.evidence}

    @property
    def pending(self) -> bool:
        return self.decision == SourceChangeDecision.PENDING

    @property
    def desk_id(self) -> int:
        return self.evidence.claim.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.evidence.claim.relations_to(user)
