"""Reply requests: attempts to reach the claimant, with question,
deadline and outcome.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import Channel, ReplyOutcome
from claims.models.claim import Claim
from claims.querysets.evidence import ReplyRequestQuerySet
from factcheck.newsroom.models import User
from sources.models import Claimant


class ReplyRequest(models.Model):
    """One attempt. `claimant` is whom the claim named at the time: if
    the claim is later attributed to somebody else, that person must be
    asked too.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reply_requests")
    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    person = models.CharField(
        max_length=200,
        help_text=_("Who was asked, as published: a name, or “the press office”."),
    )
    channel = models.CharField(max_length=16, choices=Channel)
    question = models.TextField(blank=True, max_length=5000)
    sent_at = models.DateTimeField(null=True, blank=True)
    deadline_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=ReplyOutcome, default=ReplyOutcome.OPEN)
    answer = models.TextField(blank=True, max_length=10_000)
    reason = models.TextField(
        blank=True, max_length=2000, help_text=_("Why contact was not possible.")
    )
    outcome_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the reply came or the deadline passed.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ReplyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["claim", "number"]
        verbose_name = _("reply request")
        constraints = [
            models.UniqueConstraint(
                name="replyrequest_number",
                fields=["claim", "number"],
                violation_error_message=_("Somebody else added a reply request first. Try again."),
            ),
            models.CheckConstraint(
                name="replyrequest_outcome_known",
                condition=Q(outcome__in=ReplyOutcome.values),
                violation_error_message=_("Choose an outcome."),
            ),
            models.CheckConstraint(
                name="replyrequest_asks_somebody",
                condition=~Q(person=""),
                violation_error_message=_("Enter who was asked."),
            ),
            models.CheckConstraint(
                name="replyrequest_was_sent",
                condition=Q(outcome=ReplyOutcome.NOT_POSSIBLE)
                | (Q(sent_at__isnull=False, deadline_at__isnull=False) & ~Q(question="")),
                violation_error_message=_("Enter the question, when it was sent and the deadline."),
            ),
            models.CheckConstraint(
                name="replyrequest_deadline_after_sent",
                condition=Q(deadline_at__isnull=True) | Q(deadline_at__gt=F("sent_at")),
                violation_error_message=_("The deadline must be after the time of sending."),
            ),
            models.CheckConstraint(
                name="replyrequest_settled_once_over",
                condition=Q(outcome=ReplyOutcome.OPEN, outcome_at__isnull=True)
                | (~Q(outcome=ReplyOutcome.OPEN) & Q(outcome_at__isnull=False)),
                violation_error_message=_(
                    "An outcome needs its time, and only an outcome has one."
                ),
            ),
            models.CheckConstraint(
                name="replyrequest_answered_in_words",
                condition=(Q(outcome=ReplyOutcome.ANSWERED) & ~Q(answer=""))
                | (~Q(outcome=ReplyOutcome.ANSWERED) & Q(answer="")),
                violation_error_message=_("Enter the reply, and only for the outcome “answered”."),
            ),
            models.CheckConstraint(
                name="replyrequest_silent_past_deadline",
                condition=~Q(outcome=ReplyOutcome.NO_REPLY) | Q(outcome_at__gte=F("deadline_at")),
                violation_error_message=_("“No reply” is possible only after the deadline."),
            ),
            models.CheckConstraint(
                name="replyrequest_not_possible_with_reason",
                condition=~Q(outcome=ReplyOutcome.NOT_POSSIBLE) | ~Q(reason=""),
                violation_error_message=_("Say why contact was not possible."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.person}: {self.get_outcome_display()}"

    @property
    def of_claimant(self) -> bool:
        """Was the claimant asked whom the claim names now?"""
        return self.claimant.is_same(self.claim.claimant)

    @property
    def late(self) -> bool:
        """Did the reply come after the deadline? It is published all
        the same, marked as late.
        """
        answered = self.outcome == ReplyOutcome.ANSWERED
        return bool(
            answered and self.outcome_at and self.deadline_at and self.outcome_at > self.deadline_at
        )

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.claim.relations_to(user)
