"""Figures and dates of a sentence, by its language."""

import datetime

from claims.extraction import dates, dates_other_languages, quantities, quantities_other_languages
from claims.extraction.results import DateMention, Quantity

Measures = tuple[tuple[Quantity, ...], tuple[DateMention, ...]]


def find(
    sentence: str, offset: int, anchor: datetime.date | None, language: str = "en"
) -> Measures:
    """`sentence` is folded. Dates are read first, so that their numbers are not figures
    as well.
    """
    if language in quantities_other_languages.LANGUAGES:
        mentions = dates_other_languages.find(sentence, offset, anchor, language)
        return quantities_other_languages.find(
            sentence, offset, _spans(mentions), language
        ), mentions
    mentions = dates.find(sentence, offset, anchor)
    return quantities.find(sentence, offset, _spans(mentions)), mentions


def _spans(mentions: tuple[DateMention, ...]) -> tuple[tuple[int, int], ...]:
    return tuple((mention.start, mention.end) for mention in mentions)
