"""Figures and dates as one line each, so that a table of cases can be read."""

import datetime

from claims.extraction import fold, measurements
from claims.extraction.results import Quantity


def shown(figure: Quantity) -> str:
    """Value, unit and noun: `5..10 % homes`."""
    value = f"{figure.value}..{figure.to}" if figure.to else figure.value
    return " ".join(part for part in (value, figure.unit, figure.noun) if part)


def figures(text: str, language: str = "en") -> list[str]:
    return [shown(one) for one in measurements.find(fold.fold(text), 0, None, language).quantities]


def days(text: str, anchor: datetime.date | None, language: str = "en") -> list[str]:
    mentions = measurements.find(fold.fold(text), 0, anchor, language).dates
    return [
        f"{one.from_date}" if one.from_date == one.to_date else f"{one.from_date}..{one.to_date}"
        for one in mentions
    ]


def wrong(
    table: dict[str, list[str]], language: str = "en", anchor: datetime.date | None = None
) -> dict[str, list[str]]:
    """The cases of a table that come out otherwise, with what came out."""
    read = (
        (lambda text: days(text, anchor, language))
        if anchor
        else (lambda text: figures(text, language))
    )
    return {text: got for text, wanted in table.items() if (got := read(text)) != wanted}
