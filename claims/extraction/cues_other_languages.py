"""Cues and the words around speakers in German, French and Spanish."""

from dataclasses import dataclass, fields

from sources import word_lists
from sources.word_lists import Words, ordered


@dataclass(frozen=True, slots=True)
class Cues:
    """`verbs` are finite forms that come before a speaker or behind
    one, `auxiliaries` stand before `participles` that do so with them.

    `by_account` are the words in front of whoever a statement rests on,
    `behind` those behind; `told` are those whom a speaker tells.
    `articles` begin the phrase that names a speaker, `linking` words go
    on with it, `times` may stand between it and the verb, and any other
    small word of `ends` closes it.
    """

    verbs: frozenset[str]
    auxiliaries: frozenset[str]
    participles: frozenset[str]
    by_account: tuple[tuple[str, ...], ...]
    behind: frozenset[str]
    told: frozenset[str]
    articles: frozenset[str]
    linking: frozenset[str]
    times: frozenset[str]
    ends: frozenset[str]
    pronouns: frozenset[str]
    that: frozenset[str]


def _listed(lists: Words) -> Cues:
    by_account = tuple(ordered(phrase) for phrase in lists.entries("by_account"))
    sets = {one.name: lists.set(one.name) for one in fields(Cues) if one.name != "by_account"}
    return Cues(by_account=by_account, **sets)


_LISTS = word_lists.beside(__file__)
BY_LANGUAGE = {language: _listed(_LISTS[language]) for language in _LISTS}
