"""Requests and responses for background jobs."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    IntegerField,
    Serializer,
    SerializerMethodField,
)

from factcheck.drf.serializers import PageQuery, Text
from factcheck.newsroom.jobs.error_words import told
from factcheck.newsroom.jobs.kinds import Kind, State
from factcheck.newsroom.jobs.listing import ALL, LONGEST_TEXT, next_try


class JobQuery(PageQuery):
    state = ChoiceField(
        [*State.values, ALL],
        required=False,
        help_text="Without it those that failed or are tried again later.",
    )
    q = Text(required=False, max_length=LONGEST_TEXT, help_text="Words of what it is about.")


class JobCountsOut(Serializer[Any]):
    failed = IntegerField()
    retrying = IntegerField()
    running = IntegerField()
    waiting = IntegerField()
    done = IntegerField()


class JobKindOut(Serializer[Any]):
    kind = CharField(help_text="As it stands in addresses.")
    title = CharField()
    counts = JobCountsOut(help_text="Not counted beyond 10,001.")


class JobKindsOut(Serializer[Any]):
    abandoned = IntegerField(help_text="Jobs whose worker is gone; another takes them over.")
    kinds = JobKindOut(many=True)


class BackgroundJobOut(Serializer[Any]):
    number = IntegerField(source="pk", help_text="Of this kind.")
    kind = SerializerMethodField()
    about = SerializerMethodField()
    page = SerializerMethodField(help_text="Of the desk, where what it is about is shown.")
    state = ChoiceField(State.choices, source="state_now")
    attempts = IntegerField()
    next_try_at = SerializerMethodField()
    error = SerializerMethodField(help_text="In words; empty if there is none.")
    technical = SerializerMethodField(help_text="What the program said, where that says more.")
    may_run_again = SerializerMethodField()

    @property
    def _kind(self) -> Kind:
        found: Kind = self.context["kind"]
        return found

    def get_kind(self, row: Any) -> str:
        return self._kind.name

    def get_about(self, row: Any) -> str:
        return self._kind.about(row).text

    def get_page(self, row: Any) -> str:
        return f"{settings.SITE_URL}{self._kind.about(row).url}"

    @extend_schema_field(DateTimeField(allow_null=True))
    def get_next_try_at(self, row: Any) -> str | None:
        due = next_try(self._kind, row)
        shown = DateTimeField().to_representation(due) if due else None
        return str(shown) if shown else None

    def get_error(self, row: Any) -> str:
        return str(told(row.last_error) or "")

    def get_technical(self, row: Any) -> str:
        said = told(row.last_error)
        return said.technical if said else ""

    @extend_schema_field(BooleanField())
    def get_may_run_again(self, row: Any) -> bool:
        return self._kind.repeatable(row, self.context["by"])
