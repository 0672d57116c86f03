"""That the claimant was asked, how, by when, and what came back."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.choices import Channel, ReplyOutcome
from claims.models.claim import Claim
from claims.querysets import ReplyRequestQuerySet
from factcheck.newsroom.models import User
from sources.models import Claimant


class ReplyRequest(models.Model):
    """One attempt. `claimant` is whom the claim named when it was made: asking one does not count
    for another.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reply_requests")
    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    person = models.CharField(
        max_length=200,
        help_text="Who was asked, as readers are told: a name, or “the press office”.",
    )
    channel = models.CharField(max_length=16, choices=Channel)
    question = models.TextField(blank=True, max_length=5000)
    sent_at = models.DateTimeField(null=True, blank=True)
    deadline_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=ReplyOutcome, default=ReplyOutcome.OPEN)
    answer = models.TextField(blank=True, max_length=10_000)
    reason = models.TextField(blank=True, max_length=2000, help_text="Why it was not possible.")
    outcome_at = models.DateTimeField(
        null=True, blank=True, help_text="When the reply came, or was given up."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ReplyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["claim", "number"]
        verbose_name = "contact attempt"
        constraints = [
            models.UniqueConstraint(
                name="contact_number",
                fields=["claim", "number"],
                violation_error_message="This number is taken.",
            ),
            models.CheckConstraint(
                name="contact_outcome_known",
                condition=Q(outcome__in=ReplyOutcome.values),
                violation_error_message="Say how it ended.",
            ),
            models.CheckConstraint(
                name="contact_asks_somebody",
                condition=~Q(person=""),
                violation_error_message="Say who was asked.",
            ),
            models.CheckConstraint(
                name="contact_was_sent",
                condition=Q(outcome=ReplyOutcome.NOT_POSSIBLE)
                | (Q(sent_at__isnull=False, deadline_at__isnull=False) & ~Q(question="")),
                violation_error_message="Say what was asked, when, and by when a reply is due.",
            ),
            models.CheckConstraint(
                name="contact_deadline_after_sent",
                condition=Q(deadline_at__isnull=True) | Q(deadline_at__gt=F("sent_at")),
                violation_error_message="The deadline comes after the question.",
            ),
            models.CheckConstraint(
                name="contact_settled_once_over",
                condition=Q(outcome=ReplyOutcome.OPEN, outcome_at__isnull=True)
                | (~Q(outcome=ReplyOutcome.OPEN) & Q(outcome_at__isnull=False)),
                violation_error_message="What is over says since when.",
            ),
            models.CheckConstraint(
                name="contact_answered_in_words",
                condition=(Q(outcome=ReplyOutcome.ANSWERED) & ~Q(answer=""))
                | (~Q(outcome=ReplyOutcome.ANSWERED) & Q(answer="")),
                violation_error_message="Write down what was answered.",
            ),
            models.CheckConstraint(
                name="contact_silent_past_deadline",
                condition=~Q(outcome=ReplyOutcome.NO_REPLY) | Q(outcome_at__gte=F("deadline_at")),
                violation_error_message="It counts as no reply once the deadline has passed.",
            ),
            models.CheckConstraint(
                name="contact_not_possible_with_reason",
                condition=~Q(outcome=ReplyOutcome.NOT_POSSIBLE) | ~Q(reason=""),
                violation_error_message="Say why it was not possible.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.person}: {self.get_outcome_display()}"

    @property
    def late(self) -> bool:
        """A reply that came after the deadline. It is kept and printed, and said to be late."""
        answered = self.outcome == ReplyOutcome.ANSWERED
        return bool(
            answered and self.outcome_at and self.deadline_at and self.outcome_at > self.deadline_at
        )

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.claim.relations_to(user)
