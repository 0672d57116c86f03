"""Claimants: the people and organisations that make claims."""

import uuid
from collections.abc import Mapping
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.audited import Audited
from factcheck.newsroom.models import Desk
from sources.choices import ClaimantKind
from sources.querysets import ClaimantQuerySet

ALREADY_THERE = _(
    "This claimant is already in the list. Add a description if this is somebody else."
)


class Claimant(Audited):
    """Known to the desk that named it, until an editor of the desk
    shares it: whom a desk is checking is nobody else's business before
    publication.

    The words of a row never change, because verdicts are signed with
    them. Another name or description is a new row of the same
    `public_id`; the old one stays with the claims that name it until
    somebody updates them.
    """

    # Not unique: the versions of one claimant share it.
    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    desk = models.ForeignKey(
        Desk,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty for all desks."),
    )
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=ClaimantKind, default=ClaimantKind.PERSON)
    description = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("Job title or organisation. Distinguishes people with the same name."),
    )
    same_as = models.URLField(
        max_length=500,
        blank=True,
        help_text=_("A page that identifies the claimant, such as Wikidata."),
    )
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)

    unaudited = {
        "public_id": "a random number, which never changes",
        "replaced_at": "the entry of the new version says it",
    }
    events = {"desk": "share"}
    objects = ClaimantQuerySet.as_manager()

    # The version that a new row takes the place of, for the audit entry.
    replaces: Self | None = None

    class Meta:
        ordering = ["name"]
        constraints = [
            # Two constraints, because NULL never equals NULL in a unique one. Neither
            # spans desks: a refusal would tell one that another has the name.
            models.UniqueConstraint(
                name="claimant_once",
                fields=["name", "description"],
                condition=Q(desk__isnull=True, replaced_at__isnull=True),
                violation_error_message=ALREADY_THERE,
            ),
            models.UniqueConstraint(
                name="claimant_once_on_desk",
                fields=["desk", "name", "description"],
                condition=Q(replaced_at__isnull=True),
                violation_error_message=ALREADY_THERE,
            ),
            models.CheckConstraint(
                name="claimant_has_name",
                condition=~Q(name=""),
                violation_error_message=_("Enter a name for the claimant."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Name and description, as forms offer it: two people may share a name."""
        return f"{self.name}, {self.description}" if self.description else self.name

    @property
    def signed_fields(self) -> dict[str, str]:
        """The claimant as it is signed, published and exported. A field
        more or less changes the content hash of every verdict that is
        signed from then on.
        """
        return {
            "name": self.name,
            "kind": self.kind,
            "description": self.description,
            "same_as": self.same_as,
        }

    def is_same(self, other: "Claimant | None") -> bool:
        """The same person or organisation? See ClaimantQuerySet.same_as."""
        return other is not None and (
            self.public_id == other.public_id
            or (self.name, self.description) == (other.name, other.description)
        )

    def current(self) -> "Claimant":
        """The newest version that is not replaced; the row itself where
        there is none.
        """
        if self.replaced_at is None:
            return self
        newest = Claimant.objects.current().filter(public_id=self.public_id).first()
        return newest or self

    def _stored_values(self) -> Self | None:
        # A new version is a change of the claimant: the audit log has its old and new
        # words side by side.
        return self.replaces if self.pk is None and self.replaces else super()._stored_values()


def replaced_with(row: Claimant, words: Mapping[str, str]) -> Claimant:
    """An unsaved new version of a claimant, with other words."""
    new = Claimant(public_id=row.public_id, desk=row.desk, **(row.signed_fields | dict(words)))
    new.replaces = row
    return new
