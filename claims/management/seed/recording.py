"""One history, gone through with the services, and what each of its steps wrote."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, models

from claims.models import (
    Claim,
    ClaimTag,
    Evidence,
    Extraction,
    FinishedArticle,
    Notification,
    Query,
    QueryMessage,
    Recheck,
    Repetition,
    ReplyRequest,
    ScheduledPublication,
    SignedContent,
    SourceChange,
    Suggestion,
    Transition,
    Verdict,
    VerdictRevision,
    Waiver,
)
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry, AuditHead
from sources.models import Article, ArticleFetch, ArticleVersion, Capture, Link, LinkCheck

Model = type[models.Model]
Values = dict[str, Any]

# What a history writes to, in the order in which it is inserted again: guards ask for
# the transition before the verdict, and for the article before its suggestions.
INSERTED: tuple[Model, ...] = (
    Article,
    ArticleVersion,
    ArticleFetch,
    Extraction,
    Suggestion,
    FinishedArticle,
    Claim,
    Capture,
    Link,
    LinkCheck,
    Evidence,
    Query,
    QueryMessage,
    QueryMessage.mentioned.through,
    Waiver,
    ReplyRequest,
    Transition,
    SignedContent,
    Verdict,
    VerdictRevision,
    ScheduledPublication,
    Repetition,
    Recheck,
    SourceChange,
    ClaimTag,
    Notification,
)
# What suggestions are passed over with.
INSERTED_FIRST: tuple[Model, ...] = (FinishedArticle,)
# A suggestion is accepted before its claim is made.
UPDATED_FIRST: tuple[Model, ...] = (Suggestion,)
# The claim follows its transition and its verdict; tasks that a move settles follow the
# claim.
UPDATED: tuple[Model, ...] = (
    Article,
    ArticleFetch,
    Extraction,
    Link,
    Evidence,
    Query,
    Waiver,
    ReplyRequest,
    ScheduledPublication,
    Verdict,
    Repetition,
    Claim,
    Recheck,
    SourceChange,
)


@dataclass(frozen=True, slots=True)
class Write:
    """One row that a step inserted or changed; `values` by column, all
    or the changed.
    """

    model: Model
    pk: int
    values: Values
    new: bool


@dataclass(slots=True)
class Step:
    """What one call of a service wrote, between two times. `hours` are
    those that may pass before it.
    """

    name: str
    hours: tuple[float, float]
    began_at: datetime
    writes: list[Write] = field(default_factory=list)
    entries: list[AuditEntry] = field(default_factory=list)


class Recording:
    """Records the steps of a history. Nothing but it may write meanwhile."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.tables = [_Table(model) for model in INSERTED]
        self._last_entry = 0

    def begin(self) -> None:
        """From here on what is written belongs to the history."""
        for table in self.tables:
            table.read()
        self._last_entry = AuditHead.objects.get().seq

    def fork(self) -> "Recording":
        """What was written so far, to go on from in one of several ways."""
        forked = copy(self)
        forked.steps = list(self.steps)
        forked.tables = [copy(table) for table in self.tables]
        return forked

    @contextmanager
    def step(self, name: str, hours: tuple[float, float]) -> Iterator[None]:
        step = Step(name, hours, clock.now())
        yield
        before = {table.model: table.rows for table in self.tables}
        for table in self.tables:
            table.read()
        after = {table.model: table.rows for table in self.tables}
        step.writes = [
            *_inserted(INSERTED_FIRST, before, after),
            *_changed(UPDATED_FIRST, before, after),
            *_inserted(INSERTED, before, after),
            *_changed(UPDATED, before, after),
        ]
        step.entries = list(AuditEntry.objects.filter(seq__gt=self._last_entry).order_by("seq"))
        self._last_entry += len(step.entries)
        self.steps.append(step)


class _Table:
    """The rows of a table that are newer than the recording."""

    def __init__(self, model: Model) -> None:
        self.model, self.rows = model, dict[int, Values]()
        self._columns = [each.attname for each in model._meta.concrete_fields]
        self._floor = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
        self._stored: list[Any] = []

    def read(self) -> None:
        # As the database returns them first: most tables are as they were, and the ORM
        # takes ten times as long.
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT * FROM "{self.model._meta.db_table}" WHERE id > %s ORDER BY id',
                [self._floor],
            )
            stored = cursor.fetchall()
        if stored != self._stored:
            self._stored = stored
            newer = self.model._default_manager.filter(pk__gt=self._floor).order_by("pk")
            self.rows = {row["id"]: row for row in newer.values(*self._columns)}


def _inserted(
    among: tuple[Model, ...],
    before: dict[Model, dict[int, Values]],
    after: dict[Model, dict[int, Values]],
) -> list[Write]:
    return [
        Write(model, pk, values, new=True)
        for model in among
        if among is INSERTED_FIRST or model not in INSERTED_FIRST
        for pk, values in after[model].items()
        if pk not in before[model]
    ]


def _changed(
    among: tuple[Model, ...],
    before: dict[Model, dict[int, Values]],
    after: dict[Model, dict[int, Values]],
) -> list[Write]:
    return [
        Write(model, pk, changes, new=False)
        for model in among
        if after[model] is not before[model]
        for pk, old in before[model].items()
        if (changes := {name: new for name, new in after[model][pk].items() if new != old[name]})
    ]
