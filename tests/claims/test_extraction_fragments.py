# ruff: noqa: RUF001
import pytest

from claims.extraction import extract

_STORY = "The city of Largo spent 40 million dollars on the dam in 2019, the auditor said."


@pytest.mark.parametrize(
    "line",
    [
        "1,204",
        "12:45",
        "Largo river watch",
        "Top 10 Photos of the Week",
        "Officials Assisting Stranded Motorists",
        "Media captionThe mayor and the auditor clashed over 40 million dollars",
        "Divers look for the ferry in the harbour of Largo. Credit: Harbour Post",
        "(Reporting by Ana Ruiz; editing by Tom Berg)",
        "Receive the Largo Post newsletter every Wednesday",
        "Return to the main page",
        "dam-largo-2019-00501879.jpg",
        "Your email address will not be published.",
        "Publicité",
        "Lire aussi : Le barrage a coûté 40 millions d’euros",
        "Lesen Sie auch: Der Damm kostete 40 Millionen Euro",
        "Te puede interesar",
        "اقرأ أيضا",
    ],
)
def test_furniture_is_not_proposed(line: str) -> None:
    text = (
        f"Dam of Largo to be rebuilt\n\n{_STORY}\n\n{line}\n\nThe dam broke in 2019 and killed 12"
        " people.\n"
    )
    found = [one.text for one in extract(text)]
    assert all(line not in words and words not in line for words in found)
    assert _STORY in found


@pytest.mark.parametrize(
    "title",
    [
        "Nearly 2,000 homes were built in Largo",
        "Largo Sends Over 40 Boats To The Gulf",
        "Three dead, several wounded in Largo fire",
    ],
)
def test_a_headline_that_states_a_figure_may_be_checked(title: str) -> None:
    assert title in [
        one.text
        for one in extract(
            f"{title}\n\nThe mayor spoke on Monday about what had happened in the harbour."
        )
    ]


def test_a_short_sentence_with_a_figure_is_a_claim() -> None:
    assert "1,669 have recovered." in [
        one.text for one in extract(f"{_STORY} 1,669 have recovered.")
    ]


def test_paragraphs_wrapped_at_one_width_are_put_together() -> None:
    text = (
        "Authorities in Largo county, about 70 miles north of the coast,\nordered people to leave"
        " on Tuesday as the river rose above its\nbanks.\nThe orders affected 20 towns along the"
        " river, among them\nHoltville, with a population of more than 4,500 people.\nThe sheriff"
        " sent two boats.\n"
    )
    found = [one.text for one in extract(text)]
    assert any(
        words.startswith("The orders") and words.endswith("4,500 people.") for words in found
    )
