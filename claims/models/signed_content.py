"""What was signed, kept for later comparison: a verdict that goes back
to work loses its signatures and the content under them.
"""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models.claim import Claim
from claims.models.transition import Transition


class SignedContent(models.Model):
    """The canonical JSON behind the hash of signatures, once for each
    hash; never changed.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="signed_contents")
    hash = models.CharField(max_length=64)
    # As text, for the reason that Verdict.content is.
    content = models.TextField()

    class Meta:
        ordering = ["claim", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="signedcontent_hash",
                fields=["claim", "hash"],
                violation_error_message=gettext_lazy("This content is kept already."),
            )
        ]

    def __str__(self) -> str:
        return _("Signed content %(hash)s") % {"hash": self.hash[:8]}

    @classmethod
    def keep(cls, transition: Transition, content: str) -> None:
        # The second signature is on the content of the first.
        cls.objects.get_or_create(
            claim_id=transition.claim_id,
            hash=transition.content_hash,
            defaults={"content": content},
        )
