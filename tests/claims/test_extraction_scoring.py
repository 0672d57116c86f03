import pytest

from claims.extraction import extract

_FACT = "The council of Largo spent $4 million on 40 boats in 2019, more than any other town."


@pytest.mark.parametrize(
    "text",
    [
        "Who knows what the sea will bring?",
        "Thank you very much.",
        "We hope you will come again.",
        "Let us pray.",
        "What a beautiful day!",
        "Ouch.",
    ],
)
def test_what_nobody_could_check_is_left_out(text: str) -> None:
    assert extract(f"{_FACT} {text}")[0].text == _FACT
    assert len(extract(f"{_FACT} {text}")) == 1


def test_a_figure_with_a_source_outranks_a_mood() -> None:
    found = extract(f"The mood in Largo was calm. {_FACT}")
    assert found[0].text == _FACT


def test_a_claim_stated_twice_appears_once() -> None:
    assert len(extract(f"{_FACT}\n\nRain fell.\n\n{_FACT}")) == 1


def test_two_claims_with_different_figures_both_appear() -> None:
    assert len(extract(f"{_FACT}\n\n{_FACT.replace('40', '60')}")) == 2


def test_the_reasons_are_words_an_editor_understands() -> None:
    reasons = extract(_FACT)[0].reasons
    assert {"gives a figure", "gives a date", "compares or claims a record"} <= set(reasons)


def test_scores_are_rounded_to_four_places() -> None:
    score = extract(_FACT)[0].score
    assert score == round(score, 4)
