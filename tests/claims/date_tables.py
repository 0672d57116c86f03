"""Tables of sentences and the dates that should be read in them."""

import datetime

from claims.extraction import fold, measurements

Table = dict[str, list[str]]


def days(sentence: str, anchor: datetime.date | None, language: str = "en") -> list[str]:
    """Each date as one day or as an interval, "None" where it has no days."""
    mentions = measurements.find(fold.fold(sentence), 0, anchor, language).dates
    return [
        str(one.from_date) if one.from_date == one.to_date else f"{one.from_date}..{one.to_date}"
        for one in mentions
    ]


def wrong(
    table: Table, language: str = "en", anchor: datetime.date | None = None
) -> dict[str, list[str]]:
    """The sentences that are read otherwise than the table says, with what was read."""
    read = {sentence: days(sentence, anchor, language) for sentence in table}
    return {sentence: read[sentence] for sentence in table if read[sentence] != table[sentence]}
