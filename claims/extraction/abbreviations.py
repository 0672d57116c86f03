"""Abbreviations that are written with a stop, by language and by what
may follow them.

An entry with a capital is meant with it only: “Sat.” is a day, “sat.”
ends a sentence.
"""

from dataclasses import dataclass, fields
from functools import reduce
from operator import or_

from sources import word_lists


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """`leading` words never end a sentence: titles, and words such as
    “e.g.”.

    `numbering` words do not before a number. `closing` words do where
    `starters`, words that begin a sentence, follow.
    """

    leading: frozenset[str]
    numbering: frozenset[str]
    closing: frozenset[str]
    starters: frozenset[str]

    def __or__(self, other: "Abbreviations") -> "Abbreviations":
        return Abbreviations(
            **{one.name: getattr(self, one.name) | getattr(other, one.name) for one in fields(self)}
        )


def _listed(language: str) -> Abbreviations:
    lists = _LISTS[language]
    return Abbreviations(**{one.name: lists.set(one.name) for one in fields(Abbreviations)})


_LISTS = word_lists.beside(__file__)
_EVERYWHERE = _listed("everywhere")
_OF = {name: _listed(name) for name in _LISTS}
_BY_LANGUAGE = {name: _EVERYWHERE | words for name, words in _OF.items() if name != "everywhere"}
# Of a language that nobody knows: any.
_UNKNOWN = reduce(or_, _OF.values())


def of(language: str) -> Abbreviations:
    return _BY_LANGUAGE.get(language, _UNKNOWN)
