"""An article's text with its suggestions marked in place. Plain text in, escaped HTML out."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Mark:
    """The span [start, end) of the text, in code points, that belongs to the card of suggestion
    `pk`.

    A faint one is less likely to be worth a look, so that a reader's eye goes to the others first.
    """

    pk: int
    start: int
    end: int
    state: str
    faint: bool = False


def marked(text: str, marks: Iterable[Mark]) -> SafeString:
    """Every span in a <mark> that leads to its card; where spans overlap, to the card of the
    innermost.

    The text is cut at every edge of a span, so overlapping spans never make crossing tags.
    """
    fitting = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    edges = sorted(
        {0, len(text), *(mark.start for mark in fitting), *(mark.end for mark in fitting)}
    )
    waiting = sorted(fitting, key=lambda mark: mark.start, reverse=True)
    active: list[Mark] = []
    pieces: list[str] = []
    for start, end in pairwise(edges):
        active = [mark for mark in active if mark.end > start]
        begun: list[Mark] = []
        while waiting and waiting[-1].start == start:
            begun.append(waiting.pop())
        active += begun
        pieces.append(_anchors(begun) + _piece(text[start:end], active))
    return mark_safe("".join(pieces))  # noqa: S308 (every piece was escaped by _piece)


def _anchors(begun: list[Mark]) -> SafeString:
    """Where a card's “show in the text” leads to; two spans that begin together each have their
    own.
    """
    return format_html_join("", '<span id="m-{}"></span>', ((mark.pk,) for mark in begun))


def _piece(text: str, active: list[Mark]) -> str:
    if not active:
        return escape(text)
    inner = min(active, key=lambda mark: (mark.end - mark.start, -mark.start, mark.pk))
    looks = " ".join(
        [inner.state, *(["deep"] if len(active) > 1 else []), *(["faint"] if inner.faint else [])]
    )
    return format_html('<mark class="{}"><a href="#s-{}">{}</a></mark>', looks, inner.pk, text)
