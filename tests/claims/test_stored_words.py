"""Screens say in their language what is stored in English."""

from claims.admin import stored_words
from claims.extraction import digits, joined_measures, numerals, quantities, scoring
from claims.intake import selection_log
from claims.querysets import known_claims, suggestions


def test_all_that_is_stored_has_its_words() -> None:
    figures = (digits.AMBIGUOUS, digits.NO_NUMBER, numerals._SCIENTIFIC, numerals._SIDE_BY_SIDE)
    more_figures = (
        quantities._BRACKETS,
        quantities._METRES,
        quantities._SIGNED,
        joined_measures.DESCENDS,
    )
    scales = (joined_measures.THOUSANDS, joined_measures.SCALE_BEHIND)
    reasons = (*scoring._REASONS.values(), scoring.UNTRAINED)
    wording = (scoring._CHECKED, scoring._UNCHECKED, "no speaker is named")
    totals = (selection_log.NOBODY, selection_log.NO_TOPIC)
    bands = [
        *(name for of in (suggestions, known_claims) for _least, name in of.BANDS),
        suggestions.LOWEST_BAND,
        known_claims.LOWEST_BAND,
    ]
    stored = {*figures, *more_figures, *scales, *reasons, *wording, *totals, *bands}
    assert stored == stored_words._WORDS
