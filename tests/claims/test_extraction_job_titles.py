# ruff: noqa: RUF001
"""Roles and appositions read as the one person they can mean; left as they stand
otherwise.
"""

import pytest

from claims.extraction import Candidate, extract

_OPENING = (
    "Prime Minister Dana Cole and the Labour leader Tom Berg clashed over the dam on Monday.\n\n"
)


def _found(text: str, words: str) -> Candidate:
    return next(one for one in extract(text) if words in one.text)


@pytest.mark.parametrize(
    ("said", "speaker"),
    [
        ("The prime minister said 40 schools were built in 2019.", "Dana Cole"),
        ("The PM said 40 schools were built in 2019.", "Dana Cole"),
        ("The Labour leader said 40 schools were built in 2019.", "Tom Berg"),
        (
            "The deputy prime minister said 40 schools were built in 2019.",
            "The deputy prime minister",
        ),
        ("The minister said 40 schools were built in 2019.", "The minister"),
    ],
)
def test_a_role_is_read_as_the_one_who_holds_it(said: str, speaker: str) -> None:
    text = _OPENING + said
    found = _found(text, "40 schools")
    assert found.speaker == speaker
    assert found.speaker_span is not None and text[slice(*found.speaker_span)] == speaker
    assert any("read as" in reason for reason in found.reasons) == (speaker not in said)


def test_a_role_that_two_people_hold_is_left_as_it_stands() -> None:
    text = (
        "President Ana Holt met President Ugo Brandt in Largo.\n\nThe president said 40 schools"
        " were built in 2019."
    )
    assert _found(text, "40 schools").speaker == "The president"


def test_an_acting_holder_is_not_the_holder_of_the_office() -> None:
    text = (
        "Acting Mayor Dana Cole opened the dam on Monday.\n\nThe mayor said 40 schools were built"
        " in 2019."
    )
    assert _found(text, "40 schools").speaker == "The mayor"


def test_a_name_beside_a_role_is_the_speaker() -> None:
    assert (
        _found(
            "A spokeswoman, Mira Holt, said 40 schools were built in 2019.", "40 schools"
        ).speaker
        == "Mira Holt"
    )


def test_a_possessive_is_no_part_of_a_name() -> None:
    assert (
        _found("Berg’s claim that 40 schools were built in 2019 is false.", "40 schools").speaker
        == "Berg"
    )


@pytest.mark.parametrize(
    "said",
    [
        "Officials said 40 schools were built in 2019.",
        "A senior Harbour official said 40 schools were built.",
    ],
)
def test_a_source_without_a_name_is_called_that(said: str) -> None:
    reasons = _found(said, "40 schools").reasons
    assert (
        "attributed to a source without a name" in reasons
        and "attributed to a named source" not in reasons
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "The storm of 2019 hit their harbour, too, thanks to the low quay of Largo.",
        "Just this week, the port group of Largo commented on proposed rules for 40 boats.",
        "That’s why the port of Largo had trouble finding 40 boats in 2019.",
    ],
)
def test_words_that_hand_over_nothing_are_no_attribution(sentence: str) -> None:
    assert [one.speaker for one in extract(sentence)] == [""]
