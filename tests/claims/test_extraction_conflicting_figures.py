"""Figures that may contradict each other; nothing is decided."""

from claims.extraction import extract

_HINT = "another figure for the same thing stands in this text"


def _hinted(text: str) -> list[bool]:
    return [_HINT in one.reasons for one in sorted(extract(text), key=lambda one: one.start)]


def test_two_figures_for_one_thing_are_marked() -> None:
    assert _hinted(
        "The storm sank 40 boats at Largo harbour.\n\nThe storm sank 60 boats at Largo harbour on"
        " Monday."
    ) == [True, True]


def test_a_figure_without_a_noun_may_rival_one_that_has_it() -> None:
    text = (
        "The ministry sent 3,400 soldiers to Largo harbour.\n\nOf those at Largo harbour, the"
        " ministry sent over 3,000."
    )
    assert _hinted(text) == [True, True]


def test_a_figure_without_a_noun_about_something_else_is_no_rival() -> None:
    assert not any(
        _hinted(
            "The ministry sent 3,400 soldiers to Largo.\n\nThe school of Brenta had 12 in 2019."
        )
    )


def test_hundreds_of_contradicts_nothing() -> None:
    found = extract(
        "The storm sank hundreds of boats at Largo harbour.\n\nThe storm sank 460 boats at Largo"
        " harbour."
    )
    assert not any(_HINT in one.reasons for one in found)
    vague = next(one for item in found for one in item.quantities if one.modifier)
    assert (vague.text, vague.value, vague.noun) == ("hundreds of boats", "100", "boats")


def test_two_years_of_one_series_are_no_rivals() -> None:
    assert not any(
        _hinted(
            "The storms sank 40 boats at Largo harbour in 2018.\n\nThe storms sank 60 boats at"
            " Largo harbour in 2019."
        )
    )
    assert _hinted(
        "The storms sank 40 boats at Largo harbour in 2019.\n\nThe storms sank 60 boats at Largo"
        " harbour in 2019."
    ) == [True, True]


def test_days_on_which_something_was_said_part_no_conflicting_figures() -> None:
    text = (
        "On March 3 Ana Ruiz said 40 boats sank at Largo harbour.\n\nOn March 5 Jon Lund said 60"
        " boats sank at Largo harbour."
    )
    assert _hinted(text) == [True, True]


def test_both_figures_stand_side_by_side_with_their_places() -> None:
    text = (
        "The storm sank 40 boats at Largo harbour.\n\nThe storm sank 60 boats at Largo harbour on"
        " Monday."
    )
    first = min(extract(text), key=lambda one: one.start)
    conflicting = first.conflicting_figures[0]
    assert (conflicting.figure, conflicting.other) == ("40 boats", "60 boats")
    assert (
        text[conflicting.passage.start : conflicting.passage.end]
        == conflicting.passage.text
        == "The storm sank 60 boats at Largo harbour on Monday."
    )


def test_a_figure_of_another_size_counts_something_else() -> None:
    assert not any(
        _hinted(
            "The storm sank 40 boats at Largo harbour.\n\nThe storm spared 3,000 boats at Largo"
            " harbour."
        )
    )


def test_what_is_said_twice_is_one_candidate_with_both_places() -> None:
    sentence = "The storm sank 40 boats at Largo harbour on Monday."
    found = extract(f"{sentence}\n\nThe mayor came at noon to look at the quay.\n\n{sentence}")
    one = next(candidate for candidate in found if candidate.text == sentence)
    assert sum(candidate.text == sentence for candidate in found) == 1
    assert [(passage.text, passage.start > one.end) for passage in one.repeated_at] == [
        (sentence, True)
    ]
