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
    ],
)
def test_nobody_did(text: str) -> None:
    assert _speaker(text) == ""
