"""That something changed which readers see, as triggers note it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.querysets.public_changes import PublicChangeQuerySet


class PublicChange(models.Model):
    """A row for each change, written in the transaction that makes it
    (`claims.guards.public_changes`). The sum of their numbers is the
    version of all that readers see.

    Rows are added and not counted up, because two changes at once would
    wait for each other, and each may hold what the other one needs.
    """

    # More than one where rows were merged.
    number = models.PositiveBigIntegerField(default=1)

    objects = PublicChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publicchange_counts",
                condition=Q(number__gte=1),
                violation_error_message=_("A change counts once at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"+{self.number}"
