"""What speaks for or against a claim: a source, where in it, in which words, and whose report it
really is.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.choices import QuoteState, Stance
from claims.models.claim import Claim
from claims.querysets import EvidenceQuerySet
from factcheck.newsroom.models import User
from sources.models import Capture, Link, Publisher

# What people type about a source, and what readers are told of it. Forms, API, history, signed
# content, export and dropped corrections go by these names; a new one needs its column, its input
# in the forms and the API, and its place in the templates.
TEXTS = ("quote", "finding", "locator")
WORDS = ("stance", *TEXTS)
# Of one source, what makes two items the same.
SAME = ("quote", "finding", "stance")
# What an edit writes: no column of a key, so that who writes a row that points to the item need not
# wait for it.
EDITED_FIELDS = (
    *WORDS,
    "origin",
    "capture",
    "quote_state",
    "nearest",
    "version",
    "edited_by",
    "edited_at",
)


class Evidence(models.Model):
    """One item. `origin` is whose report it is (a reprint's origin is the agency); `capture` the
    copy it was read in.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    number = models.PositiveIntegerField()
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="evidence")
    origin = models.ForeignKey(
        Publisher, on_delete=models.PROTECT, related_name="originated_evidence"
    )
    stance = models.CharField(max_length=16, choices=Stance)
    quote = models.TextField(blank=True, max_length=5000)
    finding = models.TextField(
        blank=True, max_length=5000, help_text="What it shows, in our words."
    )
    locator = models.CharField(max_length=200, blank=True, help_text="Page, table, minute.")
    capture = models.ForeignKey(
        Capture, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    quote_state = models.CharField(max_length=16, choices=QuoteState)
    nearest = models.TextField(
        blank=True, help_text="The most similar passage where the quote was not found."
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["claim", "number"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(
                name="evidence_number",
                fields=["claim", "number"],
                violation_error_message="This number is taken.",
            ),
            models.UniqueConstraint(
                name="evidence_once",
                fields=["claim", "link", *SAME],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="This item of evidence is already attached.",
            ),
            models.CheckConstraint(
                name="evidence_says_something",
                condition=~Q(quote="") | ~Q(finding=""),
                violation_error_message="Give the quoted passage, or say what the source shows.",
            ),
            models.CheckConstraint(
                name="evidence_quote_state_fits",
                condition=(Q(quote="") & Q(quote_state=QuoteState.NO_QUOTE))
                | (~Q(quote="") & ~Q(quote_state=QuoteState.NO_QUOTE)),
                violation_error_message="A quote is unchecked, found or not found.",
            ),
            models.CheckConstraint(
                name="evidence_found_in_a_capture",
                condition=~Q(quote_state__in=(QuoteState.FOUND, QuoteState.NOT_FOUND))
                | Q(capture__isnull=False),
                violation_error_message="A quote is found in a capture.",
            ),
            models.CheckConstraint(
                name="evidence_stance_known",
                condition=Q(stance__in=Stance.values),
                violation_error_message="Say whether it supports, refutes or gives context.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.link}"

    @property
    def words(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in WORDS}

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.claim.relations_to(user)
