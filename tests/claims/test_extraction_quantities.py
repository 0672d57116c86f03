import pytest

from claims.extraction import extract, quantities
from claims.extraction.results import Quantity


def _one(text: str) -> Quantity:
    (found,) = quantities.find(text, 0)[0]
    return found


@pytest.mark.parametrize(
    ("text", "modifier", "value", "unit", "noun"),
    [
        ("They sent more than 4,500 foreign fighters abroad.", "more than", "4500", "", "fighters"),
        ("Nearly 2,000 fled.", "nearly", "2000", "", ""),
        ("It holds up to 90% of the coast.", "up to", "90", "%", "coast"),
        ("The family got $8,000 in aid.", "", "8000", "$", ""),
        ("It cost 4.5 million euros.", "", "4500000", "€", ""),
        ("A total of 750km2 burned.", "a total of", "750", "km2", ""),
        ("They lost two of them.", "", "2", "", "them"),
        ("At least twenty-one boats sank.", "at least", "21", "", "boats"),
        ("They use 8 Largo sea rescue boats in town.", "", "8", "", "boats"),
        ("Half a million people left.", "", "500000", "", "people"),
        ("A six-kilometre-wide strip is closed.", "", "6", "km", ""),
        ("An estimated 146,000 villagers moved.", "an estimated", "146000", "", "villagers"),
    ],
)
def test_a_figure_has_modifier_value_unit_and_noun(
    text: str, modifier: str, value: str, unit: str, noun: str
) -> None:
    found = _one(text)
    assert (found.modifier, found.value, found.unit, found.noun) == (modifier, value, unit, noun)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "It began at 2:00 P.M. sharp.",
        "The M4 road and the S-1 model.",
        "See Article 5 of Resolution 2254.",
        "One of his friends came, the other one left.",
        "She came 3rd.",
    ],
)
def test_times_names_and_ranks_are_no_quantities(text: str) -> None:
    found = quantities.find(text, 0)[0]
    assert [one for one in found if one.value != "1"] == []


def test_dates_are_no_quantities() -> None:
    (found,) = extract("The council of Largo sold 40 boats on March 15, 2019 and in 2021.")
    assert [one.value for one in found.quantities] == ["40"]


def test_different_figures_for_one_thing_are_marked() -> None:
    text = (
        "The ministry said 8 rescue boats were lost at Largo harbour. The mayor said 4 rescue boats"
        " were lost at Largo harbour."
    )
    marked = [
        one for one in extract(text) if any("another figure" in reason for reason in one.reasons)
    ]
    assert len(marked) == 2


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The town has 3,150¹ homes without heating.", ["3150"]),
        ("It rose by 12%.[3] It fell by 3%.[4] They say so.", ["12", "3"]),
        ("Some 10⁶ crabs were counted in the bay.", ["1000000"]),
        ("The hall has 500 m² of floor.", ["500"]),
    ],
)
def test_a_footnote_mark_is_no_part_of_a_figure(text: str, figures: list[str]) -> None:
    assert [str(quantity.value) for one in extract(text) for quantity in one.quantities] == figures
