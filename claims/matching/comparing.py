"""Two readings beside each other: how much they share, as numbers for the model."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from claims.matching.reading import Reading

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
_RARE = 12.0  # about the weight of a word that stands in one of 100,000 entries
_FAR = 200


@dataclass(frozen=True, slots=True)
class Known:
    """An entry as it is compared: its own text, and all of its words
    with those of its second wording.
    """

    text: Reading
    whole: Reading


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
