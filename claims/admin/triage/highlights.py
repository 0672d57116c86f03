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


def highlighted_text(text: str, highlights: Iterable[Highlight]) -> SafeString:
    """Every span in a <mark> that links to its card; where spans
    overlap, to that of the innermost. Spans outside the text are left
    out.
    """
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
        pieces.append(_anchors(starting) + _piece(text[start:end], active))
    return mark_safe("".join(pieces))  # noqa: S308 (every piece was escaped by _piece)


def _anchors(starting: list[Highlight]) -> SafeString:
    """The targets of the cards' “Show in text”: empty elements, since
    two spans may begin together and a piece has only one <mark>.
    """
    return format_html_join("", '<span id="m-{}"></span>', ((span.pk,) for span in starting))


def _piece(text: str, active: list[Highlight]) -> str:
    if not active:
        return escape(text)
    # The primary key settles ties, so that the page is the same on every load.
    inner = min(active, key=lambda span: (span.end - span.start, -span.start, span.pk))
    classes = [inner.state]
    if len(active) > 1:
        classes.append("deep")
    if inner.low_score:
        classes.append("less-likely")
    return format_html(
        '<mark class="{}"><a href="#s-{}">{}</a></mark>', " ".join(classes), inner.pk, text
    )
