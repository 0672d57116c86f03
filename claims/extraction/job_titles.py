# ruff: noqa: RUF001 - the apostrophe is the matter of this module
"""Resolve job titles such as "the prime minister" to the one person
named with it before.
"""

import re
from dataclasses import dataclass

from sources import word_lists

_LISTS = word_lists.beside(__file__)
_EITHER = "|".join(f"[{role[0].upper()}{role[0]}]{role[1:]}" for role in _LISTS.ordered("roles"))
_ROLE = f"(?:{_EITHER})"
_WORDS = r"[A-Za-z][\w’'-]{0,30}\s"
_NAME = (
    r"[A-Z][\w’'-]{0,30}[a-z](?:\s(?:[A-Z]\.\s)?(?:al-|de\s|van\s|von\s|"
    r"bin\s)?[A-Z][\w’'-]{1,30}){1,3}"
)
_ROLE_WORD = re.compile(rf"(?<![\w’'-]){_ROLE}(?![\w’'-])")
_KEY_BEFORE = re.compile(rf"(?<![\w’'-])(?:{_WORDS}){{1,3}}$")
_NAME_AFTER = re.compile(rf"\s(?P<name>{_NAME})")
_NAME_BEFORE = re.compile(
    rf"(?<![\w’'-])(?P<name>{_NAME}),\s(?:(?:the|a|an|its)\s)?(?P<key>(?:{_WORDS}){{0,2}})$"
)
_NEAR = 120  # characters beside a title; keeps the patterns linear in the text
_DEFINITE = re.compile(rf"[Tt]he\s(?P<key>(?:{_WORDS}){{0,3}}(?:{_ROLE}|PM))$")
_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_SHORT = {"pm": ("prime", "minister")}
# "The minister" is not the prime minister, nor "the president" the former one.
_DISTINGUISHING = _LISTS.set("distinguishing")
_MOST_READ = 60_000  # characters; a title is introduced early in an article

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TitleHolder:
    role: tuple[str, ...]
    span: Span
    surname: str


def title_holders(folded: str, start: int, end: int) -> tuple[TitleHolder, ...]:
    """The people whom this part of the text names together with a job title."""
    holders = []
    for role in _ROLE_WORD.finditer(folded, start, min(end, start + _MOST_READ)):
        near = max(start, role.start() - _NEAR)
        named = _NAME_AFTER.match(folded, role.end(), min(end, role.end() + _NEAR))
        if named:
            key = _KEY_BEFORE.search(folded[near : role.start()])
            holders.append(
                _holder(key.group() if key else "", role.group(), named.span("name"), folded)
            )
        elif before := _NAME_BEFORE.search(folded[near : role.start()]):
            first, last = before.span("name")
            holders.append(
                _holder(before.group("key"), role.group(), (near + first, near + last), folded)
            )
    return tuple(holders)


def _holder(key: str, role: str, span: Span, folded: str) -> TitleHolder:
    return TitleHolder(_words(f"{key} {role}"), span, folded[slice(*span)].split()[-1])


def resolve_title(
    folded: str,
    source: Span,
    holders: tuple[TitleHolder, ...],
) -> Span | None:
    """The name of the one person a title such as "the Labour leader"
    can mean, or None.
    """
    match = _DEFINITE.match(folded, *source)
    if not match:
        return None
    title_words = _words(match.group("key"))
    fitting = [one for one in holders if one.span[1] <= source[0] and _fits(title_words, one.role)]
    # By surname: “Dana Cole” and “Ms. Cole” are one person, two names leave it open.
    if len({one.surname for one in fitting}) != 1:
        return None
    return fitting[0].span


def _words(key: str) -> tuple[str, ...]:
    words = tuple(word.lower() for word in _WORD.findall(key))
    return _SHORT.get(words[-1], words)


def _fits(title_words: tuple[str, ...], role: tuple[str, ...]) -> bool:
    distinguishing = _DISTINGUISHING.intersection(role)
    return (
        title_words[-1] == role[-1]
        and set(title_words) <= set(role)
        and distinguishing == _DISTINGUISHING.intersection(title_words)
    )
