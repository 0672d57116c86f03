"""Two readings beside each other: how much they share, as numbers for
the model, and in what they differ, as words for people.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from claims.matching.reading import DENYING, SIDES_OF, Figure, Reading

Weigh = Callable[[str], float]
# The names of the features, in the order in which `features` gives them.
NAMES = (
    "of_theirs",
    "of_mine",
    "of_both",
    "of_their_text",
    "of_text_both",
    "letters_of_mine",
    "letters_of_theirs",
    "letters_of_both",
    "squared",
    "letters_squared",
    "relative",
    "place",
    "first",
    "pairs",
    "pairs_counted",
    "names",
    "names_apart",
    "figures",
    "figures_apart",
    "rarest",
    "second_rarest",
    "third_rarest",
    "shared_words",
    "their_length",
)
# What two texts may differ in.
DIFFERENCES = ("figure", "unit", "period", "name", "denial", "direction", "word")
_RARE = 12.0  # about the weight of a word that stands in one of 100,000 entries
_FAR = 200
# Of two texts with so much in one order, what stands at one place is compared.
_IN_STEP, _MOST_REPLACED = 0.6, 2


@dataclass(frozen=True, slots=True)
class Known:
    """An entry as it is compared: its own text, and all of its words
    with those of its second wording.
    """

    text: Reading
    whole: Reading


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind` is one of DIFFERENCES. Denials and directions have no words."""

    kind: str
    here: str
    there: str


def weight(words: frozenset[str], weigh: Weigh) -> float:
    return sum(map(weigh, words))


class Asked:
    """The text that is looked up, with what is the same for all entries."""

    def __init__(self, reading: Reading, weigh: Weigh) -> None:
        self.reading = reading
        self.weigh = weigh
        self.words = reading.distinct
        self.weight = weight(self.words, weigh) or 1.0
        self.pairs = frozenset(pairwise(reading.words))
        self.numbers = frozenset(word for word in self.words if word[0].isdigit())

    def shared(self, known: Known) -> float:
        return weight(self.words & known.whole.distinct, self.weigh)

    def features(self, known: Known, *, place: int, best: float) -> list[float]:
        """`place` among the candidates, by what is shared, of which
        `best` is the most.
        """
        mine, theirs = self.reading, known
        text, whole = theirs.text.distinct, theirs.whole.distinct
        both = self.words & whole
        shared, in_text = weight(both, self.weigh), weight(self.words & text, self.weigh)
        of_text = weight(text, self.weigh) or 1.0
        of_whole = weight(whole, self.weigh) or 1.0
        letters = mine.letters & theirs.whole.letters
        letters_of_mine = len(letters) / (len(mine.letters) or 1)
        letters_of_theirs = len(mine.letters & theirs.text.letters) / (
            len(theirs.text.letters) or 1
        )
        letters_of_both = 2 * len(letters) / (len(mine.letters) + len(theirs.whole.letters) or 1)
        their_pairs = frozenset(pairwise(theirs.text.words)) | frozenset(
            pairwise(theirs.whole.words)
        )
        pairs = self.pairs & their_pairs
        names = frozenset(stem for stem, _ in theirs.whole.names)
        numbers = frozenset(word for word in text if word[0].isdigit())
        rarest = sorted((self.weigh(word) for word in both), reverse=True)[:3]
        rarest += [0.0] * (3 - len(rarest))
        return [
            in_text / of_text,
            shared / self.weight,
            2 * shared / (self.weight + of_whole),
            shared / of_whole,
            2 * in_text / (self.weight + of_text),
            letters_of_mine,
            letters_of_theirs,
            letters_of_both,
            (in_text / of_text) ** 2,
            letters_of_theirs**2,
            shared / (best or 1.0),
            math.log1p(min(place, _FAR)),
            1 / (1 + place),
            len(pairs) / (len(their_pairs) or 1),
            math.log1p(len(pairs)),
            weight(names & self.words, self.weigh) / (weight(names, self.weigh) or 1.0),
            float(bool(names - self.words)),
            len(numbers & self.numbers) / (len(numbers) or 1),
            float(bool(numbers - self.numbers)),
            *(one / _RARE for one in rarest),
            math.log1p(len(both)),
            math.log1p(len(whole)),
        ]


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
    return found or _replaced(mine, theirs)


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
    forms = one.startswith(other) or other.startswith(one) or one[:4] == other[:4]
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


def closeness(mine: Reading, theirs: Reading) -> float:
    """How much of what the other says is in this text, whatever else is
    in it: by words, and by letters where their forms differ.
    """
    wanted = theirs.distinct
    if not wanted:
        return 0.0
    words = len(wanted & mine.distinct) / len(wanted)
    letters = len(theirs.letters & mine.letters) / (len(theirs.letters) or 1)
    # A long text has words of all kinds.
    longer = len(wanted) / max(len(wanted), len(mine.distinct))
    return (0.5 * words + 0.5 * letters) * (0.8 + 0.2 * longer)
