"""Declared interests (conflicts of interest): people declare their own,
end them, and never delete them.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.querysets.desk import InterestQuerySet
from factcheck.ledger.audited import Audited
from sources.models import Claimant, Owner


class Interest(Audited):
    """It bars its person from claims of `claimant` and from claims that
    cite publishers of `owner`.

    The model is in this app because newsroom does not know claimants.
    """

    unaudited = {"public_id": "a random name that never changes"}
    # Private life: for the editors and admins of the person's desks, and not for
    # auditors.
    redacted = frozenset({"about", "note"})
    events = {"ended_date": "end"}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interests"
    )
    about = models.CharField(
        max_length=300, help_text=_("The connection, in words that may be published.")
    )
    claimant = models.ForeignKey(
        Claimant, on_delete=models.PROTECT, null=True, blank=True, related_name="interests"
    )
    owner = models.ForeignKey(
        Owner, on_delete=models.PROTECT, null=True, blank=True, related_name="interests"
    )
    note = models.TextField(blank=True, max_length=2000, help_text=_("For editors only."))
    declared_date = models.DateField()
    ended_date = models.DateField(null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["-declared_date", "-pk"]
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.CheckConstraint(
                name="interest_says_what",
                condition=~Q(about=""),
                violation_error_message=_("Say what the connection is."),
            ),
            models.CheckConstraint(
                name="interest_ends_after_it_began",
                condition=Q(ended_date__isnull=True) | Q(ended_date__gte=F("declared_date")),
                violation_error_message=_("The end date must not be before the declaration."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.about}"

    @property
    def desk_id(self) -> int | None:
        """Whose auditors read of it: its names may be known to that desk alone."""
        parties = (party for party in (self.claimant, self.owner) if party)
        return next((party.desk_id for party in parties if party.desk_id), None)

    @property
    def towards(self) -> str:
        return " and ".join(str(party) for party in (self.claimant, self.owner) if party)
