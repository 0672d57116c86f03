# ruff: noqa: RUF001
"""The time of a post is no figure, and a post is read by itself."""

from claims.extraction import extract


def _figures(text: str) -> set[str]:
    return {figure.text for one in extract(text) for figure in one.quantities}


def test_a_post_time_is_no_figure_and_no_part_of_the_sentence() -> None:
    stamps = [
        "04.25",
        "14:05",
        "14:05 GMT",
        "[14:05]",
        "3.15pm",
        "9h32 -",
        "14.05 Uhr:",
        "7:30 a.m. –",
    ]
    wrong = {}
    for stamp in stamps:
        found = extract(f"{stamp} Divers found 40 boats off Largo, the coastguard says.")
        seen = [
            (one.text, one.speaker, [figure.text for figure in one.quantities]) for one in found
        ]
        expected = "Divers found 40 boats off Largo, the coastguard says."
        if seen != [(expected, "the coastguard", ["40 boats"])]:
            wrong[stamp] = seen
    assert wrong == {}


def test_two_times_with_a_point_make_a_live_blog() -> None:
    text = "14.25 Divers found 40 boats off Largo.\n\n14.40 Divers lost 12 boats off Vell."
    assert _figures(text) == {"40 boats", "12 boats"}


def test_a_price_that_begins_a_line_stays_a_figure() -> None:
    text = "12.50 Euros was the price of a ticket in Largo in 2019."
    assert [one.text for one in extract(text)] == [text]


def test_he_of_a_new_post_is_nobody_of_the_post_before() -> None:
    text = "14:05 Ines Holt said that 40 boats sank.\n\n14:20 She said that 12 more boats had been lost."
    assert {one.text[:3]: one.speaker for one in extract(text)} == {"Ine": "Ines Holt", "She": ""}


def test_a_time_alone_on_its_line_divides_posts() -> None:
    text = "14:05 GMT\nPolice said 40 boats sank.\n\n14:20 GMT\n12 boats were found in Largo."
    assert {one.speaker for one in extract(text)} == {"Police", ""}
    assert _figures(text) == {"40 boats", "12 boats"}
