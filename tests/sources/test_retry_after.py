"""How long a server asks us to stay away."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sources.classify import retry_after
from sources.fetch_types import FetchResult

NOW = datetime(2024, 3, 1, 12, 0, 0, tzinfo=UTC)


def asked(value: str, *, date: str = "") -> FetchResult:
    headers = (("Retry-After", value), *((("Date", date),) if date else ()))
    return FetchResult(
        url="https://example.org/", final_url="https://example.org/", status=429, headers=headers
    )


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("1", 1),
        ("120", 120),
        (" 30 ", 30),
        ("86400", 86_400),
        ("86401", 86_400),
        ("9" * 40, 86_400),
    ],
)
def test_seconds_are_taken_up_to_a_day(value: str, seconds: int) -> None:
    assert retry_after(asked(value)) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("Fri, 01 Mar 2024 12:01:30 GMT", 90),
        ("Fri, 01 Mar 2024 11:00:00 GMT", 0),
        ("Sun, 03 Mar 2024 12:00:00 GMT", 86_400),
        ("Friday, 01-Mar-24 12:00:10 GMT", 10),
        ("Fri, 01 Mar 2024 13:00:30 +0100", 30),
    ],
)
def test_a_date_is_taken_as_the_time_until_then(value: str, seconds: int) -> None:
    assert retry_after(asked(value), now=NOW) == seconds


def test_a_date_counts_from_the_clock_of_the_server() -> None:
    assert (
        retry_after(
            asked("Fri, 01 Mar 2019 12:01:00 GMT", date="Fri, 01 Mar 2019 12:00:00 GMT"), now=NOW
        )
        == 60
    )


@pytest.mark.parametrize(
    "value",
    [
        "soon",
        "-5",
        "1.5",
        "1e9",
        "٣",
        "Fri, 99 Mar 2024 12:00:00 GMT",
        "\u00b2",
        "0x10",
        "Fri",
        ",,,",
        "Fri, 01 Mar 99999999999 12:00:00 GMT",
    ],
)
def test_nonsense_is_a_minute(value: str) -> None:
    assert retry_after(asked(value), now=NOW) == 60


def test_nothing_asked_is_nothing() -> None:
    assert retry_after(FetchResult(url="u", final_url="u", status=429)) is None
    assert retry_after(asked("  ")) is None
