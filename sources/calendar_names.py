"""What months and weekdays are called in each language."""

from __future__ import annotations

from sources import word_lists

_LISTS = word_lists.beside(__file__)
LANGUAGES = tuple(_LISTS)
# The full names of the twelve.
MONTHS = {
    language: tuple(names[0] for names in _LISTS[language].entries("months"))
    for language in LANGUAGES
}
WEEKDAYS = {language: _LISTS[language].ordered("weekdays") for language in LANGUAGES}
OTHER_WEEKDAYS = {language: _LISTS[language].ordered("other_weekdays") for language in LANGUAGES}


def numbered_months(language: str) -> dict[str, int]:
    """All names and short forms of the months, to their numbers."""
    listed = _LISTS[language].entries("months")
    return {name: number for number, names in enumerate(listed, 1) for name in names}
