"""That a published verdict is to be looked at again: because of what, and what was decided."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.choices import RecheckCause, RecheckDecision
from claims.models.claim import Claim
from claims.models.verdict import Verdict
from claims.querysets import RecheckQuerySet
from factcheck.newsroom.models import User
from sources.models import Article, Link

PENDING = Q(decision=RecheckDecision.PENDING)
REASON_LENGTH = 2000


def _caused(cause: RecheckCause) -> Q:
    """It names the one thing of its cause, and nothing of the others."""
    things = {
        RecheckCause.LINK: "link",
        RecheckCause.ARTICLE: "article",
        RecheckCause.VERDICT: "cause_verdict",
    }
    return Q(cause=cause, **{f"{name}__isnull": of != cause for of, name in things.items()})


class Recheck(models.Model):
    """One task. `verdict` is the version it was opened on. Once decided it stays as it is, for
    good.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reviews")
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="reviews")
    cause = models.CharField(max_length=16, choices=RecheckCause)
    link = models.ForeignKey(
        Link, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cause_verdict = models.ForeignKey(
        Verdict, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(
        blank=True, max_length=REASON_LENGTH, help_text="What is wrong with it."
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.CharField(
        max_length=16, choices=RecheckDecision, default=RecheckDecision.PENDING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(
        blank=True, max_length=REASON_LENGTH, help_text="Why the verdict is unaffected."
    )
    next_recheck_date = models.DateField(
        null=True, blank=True, help_text="Until when “still true” holds."
    )

    objects = RecheckQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = "review"
        indexes = [models.Index(fields=["claim", "decision"], name="review_claim_decision")]
        constraints = [
            models.CheckConstraint(
                name="review_of_its_cause",
                condition=_caused(RecheckCause.RECHECK_DATE)
                | _caused(RecheckCause.LINK)
                | _caused(RecheckCause.ARTICLE)
                | _caused(RecheckCause.VERDICT),
                violation_error_message=(
                    "A review names the one source, article or verdict that caused it."
                ),
            ),
            models.CheckConstraint(
                name="review_says_what_is_wrong",
                condition=Q(cause=RecheckCause.RECHECK_DATE)
                | (~Q(note="") & Q(opened_by__isnull=False)),
                violation_error_message="Say what is wrong, and who says so.",
            ),
            models.CheckConstraint(
                name="review_decision_known",
                condition=Q(decision__in=RecheckDecision.values),
                violation_error_message="A review is pending, unaffected, corrected or retracted.",
            ),
            models.CheckConstraint(
                name="review_decided_by_a_person",
                condition=(PENDING & Q(decided_by__isnull=True, decided_at__isnull=True, reason=""))
                | (~PENDING & Q(decided_by__isnull=False, decided_at__isnull=False)),
                violation_error_message="A review is decided by somebody, at a time.",
            ),
            models.CheckConstraint(
                name="review_unaffected_with_a_reason",
                condition=~Q(decision=RecheckDecision.UNAFFECTED) | ~Q(reason=""),
                violation_error_message="Say why the verdict is unaffected.",
            ),
            models.CheckConstraint(
                name="review_next_look_of_shelf_life",
                condition=Q(
                    cause=RecheckCause.RECHECK_DATE,
                    decision=RecheckDecision.UNAFFECTED,
                    next_recheck_date__isnull=False,
                )
                | (
                    ~Q(cause=RecheckCause.RECHECK_DATE, decision=RecheckDecision.UNAFFECTED)
                    & Q(next_recheck_date__isnull=True)
                ),
                violation_error_message=(
                    "“Still true” holds until a day, when it is looked at once more."
                ),
            ),
            models.UniqueConstraint(
                name="review_pending_shelf_life_once",
                fields=["claim"],
                condition=PENDING & Q(cause=RecheckCause.RECHECK_DATE),
                violation_error_message="This verdict waits to be looked at again already.",
            ),
            *(
                models.UniqueConstraint(
                    name=f"review_pending_{of}_once",
                    fields=["claim", of],
                    condition=PENDING,
                    violation_error_message=(
                        "This verdict waits to be looked at again because of it already."
                    ),
                )
                for of in ("link", "article", "cause_verdict")
            ),
        ]

    def __str__(self) -> str:
        return f"Review of “{self.claim}”"

    @property
    def pending(self) -> bool:
        return self.decision == RecheckDecision.PENDING

    @property
    def thing(self) -> Link | Article | Verdict | None:
        """What caused it; None where only time did."""
        return self.link or self.article or self.cause_verdict

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.claim.relations_to(user)
