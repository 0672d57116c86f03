"""Where a provider of e-mail sends what readers write to a desk."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.audited import Audited
from factcheck.newsroom.models import Desk, User


class Mailbox(Audited):
    """One for a desk. Of its secret there is a hash alone: whoever reads
    the database can send nothing in.
    """

    unaudited = {
        "public_id": "a random name that never changes",
        "created_at": "the entry says when",
        "previous_hash": "what the entry of the rotation replaced",
        "previous_until": "the entry of the rotation says when",
    }
    redacted = frozenset({"secret_hash"})
    events = {"secret_hash": "rotate"}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.OneToOneField(Desk, on_delete=models.PROTECT, related_name="mailbox")
    secret_hash = models.CharField(max_length=64, editable=False)
    # Opens it as well until then: the provider's settings are changed meanwhile.
    previous_hash = models.CharField(max_length=64, blank=True, editable=False)
    previous_until = models.DateTimeField(null=True, blank=True, editable=False)
    active = models.BooleanField(
        _("active"), default=True, help_text=_("Without it, what comes is refused.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["desk", "pk"]
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")

    def __str__(self) -> str:
        return str(self.desk)

    def relations_to(self, user: User) -> frozenset[str]:
        return frozenset()
