"""What is proposed to readers of a suggestion: the statement without who made it."""

import pytest

from claims.extraction.reader_wording import GOOD_LENGTH, without_attribution


@pytest.mark.parametrize(
    ("language", "said", "wording"),
    [
        (
            "en",
            "Transport minister Ada Holm said on Tuesday that rail fares fell by 12 percent.",
            "Rail fares fell by 12 percent.",
        ),
        ("en-GB", "Holm told parliament that rail fares fell.", "Rail fares fell."),
        ("en", "The board also says that 40 schools closed.", "40 schools closed."),
        ("en", "The mayor said the bridge cost 4 million.", "The bridge cost 4 million."),
        ("en", "Rents have halved, the mayor said on Monday.", "Rents have halved."),
        ("en", "According to the ministry, 40 schools closed.", "40 schools closed."),
        ("en", "40 schools closed, according to the ministry.", "40 schools closed."),
        ("en", "“The city built 400 homes,” Holm said.", "The city built 400 homes."),
        ("en", "Holm said: “The city built 400 homes.”", "The city built 400 homes."),
        ("de", "Die Mieten sind gesunken, sagte die Ministerin.", "Die Mieten sind gesunken."),
        ("fr", "La ministre a dit lundi que le chômage a baissé.", "Le chômage a baissé."),
        ("fr", "Selon le maire, le pont a coûté 4 millions.", "Le pont a coûté 4 millions."),
        ("es", "El alcalde dijo que el paro bajó.", "El paro bajó."),
    ],
)
def test_statement_stands_without_its_attribution(language: str, said: str, wording: str) -> None:
    assert without_attribution(said, language) == wording


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Rail fares fell by 12 percent."),
        # Denied, doubted or promised: another statement than what is left.
        ("en", "Holm denied that rail fares fell."),
        ("en", "Holm did not say that rail fares fell."),
        ("en", "Holm believes that rail fares fell."),
        ("en", "Holm asked whether rail fares fell."),
        ("en", "Holm promised to build 400 homes."),
        # Only the speaker tells who is meant.
        ("en", "Holm said she cut fares by 12 percent."),
        ("en", "“We cut fares by 12 percent,” Holm said."),
        ("en", "Holm said it cost 4 million."),
        # Two statements, or words on both sides.
        ("en", "Holm said fares fell and added that wages rose."),
        ("en", "In 2023, Holm said, rail fares fell."),
        ("en", "Rents, Holm said on Monday, have halved."),
        ("en", "Holm called it false and noted that fares fell."),
        ("en", "Holm said that fares fell. Wages rose."),
        # Left as it is, it would be a sentence of another mood or order.
        ("de", "Die Mieten seien gesunken, sagte die Ministerin."),
        ("de", "Die Ministerin sagte, dass die Mieten gesunken sind."),
        ("de", "Laut Ministerium wurden 40 Schulen geschlossen."),
        # Another language, none, nothing, and more than a heading.
        ("ar", "قال الوزير إن الأسعار انخفضت."),
        ("", "Holm said that rail fares fell."),
        ("en", ""),
        ("en", "Holm said that " + "fares and " * 50 + "wages fell."),
    ],
)
def test_nothing_is_proposed_that_would_say_something_else(language: str, said: str) -> None:
    assert without_attribution(said, language) == ""


def test_asides_go_only_where_that_makes_a_heading() -> None:
    fares = "fares of the northern railway, which carries 4 million people, fell by 12 percent"
    wording = without_attribution(f"Holm said that {fares} in 2025.", "en")
    assert wording == "Fares of the northern railway fell by 12 percent in 2025."
    assert len(wording) <= GOOD_LENGTH
    longer = without_attribution(f"Holm said that {fares} in each of the five years to 2025.", "en")
    assert "which carries 4 million people" in longer
