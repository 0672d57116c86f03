"""Statements of a trend are suggested; legal notices are not."""

from claims.extraction import extract

_BEFORE = "The council of Largo met on the quay, where 40 boats lay in the spring of 2019.\n\n"
_TRENDS = (
    "Rents are rising.",
    "Crime is down.",
    "Exports are on the decline.",
    "The deficit keeps growing.",
    "House prices are soaring.",
    "Poverty has doubled.",
    "Inflation is easing.",
    "Turnout was up.",
    "Fewer people smoke.",
    "Wages have stagnated.",
    "The gap is widening.",
)
_NOTICES = (
    "This release contains forward-looking statements that involve risks and uncertainties.",
    "Actual results may differ materially from those expressed in such statements.",
    "Copyright 2015 Largo Post. All rights reserved.",
    "This article contains affiliate links, for which we may receive a commission.",
    "Terms and conditions apply; offer valid until May 12, 2015.",
    "This article was amended on 12 May 2015 to correct the number of boats.",
    "Past performance is no guarantee of future results.",
    "The views expressed here are those of the author alone.",
    "This material may not be published, broadcast, rewritten or redistributed.",
    "Nothing in this report constitutes investment advice.",
    "Editor's note: This story was updated on May 3, 2015 with 40 new figures.",
    "Reproduction without permission of the Largo Post is prohibited.",
    "The company undertakes no obligation to update any forward-looking statement.",
)


def _suggested(sentence: str) -> bool:
    return any(sentence in one.text for one in extract(f"{_BEFORE}{sentence}"))


def test_a_short_statement_of_a_trend_is_suggested() -> None:
    assert not [one for one in _TRENDS if not _suggested(one)]


def test_a_legal_notice_is_no_suggestion() -> None:
    assert not [one for one in _NOTICES if _suggested(one)]


def test_a_statement_about_such_a_notice_is_still_one() -> None:
    assert _suggested("The court fined Largo Post 4 million euros for breach of copyright.")
    assert _suggested("The mayor said the terms of 40 councillors ended in 2019.")
