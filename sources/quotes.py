"""Finding a quote in a text: compared in folded form, answered in
offsets of the original.
"""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterator
from difflib import Match as Block
from difflib import SequenceMatcher
from heapq import nlargest
from typing import NamedTuple

from sources.folding import LINE_HYPHEN, folded, origins
from sources.sentence_ends import is_wrapped, sentence_around

LONGEST_TEXT = 2_000_000
LONGEST_QUOTE = 20_000
NEAREST_WORDS = 200
CANDIDATES = 3
# What a passage must share with a quote, rare words counting more, to be shown as near.
LEAST_SHARED = 0.4
LONGEST_PASSAGE = 600
EFFORT = 50_000_000  # characters compared before giving up on an endlessly repetitive text

# One figure: with a sign, points and commas, a fraction in it or behind it, a power.
_figure = re.compile(
    r"(?:(?<![^ (])-)?\d+(?:[.,/]\d+)*(?: \d{1,3}/\d{1,3}(?![\d/])|[\^_][+-]?\d+)?"
)
_EDGE = 40
_HYPHENS = {"-", LINE_HYPHEN}
_without_hyphens = dict.fromkeys(map(ord, _HYPHENS))

# Scripts that set no space between words, by code points.
_UNSPACED = "\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2e80-\u9fff"
_unspaced = re.compile(f"[{_UNSPACED}]")
# A figure is one word; where words are not set apart, each letter is one.
_word = re.compile(
    rf"\d+(?:[.,]\d+)*(?!\w)|(?![\u3000-\u303f])[{_UNSPACED}]|(?:(?![{_UNSPACED}])\w)+"
)


class Match(NamedTuple):
    start: int
    end: int


def find_quote(quote: str, text: str) -> Match | None:
    """The span of the quote; None if it is not in the text. Ignores
    white space, case, quote marks, dashes, hyphens of line ends,
    footnote marks and Unicode forms; words and figures must match.
    """
    folded_quote = folded(quote[:LONGEST_QUOTE], line_hyphens=True)
    text = text[:LONGEST_TEXT]
    if not folded_quote or len(quote) > LONGEST_QUOTE:
        return None
    content = folded(text, line_hyphens=True)
    find = _across_lines if LINE_HYPHEN in content + folded_quote else _whole
    # A checker may paste the quote in quote marks that the text does not have.
    for needle in dict.fromkeys((folded_quote, folded_quote.strip("\"' "))):
        found = find(needle, content)
        if found:
            return _unfolded(text, *found)
    return None


def nearest(quote: str, text: str) -> str:
    """The passage most similar to the quote, in whole sentences; empty
    if nothing like it stands in the text. Linear in the text.
    """
    text = text[:LONGEST_TEXT]
    words = list(_word.finditer(text))
    quote_words = [folded(match[0]) for match in _word.finditer(quote[:LONGEST_QUOTE])][
        :NEAREST_WORDS
    ]
    spellings = {word: folded(word) for word in {match[0] for match in words}}
    keys = [spellings[match[0]] for match in words]
    window = _best_window(quote_words, keys)
    if window is None or window.shared < LEAST_SHARED:
        return ""
    wrapped = is_wrapped(text)
    places = [(words[at].start(), words[at].end()) for at in window.matched]
    start, end = _sentences(text, places, wrapped=wrapped)
    if end - start > max(LONGEST_PASSAGE, 3 * len(quote)):
        start, end = _unbroken(text, words[window.first].start(), words[window.last].end())
    return text[start:end]


def _whole(needle: str, content: str) -> tuple[int, int] | None:
    """The first match that neither begins nor ends within a word or
    figure: “5 per cent” is not in “15 per cent”.
    """
    for at in _places(needle, content):
        if not _cuts(content, at, at + len(needle)):
            return at, at + len(needle)
    return None


