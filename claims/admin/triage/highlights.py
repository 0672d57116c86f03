"""An article's text with its suggestions highlighted. Plain text in,
escaped HTML out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Highlight:
    """The span [start, end) of the text, in code points, of the
    suggestion `pk`.

    A `low_score` one is drawn fainter, so that the eye goes to the
    others first.
    """

    pk: int
    start: int
    end: int
    state: str
    low_score: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """Who, how much and when in the text: [start, end) is the speaker,
    a figure or a date.
    """

    start: int
    end: int
    kind: str


def highlighted_text(
    text: str, highlights: Iterable[Highlight], details: Iterable[Detail] = ()
) -> SafeString:
    """Every span in a <mark> that links to its card; where spans
    overlap, to that of the innermost. Spans outside the text are left
    out. Details are marked inside and beside them.
    """
    marked = _Details(text, details)
    # A row of an older version may carry offsets that this text does not have.
    fitting = [span for span in highlights if 0 <= span.start < span.end <= len(text)]
    # The text is cut at every edge of a span, so overlapping spans never make crossing
    # tags.
    edges = sorted(
        {0, len(text), *(span.start for span in fitting), *(span.end for span in fitting)}
    )
    # A stack: the next span to begin is popped from the end, and each is visited once.
    upcoming = sorted(fitting, key=lambda span: span.start, reverse=True)
    active: list[Highlight] = []
    pieces: list[str] = []
    for start, end in pairwise(edges):
        active = [span for span in active if span.end > start]
        starting: list[Highlight] = []
        while upcoming and upcoming[-1].start == start:
            starting.append(upcoming.pop())
        active += starting
        pieces.append(_anchors(starting) + _piece(marked.html(start, end), active))
    return mark_safe("".join(pieces))  # noqa: S308 (every piece was escaped by _Details)


def detailed_text(text: str, details: Iterable[Detail]) -> SafeString:
    """The text of one card, with its details marked."""
    return mark_safe(_Details(text, details).html(0, len(text)))  # noqa: S308 (escaped)


class _Details:
    """The details of a text, to be written piece by piece in its order."""

    def __init__(self, text: str, details: Iterable[Detail]) -> None:
        self.text = text
        self.details: list[Detail] = []
        end = 0
        # Of two that overlap the first counts: a date is no figure as well.
        for one in sorted(set(details), key=lambda one: (one.start, -one.end, one.kind)):
            if end <= one.start < one.end <= len(text):
                self.details.append(one)
                end = one.end
        self.at = 0

    def html(self, start: int, end: int) -> str:
        """The piece [start, end), escaped; pieces are asked for in order."""
        written: list[str] = []
        while self.at < len(self.details) and self.details[self.at].start < end:
            one = self.details[self.at]
            first, last = max(one.start, start), min(one.end, end)
            written.append(escape(self.text[start:first]))
            written.append(
                format_html('<span class="is-{}">{}</span>', one.kind, self.text[first:last])
            )
            start = last
            if one.end > end:
                break
            self.at += 1
        return "".join([*written, escape(self.text[start:end])])


def _anchors(starting: list[Highlight]) -> SafeString:
    """The targets of the cards' “Show in text”: empty elements, since
    two spans may begin together and a piece has only one <mark>.
    """
    return format_html_join("", '<span id="m-{}"></span>', ((span.pk,) for span in starting))


def _piece(html: str, active: list[Highlight]) -> str:
    if not active:
        return html
    # The primary key settles ties, so that the page is the same on every load.
    inner = min(active, key=lambda span: (span.end - span.start, -span.start, span.pk))
    classes = [inner.state]
    if len(active) > 1:
        classes.append("deep")
    if inner.low_score:
        classes.append("less-likely")
    return format_html(
        '<mark class="{}"><a href="#s-{}">{}</a></mark>',
        " ".join(classes),
        inner.pk,
        mark_safe(html),  # noqa: S308 (every piece was escaped by _Details)
    )
