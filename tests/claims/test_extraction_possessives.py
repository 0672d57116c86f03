# ruff: noqa: RUF001 - curly marks are the matter of these tests
"""The mark of a plural possessive cuts no speaker short, and still ends a quotation."""

import pytest

from claims.extraction import extract


@pytest.mark.parametrize("mark", ["'", "’"])
@pytest.mark.parametrize(
    "speaker",
    [
        "The Fishers' Union",
        "The teachers' union",
        "A spokesman for the drivers' association",
        "Ola Berg of the Fishers' Union",
        "The workers' leader Ola Berg",
    ],
)
def test_a_speaker_with_a_plural_possessive_is_whole(speaker: str, mark: str) -> None:
    speaker = speaker.replace("'", mark)
    before = extract(f"{speaker} said that 40 boats sank in the harbour in 2019.")
    assert [one.speaker for one in before] == [speaker]
    inside = speaker[0].lower() + speaker[1:] if speaker[:2] in ("Th", "A ") else speaker
    behind = extract(f"In 2019, 40 boats sank in the harbour, said {inside}.")
    assert [one.speaker for one in behind] == [inside]


@pytest.mark.parametrize("marks", ["''", "‘’"])
def test_a_quotation_that_ends_in_s_ends_there(marks: str) -> None:
    (found,) = extract(f"{marks[0]}In 2019 we lost 40 boats{marks[1]} Berg said.")
    assert found.speaker == "Berg"
