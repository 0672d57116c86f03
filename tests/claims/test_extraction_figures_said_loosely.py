# ruff: noqa: RUF001 - dashes are the matter of this module
"""Figures as people say them: 85p, 200-odd, six figures, day 3, and a dash that may be
a minus sign.
"""

from claims.extraction import fold, measurements
from tests.claims.figure_tables import figures, wrong


def _unread(text: str) -> list[tuple[str, str]]:
    found = measurements.find(fold.fold(text), 0, None).unread
    return [(one.text, one.reason) for one in found]


def test_pence_and_basis_points_are_units() -> None:
    table = {
        "The stamp costs 85p and the loaf 5p more.": ["85 penny", "5 penny"],
        "A litre fell to 139.9p at Largo.": ["139.9 penny"],
        "The charge rose from 5p to 10p.": ["5 penny", "10 penny"],
        "It costs 40 pence, a penny more.": ["40 penny"],
        "A bag costs 10p and a crate £4.": ["10 penny", "4 £"],
        "The rate rose by 25 basis points.": ["25 basis point"],
        "The 1080p film has 12 scenes.": ["12 scenes"],
    }
    assert not wrong(table)


def test_cents_by_a_letter_and_per_cent_by_three() -> None:
    table = {
        "The toll costs 99c a car.": ["99 cent"],
        "Sales rose 12 pct in 2023.": ["12 %"],
        "It was 40c on the coast, and the heat went on.": [],
    }
    assert not wrong(table)
    [(text, reason)] = _unread("It was 40c on the coast, and the heat went on.")
    assert text == "40c" and "degrees" in reason


def test_a_step_keeps_its_own_unit() -> None:
    table = {
        "Unemployment fell by 0.2 percentage points to 4.1%.": ["0.2 percentage point", "4.1 %"],
        "The rate rose by 25 basis points to 4%.": ["25 basis point", "4 %"],
        "The fare rose by $1 to $8.25.": ["1 $", "8.25 $"],
    }
    assert not wrong(table)


def test_areas_and_volumes_as_adjectives() -> None:
    table = {
        "A 3,000-square-metre hall was built.": ["3000 m2 hall"],
        "A 12-square-mile area burned.": ["12 square mile"],
        "The 5-cubic-metre tanks burst.": ["5 m3 tanks"],
    }
    assert not wrong(table)


def test_so_many_odd_is_about_so_many() -> None:
    table = {
        "Some 200-odd boats sank.": ["200 boats"],
        "The 40-odd sailors were told.": ["40 sailors"],
        "Twenty-odd families left the valley.": ["20 families"],
        "He paid 300-odd euros.": ["300 €"],
        "The sailors wore 40 odd socks.": ["40 socks"],
    }
    assert not wrong(table)
    (found,) = measurements.find("The 40-odd sailors were told.", 0, None).quantities
    assert (found.text, found.modifier) == ("40-odd sailors", "odd")


def test_how_many_figures_a_sum_has_is_no_number() -> None:
    for text, said in (
        ("She earns six figures.", "six figures"),
        ("The six-figure sum was paid.", "six-figure"),
        ("They won a low seven-figure settlement.", "low seven-figure"),
        ("Growth was in double digits.", "double digits"),
        ("A couple of hundred people came.", "couple of hundred"),
    ):
        assert (figures(text), _unread(text)) == ([], [(said, "it names no number")])


def test_the_number_of_a_day_or_week_is_no_figure() -> None:
    table = {
        "On day 3 of the strike, 400 buses stood still.": ["400 buses"],
        "On day three of the trial, two witnesses spoke.": ["2 witnesses"],
        "By week 6 of the war 2 million had fled.": ["2000000"],
        "In year 4 of the plan costs rose by 12%.": ["12 %"],
        "From night 2 to night 5, 40 boats were out.": ["40 boats"],
        "In a week 6 boats sank.": ["6 boats"],
        "Every day 3 boats sank.": ["3 boats"],
        "That year 12 ports closed.": ["12 ports"],
        "That year 4% left.": ["4 %"],
    }
    assert not wrong(table)


def test_a_dash_that_may_be_a_minus_sign_leaves_the_figure_out() -> None:
    for text in (
        "The harbour reading fell to -12 in the night.",
        "The balance stood at – 40 million.",
        "The index was - 3 in May.",
    ):
        assert [reason for _, reason in _unread(text)] == ["a dash may be its minus sign"], text
        assert figures(text) == [], text
    table = {
        "It fell to -12 °C.": ["-12 °C"],
        "The boats – 40 in all – sank.": ["40"],
        "It lost -3%.": ["-3 %"],
    }
    assert not wrong(table)


def test_more_than_so_many_plus_counts_no_plus() -> None:
    assert not wrong({"The crowd of 20,000 plus stayed.": ["20000"]})
