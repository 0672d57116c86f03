"""One number out of words that follow each other: "two hundred and
five thousand".
"""

from fractions import Fraction
from typing import NamedTuple

from claims.extraction.number_words import NumberWords

_MOST_WORDS = 16  # of one number; "one one one …" is none


class Word(NamedTuple):
    text: str
    start: int
    end: int


class Sum:
    """A number in the making: each word must fit behind those before it."""

    def __init__(self, words: NumberWords) -> None:
        self.words = words
        self.total = self.current = 0
        self.last_scale = 1
        self.counted = False  # an article alone is no number

    @property
    def value(self) -> Fraction:
        return Fraction(self.total + self.current)

    def add(self, word: str) -> bool:
        words = self.words
        if word in words.small:
            return self._add_small(words.small[word])
        if word in words.hundreds:
            return self._add_below_thousand(words.hundreds[word], fits=self.current == 0)
        if word in words.hundred:
            return self._multiply_hundred()
        if word in words.scales:
            return self._multiply(words.scales[word])
        return False

    def _add_small(self, number: int) -> bool:
        rest = self.current % 100
        if self.words.by_twenties and number == 20 and rest == 4:
            return self._add_below_thousand(76, fits=True)
        if number >= 20:
            fits = rest == 0
        elif number >= 10:
            fits = rest == 0 or (self.words.by_twenties and rest in (60, 80))
        else:
            teen = self.words.by_twenties and rest in (10, 70, 90) and number >= 7
            fits = rest == 0 or (rest >= 20 and rest % 10 == 0) or teen
        return self._add_below_thousand(number, fits=fits)

    def _add_below_thousand(self, number: int, *, fits: bool) -> bool:
        if not fits:
            return False
        self.current += number
        self.counted = True
        return True

    def _multiply_hundred(self) -> bool:
        if self.current > 99:
            return False
        self.current = max(1, self.current) * 100
        self.counted = True
        return True

    def _multiply(self, scale: int) -> bool:
        if self.last_scale == 1 or scale < self.last_scale:
            self.total += max(1, self.current) * scale
        elif scale > self.last_scale:
            self.total = (self.total + self.current) * scale
        else:
            return False
        self.current, self.last_scale, self.counted = 0, scale, True
        return True


def summed(low: str, tokens: list[Word], at: int, total: Sum) -> int:
    """Add words as long as they make one number; where the next one begins."""
    words, stop = total.words, at
    if tokens[at].text in words.articles and tokens[at].text not in words.small:
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if following not in words.scales and following not in words.hundred:
            return at
        stop = at + 1
    while stop < len(tokens) and stop - at < _MOST_WORDS:
        if stop > at and not adjacent(low, tokens[stop - 1], tokens[stop]):
            break
        if tokens[stop].text in words.joins and stop > at:
            joined = _joined(low, tokens, stop, total)
            if joined == stop:
                break
            return joined
        if not total.add(tokens[stop].text):
            break
        stop += 1
    return stop


def _joined(low: str, tokens: list[Word], at: int, total: Sum) -> int:
    """ "Two hundred and five", not "one hundred and two hundred": what
    follows the "and" must be smaller than what stands before it.
    """
    if at + 1 >= len(tokens) or not adjacent(low, tokens[at], tokens[at + 1]):
        return at
    rest = Sum(total.words)
    stop = summed(low, tokens, at + 1, rest)
    tens = total.current % 100
    if total.words.joins == {"and"}:
        room = 100 if total.current >= 100 else total.last_scale if not total.current else 1
    else:
        room = 10 if tens >= 20 and tens % 10 == 0 else 1
        room = 20 if total.words.by_twenties and tens in (20, 60) else room
    if stop == at + 1 or not rest.counted:
        return at
    if rest.value < room:
        total.current += int(rest.value)
        return stop
    # "A hundred and forty-five thousand": the scale belongs to all of it.
    part, scale = divmod(int(rest.value), rest.last_scale)
    if rest.last_scale > 1 and not scale and part < room and total.last_scale == 1:
        total.total, total.current = (total.current + part) * rest.last_scale, 0
        total.last_scale = rest.last_scale
        return stop
    return at


def adjacent(low: str, one: Word, other: Word) -> bool:
    return low[one.end : other.start] in (" ", "-", "  ", "\n", " \n")
