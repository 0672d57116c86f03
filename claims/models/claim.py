"""The claim being checked."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import Priority, Status, VerdictState
from claims.extraction.reader_wording import LONGEST as LONGEST_WORDING
from claims.models.suggestion import Suggestion
from claims.models.topic import Topic
from claims.querysets.claims import DEADLINE_OF_WORK, IS_FINISHED, UNFINISHED, ClaimQuerySet
from factcheck.newsroom.choices import RiskTier, Role
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import holds, roles_on
from sources.models import Claimant

# Somebody must answer for a claim that is being worked on.
HAS_ASSIGNEE = (Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED)
# What readers have had is never merged away: it is corrected or retracted.
MERGEABLE = (Status.OPEN, *HAS_ASSIGNEE, Status.ON_HOLD)
_ON_HOLD = Q(status=Status.ON_HOLD) | Q(status=Status.MERGED, merged_from=Status.ON_HOLD)


class Claim(models.Model):
    """A statement that somebody made in public. `status` is written by
    workflow.apply() alone: a trigger refuses it without the matching
    Transition row.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="claims")
    suggestion = models.OneToOneField(
        Suggestion, on_delete=models.PROTECT, null=True, blank=True, related_name="claim"
    )
    text = models.TextField(_("claim"), max_length=2000)
    # What readers get as title and address, where it is not the claim's own words.
    wording = models.CharField(
        _("wording for readers"),
        max_length=LONGEST_WORDING,
        blank=True,
        default="",
        db_default="",
    )
    claimant = models.ForeignKey(
        Claimant, on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    stated_date = models.DateField(_("claim date"), null=True, blank=True)
    appearance_url = models.CharField(_("appearance (URL)"), max_length=2000, blank=True)
    language = models.CharField(max_length=16, default="en")
    translation_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        editable=False,
        help_text=_("The original claim, in another language."),
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    from_reader = models.BooleanField(_("sent in by a reader"), default=False, editable=False)
    status = models.CharField(max_length=16, choices=Status, default=Status.OPEN, editable=False)
    # The status to return to. A claim that was merged while on hold keeps it, for the
    # unmerge.
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
    # How many transitions there are: the number of the newest one. It serialises two
    # people who act at once, because the next Transition row must carry the next
    # number.
    moves = models.PositiveIntegerField(default=0, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_claims",
        editable=False,
    )
    due_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(
        choices=Priority, default=Priority.NORMAL, db_default=Priority.NORMAL, editable=False
    )
    # Why it was last raised or lowered; the audit log has what was said before.
    priority_reason = models.CharField(max_length=300, blank=True, db_default="", editable=False)
    # It may ask for more sources, and set a deadline: newsroom.desks has the rules.
    risk = models.CharField(
        max_length=8, choices=RiskTier, blank=True, db_default="", editable=False
    )
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True, editable=False)
    # Counts edits. A form or API call sends the version it was made from; a stale one
    # is refused.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Set with the first privileged query, and never taken back: legal must find what it
    # advised on.
    shared_with_legal = models.BooleanField(default=False, editable=False)
    # Empty until first published, then fixed: links to the page must not break.
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
        indexes = [
            models.Index(fields=["desk", "status", "due_at"], name="claim_status_by_deadline"),
            # Work that is left: a part that stays small while finished claims grow. In
            # the order of the home screen, and with all that it counts by.
            models.Index(
                fields=["desk", "due_at", "created_at", "id", "status"],
                condition=Q(status__in=UNFINISHED),
                name="claim_unfinished",
            ),
            # The order of the list. PostgreSQL puts those without a deadline last, as
            # the list does, and then reads no more of it than it shows.
            models.Index(
                IS_FINISHED,
                DEADLINE_OF_WORK,
                F("created_at").desc(),
                F("id").desc(),
                name="claim_by_work",
            ),
            # Of what a search finds: whose it is, and its place in the list.
            models.Index(
                fields=["id", "desk", "shared_with_legal", "status", "due_at", "created_at"],
                name="claim_found",
            ),
            # Sorted by the column of deadlines.
            models.Index(fields=["due_at", "-created_at", "-id"], name="claim_by_deadline"),
            models.Index(
                fields=["priority", "due_at", "-created_at", "-id"], name="claim_by_priority"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="claim_status_known",
                condition=Q(status__in=Status.values),
                violation_error_message=_("Unknown status."),
            ),
            models.CheckConstraint(
                name="claim_has_text",
                condition=~Q(text=""),
                violation_error_message=_("Write the claim."),
            ),
            models.CheckConstraint(
                name="claim_priority_known",
                condition=Q(priority__in=Priority.values),
                violation_error_message=_("Unknown priority."),
            ),
            models.CheckConstraint(
                name="claim_priority_has_reason",
                condition=Q(priority=Priority.NORMAL) | ~Q(priority_reason=""),
                violation_error_message=_("Say why the priority is raised or lowered."),
            ),
            models.CheckConstraint(
                name="claim_risk_known",
                condition=Q(risk__in=("", *RiskTier.values)),
                violation_error_message=_("Unknown risk tier."),
            ),
            models.CheckConstraint(
                name="claim_in_work_has_assignee",
                condition=~Q(status__in=HAS_ASSIGNEE) | Q(assignee__isnull=False),
                violation_error_message=_("A claim in progress needs an assignee."),
            ),
            models.CheckConstraint(
                name="claim_held_from_somewhere",
                condition=(_ON_HOLD & ~Q(held_from="")) | (~_ON_HOLD & Q(held_from="")),
                violation_error_message=_("A claim on hold needs the status it returns to."),
            ),
            models.CheckConstraint(
                name="claim_merged_into_another",
                condition=Q(
                    status=Status.MERGED, merged_into__isnull=False, merged_from__in=MERGEABLE
                )
                & ~Q(merged_into=F("id"))
                | (~Q(status=Status.MERGED) & Q(merged_into__isnull=True, merged_from="")),
                violation_error_message=_("A merged claim needs its target and previous status."),
            ),
            models.CheckConstraint(
                name="claim_no_translation_of_itself",
                condition=Q(translation_of__isnull=True) | ~Q(translation_of=F("id")),
                violation_error_message=_("A claim cannot be a translation of itself."),
            ),
            models.CheckConstraint(
                name="claim_published_has_slug",
                condition=~Q(status__in=(Status.PUBLISHED, Status.RETRACTED)) | ~Q(slug=""),
                violation_error_message=_("A published claim needs a public address."),
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 100 else f"{self.text[:99]}…"

    @property
    def for_readers(self) -> str:
        return self.wording or self.text

    @property
    def address(self) -> str:
        """The last part of the public address: fixed at first publication."""
        return f"{self.slug}-{self.public_id.hex[:8]}"

    @property
    def sources_needed(self) -> int:
        """How many independent sources its next signature needs."""
        return self.desk.sources_for(self.risk)

    @property
    def priority_word(self) -> str:
        return Priority(self.priority).word

    def relations_to(self, user: User) -> frozenset[str]:
        """How the person stands to this claim, in the terms of
        newsroom.permissions.RULES.
        """
        relations = set()
        if self.assignee_id == user.pk:
            relations.add("assignee")
        # all() and a loop instead of filter(): a list page prefetches the verdicts.
        written = [verdict for verdict in self.verdicts.all() if verdict.author_id == user.pk]
        if written:
            relations.add("author")
        # An edit empties author_hash, and so ends the relation.
        if any(verdict.author_hash for verdict in written):
            relations.add("signer")
        if (
            self.suggestion_id
            and self.suggestion
            and self.suggestion.article.submitted_by_id == user.pk
        ):
            relations |= {"submitter"} if Role.REPORTER in roles_on(user, self.desk_id) else set()
        if self.shared_with_legal and Role.LEGAL in roles_on(user, self.desk_id):
            relations.add("counsel")
        if self._signs_by_night(user):
            relations.add("night")
        return frozenset(relations)

    def _signs_by_night(self, user: User) -> bool:
        """May a checker stand in for the editor? Only in the desk's
        night hours, on another checker's verdict.

        What an editor wrote, or approved by day, waits for an editor:
        otherwise night publishing would let a checker finish work that
        an editor is already responsible for.
        """
        if self.status not in {Status.IN_REVIEW, Status.APPROVED} or not self.desk.is_night(
            timezone.now()
        ):
            return False
        working = next(
            (
                verdict
                for verdict in self.verdicts.all()
                if verdict.state in {VerdictState.WORKING, VerdictState.APPROVED}
            ),
            None,
        )
        if working is None or working.author is None or working.author_id == user.pk:
            return False
        return not holds(working.author, self.desk_id, Role.EDITOR) and (
            working.by_night or self.status == Status.IN_REVIEW
        )
