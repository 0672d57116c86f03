"""Rechecks: checking a published verdict again, with the cause and the decision."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import RecheckCause, RecheckDecision
from claims.models.claim import Claim
from claims.models.verdict import Verdict
from claims.querysets.verdicts import RecheckQuerySet
from factcheck.newsroom.models import User
from sources.models import Article, Link

PENDING = Q(decision=RecheckDecision.PENDING)
REASON_LENGTH = 2000


def _caused(cause: RecheckCause) -> Q:
    """The condition that the recheck names the one object of its cause,
    and no other.
    """
    fields = {
        RecheckCause.LINK: "link",
        RecheckCause.ARTICLE: "article",
        RecheckCause.VERDICT: "cause_verdict",
    }
    return Q(cause=cause, **{f"{name}__isnull": of != cause for of, name in fields.items()})


class Recheck(models.Model):
    """One task of checking a verdict again. `verdict` is the version it
    was opened on. Once decided it is never changed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="rechecks")
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="rechecks")
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
        blank=True,
        max_length=REASON_LENGTH,
        help_text=gettext_lazy("What is wrong with the cause."),
    )
    opened_at = models.DateTimeField()
    # NULL if the recheck date opened it.
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
        blank=True,
        max_length=REASON_LENGTH,
        help_text=gettext_lazy("Why the verdict is unaffected."),
    )
    next_recheck_date = models.DateField(
        null=True,
        blank=True,
        help_text=gettext_lazy("The next recheck date, if the verdict is still true."),
    )

    objects = RecheckQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = gettext_lazy("recheck")
        indexes = [models.Index(fields=["claim", "decision"], name="recheck_claim_decision")]
        constraints = [
            models.CheckConstraint(
                name="recheck_of_its_cause",
                condition=_caused(RecheckCause.RECHECK_DATE)
                | _caused(RecheckCause.LINK)
                | _caused(RecheckCause.ARTICLE)
                | _caused(RecheckCause.VERDICT)
                | _caused(RecheckCause.READER),
                violation_error_message=gettext_lazy(
                    "A recheck needs the one source, article or verdict that caused it."
                ),
            ),
            models.CheckConstraint(
                name="recheck_says_what_is_wrong",
                condition=Q(cause=RecheckCause.RECHECK_DATE)
                | (~Q(note="") & Q(opened_by__isnull=False)),
                violation_error_message=gettext_lazy("Say what is wrong."),
            ),
            models.CheckConstraint(
                name="recheck_decision_known",
                condition=Q(decision__in=RecheckDecision.values),
                violation_error_message=gettext_lazy("Choose unaffected, corrected or retracted."),
            ),
            models.CheckConstraint(
                name="recheck_decided_by_a_person",
                condition=(PENDING & Q(decided_by__isnull=True, decided_at__isnull=True, reason=""))
                | (~PENDING & Q(decided_by__isnull=False, decided_at__isnull=False)),
                violation_error_message=gettext_lazy(
                    "A decided recheck needs a person and a time."
                ),
            ),
            models.CheckConstraint(
                name="recheck_unaffected_with_a_reason",
                condition=~Q(decision=RecheckDecision.UNAFFECTED) | ~Q(reason=""),
                violation_error_message=gettext_lazy("Say why the verdict is unaffected."),
            ),
            models.CheckConstraint(
                name="recheck_next_date_of_recheck_date",
                condition=Q(
                    cause=RecheckCause.RECHECK_DATE,
                    decision=RecheckDecision.UNAFFECTED,
                    next_recheck_date__isnull=False,
                )
                | (
                    ~Q(cause=RecheckCause.RECHECK_DATE, decision=RecheckDecision.UNAFFECTED)
                    & Q(next_recheck_date__isnull=True)
                ),
                violation_error_message=gettext_lazy(
                    "A verdict that is still true needs its next recheck date."
                ),
            ),
            # The daily task may run twice or at the same time as itself: the second
            # insert fails.
            models.UniqueConstraint(
                name="recheck_pending_date_once",
                fields=["claim"],
                condition=PENDING & Q(cause=RecheckCause.RECHECK_DATE),
                violation_error_message=gettext_lazy("This verdict already has an open recheck."),
            ),
            models.UniqueConstraint(
                name="recheck_pending_reader_once",
                fields=["claim"],
                condition=PENDING & Q(cause=RecheckCause.READER),
                violation_error_message=gettext_lazy("This verdict already has an open recheck."),
            ),
            # One constraint for each cause: on all of them together, NULLs would count
            # as different and let duplicates in.
            *(
                models.UniqueConstraint(
                    name=f"recheck_pending_{of}_once",
                    fields=["claim", of],
                    condition=PENDING,
                    violation_error_message=gettext_lazy(
                        "This verdict already has an open recheck for this cause."
                    ),
                )
                for of in ("link", "article", "cause_verdict")
            ),
        ]

    def __str__(self) -> str:
        return _("Recheck of “%(claim)s”") % {"claim": self.claim}

    @property
    def pending(self) -> bool:
        return self.decision == RecheckDecision.PENDING

    @property
    def cause_object(self) -> Link | Article | Verdict | None:
        """The source, article or verdict that caused it; None for a
        recheck date and for a reader.
        """
        return self.link or self.article or self.cause_verdict

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.claim.relations_to(user)
