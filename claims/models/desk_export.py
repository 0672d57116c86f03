"""Exports of desks: the work of making one, and the file that it made.
An audit pack is one of them, of a period.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from claims.choices import ExportKind
from claims.querysets.exports import DeskExportQuerySet
from factcheck.ledger.due_work import DueWork
from factcheck.newsroom.models import Desk, User


class DeskExport(DueWork):
    """Everything of a desk as one file, or what an assessor asks for; it
    is deleted after some days. The row stays and says who had it made.
    """

    task_name = "claims.export_desk"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="exports")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    kind = models.CharField(
        _("kind"), max_length=8, choices=ExportKind, default=ExportKind.DESK, db_default="desk"
    )
    # Of an audit pack: its days, both included, and the language of its pages.
    first_date = models.DateField(_("from"), null=True, blank=True)
    last_date = models.DateField(_("to"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True, db_default="")
    made_at = models.DateTimeField(_("requested"))
    # Where the next step goes on; NULL once all is gathered.
    section = models.PositiveSmallIntegerField(null=True, blank=True, default=0)
    last_key = models.BigIntegerField(default=0)
    # [[member of the file, what one step gathered for it], …]
    parts = models.JSONField[list[list[str]], list[list[str]]](default=list)
    rows = models.PositiveIntegerField(default=0)
    # How many rows there were when it was begun; NULL before that.
    expected = models.PositiveIntegerField(null=True, blank=True)
    counts = models.JSONField[dict[str, int], dict[str, int]](default=dict)
    # The name in its folder, which each attempt to pack has of its own.
    file = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    objects = DeskExportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            models.CheckConstraint(
                name="deskexport_audit_pack_has_period",
                condition=~Q(kind=ExportKind.AUDIT)
                | Q(first_date__isnull=False, last_date__isnull=False) & ~Q(language=""),
                violation_error_message=_("An audit pack has a period and a language."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk}, {date_format(self.made_at, 'DATETIME_FORMAT')}"

    def relations_to(self, user: User) -> frozenset[str]:
        return frozenset()
