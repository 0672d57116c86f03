"""Figures and dates of a sentence, by its language."""

import datetime
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
    """`sentence` is folded. Dates are read first, so that their numbers are not figures
    as well.
    """
    if language in quantities.LANGUAGES:
        mentions = dates_other_languages.find(sentence, offset, anchor, language)
    else:
        mentions, language = dates.find(sentence, offset, anchor), "en"
    spans = tuple((mention.start, mention.end) for mention in mentions)
    figures, unread = quantities.find(sentence, offset, spans, language)
    return Measures(figures, mentions, unread)
