import datetime

import pytest

from claims.extraction import dates

_WEDNESDAY = datetime.date(2020, 4, 29)


def _interval(text: str, anchor: datetime.date | None = _WEDNESDAY) -> tuple[str, str]:
    (found,) = dates.find(text, 0, anchor)
    return (str(found.from_date), str(found.to_date))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It sank on Wednesday.", "2020-04-29", "2020-04-29"),
        ("It sank on Thursday.", "2020-04-23", "2020-04-23"),
        ("It sank last Wednesday.", "2020-04-22", "2020-04-22"),
        ("It will sail on Friday.", "2020-05-01", "2020-05-01"),
        ("It sank last April.", "2019-04-01", "2019-04-30"),
        ("It sank in March.", "2020-03-01", "2020-03-31"),
        ("It sank in December.", "2019-12-01", "2019-12-31"),
        ("It sank on March 15.", "2020-03-15", "2020-03-15"),
        ("It sank on 15 March 2018.", "2018-03-15", "2018-03-15"),
        ("It sank on 2020-02-29.", "2020-02-29", "2020-02-29"),
        ("It sank in 2011.", "2011-01-01", "2011-12-31"),
        ("It has sailed since December 2019.", "2019-12-01", "2020-04-29"),
        ("It sank over the past month.", "2020-03-29", "2020-04-29"),
        ("It sank in January 2006, and was raised.", "2006-01-01", "2006-01-31"),
        ("In May 2006, it sank.", "2006-05-01", "2006-05-31"),
        ("It sank on Sunday, March 15.", "2020-03-15", "2020-03-15"),
        ("On Sunday, March 15, it sank.", "2020-03-15", "2020-03-15"),
        ("On Sunday 15 March it sank.", "2020-03-15", "2020-03-15"),
        ("It sank on Thursday, March 15, 2018.", "2018-03-15", "2018-03-15"),
        ("It sank last year.", "2019-01-01", "2019-12-31"),
        ("It sank yesterday.", "2020-04-28", "2020-04-28"),
        ("It sailed in the 1990s.", "1990-01-01", "1999-12-31"),
    ],
)
def test_a_date_is_an_interval_of_days(text: str, first: str, last: str) -> None:
    assert _interval(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "May the boats return.",
        "It may sink.",
        "They march on.",
        "The Sunday Times wrote of it.",
        "It cost 2019.50 there.",
        "It sank on 31 February 2019.",
    ],
)
def test_words_that_only_look_like_a_date_are_none(text: str) -> None:
    assert dates.find(text, 0, _WEDNESDAY) == ()


def test_a_relative_day_without_an_anchor_stays_open() -> None:
    assert _interval("It sank on Wednesday.", None) == ("None", "None")


def test_an_ambiguous_numeric_date_is_not_guessed() -> None:
    assert _interval("It sank on 03/04/2019.") == ("None", "None")


def test_a_day_and_month_take_the_nearest_year() -> None:
    assert _interval("It sank on December 30.", datetime.date(2020, 1, 3)) == (
        "2019-12-30",
        "2019-12-30",
    )
