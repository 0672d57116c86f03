"""Queries among colleagues on a claim, a passage or an item of
evidence. Some block signing, some are privileged between editors and
legal, some are comments on words of a verdict in work.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Commented
from claims.models.claim import Claim
from claims.models.evidence import Evidence
from claims.models.verdict import Verdict
from claims.querysets.desk import QueryQuerySet
from factcheck.newsroom.models import User


class Query(models.Model):
    """A question with its replies.

    It has no number of its own: a gap in the sequence would reveal the
    privileged ones.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="queries")
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="queries"
    )
    passage = models.TextField(
        blank=True,
        max_length=2000,
        help_text=gettext_lazy("The passage of the claim or verdict in question."),
    )
    # Of a comment only: the version it is on, and where in it the passage began. The
    # passage stays when the text is changed.
    verdict = models.ForeignKey(
        Verdict,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        editable=False,
    )
    part = models.CharField(
        max_length=16,
        choices=Commented,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    blocking = models.BooleanField(default=False)
    privileged = models.BooleanField(default=False)
    sign_off = models.BooleanField(
        default=False, help_text=gettext_lazy("Ask legal to sign off the content before approval.")
    )
    signed_hash = models.CharField(
        max_length=64,
        blank=True,
        help_text=gettext_lazy("Hash of the content that legal signed off."),
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = QueryQuerySet.as_manager()

    class Meta:
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(
                name="query_about_one_object",
                condition=Q(evidence__isnull=True) | Q(passage=""),
                violation_error_message=gettext_lazy(
                    "A query is about a passage or an item of evidence, not both."
                ),
            ),
            models.CheckConstraint(
                name="query_comment_has_its_place",
                condition=Q(part="", verdict__isnull=True, start__isnull=True)
                | (
                    Q(
                        part__in=Commented.values,
                        verdict__isnull=False,
                        start__isnull=False,
                        blocking=False,
                        privileged=False,
                    )
                    & ~Q(passage="")
                ),
                violation_error_message=gettext_lazy(
                    "A comment is on words of one version, and neither blocking nor privileged."
                ),
            ),
            models.CheckConstraint(
                name="query_resolved_by_a_person",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                violation_error_message=gettext_lazy("A resolved query needs a person and a time."),
            ),
            models.CheckConstraint(
                name="query_sign_off_is_privileged",
                condition=Q(sign_off=False, signed_hash="") | Q(sign_off=True, privileged=True),
                violation_error_message=gettext_lazy(
                    "A sign-off must be privileged between editors and legal."
                ),
            ),
            models.CheckConstraint(
                name="query_signed_off_on_content",
                condition=Q(sign_off=False)
                | Q(resolved_at__isnull=True, signed_hash="")
                | (Q(resolved_at__isnull=False) & ~Q(signed_hash="")),
                violation_error_message=gettext_lazy(
                    "A sign-off needs the content that was signed off."
                ),
            ),
        ]

    def __str__(self) -> str:
        return _("Query %(id)s") % {"id": self.public_id.hex[:8]}

    @property
    def is_comment(self) -> bool:
        return bool(self.part)

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        relations = self.claim.relations_to(user) | (
            {"opener"} if self.opened_by_id == user.pk else set()
        )
        # Of an earlier version: that they wrote that one says nothing of this text.
        if "author" in relations and self.verdict and self.verdict.author_id != user.pk:
            relations -= {"author"}
        # A reporter sees a query only if it mentions them and is about their own
        # article. The order matters: the messages are asked for last, because that is a
        # query to the database.
        is_mentioned = (
            "submitter" in relations
            and not self.privileged
            and self.messages.filter(mentioned=user).exists()
        )
        return relations | {"asked"} if is_mentioned else relations


class QueryMessage(models.Model):
    """One message of a query; never changed."""

    query = models.ForeignKey(Query, on_delete=models.PROTECT, related_name="messages")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(max_length=5000)
    mentioned = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="mentions"
    )

    class Meta:
        ordering = ["query", "number"]
        constraints = [
            models.UniqueConstraint(
                name="querymessage_number",
                fields=["query", "number"],
                violation_error_message=gettext_lazy("Somebody else replied first. Try again."),
            ),
            models.CheckConstraint(
                name="querymessage_has_text",
                condition=~Q(text=""),
                violation_error_message=gettext_lazy("Write the message."),
            ),
        ]

    def __str__(self) -> str:
        return _("Message %(number)s of %(query)s") % {"number": self.number, "query": self.query}
