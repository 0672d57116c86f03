# ruff: noqa: RUF001 - Arabic and curly marks are the matter of this module
"""Counts that name no number: “dozens of boats”, “des milliers de
marins”. The least that they mean where a noun follows; alone, as in
“thousands marched”, they are no figure, and that is said.
"""

import re
from dataclasses import dataclass

from claims.extraction import digits, figure_words, fold, nouns, number_words
from claims.extraction.results import Quantity, UnreadFigure
from sources import word_lists
from sources.word_lists import Words

_LISTS = word_lists.beside(__file__)
_WORD_BEFORE = re.compile(r"(?P<word>[^\W_]+)[\s-]$")
# In English alone: how many figures an amount has, and a couple of larger numbers.
_SIZE = re.compile(
    r"(?<![\w-])(?:(?:(?:low|mid|high)[ -])?(?:four|five|six|seven|eight|nine|ten)[ -]figures?"
    r"|(?:single|double|triple)[ -]digits?|couple of (?:dozen|hundred|thousand|million))(?![\w-])"
)
_NUMBER_AFTER = re.compile(r"\s?\d")


@dataclass(frozen=True, slots=True)
class _Counts:
    pattern: re.Pattern[str]
    values: dict[str, int]
    needs_of: frozenset[str]
    noun_needs_of: bool
    needs_before: frozenset[str]


def _either(words: object) -> str:
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


def _valued(lists: Words, name: str) -> dict[str, int]:
    return {word: int(value) for word, value in lists.by_word(name).items()}


def _listed(lists: Words) -> _Counts:
    plain, single = _valued(lists, "words"), _valued(lists, "singular")
    many = _valued(lists, "after_many")
    lead = _either(lists.ordered("lead"))
    ways = [
        rf"(?:(?P<times>{lists.text('times').strip() or '(?!)'})\s)?(?P<plain>{_either(plain)})"
    ]
    if lead:
        ways[0] = rf"(?:(?:{lead})\s{{1,2}})?{ways[0]}"
    if many:
        ways.append(rf"(?:{lead})\s(?P<many>{_either(many)})")
    if single:
        one = _either(lists.ordered("one"))
        ways.append(rf"(?:{one})\s(?P<single>{_either(single)})")
    of = lists.text("of")
    pattern = rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-])(?P<of>{of}(?:(?<=['’])|(?!\w)))?"
    return _Counts(
        pattern=re.compile(pattern),
        values=plain | many | single,
        needs_of=lists.set("needs_of"),
        noun_needs_of=lists.flag("noun_needs_of"),
        needs_before=lists.set("needs_before"),
    )


_COUNTS = {language: _listed(_LISTS[language]) for language in _LISTS}
_NUMBERS = {
    language: words.vocabulary() - words.articles
    for language, words in number_words.BY_LANGUAGE.items()
}


def find(sentence: str, offset: int, language: str) -> list[Quantity | UnreadFigure]:
    """In the order of the sentence, which is folded."""
    counts = _COUNTS.get(language, _COUNTS["en"])
    low = fold.lower(sentence)
    found = [
        read
        for match in counts.pattern.finditer(low)
        if (read := _read(match, sentence, offset, language, counts))
    ]
    if counts is _COUNTS["en"]:
        found += [_of_no_number(sentence, match.span(), offset) for match in _SIZE.finditer(low)]
    return found


def _of_no_number(sentence: str, span: tuple[int, int], offset: int) -> UnreadFigure:
    start, end = span
    return UnreadFigure(sentence[start:end], offset + start, offset + end, digits.NO_NUMBER)


def _read(
    match: re.Match[str], sentence: str, offset: int, language: str, counts: _Counts
) -> Quantity | UnreadFigure | None:
    groups = match.groupdict()
    word = groups["plain"] or groups.get("many") or groups.get("single") or ""
    before = _WORD_BEFORE.search(match.string, max(0, match.start() - 30), match.start())
    # "Three millions", "20 millones": a number stands in front.
    if before and _is_number(before.group("word"), language):
        return None
    of = groups["of"]
    if _NUMBER_AFTER.match(sentence, match.end()):
        return None  # "une quarantaine de 14 jours", "millions of 2019"
    start, end = match.span()
    noun = ""
    if of or not counts.noun_needs_of:
        words = figure_words.of(language if language in _COUNTS else "en")
        noun, end = nouns.behind(sentence, end - _glued(of), words, language, part=False)
    if word in counts.needs_of and not (noun and _is_count(match, before, counts)):
        return None
    if not noun:
        return _of_no_number(sentence, (start, match.end() - len(of or "")), offset)
    modifier = " ".join(match.group().split())
    value = str(_times(groups["times"], counts) * counts.values[word])
    return Quantity(sentence[start:end], modifier, value, "", noun, offset + start, offset + end)


def _glued(of: str | None) -> int:
    """Nouns are looked for from the space before them: "d'habitants" has none."""
    return len(of or "") if of and of[-1] in "'’" else 0


def _is_number(word: str, language: str) -> bool:
    if language == "de" and word not in number_words.BY_LANGUAGE["de"].articles:
        return word[-1].isdigit() or number_words.german(word) is not None
    return word[-1].isdigit() or word in _NUMBERS.get(language, _NUMBERS["en"])


def _is_count(
    match: re.Match[str],
    before: re.Match[str] | None,
    counts: _Counts,
) -> bool:
    if not counts.needs_before or match.start() == 0:
        return True
    return before is not None and before.group("word") in counts.needs_before


def _times(words: str | None, counts: _Counts) -> int:
    return counts.values.get(words.split()[0], 1) if words else 1
