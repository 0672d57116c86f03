# ruff: noqa: RUF001 - curly marks are the matter of this module
"""Speakers who are named in passing: “as she put it”, “in the words of”, “by its own
account”, and behind a verb with “has”.
"""

import pytest

from claims.extraction import extract


def _speaker(text: str) -> str:
    (found,) = extract(text)
    return found.speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("As Mayor Anna Bach put it, the town lost 40 boats in 2019.", "Mayor Anna Bach"),
        ("The town lost 40 boats in 2019, as the mayor puts it.", "the mayor"),
        ("“The town lost 40 boats in 2019,” as the harbour master put it.", "the harbour master"),
        ("As the ministry put it in a statement, 40 boats were lost in 2019.", "the ministry"),
        ("The town, as Bach put it, lost 40 boats in 2019.", "Bach"),
        ("The town lost 40 boats in 2019, in the words of Anna Bach.", "Anna Bach"),
        ("By his own account, the captain lost 40 boats in 2019.", "the captain"),
        ("By her own admission, Anna Bach lost 40 boats in 2019.", "Anna Bach"),
        ("By its own reckoning, the ministry lost 40 boats in 2019.", "the ministry"),
        ("If the port authority is to be believed, 40 boats were lost.", "the port authority"),
        ("40 boats were lost, if fishermen are to be believed.", "fishermen"),
        ("According to a report by the port authority, 40 boats sank.", "the port authority"),
        ("40 boats sank, according to a study published by Largo University.", "Largo University"),
        ("According to figures issued by the ministry, 40 boats sank.", "the ministry"),
        ("According to a report, 40 boats sank.", "a report"),
        ("In Anna Bach’s words, the town lost 40 boats in 2019.", "Anna Bach"),
        ("To quote Anna Bach, the town lost 40 boats in 2019.", "Anna Bach"),
        ("By the ministry’s own account, 40 boats were lost in 2019.", "the ministry"),
        ("On the port authority’s figures, 40 boats were lost in 2019.", "the port authority"),
        ("The town lost 40 boats in 2019, by Anna Bach’s reckoning.", "Anna Bach"),
        ("The town lost 40 boats in 2019, Anna Bach has claimed.", "Anna Bach"),
        ("The town lost 40 boats in 2019, the mayor has repeatedly claimed.", "the mayor"),
    ],
)
def test_who_said_it(text: str, speaker: str) -> None:
    assert _speaker(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "The flood came as the council put it out of use, with 40 boats lost in 2019.",
        "By the end of the count, 40 boats were lost in 2019.",
        "In other words, the town lost 40 boats in 2019.",
        "On Monday’s figures, 40 boats were lost in 2019.",
        "In last year’s count, 40 boats were lost in 2019.",
        "The shop asked traders to quote 40 prices in 2019.",
        "In the words on the sign, 40 boats were lost in 2019.",
        "Nobody said that 40 boats were lost in 2019.",
        "None of the ministers said 40 boats were lost in 2019.",
        "The flood of 2019 claimed more than 40 lives.",
        "The road claims two lives a year.",
        "Unemployment fell 0.2 percentage points to 4.1%.",
        "By his own account, the town lost 40 boats in 2019.",
        "By its own reckoning, 40 boats were lost in 2019.",
    ],
)
def test_nobody_did(text: str) -> None:
    assert _speaker(text) == ""
