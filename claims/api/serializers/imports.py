"""Requests and responses for imports."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import serializers

from claims.choices import ImportForm, ImportPhase, Origin, RowState
from claims.exchange.importing import running
from claims.exchange.importing.claim_reviews import FIELDS_READ
from claims.exchange.importing.row_values import sentence_of
from claims.models import Import, ImportRow
from factcheck.drf.serializers import PageQuery, Strict, Text
from factcheck.ledger.due_work import JobState
from sources.filestore import LARGEST_FILE

LARGEST_MB = LARGEST_FILE // 2**20
DAY_ORDERS = ("", "dmy", "mdy")


class ImportIn(Strict):
    """A file, or addresses: exactly one of them."""

    desk = serializers.UUIDField(
        required=False, help_text="Optional if you import on one desk only."
    )
    file = serializers.FileField(
        required=False,
        help_text=f"CSV, JSON, JSON Lines or ClaimReview, at most {LARGEST_MB} MB.",
    )
    addresses = Text(
        required=False,
        max_length=1_000_000,
        help_text="Pages with ClaimReview, one address on each line.",
    )
    origin = serializers.ChoiceField(Origin.choices, default=Origin.OTHER_NEWSROOM)
    publisher = Text(
        default="",
        allow_blank=True,
        max_length=300,
        help_text="Of rows that name none; else the site of their address.",
    )
    language = Text(default="", allow_blank=True, max_length=16, help_text="Of rows without one.")
    day_order = serializers.ChoiceField(
        DAY_ORDERS,
        default="",
        allow_blank=True,
        help_text="Of dates like 05/06/2024, which are refused otherwise.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("file" in attrs) == ("addresses" in attrs):
            raise serializers.ValidationError({"file": _("Send either “file” or “addresses”.")})
        attrs["language"] = attrs["language"] or settings.SITE_LANGUAGE
        return attrs


class MappingIn(Strict):
    mapping = serializers.DictField(
        child=Text(allow_blank=True, max_length=200),
        default=dict,
        help_text=f"By field ({', '.join(FIELDS_READ)}) the column; the others stay as they are.",
    )
    publisher = Text(required=False, allow_blank=True, max_length=300)
    language = Text(required=False, max_length=16)
    day_order = serializers.ChoiceField(DAY_ORDERS, required=False, allow_blank=True)

    def validate_mapping(self, mapping: dict[str, str]) -> dict[str, str]:
        unknown = sorted(set(mapping) - set(FIELDS_READ))
        if unknown:
            raise serializers.ValidationError(
                _("“%(name)s” is not a field. Choose from: %(names)s.")
                % {"name": unknown[0][:80], "names": ", ".join(FIELDS_READ)}
            )
        return mapping


class ImportOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    desk = serializers.UUIDField(source="desk.public_id")
    name = serializers.CharField()
    form = serializers.ChoiceField(ImportForm.choices)
    origin = serializers.ChoiceField(Origin.choices)
    phase = serializers.ChoiceField(ImportPhase.choices)
    state = serializers.ChoiceField(
        JobState.choices,
        source="job_state",
        help_text="Of the worker; in the phases mapping and checked the import waits for you.",
    )
    error = serializers.CharField(source="last_error")
    columns = serializers.ListField(child=serializers.CharField())
    mapping = serializers.DictField(child=serializers.CharField())
    defaults = serializers.DictField(child=serializers.CharField(allow_blank=True))
    rows = serializers.IntegerField(source="rows_total")
    done = serializers.SerializerMethodField(help_text="Rows that this phase is through with.")
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="Rows by state, after the dry run."
    )
    created_at = serializers.DateTimeField(source="made_at")
    finished_at = serializers.DateTimeField(allow_null=True)

    def get_done(self, made: Import) -> int:
        return running.progress(made)


class ImportRowQuery(PageQuery):
    state = serializers.ChoiceField(RowState.choices, required=False)


class RowFaultOut(serializers.Serializer[Any]):
    field = serializers.CharField(help_text="Empty where the whole row is at fault.")
    code = serializers.CharField()
    text = serializers.SerializerMethodField()

    def get_text(self, fault: dict[str, str]) -> str:
        return sentence_of(fault)


class ImportRowOut(serializers.Serializer[Any]):
    line = serializers.IntegerField(help_text="Of the file, or the number where it has no lines.")
    state = serializers.ChoiceField(RowState.choices)
    faults = RowFaultOut(many=True)
    changes = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True)),
        help_text="By field [old, new].",
    )
    fact_check = serializers.SerializerMethodField(help_text="Its ID, once it is imported.")

    def get_fact_check(self, row: ImportRow) -> str | None:
        return str(row.fact_check.public_id) if row.fact_check else None


class FactCheckQuery(PageQuery):
    q = Text(required=False, max_length=200, help_text="Words of claim, claimant, title or text.")
    desk = serializers.UUIDField(required=False)
    origin = serializers.ChoiceField(Origin.choices, required=False)
    site = Text(required=False, max_length=255, help_text="Host without www.")
    rating = Text(required=False, max_length=200)
    address = Text(required=False, max_length=2000)


class FactCheckOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    desk = serializers.UUIDField(source="desk.public_id")
    origin = serializers.ChoiceField(Origin.choices)
    claim = serializers.CharField()
    claimant = serializers.CharField()
    stated_date = serializers.DateField(allow_null=True)
    rating = serializers.CharField(help_text="In the words of who published it.")
    address = serializers.CharField()
    site = serializers.CharField()
    publisher = serializers.CharField()
    author = serializers.CharField()
    title = serializers.CharField()
    explanation = serializers.CharField()
    published_date = serializers.DateField(allow_null=True)
    language = serializers.CharField()
    imported_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField(allow_null=True)
