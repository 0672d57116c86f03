"""The trained part of the score: a linear model over hashed words,
letters and indicators.

The file holds one line of JSON (its provenance, scale and the weights
of the indicators) and then one signed byte for each hashed feature:
words first, letters after. No word of the data is in it.
"""

import json
import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from claims.extraction import features

FILE = Path(__file__).with_name("weights.bin")
FORMAT = 1
_TOP = 127  # weights are stored as signed bytes, in steps of the largest


class WeightsError(ValueError):
    """A file of weights that this program cannot use."""


@dataclass(frozen=True, slots=True)
class Model:
    words: Sequence[int]
    letters: Sequence[int]
    step: float
    bias: float
    indicators: Mapping[str, float]
    provenance: Mapping[str, Any]

    def wording(self, folded: str) -> float:
        """The part of the score from words and letters alone, in logits."""
        seen = features.of(folded)
        return self.step * (_mean(self.words, seen.words) + _mean(self.letters, seen.letters))

    def signal(self, name: str) -> float:
        return self.indicators.get(name, 0.0)


def _mean(weights: Sequence[int], numbers: frozenset[int]) -> float:
    return sum(map(weights.__getitem__, numbers)) / math.sqrt(len(numbers)) if numbers else 0.0


# Read at the first sentence and not at import: commands that score nothing start
# without it.
@lru_cache(maxsize=1)
def shipped() -> Model:
    return load(FILE)


def load(path: Path) -> Model:
    head, _, body = path.read_bytes().partition(b"\n")
    try:
        header = json.loads(head)
    except ValueError as error:
        raise WeightsError(
            f"{path} is no file of weights. Make one with manage.py train_extractor."
        ) from error
    if (
        header.get("format") != FORMAT
        or header.get("size") != features.SIZE
        or len(body) != 2 * features.SIZE
    ):
        raise WeightsError(
            f"{path} was made for another version. Train again with manage.py train_extractor."
        )
    numbers = array("b", body)
    return Model(
        words=tuple(numbers[: features.SIZE]),  # quicker to look into than the array
        letters=tuple(numbers[features.SIZE :]),
        step=header["step"],
        bias=header["bias"],
        indicators=header["indicators"],
        provenance=header["provenance"],
    )


def save(
    path: Path,
    *,
    hashed: Sequence[float],
    bias: float,
    indicators: Mapping[str, float],
    provenance: Mapping[str, Any],
) -> None:
    """`hashed` are the weights of words and then of letters."""
    step = max(map(abs, hashed)) / _TOP or 1.0
    header = {
        "format": FORMAT,
        "size": features.SIZE,
        "step": step,
        "bias": round(bias, 6),
        "indicators": {name: round(weight, 6) for name, weight in sorted(indicators.items())},
        "provenance": provenance,
    }
    body = array("b", (round(weight / step) for weight in hashed)).tobytes()
    path.write_bytes(json.dumps(header, sort_keys=True).encode() + b"\n" + body)
