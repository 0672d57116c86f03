# ruff: noqa: RUF001 - dashes are the matter of this module
"""Passages whose digits name something and count nothing: telephone
numbers, rooms, routes, scores, versions, times and the marks of notes.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from sources import word_lists

_DIGITS = re.compile(r"\d+")
_NAMED = word_lists.beside(__file__).pattern("designations")
# Words behind a number that make it the number of a house.
_STREET = (
    r"(?:[A-Z][\w’'-]+\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square|Place|Boulevard|"
    r"Blvd|Terrace|Close|Court|Way|Crescent)\b"
)
_FRENCH_STREET = r"(?:bis\s)?,?\s?(?:rue|avenue|boulevard|place|quai|chemin|allée)\b"
# Each passage begins with a digit or sign, or with a word: told apart first, so that
# not every pattern is tried at every letter.
_IDENTIFIER = re.compile(
    rf"""(?x)
    (?=[\d\[+(\#'’‘])(?:
        (?<!\w)['’‘]\d\ds?(?![\w'’]|[.,]\d|\s?%)(?![^'’\n]{{0,80}}['’](?!\w))  # '19, no quote
      | \[\d{{1,3}}(?:\s?[,–-]\s?\d{{1,3}})*\]                                # the mark of a note
      | (?<![\w])\+\d[\d\s()/.-]{{5,20}}\d                                    # +49 30 901820
      | (?<![\w.,])0\d(?:[\s.]\d\d){{4}}(?!\w)                                 # 06 12 34 56 78
      | (?<![\w.,])\(?0\d{{2,5}}\)?[\s/-]\d[\d\s/-]{{3,16}}\d(?![\w%])        # 020 7946 0018
      | (?<![\w.,$€£])\(?\d{{3}}\)?[\s.-]\d{{3}}[.-]\d{{4}}(?!\w)             # (202) 555-0143
      | (?<![\w.,$€£-])\d{{3}}-\d{{4}}(?![\w%,.-])(?!\s[a-z]+s\b)             # 555-0143
      | (?<![\w.,])\d+(?:\.\d+){{2,}}(?<!\.\d{{3}})(?!\d)                     # 3.11.2
      | (?<![\w.,])\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?![\d.])                     # 192.168.0.1
      | (?<![\w.,])(?!\d{{1,3}}-\d/\d{{1,2}}(?![\d/-]))\d+(?:[-–/]\d+[A-Za-z]?){{2,}}
            (?!\w)                                                          # 978-3-16-148410-0
      | (?<![\w.,])\d{{1,3}}(?:\.\d+)?°\s?(?:\d{{1,2}}['’′](?:\s?[\d.]{{1,6}}["”″])?
            |[NSEWO]\b)                                                       # 40° 12'
      | (?<![\w.,])\d{{1,4}}[:]\d{{1,3}}(?::\d\d)?(?!\w)                      # 18:30, 4:1
      | (?<![\w.,])\d{{1,2}}(?:[:.]\d\d)?\s?(?:(?i:[ap]\.?\s?m\b|[ap]\.m\.)|o['’]clock\b|[Uu]hr\b
            |h\s?\d\d\b|h\b|heures?\b|GMT\b|UTC\b|hrs?\b|horas\b(?=\sde(?:l|\sla)\b))  # 7 pm
      | (?<![\w.,])(?:19|20)\d\d/(?:\d{{2}}|(?:19|20)\d\d)(?!\d)              # 2010/11
      | (?<![\w])\#\d+\b
      | (?<![\w.,])\d+(?:st|nd|rd|th|er|ère|[eè]me|[ºª])(?!\w)                # 20th
      | (?<![\w.,])\d+-?[A-Z]{{1,3}}\b(?<![\dk][KMBT])(?<!\d(?:GW|MW|kW|GB|TB|MB))  # 12-B, 2CD
      | (?<![\w.,])\d+[x×]\d+\b                                               # 4x4
      | (?<![\w.,])(?:480|576|720|1080|1440|2160|4320)[pi]\b                 # 1080p
      | (?<![\w.,$€£])3M\b(?!\s(?!says|has|is|was|sells|makes)(?:people|of|[a-z]+s)\b) # the firm
      | (?<![\w.,])\d{{1,5}}[a-z]?(?=\s{_STREET}|,?\s{_FRENCH_STREET})        # 14 Harbour Street
      | \b(?:9/11|24/7|7/7|50/50|50-50|20/20)\b(?!\w)
    )
    | (?<!\w)(?=[^\W\d_])(?:
        (?i:\b(?:phone|tel|fax|call|dial|ring|hotline|telefon|téléphone|teléfono)\b\.?:?\s?
            (?:now\s|us\s(?:on\s|at\s)?|on\s|at\s)?)\+?\d[\d\s()/.-]{{1,20}}
      | \b(?:im|am|der|die|das|den|dem|des|zum|zur|vom|beim|ins)\s\d{{1,3}}\.(?=\s[A-ZÄÖÜ])
      | \b(?:[A-Z]{{1,6}}[a-z]?|[A-Z][a-z]*[A-Z])-?\d[\w.+-]*(?<![.+-])       # COVID-19, A40
      | \b[A-Za-zÀ-ÿ][a-zà-ÿ]*-\d+\b(?!\s?[%‰])                              # Covid-19, s-1
      | \b[a-z]{{1,5}}[A-Z]\w{{0,20}}\s\d+(?:\.\d+)*\b(?!\s?[%‰])             # iOS 13
      | \b[A-Za-z][\w.-]{{0,60}}(?:@|\.(?:com|org|net|de|fr|es|co|gov)\b)\S{{0,60}}  # addresses
      | https?://\S{{1,300}}
      | \b[A-Z][a-zà-ÿ]{{2,20}}(?:stra(?:ß|ss)e|str\.|platz|weg|allee)\s\d+\w?\b
    )
    """
)
_DESIGNATED = re.compile(
    # First a glance at whether a number follows the next word at all.
    r"(?i)(?<![\w-])(?=[^\W\d_]{0,20}°?s?\.?\s?\d|[§№])"
    # In a list; but "in Ward 7, 320 people".
    rf"{_NAMED}\s?(?P<number>\d+(?:\([a-z\d]\))?[a-z]?(?:(?:[-–]|,(?!\s\d+\s(?!and\b)[a-z])"
    rf"|\s(?:and|to|bis|et|y|à|a|und)\s)\s?\d+){{0,5}})"
    rf"(?![\d%]|[.,]\d|\s?(?:%|per\s?cent\b))"
)


_PART_IN_WORDS = re.compile(
    r"(?<!\ba )(?<!\bone )(?<!\bthis )(?<!\bthat )(?<!\bper )(?<!\beach )(?<!\blast )"
    r"\b(?i:game|level|part|chapter|phase|stage|round|season|episode|act)\s"
    r"(?P<part>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"(?!\s(?:[a-z]+s|people|men|women|children)\b)"
    r"|\bbest(?:-of-|\sof\s)(?P<best>three|five|seven|nine)\b(?!\s[a-z]+s\b(?<!series))"
)
# "On day 3 of the strike", but "in a day 3 boats". Without an article it is always its
# number.
_PERIOD = re.compile(
    r"\b(?i:on|by|in|since|until|till|from|to|at|after|before|into|during|for|of)\s"
    r"(?i:day|week|month|year|night|lap|hour|minute)\s"
    r"(?P<number>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?![\w%-]|[.,]\d|\s?(?:%|per\s?cent\b))"
)
_LIST_MARK = re.compile(r"(?<!\S)\(?(?P<number>\d{1,2})\)(?=\s)")
_NOTE_MARK = re.compile(r"(?<=[\d\s]%)\d{1,2}(?![\d.,%])")
# Where such a passage begins unless it begins with a word.
_BEGINS = re.compile(r"[\[+(#'’‘]|\d+")
_ADDRESS = re.compile(r"\.(?:com|org|net|de|fr|es|co|gov)\b")
# What stands right before the first digit of one that begins with a word.
_BEFORE_NAME = re.compile(rf"(?i){_NAMED}\s?$")
_BEFORE_DIGITS = re.compile(
    r"(?:\+|[^\W\d_]-?|[a-z][A-Z]\w{0,20}\s|(?:stra(?:ß|ss)e|str\.|platz|weg|allee)\s"
    r"|(?i:(?:phone|tel|fax|call|dial|ring|hotline|telefon|téléphone|teléfono)\.?:?\s?\+?"
    r"|\b(?:im|am|der|die|das|den|dem|des|zum|zur|vom|beim|ins)\s))$"
)
# "Call us on": only beside one of those words.
_BEFORE_PHONE = re.compile(r"(?i)\b(?:now|us|on|at)\s$")
_PHONE = re.compile(r"(?i)phone|tel|fax|call|dial|ring|hotline|téléphone|teléfono")
_REACH = 32  # longer than any of these words
_CACHE_SIZE = 4096


def spans(sentence: str) -> list[tuple[int, int]]:
    """In order and apart."""
    parts = [match.span(match.lastgroup or 0) for match in _PART_IN_WORDS.finditer(sentence)]
    parts += [match.span("number") for match in _PERIOD.finditer(sentence)]
    starts = [match.start() for match in _DIGITS.finditer(sentence)]
    if not starts:
        return parts
    before = [last_word(sentence[max(0, start - _REACH) : start]) for start in starts]
    begins_with_word = (
        "@" in sentence
        or "://" in sentence
        or any(_may_begin(word) for word in before)
        or (any(_may_follow_phone(word) for word in before) and _PHONE.search(sentence) is not None)
        or _ADDRESS.search(sentence) is not None
    )
    matches = _IDENTIFIER.finditer(sentence) if begins_with_word else _of_digits(sentence)
    found = [match.span() for match in matches] + parts
    if ")" in sentence:
        found += _list_marks(sentence)
    if "%" in sentence:
        found += [match.span() for match in _NOTE_MARK.finditer(sentence)]
    if any(_may_name(word) for word in before):
        found += [match.span("number") for match in _DESIGNATED.finditer(sentence)]
    return merged(found)


def _list_marks(sentence: str) -> list[tuple[int, int]]:
    """ "1) nets, 2) oars": numbers in brackets that count up from one."""
    marks = list(_LIST_MARK.finditer(sentence))
    counted = [int(mark["number"]) for mark in marks]
    if len(marks) < 2 or counted != list(range(1, len(marks) + 1)):
        return []
    return [mark.span() for mark in marks]


def _of_digits(sentence: str) -> Iterator[re.Match[str]]:
    """What `_IDENTIFIER` finds where nothing begins with a word."""
    end = 0
    for begin in _BEGINS.finditer(sentence):
        if begin.start() >= end and (match := _IDENTIFIER.match(sentence, begin.start())):
            yield match
            end = match.end()


def last_word(words: str) -> str:
    """With the spaces behind it."""
    stripped = words.rstrip()
    return words[max(stripped.rfind(" "), stripped.rfind("\n")) + 1 :]


# A text has few words in front of its numbers.
@lru_cache(maxsize=_CACHE_SIZE)
def _may_begin(word: str) -> bool:
    return _BEFORE_DIGITS.search(word) is not None


@lru_cache(maxsize=_CACHE_SIZE)
def _may_follow_phone(word: str) -> bool:
    return _BEFORE_PHONE.search(word) is not None


@lru_cache(maxsize=_CACHE_SIZE)
def _may_name(word: str) -> bool:
    return _BEFORE_NAME.search(word) is not None


def merged(passages: list[tuple[int, int]]) -> list[tuple[int, int]]:
    apart: list[tuple[int, int]] = []
    for start, end in sorted(passages):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart
