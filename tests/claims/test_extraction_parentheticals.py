"""Words that look like a speaker and are none, and speakers that stand in odd
places.
"""

import pytest

from claims.extraction import extract


def _speaker(text: str) -> str:
    return extract(text)[0].speaker


@pytest.mark.parametrize(
    "text",
    [
        (
            "The strike led to a crisis between Largo and Brenta which demanded that 400 troops"
            " leave in 2019."
        ),
        "The harbour was shelled in 2019 by a town claiming that 40 boats were lost.",
        "Largo continues to build 40 boats in the harbour.",
        "Largo supported 40 fishermen in 2019.",
    ],
)
def test_a_relative_clause_a_participle_and_a_deed_name_no_speaker(text: str) -> None:
    assert _speaker(text) == ""


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We lost 40 boats in 2019,” Brandt continued.", "Brandt"),
        ("“We lost 40 boats in 2019,” Brandt declared.", "Brandt"),
        ("The Largo Times said 40 boats sank in 2019.", "The Largo Times"),
    ],
)
def test_a_speaker_beside_the_words_is_found(text: str, speaker: str) -> None:
    assert _speaker(text) == speaker


def test_a_headline_names_its_source_after_a_colon() -> None:
    found = extract(
        "Nearly 40 boats sank off Largo in one storm: monitor\n\nThe storm of Monday took 300 nets"
        " from the quay.\n"
    )
    assert "monitor" in {one.speaker for one in found}
