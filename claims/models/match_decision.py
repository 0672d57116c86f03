"""What people and the machine make of a match: two claims that are not
the same, and what may be a published claim said again.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import ProposalState
from claims.models.claim import Claim
from claims.models.repetition import Repetition
from claims.models.suggestion import Extraction, Suggestion
from claims.models.tip import Tip
from claims.querysets.known_claims import MatchAnswerQuerySet, RepetitionProposalQuerySet
from factcheck.ledger.due_work import DueWork


class DifferentClaim(models.Model):
    """Somebody said that `other` is not the same as `claim`: it is not
    proposed there again.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="different_claims")
    other = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="differentclaim_once",
                fields=["claim", "other"],
                violation_error_message=gettext_lazy("This claim is marked already."),
            ),
            models.CheckConstraint(
                name="differentclaim_of_two",
                condition=~Q(claim=F("other")),
                violation_error_message=gettext_lazy("A claim is the same as itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} ≠ {self.other_id}"


class MatchAnswer(models.Model):
    """What became of a match: `known` was taken for what `claim` says,
    or what a machine proposed, or it was not; and what the matcher said
    of the two at that moment. By such figures a desk sets its thresholds.
    """

    known = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, related_name="match_answers"
    )
    proposal = models.OneToOneField(
        "claims.RepetitionProposal", on_delete=models.PROTECT, null=True, related_name="answer"
    )
    taken = models.BooleanField()
    closeness = models.FloatField()
    # Whether something was found in which the two differ.
    apart = models.BooleanField()
    matcher = models.CharField(max_length=32)
    at = models.DateTimeField()

    objects = MatchAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="matchanswer_once", fields=["claim", "known"]),
            models.CheckConstraint(
                name="matchanswer_of_one",
                condition=Q(claim__isnull=False, proposal__isnull=True)
                | Q(claim__isnull=True, proposal__isnull=False),
            ),
            models.CheckConstraint(
                name="matchanswer_closeness_range",
                condition=Q(closeness__gte=0, closeness__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.known_id} {'=' if self.taken else '≠'} {self.claim_id or self.proposal_id}"


class RepeatCheck(DueWork):
    """Whether what came in repeats what was published: looked up once
    by a worker, for the suggestions of an extraction or for a tip.
    """

    task_name = "claims.check_repeats"

    extraction = models.OneToOneField(
        Extraction, on_delete=models.PROTECT, null=True, related_name="repeat_check"
    )
    tip = models.OneToOneField(
        Tip, on_delete=models.PROTECT, null=True, related_name="repeat_check"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="repeatcheck_of_one",
                condition=Q(extraction__isnull=False, tip__isnull=True)
                | Q(extraction__isnull=True, tip__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return _("Look for repeated claims %(number)s") % {"number": self.pk}


class RepetitionProposal(models.Model):
    """Found by a machine: a suggestion or a tip says what a published
    claim of the desk says. A person makes a `Repetition` of it, which
    another one confirms, or dismisses it. It holds no words of its own.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="repetition_proposals")
    suggestion = models.ForeignKey(
        Suggestion, on_delete=models.PROTECT, null=True, related_name="repetition_proposals"
    )
    tip = models.ForeignKey(
        Tip, on_delete=models.PROTECT, null=True, related_name="repetition_proposals"
    )
    found_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.OPEN)
    repetition = models.ForeignKey(
        Repetition, on_delete=models.PROTECT, null=True, related_name="proposals"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = RepetitionProposalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="repetitionproposal_once_of_suggestion", fields=["claim", "suggestion"]
            ),
            models.UniqueConstraint(name="repetitionproposal_once_of_tip", fields=["claim", "tip"]),
            models.CheckConstraint(
                name="repetitionproposal_of_one",
                condition=Q(suggestion__isnull=False, tip__isnull=True)
                | Q(suggestion__isnull=True, tip__isnull=False),
            ),
            models.CheckConstraint(
                name="repetitionproposal_decided",
                condition=Q(
                    state=ProposalState.OPEN,
                    repetition__isnull=True,
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                )
                | Q(
                    state=ProposalState.DISMISSED,
                    repetition__isnull=True,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                | Q(
                    state=ProposalState.ADDED,
                    repetition__isnull=False,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                violation_error_message=gettext_lazy("A decision names who and when."),
            ),
        ]

    def __str__(self) -> str:
        return _("Proposed repetition %(number)s") % {"number": self.pk}
