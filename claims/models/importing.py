"""Imports: a file or a list of addresses, its rows, and what became of each."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import ImportForm, ImportPhase, Origin, RowState
from claims.models.imported_fact_check import ImportedFactCheck
from claims.querysets.imports import ImportQuerySet
from factcheck.ledger.due_work import DueWork
from factcheck.newsroom.models import Desk, User


class Import(DueWork):
    """Rows of a file for one desk. It waits for people in the phases
    `mapping` and `checked`, and is due for a worker in the others.
    """

    task_name = "claims.import_rows"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    form = models.CharField(_("form"), max_length=16, choices=ImportForm)
    origin = models.CharField(_("origin"), max_length=16, choices=Origin)
    phase = models.CharField(_("phase"), max_length=16, choices=ImportPhase)
    columns = models.JSONField[list[str], list[str]](default=list)
    # By field, the column it is read from, and what stands for all rows without one.
    mapping = models.JSONField[dict[str, str], dict[str, str]](default=dict)
    defaults = models.JSONField[dict[str, str], dict[str, str]](default=dict)
    rows_total = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(_("begun"))
    finished_at = models.DateTimeField(null=True, blank=True)
    # Its rows are deleted then; what was imported and the numbers stay.
    expires_at = models.DateTimeField()
    counts = models.JSONField[dict[str, int], dict[str, int]](default=dict)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                name="import_kinds_known",
                condition=Q(
                    form__in=ImportForm.values,
                    origin__in=Origin.values,
                    phase__in=ImportPhase.values,
                ),
                violation_error_message=_("Choose one of the listed forms, origins and phases."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def relations_to(self, user: User) -> frozenset[str]:
        return frozenset()


class ImportRow(models.Model):
    """One row of the file as it came, and what it says to whoever
    imports it. `key` and `part` are those of the fact check.
    """

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    record = models.JSONField[dict[str, Any], dict[str, Any]]()
    state = models.CharField(max_length=8, choices=RowState, default=RowState.WAITING)
    # [{"field": …, "text": …}], in the language of rows.
    faults = models.JSONField[list[dict[str, str]], list[dict[str, str]]](default=list)
    changes = models.JSONField[dict[str, list[str]], dict[str, list[str]]](default=dict)
    key = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    part = models.PositiveIntegerField(default=1)
    written = models.BooleanField(default=False)
    fact_check = models.ForeignKey(
        ImportedFactCheck, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["of", "key"], name="importrow_key"),
            models.Index(fields=["of", "state", "written"], name="importrow_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="importrow_state_known",
                condition=Q(state__in=RowState.values),
                violation_error_message=_("Choose one of the listed states."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_id} {self.line}"
