"""Figures and dates of a sentence, by its language."""

import datetime
from dataclasses import replace
from typing import NamedTuple

from claims.extraction import dates, dates_other_languages, quantities
from claims.extraction.results import DateMention, Quantity, UnreadFigure


class Measures(NamedTuple):
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    unread: tuple[UnreadFigure, ...]

    @property
    def figures(self) -> tuple[Quantity | UnreadFigure, ...]:
        """All that states a figure, whether it could be read or not."""
        return self.quantities + self.unread


def find(
    sentence: str, offset: int, anchor: datetime.date | None, language: str = "en"
) -> Measures:
    """`sentence` is folded. Dates are read first, so that their numbers
    are not figures as well.
    """
    if language in quantities.LANGUAGES:
        mentions = dates_other_languages.find(sentence, offset, anchor, language)
    else:
        mentions, language = dates.find(sentence, offset, anchor), "en"
    spans = tuple((mention.start, mention.end) for mention in mentions)
    figures, unread = quantities.find(sentence, offset, spans, language)
    return Measures(figures, mentions, unread)


class Reader:
    """Reads each sentence of an article once: a table, or a text made
    to be slow, says the same again and again.
    """

    def __init__(self, anchor: datetime.date | None) -> None:
        self._anchor = anchor
        self._known: dict[tuple[str, str], tuple[int, Measures]] = {}

    def read(self, sentence: str, offset: int, language: str) -> Measures:
        known = self._known.get((sentence, language))
        if known is None:
            read = find(sentence, offset, self._anchor, language)
            self._known[sentence, language] = offset, read
            return read
        return _moved(known[1], offset - known[0])


def _moved(read: Measures, by: int) -> Measures:
    return Measures(
        tuple(replace(one, start=one.start + by, end=one.end + by) for one in read.quantities),
        tuple(replace(one, start=one.start + by, end=one.end + by) for one in read.dates),
        tuple(replace(one, start=one.start + by, end=one.end + by) for one in read.unread),
    )
