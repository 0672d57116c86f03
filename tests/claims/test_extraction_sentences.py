import pytest

from claims.extraction import sentences


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences.spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Holt met Gen. Ana B. Ruiz of the U.S. Army at 2:00 P.M. on Monday.",
        "Prices rose 2.5 percent, e.g. for bread, after Jan. 3.",
        "“Is it true?” he asked.",
        "“It is over!” Ana Ruiz shouted.",
        "See No. 4 of the list.",
    ],
)
def test_a_stop_that_ends_nothing_does_not_cut(text: str) -> None:
    assert _split(text) == [text]


def test_a_time_at_the_end_of_a_sentence_ends_it() -> None:
    assert _split("It began at 2 p.m. The crowd left.") == ["It began at 2 p.m.", "The crowd left."]


def test_a_missing_space_after_a_stop_is_a_boundary() -> None:
    assert _split("The dam broke at night.Rescuers came at dawn.") == [
        "The dam broke at night.",
        "Rescuers came at dawn.",
    ]


def test_an_address_of_a_site_is_not_cut() -> None:
    text = "It was posted on https://example.Org/news.Item by a reader."
    assert _split(text) == [text]


def test_sentences_inside_a_quotation_are_separate_and_keep_their_marks() -> None:
    assert _split("“We lost. They won,” he said. “It was late.” Rain fell.") == [
        "“We lost.",
        "They won,” he said.",
        "“It was late.”",
        "Rain fell.",
    ]


def test_a_number_can_begin_a_sentence() -> None:
    assert _split("Doctors saw 90 infections. 1,669 people recovered.") == [
        "Doctors saw 90 infections.",
        "1,669 people recovered.",
    ]


def test_arabic_question_marks_end_a_sentence() -> None:
    assert len(_split("هل وصلوا؟ نعم وصلوا.")) == 2
