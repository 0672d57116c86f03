"""What changed since a version in work was last signed, since this
person signed it or sent it back, and since what readers have.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.admin.marked_text import Mark, marked, rendered, unmarked
from claims.admin.workbench.panel import Context, PageState, Panel
from claims.desk.content_changes import FieldChange, PartChange, content_changes
from claims.verdicts.signed_contents import Earlier, earlier_contents
from sources.text_diff import Kind, Piece


@dataclass(frozen=True, slots=True)
class ShownField:
    """`html` in place of the pieces where readers see Markdown."""

    label: str
    pieces: tuple[Piece, ...]
    html: SafeString | None = None


@dataclass(frozen=True, slots=True)
class ShownPart:
    label: str
    kind: Kind
    fields: tuple[ShownField, ...]

    @property
    def single(self) -> bool:
        """One value of the verdict, which needs no name beside its part's."""
        return len(self.fields) == 1 and self.fields[0].label == self.label


@dataclass(frozen=True, slots=True)
class Comparison:
    """All parts that changed since `earlier`."""

    earlier: Earlier
    parts: list[ShownPart]


def context(state: PageState) -> Context:
    """Contents hold the evidence, so they go only to those who may read it."""
    to_sign, verdict = state.verdict_panel.to_sign, state.draft[0]
    if not (to_sign and verdict and state.reads_evidence):
        return {"comparisons": []}
    earlier = earlier_contents(state.claim, by=state.by, verdict=verdict, current=to_sign)
    return {
        "comparisons": [
            Comparison(one, shown_changes(one.content, state.verdict_panel.content))
            for one in earlier
        ]
    }


def shown_changes(before: dict[str, Any], after: dict[str, Any]) -> list[ShownPart]:
    """The changes between two contents, as templates show them."""
    return [_shown(part) for part in content_changes(before, after)]


def _shown(part: PartChange) -> ShownPart:
    fields = (
        ShownField(one.label, one.pieces, _as_readers_see(one) if one.markdown else None)
        for one in part.fields
    )
    return ShownPart(part.label, part.kind, tuple(fields))


def _as_readers_see(field: FieldChange) -> SafeString:
    return rendered(_with_markers(field.pieces), _marks())


def _with_markers(pieces: Iterable[Piece]) -> str:
    source, kinds = "", {Kind.removed: 0, Kind.added: 1}
    last = Kind.same
    for piece in pieces:
        text = unmarked(piece.text)
        if last == Kind.removed and piece.kind == Kind.added:
            # New paragraphs do not begin in the last of the old ones.
            source += "\n\n" if "\n\n" in text else " "
        elif text.startswith("\n"):
            # The line end before it may be that of the other text, which is not shown.
            source += "\n"
        mark = kinds.get(piece.kind)
        source += text if mark is None else marked(text, mark, after=source)
        last = piece.kind
    return source


def _marks() -> list[Mark]:
    """Said aloud too, as `_changed_words.html` does."""
    end = format_html('<span class="sr"> {}</span>', _("[end]"))
    return [
        Mark(
            format_html('<{}><span class="sr">{} </span>', tag, words),
            format_html("{}</{}>", end, tag),
        )
        for tag, words in (("del", _("[removed:]")), ("ins", _("[added:]")))
    ]


PANEL = Panel(context)
