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


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Now that 40 boats have sunk at Largo, the port is closed.", False),
        ("No boat of Largo sank in 2019, the port said.", False),
        ("Right of way was given to 40 boats at Largo in 2019.", False),
        ("Now, 40 boats sank at Largo in 2019.", True),
        ("Well 40 boats sank at Largo in 2019, thank you.", True),
    ],
)
def test_a_courtesy_is_one(text: str, is_one: bool) -> None:
    assert ("is a courtesy" in extract(text)[0].reasons) is is_one


def test_the_reasons_are_words_an_editor_understands() -> None:
    reasons = extract(_FACT)[0].reasons
    assert {"gives a figure", "gives a date", "compares or claims a record"} <= set(reasons)


def test_scores_are_rounded_to_four_places() -> None:
    score = extract(_FACT)[0].score
    assert score == round(score, 4)
