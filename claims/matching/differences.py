"""In what two texts that are nearly the same say something else, as
words for people.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from claims.matching.reading import DENYING, SIDES_OF, Figure, Reading

# What two texts may differ in.
DIFFERENCES = ("figure", "unit", "period", "name", "denial", "direction", "word")
# Of two texts with so much in one order, what stands at one place is compared.
_IN_STEP, _MOST_REPLACED = 0.55, 2


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind` is one of DIFFERENCES. Denials and directions have no words."""

    kind: str
    here: str
    there: str


def differences(mine: Reading, theirs: Reading) -> list[Difference]:
    """What of the other says something else. What only one of the two
    says is no difference: a text may say more.
    """
    found = _figures(mine, theirs)
    if _periods_apart(mine, theirs):
        found.append(Difference("period", ", ".join(mine.periods), ", ".join(theirs.periods)))
    here, there = _names_apart(mine, theirs)
    if here and there:
        found.append(Difference("name", ", ".join(here), ", ".join(there)))
    if mine.denies != theirs.denies:
        found.append(Difference("denial", "", ""))
    elif any(-side in theirs.sides for side in mine.sides):
        found.append(Difference("direction", "", ""))
    found += _alternatives_apart(mine, theirs)
    return found or _exchanged(mine, theirs) or _replaced(mine, theirs)


def _alternatives_apart(mine: Reading, theirs: Reading) -> list[Difference]:
    """Doubled and tripled, most and few, the fifth and the fiftieth."""
    found = []
    for kind in {kind for kind, _, _ in mine.alternatives}:
        here, there = (
            {value: word for one, value, word in reading.alternatives if one == kind}
            for reading in (mine, theirs)
        )
        if here and there and here.keys().isdisjoint(there):
            found.append(Difference("word", *(" ".join(side.values()) for side in (here, there))))
    return found


def _exchanged(mine: Reading, theirs: Reading) -> list[Difference]:
    """Who did it to whom: of the same words one or two stand in the
    place of others and these in theirs, as in “A sued B” and “B sued A”,
    or on the other side of “than”.
    """
    both = mine.distinct & theirs.distinct
    if len(both) < min(len(mine.distinct), len(theirs.distinct)):
        return []
    here, there = _core(
        tuple(word for word in mine.words if word in both),
        tuple(word for word in theirs.words if word in both),
    )
    if mine.order[:1] == theirs.order[:1] == ("than",):
        exchanged = _across_than(mine.order[1:], theirs.order[1:])
    else:
        exchanged = mine.order == theirs.order != () and _in_each_others_place(here, there)
    return [Difference("word", " ".join(here), " ".join(there))] if exchanged else []


def _across_than(here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """By the words behind “than” in both: is each compared with something else?"""
    return bool(here and there) and here[0] not in there and there[0] not in here


def _in_each_others_place(here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """Around something that stays: else they were said in another order.
    Whatever tells when may stand anywhere.
    """
    return any(
        there == here[-last:] + here[first:-last] + here[:first]
        and not any(word[0].isdigit() for word in (*here[:first], *here[-last:]))
        for first in (1, 2)
        for last in (1, 2)
        if first + last < len(here)
    )


def _core(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Without what both begin and end with."""
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
    return one[start : len(one) - end], other[start : len(other) - end]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words, or letters, are the same from the beginning on."""
    pairs = zip(one, other, strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


def _replaced(mine: Reading, theirs: Reading) -> list[Difference]:
    """Where a word or two stand at the place of others in a text that is
    else the same. It may be a synonym: so this is looked for last, and
    a person sees both. They are given as they are compared.
    """
    matcher = SequenceMatcher(None, mine.words, theirs.words, autojunk=False)
    if matcher.ratio() < _IN_STEP:
        return []
    found = []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        here, there = mine.words[start:end], theirs.words[other_start:other_end]
        if kind != "replace" or max(len(here), len(there)) > _MOST_REPLACED:
            continue
        mine_alone = [word for word in here if word not in theirs.distinct]
        theirs_alone = [word for word in there if word not in mine.distinct]
        if not mine_alone or not theirs_alone:
            continue
        if not any(_alike(one, other) for one in mine_alone for other in theirs_alone):
            found.append(Difference("word", " ".join(mine_alone), " ".join(theirs_alone)))
    return found


def _alike(one: str, other: str) -> bool:
    """Forms of one word, two words for one direction (fell, dropped), a
    figure in words, or what denies, which is looked at elsewhere.
    """
    digits = one[0].isdigit(), other[0].isdigit()
    if any(digits):
        return not all(digits)
    if one in DENYING or other in DENYING:
        return True
    common = _common(one, other)
    longer = max(len(one), len(other))
    forms = common in {len(one), len(other)} or (common >= 4 and 2 * common > longer)
    return forms or not SIDES_OF[one].isdisjoint(SIDES_OF[other])


def _periods_apart(mine: Reading, theirs: Reading) -> bool:
    """Other years, or other days, months and spans."""
    for is_year in (True, False):
        ours = {one for one in mine.periods if one.isdecimal() == is_year}
        others = {one for one in theirs.periods if one.isdecimal() == is_year}
        if ours and others and ours.isdisjoint(others):
            return True
    return False


def _names_apart(mine: Reading, theirs: Reading) -> tuple[list[str], list[str]]:
    """The names of either that the other does not have even as a word."""
    my_words, their_words = mine.distinct, theirs.distinct
    return (
        [name for stem, name in mine.names if stem not in their_words],
        [name for stem, name in theirs.names if stem not in my_words],
    )


def _figures(mine: Reading, theirs: Reading) -> list[Difference]:
    """The figures of each that the other does not give, side by side
    where they count the same.
    """
    ours = [one for one in mine.figures if not _given(one, theirs.figures)]
    rest = [one for one in theirs.figures if not _given(one, mine.figures)]
    found = []
    for figure in ours:
        rival = _rival(figure, rest)
        if rival is not None:
            rest.remove(rival)
            kind = "unit" if _equal(figure.number, rival.number) else "figure"
            found.append(Difference(kind, figure.text, rival.text))
    return found


def _given(figure: Figure, others: tuple[Figure, ...]) -> bool:
    return any(_agree(figure, other) for other in others)


def _agree(one: Figure, other: Figure) -> bool:
    if one.unit == other.unit:
        return _equal(one.number, other.number) and one.to == other.to
    # “Half” and “50 percent”.
    share, percent = (other, one) if one.unit == "%" else (one, other)
    return percent.unit == "%" and not share.unit and _equal(100 * share.number, percent.number)


def _equal(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9)


def _rival(figure: Figure, others: list[Figure]) -> Figure | None:
    """Of the others one that counts the same, else of the same unit, else any."""
    for alike in (
        lambda other: bool(figure.noun) and other.noun == figure.noun,
        lambda other: other.unit == figure.unit,
        lambda other: True,
    ):
        for other in others:
            if alike(other):
                return other
    return None
