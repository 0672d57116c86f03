"""What may lead to a verdict of ours, to be found without reading all texts."""

from django.db import models
from django.utils.translation import gettext as _

from claims.choices import ReferenceKind
from claims.models.verdict import Verdict
from sources.models import Link

SHORT_ID = 8


class Reference(models.Model):
    """The end of the address of a verdict, in words of another one or
    in the address of a link; triggers add it (`claims.guards.references`)
    when those are saved.

    Rows are only added, also when the words change: whoever asks for
    them reads the words of the few that are found.
    """

    kind = models.CharField(max_length=16, choices=ReferenceKind)
    short_id = models.CharField(max_length=SHORT_ID)
    verdict = models.ForeignKey(
        Verdict, on_delete=models.PROTECT, null=True, related_name="references"
    )
    link = models.ForeignKey(Link, on_delete=models.PROTECT, null=True, related_name="references")

    class Meta:
        indexes = [models.Index(fields=["short_id", "kind"], name="reference_short_id")]

    def __str__(self) -> str:
        return _("Reference to %(short_id)s") % {"short_id": self.short_id}
