"""Queries on a claim, a passage of it, or an item of its evidence; some block, some are between
editors and legal.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.claim import Claim
from claims.models.evidence import Evidence
from claims.querysets import QueryQuerySet
from factcheck.newsroom.models import User


class Query(models.Model):
    """It has no number: a gap in a row of numbers would tell of the privileged ones."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="queries")
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="queries"
    )
    passage = models.TextField(
        blank=True, max_length=2000, help_text="The words of the claim or verdict it is about."
    )
    blocking = models.BooleanField(default=False)
    privileged = models.BooleanField(default=False)
    sign_off = models.BooleanField(
        default=False, help_text="Legal is asked to sign the content off before it is approved."
    )
    signed_hash = models.CharField(
        max_length=64, blank=True, help_text="The content that legal signed off."
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
                name="thread_about_one_thing",
                condition=Q(evidence__isnull=True) | Q(passage=""),
                violation_error_message="A query is about a passage or about an item of evidence.",
            ),
            models.CheckConstraint(
                name="thread_resolved_by_a_person",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                violation_error_message="A query is resolved by somebody, at a time.",
            ),
            models.CheckConstraint(
                name="thread_sign_off_is_privileged",
                condition=Q(sign_off=False, signed_hash="") | Q(sign_off=True, privileged=True),
                violation_error_message="A sign-off is between editors and legal.",
            ),
            models.CheckConstraint(
                name="thread_signed_off_on_content",
                condition=Q(sign_off=False)
                | Q(resolved_at__isnull=True, signed_hash="")
                | (Q(resolved_at__isnull=False) & ~Q(signed_hash="")),
                violation_error_message="A sign-off says on which content.",
            ),
        ]

    def __str__(self) -> str:
        return f"Query {self.public_id.hex[:8]}"

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        found = self.claim.relations_to(user) | (
            {"opener"} if self.opened_by_id == user.pk else set()
        )
        asked = (
            "reader_tip" in found
            and not self.privileged
            and self.messages.filter(mentioned=user).exists()
        )
        return found | {"asked"} if asked else found


class QueryMessage(models.Model):
    """What somebody said in a query; never changed."""

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
                name="threadmessage_number",
                fields=["query", "number"],
                violation_error_message="This number is taken.",
            ),
            models.CheckConstraint(
                name="threadmessage_says_something",
                condition=~Q(text=""),
                violation_error_message="Write the message.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. of {self.query}"
