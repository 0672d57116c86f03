"""The claim being checked."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.choices import Status, VerdictState
from claims.models.suggestion import Suggestion
from claims.models.topic import Topic
from claims.querysets import ClaimQuerySet
from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import holds, roles_on
from sources.models import Claimant

HAS_ASSIGNEE = (Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED)
MERGEABLE = (Status.OPEN, *HAS_ASSIGNEE, Status.ON_HOLD)
_ON_HOLD = Q(status=Status.ON_HOLD) | Q(status=Status.MERGED, merged_from=Status.ON_HOLD)


class Claim(models.Model):
    """What somebody said. `status` is written by workflow.apply() alone; a trigger wants the
    Transition row to match.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="claims")
    suggestion = models.OneToOneField(
        Suggestion, on_delete=models.PROTECT, null=True, blank=True, related_name="claim"
    )
    text = models.TextField("claim", max_length=2000)
    claimant = models.ForeignKey(
        Claimant, on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    stated_date = models.DateField("said on", null=True, blank=True)
    appearance_url = models.CharField("first said in (address)", max_length=2000, blank=True)
    language = models.CharField(max_length=16, default="en")
    translation_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        editable=False,
        help_text="The claim in another language that this one was translated from.",
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    from_reader = models.BooleanField("sent in by a reader", default=False, editable=False)
    status = models.CharField(max_length=16, choices=Status, default=Status.OPEN, editable=False)
    held_from = models.CharField(max_length=16, choices=Status, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        editable=False,
    )
    merged_from = models.CharField(max_length=16, choices=Status, blank=True, editable=False)
    moves = models.PositiveIntegerField(default=0, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_claims",
        editable=False,
    )
    due_at = models.DateTimeField("due", null=True, blank=True)
    embargo_until = models.DateTimeField("embargo until", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    shared_with_legal = models.BooleanField(default=False, editable=False)
    slug = models.SlugField(max_length=80, allow_unicode=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="created_claims",
        editable=False,
    )
    created_at = models.DateTimeField(editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["desk", "status"], name="claim_desk_status")]
        constraints = [
            models.CheckConstraint(
                name="claim_status_known",
                condition=Q(status__in=Status.values),
                violation_error_message="Unknown status.",
            ),
            models.CheckConstraint(
                name="claim_has_text",
                condition=~Q(text=""),
                violation_error_message="Write the claim.",
            ),
            models.CheckConstraint(
                name="claim_in_work_has_assignee",
                condition=~Q(status__in=HAS_ASSIGNEE) | Q(assignee__isnull=False),
                violation_error_message="A claim in work has an assignee.",
            ),
            models.CheckConstraint(
                name="claim_held_from_somewhere",
                condition=(_ON_HOLD & ~Q(held_from="")) | (~_ON_HOLD & Q(held_from="")),
                violation_error_message="A claim on hold knows the state it goes back to.",
            ),
            models.CheckConstraint(
                name="claim_merged_into_another",
                condition=Q(
                    status=Status.MERGED, merged_into__isnull=False, merged_from__in=MERGEABLE
                )
                & ~Q(merged_into=F("id"))
                | (~Q(status=Status.MERGED) & Q(merged_into__isnull=True, merged_from="")),
                violation_error_message=(
                    "A merged claim knows which other claim it was folded into, and the state it"
                    " goes back to."
                ),
            ),
            models.CheckConstraint(
                name="claim_no_translation_of_itself",
                condition=Q(translation_of__isnull=True) | ~Q(translation_of=F("id")),
                violation_error_message="A claim is not a translation of itself.",
            ),
            models.CheckConstraint(
                name="claim_published_has_slug",
                condition=~Q(status__in=(Status.PUBLISHED, Status.RETRACTED)) | ~Q(slug=""),
                violation_error_message="A published claim has an address.",
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 100 else f"{self.text[:99]}…"

    @property
    def address(self) -> str:
        """The last part of the public address: fixed at first publication."""
        return f"{self.slug}-{self.public_id.hex[:8]}"

    def relations_to(self, user: User) -> frozenset[str]:
        found = set()
        if self.assignee_id == user.pk:
            found.add("assignee")
        written = [
            verdict for verdict in self.verdicts.all() if verdict.author_id == user.pk
        ]  # all(): a list page prefetches them
        if written:
            found.add("author")
        if any(verdict.author_hash for verdict in written):  # their signature stands
            found.add("signer")
        if (
            self.suggestion_id
            and self.suggestion
            and self.suggestion.article.submitted_by_id == user.pk
        ):
            found |= {"reader_tip"} if Role.REPORTER in roles_on(user, self.desk_id) else set()
        if self.shared_with_legal and Role.LEGAL in roles_on(user, self.desk_id):
            found.add("counsel")
        if self._signs_by_night(user):
            found.add("night")
        return frozenset(found)

    def _signs_by_night(self, user: User) -> bool:
        """May a checker stand in for the editor: in the desk's night, beside another checker's
        work?

        What an editor signed, or approved by day, waits for an editor.
        """
        if self.status not in {Status.IN_REVIEW, Status.APPROVED} or not self.desk.is_night(
            timezone.now()
        ):
            return False
        working = next(
            (
                one
                for one in self.verdicts.all()
                if one.state in {VerdictState.WORKING, VerdictState.APPROVED}
            ),
            None,
        )
        if working is None or working.author is None or working.author_id == user.pk:
            return False
        return not holds(working.author, self.desk_id, Role.EDITOR) and (
            working.by_night or self.status == Status.IN_REVIEW
        )
