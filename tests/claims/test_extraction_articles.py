# ruff: noqa: RUF001
import datetime

from claims.extraction import articles, extract

_HARBOUR = (
    "The harbour at Largo closed on Monday after a storm damaged 40 boats, the port authority said."
)
_BRIDGE = (
    "Builders opened the Tarn bridge to traffic last week after three years of work and many"
    " delays."
)
_SCHOOLS = (
    "Meanwhile, the school board in Vell said 300 pupils will move to a new building before the"
    " winter."
)


def test_bullets_before_long_paragraphs_separate_stories() -> None:
    text = (
        f"{_HARBOUR}\n\n  • {_BRIDGE}\n\nTraffic was heavy.\n\n  • {_SCHOOLS}\n\nParents were"
        " pleased."
    )
    found = articles(text)
    assert [
        text[one.start :].startswith(start)
        for one, start in zip(found, (_HARBOUR, _BRIDGE, _SCHOOLS), strict=True)
    ] == [True] * 3


def test_bullets_of_a_list_stay_in_their_article() -> None:
    text = f"{_HARBOUR}\n\n• {_BRIDGE}\n• {_SCHOOLS}\n• {_HARBOUR[:-1]} again."
    assert len(articles(text)) == 1


def test_a_byline_with_no_break_spaces_gives_name_and_date() -> None:
    text = f"Storm shuts the harbour at Largo\n\nBy\u00a0News Desk\u00a0-2021-05-04\n\n{_HARBOUR}"
    (found,) = articles(text)
    assert (found.byline, found.date) == ("News Desk", datetime.date(2021, 5, 4))
    assert found.headline == "Storm shuts the harbour at Largo"


def test_a_headline_with_a_byline_opens_a_new_article() -> None:
    text = f"{_HARBOUR}\n\nTarn bridge opens at last\n\nBy Ana Ruiz - 2021-05-04\n\n{_BRIDGE}"
    assert [one.headline for one in articles(text)] == ["", "Tarn bridge opens at last"]


def test_an_agency_line_apart_opens_a_new_article() -> None:
    text = (
        f"{_HARBOUR}\n\nRelated News\n\n\nNorth Wire\n\n{_BRIDGE}\n\nRelated News\n\n\nNorth"
        f" Wire\n\n{_SCHOOLS}"
    )
    assert [one.byline for one in articles(text)] == ["", "North Wire", "North Wire"]


def test_a_name_at_the_end_is_the_byline_of_the_article_before() -> None:
    text = f"{_HARBOUR}\n\nDr. Ana Ruiz\n\n\n\n{_BRIDGE}"
    assert [one.byline for one in articles(text)] == ["Dr. Ana Ruiz", ""]


def test_blank_lines_and_subheadings_do_not_cut_an_article() -> None:
    text = (
        f"{_HARBOUR}\n\n\nPart two – What the storm did\n\n{_BRIDGE}\n\n\nTherefore, the council"
        " met again on Tuesday."
    )
    assert len(articles(text)) == 1


def test_each_article_reads_weekdays_from_its_own_date() -> None:
    story = "A ferry sank off Largo on Monday with 40 people aboard."
    text = (
        f"Ferry sinks off Largo\n\nBy Ana Ruiz - 2021-05-05\n\n{story}\n\nRelated News\n\nSecond"
        f" ferry sinks\n\nBy Ana Ruiz - 2021-06-09\n\n{story}"
    )
    days = {one.article: one.dates[0].from_date for one in extract(text) if one.dates}
    assert days == {0: datetime.date(2021, 5, 3), 1: datetime.date(2021, 6, 7)}
