"""A recorded history as a template: its writes with a blank wherever a copy differs."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from claims.management.seed import notified
from claims.management.seed.recording import Model, Recording, Write
from claims.models import Claim, Notification, Suggestion, Verdict
from factcheck.ledger import clock
from factcheck.ledger.canonical_json import canonical_json, sha256
from factcheck.ledger.models import AuditEntry

Row = tuple[Model, int]
Cell = Callable[["Copy"], Any]
# These two parts of the signed content differ in more than words.
WHOLE_PARTS = ("claimant", "rating")


@dataclass(slots=True)
class Copy:
    """What fills the blanks of one copy: texts by blank, as they are
    and escaped for JSON; ids by row; the time of each step; and the
    spans of its suggestions.
    """

    texts: list[str]
    escaped: list[str]
    ids: list[int]
    times: list[datetime]
    spans: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Statement:
    """One write for many copies: `base` has the columns that are the same in all."""

    model: Model
    new: bool
    columns: tuple[str, ...]
    base: tuple[Any, ...]
    blanks: tuple[tuple[int, Cell], ...]

    def row(self, copy: Copy) -> list[Any]:
        values = list(self.base)
        for place, cell in self.blanks:
            values[place] = cell(copy)
        return values


@dataclass(frozen=True, slots=True)
class EntryTemplate:
    """One audit entry, which is written in the order of time and not of copies."""

    at: Cell
    actor_id: Cell
    actor: Cell
    object_id: Cell
    desk_id: Cell
    changes: Cell
    entry_point: str
    request_id: str
    action: str
    object_type: str


@dataclass(slots=True)
class TemplateStep:
    name: str
    hours: tuple[float, float]
    statements: list[Statement] = field(default_factory=list)
    entries: list[EntryTemplate] = field(default_factory=list)


class HistoryTemplate:
    """`people` and other rows that stand in for those of a copy are
    named by `rows`, texts by `texts`: what the recording wrote there,
    by the name that a copy fills.
    """

    def __init__(
        self, recording: Recording, *, rows: Mapping[str, models.Model], texts: Mapping[str, str]
    ) -> None:
        self._now = clock.now()
        self.blanks: dict[str, int] = {}
        self.made: list[Row] = []
        self.placeholders = {name: number for number, name in enumerate(rows)}
        self._texts: dict[str, int] = {}
        self._slots: dict[Row, int] = {
            (type(row), row.pk): number for number, row in enumerate(rows.values())
        }
        self._times: dict[datetime, tuple[int, timedelta]] = {}
        self._dates: dict[date, tuple[int, int]] = {}
        # A content is filled once everything that stands in it is.
        self.dated: list[tuple[int, Callable[[Copy], str]]] = []
        self.contents: list[tuple[int, int, Cell]] = []
        for name, text in texts.items():
            self._blank(name, text)
        for part in WHOLE_PARTS:
            self.blanks[f"whole {part}"] = len(self.blanks)
        self._find_blanks(recording)
        self._pattern = re.compile(
            "|".join(re.escape(text) for text in sorted(self._texts, key=len, reverse=True))
        )
        self._find_contents(recording)
        self._suggestions = [pk for model, pk in self.made if model is Suggestion]
        self.public_id_of_claim = self._claim_blank(recording)
        self.steps = [
            TemplateStep(
                step.name,
                step.hours,
                [self._statement(write) for write in step.writes],
                [self._entry(entry) for entry in step.entries],
            )
            for step in recording.steps
        ]

    # --- what differs ---

    def _claim_blank(self, recording: Recording) -> int:
        claims = [
            write.values["public_id"]
            for step in recording.steps
            for write in step.writes
            if write.model is Claim and write.new
        ]
        return self._texts[str(claims[0])] if claims else -1

    def _blank(self, name: str, text: str) -> int:
        number = self.blanks.setdefault(name, len(self.blanks))
        self._texts[text] = number
        return number

    def _find_blanks(self, recording: Recording) -> None:
        for number, step in enumerate(recording.steps):
            for write in step.writes:
                if write.new:
                    self._slots[write.model, write.pk] = len(self._slots)
                    self.made.append((write.model, write.pk))
                for value in write.values.values():
                    self._note(value, number, step.began_at)
            for entry in step.entries:
                self._note(entry.at, number, step.began_at)

    def _note(self, value: Any, step: int, began_at: datetime) -> None:
        if isinstance(value, UUID) and str(value) not in self._texts:
            self._blank(f"uuid {len(self.blanks)}", str(value))
        elif isinstance(value, datetime):
            if value not in self._times:
                offset = value - began_at
                self._times[value] = step, offset
                self._dated_text(canonical_json(value)[1:-1], _moment(step, offset, _canonical))
                self._dated_text(
                    value.astimezone(UTC).isoformat(), _moment(step, offset, datetime.isoformat)
                )
        elif isinstance(value, date) and value not in self._dates:
            days = (value - began_at.date()).days
            self._dates[value] = step, days
            self._dated_text(value.isoformat(), lambda copy: _day(copy, step, days).isoformat())

    def _dated_text(self, text: str, fill: Callable[[Copy], str]) -> None:
        if text not in self._texts:
            self.dated.append((self._blank(f"dated {text}", text), fill))

    def _find_contents(self, recording: Recording) -> None:
        """Signed content, in the order of signing, and its hash."""
        for write in (write for step in recording.steps for write in step.writes):
            content = write.values.get("content") if write.model is Verdict else None
            if not content or content in self._texts:
                continue
            parts = json.loads(content)
            for name in WHOLE_PARTS:
                parts[name] = parts[name] and f"whole {name}"
            template = canonical_json(parts)
            pieces = re.split(r'"whole (\w+)"', template)
            whole = [
                self.blanks[f"whole {piece}"] if odd % 2 else self._pieces(piece)
                for odd, piece in enumerate(pieces)
            ]
            flat: list[str | int] = []
            for each in whole:
                flat += each if isinstance(each, list) else [each]
            text = self._blank(f"content {len(self.contents)}", content)
            hashed = self._blank(f"content hash {len(self.contents)}", sha256(content))
            self.contents.append((text, hashed, _joined_escaped(flat)))
        self._pattern = re.compile(
            "|".join(re.escape(text) for text in sorted(self._texts, key=len, reverse=True))
        )

    def finish(self, copy: Copy) -> None:
        """Fill the blanks that follow from the others."""
        for blank, of_copy in self.dated:
            copy.texts[blank] = copy.escaped[blank] = of_copy(copy)
        for blank, hashed, content in self.contents:
            # Content is never quoted inside JSON, so it is not escaped.
            text = content(copy)
            copy.texts[blank] = text
            copy.texts[hashed] = copy.escaped[hashed] = sha256(text)

    # --- one write ---

    def _statement(self, write: Write) -> Statement:
        columns, base, blanks = ["id"], [None], [(0, self._id(write.model, write.pk))]
        for column, value in write.values.items():
            if column == "id":
                continue
            model_field = _field(write.model, column)
            cell = self._cell(model_field, value, write)
            if cell is not None:
                blanks.append((len(columns), cell))
            base.append(
                model_field.get_db_prep_save(value, connection=connection) if cell is None else None
            )
            columns.append(column)
        return Statement(write.model, write.new, tuple(columns), tuple(base), tuple(blanks))

    def _cell(
        self,
        column: models.Field[Any, Any],
        value: Any,
        write: Write,
    ) -> Cell | None:
        if write.model is Suggestion and column.name in {"start", "end"}:
            place, which = self._suggestions.index(write.pk), column.name == "end"
            return lambda copy: copy.spans[place][which]
        told = write.model is Notification
        if told and (cell := self._of_notification(column.name, value, write)):
            return cell
        if isinstance(column, models.ForeignKey):
            slot = self._slots.get((column.related_model, value))
            return None if slot is None else lambda copy: copy.ids[slot]
        match value:
            case UUID():
                return self._uuid(value)
            case datetime():
                return self._time(value)
            case date():
                step, days = self._dates[value]
                return _adapted_date(step, days)
            case dict() | list():
                return self._json(value)
            case str():
                pieces = self._pieces(value)
                return None if _same(pieces) else _joined(pieces)
        return None

    def _of_notification(self, column: str, value: Any, write: Write) -> Cell | None:
        if column == "event":
            return notified.event(value, id_of=self._id, time_of=self._at)
        at = self._at(write.values["at"])
        return notified.outcome(column, write, at=at, now=self._now)

    def _at(self, value: datetime) -> Cell:
        step, offset = self._times[value]
        return lambda copy: copy.times[step] + offset

    def _entry(self, entry: AuditEntry) -> EntryTemplate:
        object_id = self._text(entry.object_id)
        if entry.object_id.isdecimal():
            number = self._id(apps.get_model(entry.object_type), int(entry.object_id))
            object_id = lambda copy: str(number(copy))  # noqa: E731
        step, offset = self._times[entry.at]
        return EntryTemplate(
            at=lambda copy: copy.times[step] + offset,
            actor_id=self._pointer("User", entry.actor_id),
            actor=self._text(entry.actor),
            object_id=object_id,
            desk_id=self._pointer("Desk", entry.desk_id),
            changes=self._json(entry.changes) or _constant(json.dumps(entry.changes)),
            entry_point=entry.entry_point,
            request_id=entry.request_id,
            action=entry.action,
            object_type=entry.object_type,
        )

    # --- cells ---

    def _id(self, model: Model, pk: int) -> Cell:
        slot = self._slots[model, pk]
        return lambda copy: copy.ids[slot]

    def _pointer(self, name: str, pk: int | None) -> Cell:
        if pk is None:
            return _constant(None)
        return self._id(apps.get_model("newsroom", name), pk)

    def _uuid(self, value: UUID) -> Cell:
        blank = self._texts[str(value)]
        if connection.features.has_native_uuid_field:
            return lambda copy: copy.texts[blank]
        return lambda copy: copy.texts[blank].replace("-", "")

    def _time(self, value: datetime) -> Cell:
        step, offset = self._times[value]
        adapt = connection.ops.adapt_datetimefield_value
        return lambda copy: adapt(copy.times[step] + offset)

    def _text(self, value: str) -> Cell:
        return _joined(self._pieces(value))

    def _json(self, value: Any) -> Cell | None:
        pieces = self._pieces(json.dumps(value, ensure_ascii=False))
        return None if _same(pieces) else _joined_escaped(pieces)

    def _pieces(self, text: str) -> list[str | int]:
        """The text in pieces, with the number of a blank where one is."""
        pieces: list[str | int] = []
        end = 0
        for match in self._pattern.finditer(text):
            pieces += [text[end : match.start()], self._texts[match.group()]]
            end = match.end()
        return [piece for piece in (*pieces, text[end:]) if piece != ""]


def _same(pieces: Iterable[str | int]) -> bool:
    return all(isinstance(piece, str) for piece in pieces)


def _joined(pieces: list[str | int]) -> Cell:
    if len(pieces) == 1 and isinstance(blank := pieces[0], int):
        return lambda copy: copy.texts[blank]
    return lambda copy: "".join(
        piece if isinstance(piece, str) else copy.texts[piece] for piece in pieces
    )


def _joined_escaped(pieces: list[str | int]) -> Cell:
    return lambda copy: "".join(
        piece if isinstance(piece, str) else copy.escaped[piece] for piece in pieces
    )


def _constant(value: Any) -> Cell:
    return lambda copy: value


def _canonical(value: datetime) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _moment(
    step: int, offset: timedelta, write: Callable[[datetime], str]
) -> Callable[[Copy], str]:
    return lambda copy: write(copy.times[step] + offset)


def _day(copy: Copy, step: int, days: int) -> date:
    return copy.times[step].date() + timedelta(days=days)


def _adapted_date(step: int, days: int) -> Cell:
    adapt = connection.ops.adapt_datefield_value
    return lambda copy: adapt(_day(copy, step, days))


def _field(model: Model, column: str) -> models.Field[Any, Any]:
    return next(each for each in model._meta.concrete_fields if each.attname == column)
