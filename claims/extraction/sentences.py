# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Sentences of one paragraph.

A full stop inside a quotation ends a sentence there too when a new sentence begins
after it, so that a quotation of three sentences is three spans; the closing mark stays
with the sentence it follows. A quotation is never cut elsewhere, and “Is it?” he asked
is one sentence.
"""

import re

from claims.extraction.word_lists import wordset

_END = re.compile(r"[.!?…؟。！？]+(?:[”’\"')\]]| ”)*")
_OPENING_MARKS = "“‘\"'([«"
_ABBREVIATIONS = wordset(
    "mr mrs ms dr prof sec atty amb asst cmdr brig gen lt col maj capt cpl sgt adm cmdr sen rep gov"
    " pres hon rev fr sr st mt ft no nos vs v art fig al eg ie e.g i.e cf ca approx dept est univ"
    " assn bros supt det insp messrs mme mlle jan feb mar apr jun jul aug sept sep oct nov dec mon"
    " tue tues wed thu thurs fri sat sun vol pp ed eds bzw z.b u.a d.h usw nr hr fr sra srta ud uds"
    " ee mm mlle bd av env tel geb gegr str"
)
_MAY_END = wordset(
    "a.m p.m u.s u.k u.n e.u u.s.a d.c inc ltd corp co jr sr bros llc plc ph.d m.d etc l.a"
)
_STARTERS = wordset(
    "the a an he she it they we i you this that these those his her its their our my in on at but"
    " and however meanwhile after before when while as if for there according what who how why no"
    " not officials police since earlier later still then also some many most both another several"
)
_LAST_WORD = re.compile(r"[\w][\w.’'-]*$")
_NEXT_WORD = re.compile(r"\w+")
_SAYS_NEXT = re.compile(
    r"\s*(?:(?:the\s)?[A-Z][\w’'-]+\s){0,4}(?:said|says|asked|asks|told|added|wrote|tweeted|"
    r"replied|shouted|cried|demanded|wondered)\b"
)
_INITIALS = re.compile(r"[^\W\d_]{1,2}\.")
_GERMAN_MONTH = re.compile(
    r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)
_GLUED = re.compile(r"[^\W\d_]{2}$")


def spans(paragraph: str, offset: int = 0) -> list[tuple[int, int]]:
    sentence_spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(paragraph):
        if match.start() < start or not _ends_here(paragraph, match):
            continue
        _append(sentence_spans, paragraph, start, match.end(), offset)
        start = match.end()
    _append(sentence_spans, paragraph, start, len(paragraph), offset)
    return sentence_spans


def _append(
    sentence_spans: list[tuple[int, int]], paragraph: str, start: int, end: int, offset: int
) -> None:
    while start < end and paragraph[start].isspace():
        start += 1
    while end > start and paragraph[end - 1].isspace():
        end -= 1
    if start < end and _NEXT_WORD.search(paragraph, start, end):
        sentence_spans.append((offset + start, offset + end))


def _ends_here(paragraph: str, match: re.Match[str]) -> bool:
    end = match.end()
    if end >= len(paragraph):
        return True
    follows = paragraph[end]
    if not follows.isspace():
        return _ends_glued(paragraph, match, follows)
    rest = _skip_space(paragraph, end)
    if not rest:
        return True
    if not _can_begin(rest):
        return False
    if match.group()[-1] in "”’\"'" and _SAYS_NEXT.match(
        paragraph, end, min(len(paragraph), end + 80)
    ):
        return False
    return (
        match.group()[0] != "."
        or match.group().startswith("..")
        or not _abbreviated(paragraph, match.start(), rest)
    )


def _skip_space(paragraph: str, at: int) -> str:
    window = paragraph[at : at + 60].lstrip()
    return window or paragraph[at:].lstrip()[:60]


def _can_begin(rest: str) -> bool:
    first = rest.lstrip(_OPENING_MARKS)[:1]
    return not first or not first.islower()


def _ends_glued(paragraph: str, match: re.Match[str], follows: str) -> bool:
    """Whether a stop without a space after it ends a sentence, as in tweets and bad
    pastes.
    """
    if match.group()[0] in "。！？":
        return True
    if follows in "“‘" and match.group()[-1] in ".!?”’":
        return True
    if not follows.isupper() or not paragraph[match.end() + 1 : match.end() + 2].islower():
        return False
    word_start = max(0, match.start() - 40)
    before = paragraph[word_start : match.start()].rsplit(None, 1)[-1:] or [""]
    if any(sign in before[0] for sign in "/@:") or before[0].lower().startswith("www"):
        return False
    return before[0][-2:].islower() and _GLUED.search(before[0]) is not None


def _abbreviated(paragraph: str, at: int, rest: str) -> bool:
    last_word = _LAST_WORD.search(paragraph, max(0, at - 24), at)
    if not last_word:
        return False
    word = last_word.group()
    following = _NEXT_WORD.match(rest.lstrip(_OPENING_MARKS))
    starter = (
        following is not None
        and following.group().lower() in _STARTERS
        and following.group()[0].isupper()
    )
    # “In the U.S. The …” ends a sentence, “the U.S. Senate” does not.
    if word.lower() in _MAY_END:
        return not starter and rest[0] not in '“"'
    # “No. 5” is a number, “No.” an answer.
    if word.lower() in ("no", "nos", "art", "fig", "vol", "pp", "v"):
        return rest[0].isdigit()
    # A German day: “am 3. Mai”.
    if word.isdigit() and len(word) < 3:
        return _GERMAN_MONTH.match(rest) is not None
    if len(word) == 1 and word.islower() and _INITIALS.match(rest):
        return True
    if word.lower() in _ABBREVIATIONS:
        return word[0].isupper() or not starter
    return len(word) == 1 and word.isupper() and not starter and word != "I"
