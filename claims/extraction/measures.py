"""The figures and dates of a sentence, in the way of its language."""

import datetime

from claims.extraction import dates, dates_abroad, quantities, quantities_abroad
from claims.extraction.records import DateMention, Quantity

Measures = tuple[tuple[Quantity, ...], tuple[DateMention, ...]]


def find(
    sentence: str, offset: int, anchor: datetime.date | None, language: str = "en"
) -> Measures:
    """`sentence` is folded."""
    if language in quantities_abroad.LANGUAGES:
        mentions = dates_abroad.find(sentence, offset, anchor, language)
        return quantities_abroad.find(sentence, offset, _spans(mentions), language), mentions
    mentions = dates.find(sentence, offset, anchor)
    return quantities.find(sentence, offset, _spans(mentions)), mentions


def _spans(mentions: tuple[DateMention, ...]) -> tuple[tuple[int, int], ...]:
    return tuple((mention.start, mention.end) for mention in mentions)
