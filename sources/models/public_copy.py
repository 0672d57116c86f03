"""Copies of cited pages in a public archive."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.ledger.due_work import DueWork
from sources.models.link import Link


class PublicCopy(DueWork):
    """The copy of one page that a public archive was asked to make.
    What was asked for is there only once the archive has given its
    address.
    """

    task_name = "sources.archive_page"

    link = models.OneToOneField(Link, on_delete=models.PROTECT, related_name="public_copy")
    asked_at = models.DateTimeField()
    # When the archive took the address, and how it calls the work on it.
    sent_at = models.DateTimeField(null=True, blank=True)
    job = models.CharField(max_length=200, blank=True)
    # When the archive last asked for peace, or was away.
    refused_at = models.DateTimeField(null=True, blank=True)
    address = models.CharField(max_length=2200, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("copy in a public archive")
        verbose_name_plural = gettext_lazy("copies in a public archive")
        indexes = [
            models.Index(
                fields=["sent_at"], name="publiccopy_sent", condition=Q(sent_at__isnull=False)
            ),
            models.Index(
                fields=["refused_at"],
                name="publiccopy_refused",
                condition=Q(refused_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="publiccopy_has_address_and_time",
                condition=Q(address="", archived_at__isnull=True)
                | (~Q(address="") & Q(archived_at__isnull=False)),
                violation_error_message=gettext_lazy("A copy has an address and a time."),
            )
        ]

    def __str__(self) -> str:
        return _("Copy of %(url)s") % {"url": self.link.url}
