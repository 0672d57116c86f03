"""What differs between two signed contents of a claim, part by part, in
the order in which readers meet the parts.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import (
    Authenticity,
    Channel,
    MediaKind,
    QuoteAccuracy,
    ReplyOutcome,
    Stance,
)
from claims.desk.word_changes import changed_markdown, changed_value, changed_words
from sources.text_diff import Kind, Piece

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a part; `markdown` is shown as readers see it."""

    label: str
    pieces: tuple[Piece, ...]
    markdown: bool = False


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that was added, removed or changed: one field of the
    verdict, an item of evidence, a reply.
    """

    label: str
    fields: tuple[FieldChange, ...]
    kind: Kind = Kind.same

    @property
    def changed(self) -> bool:
        return self.kind == Kind.same


@dataclass(frozen=True, slots=True)
class _Field:
    """How a field of a content is told: its name, its label, its words.
    A field of `prose` changes word by word, any other as a whole.
    """

    name: str
    label: Any
    text: Callable[[Any], str] = str
    prose: bool = False
    markdown: bool = False

    def change(self, before: Json, after: Json) -> FieldChange | None:
        old, new = (self._text(content) for content in (before, after))
        if not self.prose:
            pieces = changed_value(old, new)
        else:
            compare = changed_markdown if self.markdown else changed_words
            pieces = compare(old, new)
        return FieldChange(str(self.label), pieces, self.markdown) if pieces else None

    def _text(self, content: Json) -> str:
        value = content.get(self.name)
        return self.text(value) if value not in (None, "", [], {}) else ""


def _day(value: str) -> str:
    moment = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return date_format(moment, "DATE_FORMAT")


def _minute(value: str) -> str:
    moment = datetime.fromisoformat(value)
    return f"{date_format(moment, 'DATETIME_FORMAT')} {moment:%Z}"


def _label(choices: Any) -> Callable[[Any], str]:
    labels = dict(choices.choices)
    return lambda value: str(labels.get(value, value))


def _claimant(value: Json) -> str:
    return ", ".join(filter(None, (value["name"], value.get("description", ""))))


def _rating(value: Json) -> str:
    if not value.get("definition"):
        return str(value["name"])
    return f"{value['name']} ({value['definition']})"


def _capture(value: Json) -> str:
    name = value.get("file_name") or value.get("title") or _("Capture")
    return _("%(name)s, stored %(time)s") % {"name": name, "time": _minute(value["at"])}


def _yes(value: Any) -> str:
    return _("yes") if value else ""


# Not what a correction says of itself: that does not change while it is written.
_VERDICT = (
    _Field("claim", gettext_lazy("Claim"), prose=True),
    _Field("wording", gettext_lazy("Wording for readers"), prose=True),
    _Field("claimant", gettext_lazy("Claimant"), _claimant),
    _Field("stated_date", gettext_lazy("Date of claim"), _day),
    _Field("appearance", gettext_lazy("Appeared in")),
    _Field("language", gettext_lazy("Language")),
    _Field("rating", gettext_lazy("Rating"), _rating),
    _Field("quote_accuracy", gettext_lazy("Quote accuracy"), _label(QuoteAccuracy)),
    _Field("short_answer", gettext_lazy("Short answer"), prose=True),
    _Field("explanation", gettext_lazy("Explanation"), prose=True, markdown=True),
    _Field("media_kind", gettext_lazy("Media"), _label(MediaKind)),
    _Field("authenticity", gettext_lazy("Authenticity"), _label(Authenticity)),
    _Field("media_context", gettext_lazy("What it shows"), prose=True),
    _Field("media_original", gettext_lazy("Original (URL)")),
    _Field("as_of_date", gettext_lazy("As of"), _day),
    _Field("recheck_date", gettext_lazy("Recheck by"), _day),
    _Field("sole_source", gettext_lazy("Single authoritative source"), _yes),
    _Field(
        "methodology",
        gettext_lazy("Methodology"),
        lambda value: _("Version %(number)s") % {"number": value["version"]},
    ),
    _Field(
        "translation_of",
        gettext_lazy("Translation of"),
        lambda value: (
            _("version %(number)s of the original (%(language)s)")
            % {"number": value["version"], "language": value["language"]}
        ),
    ),
)
_EVIDENCE = (
    _Field("publisher", gettext_lazy("Publisher")),
    _Field("reprinted", gettext_lazy("Original source")),
    _Field("url", gettext_lazy("URL")),
    _Field("stance", gettext_lazy("Stance"), _label(Stance)),
    _Field("quote", gettext_lazy("Quote"), prose=True),
    _Field("finding", gettext_lazy("Finding"), prose=True),
    _Field("locator", gettext_lazy("Place in the source")),
    _Field("capture", gettext_lazy("Capture"), _capture),
)
_REPLY = (
    _Field("channel", gettext_lazy("Asked by"), _label(Channel)),
    _Field("question", gettext_lazy("Question"), prose=True),
    _Field("sent_at", gettext_lazy("Asked"), _minute),
    _Field("deadline_at", gettext_lazy("Deadline"), _minute),
    _Field("outcome", gettext_lazy("Outcome"), _label(ReplyOutcome)),
    _Field("answer", gettext_lazy("Reply"), prose=True),
    _Field("reason", gettext_lazy("Reason"), prose=True),
    _Field("late", gettext_lazy("After the deadline"), _yes),
)
_WAIVER = (_Field("reason", gettext_lazy("Reason"), prose=True),)
_INTEREST = (
    _Field("about", gettext_lazy("Interest"), prose=True),
    _Field("reason", gettext_lazy("Reason"), prose=True),
)


@dataclass(frozen=True, slots=True)
class _Rows:
    """A list of a content: its rows are known by `key`, and each is
    told by `label` and its fields.
    """

    name: str
    key: Callable[[Json], object]
    label: Callable[[Json], str]
    fields: tuple[_Field, ...]


def _evidence_label(row: Json) -> str:
    return _("Evidence %(number)s: %(publisher)s") % row


def _waiver_label(row: Json) -> str:
    if row["of"] == "quote":
        return _("Waiver by %(by)s of the quote of evidence %(evidence)s") % row
    return _("Waiver by %(by)s of the source requirement") % row


_LISTS = (
    _Rows("evidence", lambda row: row["id"], _evidence_label, _EVIDENCE),
    _Rows(
        "replies",
        lambda row: (row["person"], row["sent_at"]),
        lambda row: _("Right of reply: %(person)s") % row,
        _REPLY,
    ),
    _Rows("waivers", lambda row: (row["of"], row["by"], row["at"]), _waiver_label, _WAIVER),
    _Rows(
        "interests",
        lambda row: (row["person"], row["towards"], row["at"]),
        lambda row: _("Conflict of interest: %(person)s, %(towards)s") % row,
        _INTEREST,
    ),
)


def content_changes(before: Json, after: Json) -> list[PartChange]:
    """Empty where readers would be told the same."""
    fields = _changed(_VERDICT, before, after)
    single = (PartChange(one.label, (one,), _kind([one])) for one in fields)
    rows = (change for one in _LISTS for change in _rows(one, before, after))
    return [*single, *rows]


def _changed(fields: Iterable[_Field], before: Json, after: Json) -> list[FieldChange]:
    changes = (field.change(before, after) for field in fields)
    return [change for change in changes if change]


def _kind(fields: Iterable[FieldChange]) -> Kind:
    """Added or removed as a whole, or else `same`, of which parts changed."""
    kinds = {piece.kind for field in fields for piece in field.pieces}
    return kinds.pop() if len(kinds) == 1 else Kind.same


def _rows(rows: _Rows, before: Json, after: Json) -> Iterator[PartChange]:
    old, new = (
        {rows.key(row): _row(row) for row in content.get(rows.name) or []}
        for content in (before, after)
    )
    for key in [*new, *(key for key in old if key not in new)]:
        kind = Kind.added if key not in old else Kind.removed if key not in new else Kind.same
        fields = _changed(rows.fields, old.get(key, {}), new.get(key, {}))
        if fields or kind != Kind.same:
            yield PartChange(rows.label(new.get(key) or old[key]), tuple(fields), kind)


def _row(row: Json) -> Json:
    # Most items are from whoever publishes them.
    origin = row.get("origin")
    return {**row, "reprinted": origin if origin != row.get("publisher") else ""}