def _across_lines(needle: str, content: str) -> tuple[int, int] | None:
    """The same where words are broken at line ends: compared without
    any hyphens first, and then hyphen by hyphen.
    """
    kept = array("L", (at for at, sign in enumerate(content) if sign not in _HYPHENS))
    bare = content.translate(_without_hyphens)
    for place in _places(needle.translate(_without_hyphens), bare, effort=EFFORT // 25):
        at = kept[place]
        while at and needle[0] == "-" and content[at - 1] in _HYPHENS:
            at -= 1
        end = _end_of(needle, content, at)
        if end and not _cuts(content, at, end):
            return at, end
    return None


def _end_of(needle: str, content: str, at: int) -> int:
    """Where the needle ends that begins here; 0 if it does not."""
    place = 0
    while place < len(needle):
        wanted, found = needle[place], content[at : at + 1]
        if wanted == found or {wanted, found} == _HYPHENS:
            place, at = place + 1, at + 1
        elif found == LINE_HYPHEN:
            at += 1
        elif wanted == LINE_HYPHEN:
            place += 1
        else:
            return 0
    return at


def _places(needle: str, content: str, *, effort: int = EFFORT) -> Iterator[int]:
    at = content.find(needle) if needle else -1
    tries = effort // max(1, len(needle))
    while at >= 0 and tries:
        yield at
        at = content.find(needle, at + 1)
        tries -= 1


def _cuts(content: str, at: int, end: int) -> bool:
    """Whether a match begins or ends within a word or figure."""
    return (
        _joins(content[at - 1 : at + 1])
        or _joins(content[end - 1 : end + 1])
        or _continues_figure(content, at, end)
    )


def _joins(pair: str) -> bool:
    return len(pair) == 2 and all(map(_in_word, pair))


def _in_word(character: str) -> bool:
    # Scripts without spaces between words have no word boundaries to respect.
    return not _unspaced.match(character) and (
        character.isalnum() or character == LINE_HYPHEN or unicodedata.combining(character) > 0
    )


def _continues_figure(content: str, at: int, end: int) -> bool:
    """Whether a match cuts a figure: 1.5 does not contain 5, nor 4,210
    the figure 4, 10^6 the figure 10, or 2 1/2 the figure 2.
    """
    head, tail = (
        content[max(0, at - _EDGE) : at + _EDGE],
        content[max(0, end - _EDGE) : end + _EDGE],
    )
    return any(
        match.start() < place < match.end()
        for edge, place in ((head, min(at, _EDGE)), (tail, min(end, _EDGE)))
        for match in _figure.finditer(edge)
    )


def _unfolded(text: str, start: int, end: int) -> Match:
    places = origins(text, upto=end)
    return Match(places[start], places[end - 1] + 1)


class _Window(NamedTuple):
    """Words of the text like those of a quote: how well they fit, how
    much of the quote they share, the first and the last, and those that
    match.
    """

    fit: float
    shared: float
    first: int
    last: int
    matched: list[int]


def _sentences(
    text: str,
    places: list[tuple[int, int]],
    *,
    wrapped: bool,
) -> tuple[int, int]:
    """The sentences that hold most of these words: a word or two that
    also stand in the next sentence do not draw it in.
    """
    counts: Counter[tuple[int, int]] = Counter()
    span = (0, 0)
    for start, end in places:
        if not span[0] <= start < span[1]:
            span = sentence_around(text, start, end, wrapped=wrapped)
        counts[span] += 1
    spans = sorted(counts)
    while len(spans) > 1 and min(counts[spans[0]], counts[spans[-1]]) * 5 < len(places):
        spans.pop(0 if counts[spans[0]] < counts[spans[-1]] else -1)
    return spans[0][0], spans[-1][1]


def _unbroken(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without a word or figure cut at its ends."""
    while start and not text[start - 1].isspace() and not _unspaced.match(text[start - 1]):
        start -= 1
    while end < len(text) and not text[end].isspace() and not _unspaced.match(text[end]):
        end += 1
    return start, end


def _best_window(quote_words: list[str], keys: list[str]) -> _Window | None:
    """First by rare shared words in a sliding window, then, for the
    best few, by word order.
    """
    common = set(quote_words) & set(keys)
    if not common:
        return None
    counts = Counter(keys)
    weights = {word: 1 / counts[word] ** 0.5 for word in common}
    size = min(len(quote_words) + 2, len(keys))
    starts = _best_starts(keys, Counter(quote_words), weights, size)
    windows = [_refined(quote_words, keys, start, size) for start in starts]
    best = max(windows, key=lambda window: window.fit)
    return best._replace(shared=_share(quote_words, [keys[at] for at in best.matched], counts))


def _share(quote_words: list[str], matched: list[str], counts: Counter[str]) -> float:
    """How much of the quote the words make up. Words that are frequent
    in the text, and short ones, say little.
    """

    def weight(word: str) -> float:
        common = len(word) <= 3 and word.isalpha() and word.isascii()
        return (0.3 if common else 1.0) / math.sqrt(1 + counts[word])

    total = sum(map(weight, quote_words))
    return sum(map(weight, matched)) / total if total else 0.0


def _best_starts(
    keys: list[str], word_counts: Counter[str], weights: dict[str, float], size: int
) -> list[int]:
    """The best window starts, earlier ones first among equals, none
    mostly covering another.
    """
    scored = nlargest(20 * size, _scores(keys, word_counts, weights, size))
    starts: list[int] = []
    for _, place in scored:
        if all(abs(place + start) >= size // 2 + 1 for start in starts):
            starts.append(-place)
        if len(starts) == CANDIDATES:
            break
    return starts


def _scores(
    keys: list[str], word_counts: Counter[str], weights: dict[str, float], size: int
) -> Iterator[tuple[float, int]]:
    """The weight and start of each window; the start negated, so that
    nlargest prefers earlier ones.
    """
    inside: Counter[str] = Counter()
    score = 0.0
    for index, key in enumerate(keys):
        if key in weights:
            inside[key] += 1
            score += weights[key] if inside[key] <= word_counts[key] else 0
        dropped_key = keys[index - size] if index >= size else ""
        if dropped_key in weights:
            score -= weights[dropped_key] if inside[dropped_key] <= word_counts[dropped_key] else 0
            inside[dropped_key] -= 1
        if index >= size - 1:
            yield round(score, 9), size - 1 - index


def _refined(quote_words: list[str], keys: list[str], start: int, size: int) -> _Window:
    first, last = max(0, start - size // 2), min(len(keys), start + size + size // 2)
    matcher = SequenceMatcher(None, keys[first:last], quote_words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:  # where only one place shares a word, the next best windows share none
        return _Window(0.0, 0.0, first, last - 1, [])
    # A stray word far from the others is not part of the passage.
    blocks = _together(blocks, gap=max(3, len(quote_words) // 2))
    matched = [first + block.a + step for block in blocks for step in range(block.size)]
    head, tail = blocks[0], blocks[-1]
    begin = max(0, head.a - head.b)
    end = min(last - first, tail.a + tail.size + len(quote_words) - tail.b - tail.size)
    fit = 2 * len(matched) / (len(quote_words) + end - begin)
    return _Window(fit, 0.0, first + begin, first + end - 1, matched)


def _together(blocks: list[Block], *, gap: int) -> list[Block]:
    """The group of blocks with the most words in it."""
    groups: list[list[Block]] = []
    for block in blocks:
        if groups and block.a - (groups[-1][-1].a + groups[-1][-1].size) <= gap:
            groups[-1].append(block)
        else:
            groups.append([block])
    return max(groups, key=lambda group: sum(block.size for block in group))
