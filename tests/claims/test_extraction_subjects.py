"""Who stands before the verb is not always who said it."""

import pytest

from claims.extraction import extract

_WHO = [
    ("A reporter for Radio Largo who witnessed the blast", "A reporter for Radio Largo"),
    ("A man who watched the fire", "A man"),
    ("Residents who fled the storm", "Residents"),
    ("Officials who visited the quay on Monday", "Officials"),
    ("People who know the mayor", "People"),
    ("The woman who owns the shop", "The woman"),
    ("A sailor who was on the ferry", "A sailor"),
    ("Two divers who found the wreck", "Two divers"),
    ("Ines Holt who led the rescue", "Ines Holt"),
    ("Experts who studied the harbour for the council", "Experts"),
    ("The firm that built the quay", "The firm"),
    ("The office which keeps the register", "The office"),
]


@pytest.mark.parametrize(("subject", "speaker"), _WHO)
def test_the_object_of_a_relative_clause_says_nothing(subject: str, speaker: str) -> None:
    (found,) = extract(f"{subject} said that 40 boats sank in the harbour in 2019.")
    assert found.speaker == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Police said that in the storm the mayor said 40 boats sank.", "Police"),
        ("Ines Holt told reporters that the harbour said 40 boats sank.", "Ines Holt"),
        ("The council heard that the captain said 40 boats sank.", "The council"),
    ],
)
def test_a_clause_with_that_is_no_relative_one(text: str, speaker: str) -> None:
    assert [one.speaker for one in extract(text)] == [speaker]


def test_a_share_is_named_whole() -> None:
    (found,) = extract("In one study, 70 per cent of all sailors said 40 boats had sunk.")
    assert found.speaker == "70 per cent of all sailors"


@pytest.mark.parametrize(
    "text",
    [
        "The two blasts near the quay “happened 50 to 100 yards apart” in 2019.",
        "Several reports of the storm “went missing in 40 ports” in 2019.",
        "The 12 claims of the harbour “came to 40 million crowns” in 2019.",
    ],
)
def test_things_counted_are_no_verb(text: str) -> None:
    assert [one.speaker for one in extract(text)] == [""]


def test_whoever_is_she_is_not_he_in_the_next_sentence() -> None:
    text = (
        "Ines Holt said 40 boats were late. She said that 30 had left. He said that 12 boats had"
        " sunk."
    )
    speakers = {one.text: one.speaker for one in extract(text)}
    assert speakers["She said that 30 had left."] == "Ines Holt"
    assert speakers["He said that 12 boats had sunk."] == ""
