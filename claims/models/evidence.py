"""Evidence: one cited source with its stance, quote or finding,
location and original source.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import QuoteState, Stance
from claims.models.claim import Claim
from claims.querysets.evidence import EvidenceQuerySet
from factcheck.newsroom.models import User
from sources.models import Capture, Link, Publisher

# What people write about a source, and what readers see of it. Forms, API, history,
# signed content, export and dropped corrections use these names; a new one needs its
# column, its input in the forms and the API, and its place in the templates.
TEXTS = ("quote", "finding", "locator")
WORDS = ("stance", *TEXTS)
# Two items on the same link are duplicates if these are equal.
SAME = ("quote", "finding", "stance")
# The columns that an edit writes. No key column is among them: PostgreSQL then locks
# the row FOR NO KEY UPDATE, and whoever inserts a row that points to the item does not
# wait for the edit.
EDITED_FIELDS = (
    *WORDS,
    "origin",
    "publisher_name",
    "origin_name",
    "capture",
    "quote_state",
    "nearest",
    "version",
    "edited_by",
    "edited_at",
)


class Evidence(models.Model):
    """One item. `origin` is the original source (of a reprint, the
    agency); `capture` is the stored text in which the quote was
    checked.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    # Never reused, also after a withdrawal: the signed content and corrections cite it.
    number = models.PositiveIntegerField()
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="evidence")
    origin = models.ForeignKey(
        Publisher, on_delete=models.PROTECT, related_name="originated_evidence"
    )
    # As they are signed. Any desk may rename a shared publisher; what another desk
    # signs takes the new name only when somebody there saves the item again.
    publisher_name = models.CharField(max_length=200, default="", db_default="", editable=False)
    origin_name = models.CharField(max_length=200, default="", db_default="", editable=False)
    stance = models.CharField(max_length=16, choices=Stance)
    quote = models.TextField(blank=True, max_length=5000)
    finding = models.TextField(
        blank=True, max_length=5000, help_text=_("What the source shows, in our words.")
    )
    locator = models.CharField(max_length=200, blank=True, help_text=_("Page, table or minute."))
    capture = models.ForeignKey(
        Capture, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    quote_state = models.CharField(max_length=16, choices=QuoteState)
    # Kept with the item, so that the page need not compare texts each time it is shown.
    nearest = models.TextField(
        blank=True, help_text=_("The most similar passage, if the quote was not found.")
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    # db_default: rows are also inserted by SQL that knows only the columns it needs.
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
        verbose_name_plural = _("evidence")
        indexes = [
            # Home asks for the few lost quotes.
            models.Index(
                fields=["claim"],
                name="evidence_quote_lost",
                condition=Q(withdrawn_at=None, quote_state=QuoteState.NOT_FOUND),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="evidence_number",
                fields=["claim", "number"],
                violation_error_message=_("Another item of evidence has this number. Try again."),
            ),
            # A withdrawn item may be attached again.
            models.UniqueConstraint(
                name="evidence_once",
                fields=["claim", "link", *SAME],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message=_("This item of evidence is already attached."),
            ),
            models.CheckConstraint(
                name="evidence_says_something",
                condition=~Q(quote="") | ~Q(finding=""),
                violation_error_message=_("Enter the quoted passage or what the source shows."),
            ),
            models.CheckConstraint(
                name="evidence_quote_state_fits",
                condition=(Q(quote="") & Q(quote_state=QuoteState.NO_QUOTE))
                | (~Q(quote="") & ~Q(quote_state=QuoteState.NO_QUOTE)),
                violation_error_message=_(
                    "A quote needs a check result, and only a quote has one."
                ),
            ),
            models.CheckConstraint(
                name="evidence_found_in_a_capture",
                condition=~Q(quote_state__in=(QuoteState.FOUND, QuoteState.NOT_FOUND))
                | Q(capture__isnull=False),
                violation_error_message=_("A checked quote needs the capture it was checked in."),
            ),
            models.CheckConstraint(
                name="evidence_stance_known",
                condition=Q(stance__in=Stance.values),
                violation_error_message=_(
                    "Choose whether it supports, refutes or provides context."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.link}"

    @property
    def words(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in WORDS}

    def take_names(self) -> None:
        """Name publisher and original source as they are called now."""
        self.publisher_name, self.origin_name = self.link.publisher.name, self.origin.name

    @property
    def renamed(self) -> bool:
        """Is a publisher called otherwise now than the item is signed with?"""
        now = (self.link.publisher.name, self.origin.name)
        return (self.publisher_name, self.origin_name) != now

    @property
    def desk_id(self) -> int:
        return self.claim.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return self.claim.relations_to(user)
