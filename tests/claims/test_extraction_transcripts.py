import pytest

from claims.extraction import Candidate, extract


def _found(text: str, words: str) -> Candidate:
    return next(one for one in extract(text) if words in one.text)


def test_a_speaker_with_a_title_keeps_the_turn_until_the_next_one() -> None:
    text = (
        "ANA RUIZ, HOST OF HARBOUR TALK: Good evening.\n\nThe port lost 40 boats in the storm of"
        " 2019.\n\nTOM BERG, MAYOR: We paid 3 million dollars for the quay.\n\nRUIZ: The audit"
        " office said that 12 of them were insured."
    )
    first = _found(text, "lost 40 boats")
    assert (first.speaker, first.kind) == ("ANA RUIZ", "direct")
    assert _found(text, "We paid").speaker == "TOM BERG"
    third = _found(text, "insured")
    assert (third.speaker, third.chain) == ("ANA RUIZ", ("ANA RUIZ", "The audit office"))


@pytest.mark.parametrize(
    ("chunk", "speaker"),
    [
        ("[00:14:05] SEN. BRANDT: We built 40 bridges in 2019.", "SEN. BRANDT"),
        ("0:14 Mira Holt: The county built 40 bridges in 2019.", "Mira Holt"),
        ("BRANDT: We built 40 bridges in 2019.", "BRANDT"),
    ],
)
def test_a_chunk_fed_alone_names_its_speaker(chunk: str, speaker: str) -> None:
    found = _found(chunk, "40 bridges")
    assert found.speaker == speaker
    assert found.text.endswith("built 40 bridges in 2019.")
    assert speaker not in found.text


def test_a_chunk_that_begins_in_the_middle_leaves_the_speaker_blank() -> None:
    found = _found(
        "The county built 40 bridges in 2019, more than any other.\n\nMODERATOR: Who paid for"
        " them?",
        "40 bridges",
    )
    assert found.speaker == ""


def test_names_in_small_letters_count_where_they_return() -> None:
    text = (
        "Ana Ruiz: We lost 40 boats in the storm.\n\nTom Berg: It was 12 boats in all.\n\nAna Ruiz:"
        " The port counted 40 of them."
    )
    assert [_found(text, words).speaker for words in ("We lost", "It was 12", "The port")] == [
        "Ana Ruiz",
        "Tom Berg",
        "Ana Ruiz",
    ]


def test_a_question_mark_or_an_unknown_voice_names_nobody() -> None:
    text = (
        "Q: Did the county pay for it?\nA: It paid 14 million dollars in 2014.\nUNIDENTIFIED MALE:"
        " They closed 9 schools last year."
    )
    assert [_found(text, words).speaker for words in ("14 million", "9 schools")] == ["", ""]


def test_a_dateline_and_a_label_are_no_speakers() -> None:
    text = (
        "LARGO: Five people were killed in a fire on Tuesday, police said.\n\nBackground: The port"
        " opened in 1990 with 20 boats."
    )
    assert _found(text, "Five people").speaker == "police"
    assert _found(text, "opened in 1990").speaker == ""


def test_the_heading_of_a_transcript_is_no_speaker() -> None:
    text = (
        "TRANSCRIPT: Harbour debate\n\nWe lost 40 boats in 2019.\n\nRUIZ: We lost 12 boats.\n\n"
        "BERG: You lost 40 boats."
    )
    assert _found(text, "40 boats in 2019").speaker == ""
    assert _found(text, "lost 12").speaker == "RUIZ"


def test_stage_directions_are_not_proposed() -> None:
    text = (
        "RUIZ: Here is what we know of the 40 boats.\n(BEGIN VIDEO CLIP)\nBERG: We lost 40 boats in"
        " 2019.\n(END VIDEO CLIP)\n"
    )
    assert all("VIDEO" not in one.text for one in extract(text))
