"""That the page behind an item of evidence says something else now: what it said, what it says, and
what we made of it.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.choices import QuoteState, SourceChangeDecision
from claims.models.evidence import Evidence
from claims.querysets import SourceChangeQuerySet
from factcheck.newsroom.models import User
from sources.models import Capture

PENDING = Q(decision=SourceChangeDecision.PENDING)
ALONE = Q(decision__in=(SourceChangeDecision.REVERTED, SourceChangeDecision.CHANGED_AGAIN))
NOTE_LENGTH = 2000


class SourceChange(models.Model):
    """One task: `before` is the copy that the evidence was read in, `after` the copy that differs.
    Once decided it stays.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="changes")
    before = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="+")
    quote_state = models.CharField("quote in the new text", max_length=16, choices=QuoteState)
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
        verbose_name = "changed source"
        constraints = [
            models.CheckConstraint(
                name="change_between_two_texts",
                condition=~Q(before=models.F("after")),
                violation_error_message="A change lies between two different copies.",
            ),
            models.CheckConstraint(
                name="change_decision_known",
                condition=Q(decision__in=SourceChangeDecision.values),
                violation_error_message="Unknown decision on a changed source.",
            ),
            models.CheckConstraint(
                name="change_decided_by_a_person",
                condition=(PENDING & Q(decided_by__isnull=True, decided_at__isnull=True))
                | (ALONE & Q(decided_by__isnull=True, decided_at__isnull=False))
                | (~PENDING & ~ALONE & Q(decided_by__isnull=False, decided_at__isnull=False)),
                violation_error_message="A change is decided by somebody, at a time.",
            ),
            models.UniqueConstraint(
                name="change_pending_once",
                fields=["evidence"],
                condition=PENDING,
                violation_error_message="This evidence waits to be looked at already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Change of {self.evidence}"

    @property
    def pending(self) -> bool:
        return self.decision == SourceChangeDecision.PENDING

    @property
    def desk_id(self) -> int:
        return self.evidence.claim.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.evidence.claim.relations_to(user)
