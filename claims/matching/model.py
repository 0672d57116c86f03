"""The trained part of the ranking: a weight for each feature, as numbers
in a small file, and what closeness means in words.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from claims.matching import meaning
from claims.matching.comparing import NAMES
from factcheck.newsroom.models import Desk

FORMAT = 1
WITH_MEANING = (*NAMES, meaning.NAME)


class Likeness(StrEnum):
    """How like two texts are. The same means: nothing was found in
    which they differ.
    """

    SAME = "same"
    SIMILAR = "similar"
    RELATED = "related"


class WeightsError(ValueError):
    """A file of weights that this program cannot use."""


@dataclass(frozen=True, slots=True)
class Model:
    """`names` are those of the features, in their order; `thresholds` the
    lowest closeness of same, similar and related.
    """

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float
    thresholds: Mapping[str, float]
    provenance: Mapping[str, Any]

    def score(self, features: Sequence[float]) -> float:
        logit = self.bias + sum(map(float.__mul__, self.weights, features))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@cache  # for each entry that is compared it is asked twice
def file(*, with_meaning: bool) -> Path:
    name = "weights_with_meaning.json" if with_meaning else "weights.json"
    return Path(__file__).with_name(name)


def shipped() -> Model:
    return load(file(with_meaning=meaning.available()))


@lru_cache(maxsize=2)
def load(path: Path) -> Model:
    stored = json.loads(path.read_text("utf-8"))
    names = WITH_MEANING if meaning.NAME in stored["weights"] else NAMES
    if stored.get("format") != FORMAT or sorted(stored["weights"]) != sorted(names):
        raise WeightsError(
            f"{path} was made for another version. Train again with manage.py train_matcher."
        )
    return Model(
        names,
        tuple(float(stored["weights"][name]) for name in names),
        stored["bias"],
        stored["thresholds"],
        stored["provenance"],
    )


def save(path: Path, model: Model) -> None:
    stored = {
        "format": FORMAT,
        "weights": {
            name: round(weight, 5) for name, weight in zip(model.names, model.weights, strict=True)
        },
        "bias": round(model.bias, 5),
        "thresholds": dict(model.thresholds),
        "provenance": dict(model.provenance),
    }
    path.write_text(json.dumps(stored, indent=1, sort_keys=True) + "\n", "utf-8")


def score(features: Sequence[float]) -> float:
    return shipped().score(features)


def version() -> str:
    """Which matcher a decision was about: when it was trained, and to what."""
    return _version_of(file(with_meaning=meaning.available()))


@lru_cache(maxsize=2)
def _version_of(path: Path) -> str:
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{load(path).provenance['date']} {content[:8]}"


def likeness(closeness: float, *, differ: bool, desk: Desk | None = None) -> Likeness | None:
    """In the words of the desk, where it has thresholds of its own; None
    of what is not worth showing.
    """
    for one, least in thresholds_of(desk).items():
        if closeness >= least and not (one == Likeness.SAME and differ):
            return one
    return None


def thresholds_of(desk: Desk | None) -> dict[Likeness, float]:
    """The lowest closeness of each word, the nearest first."""
    usual = shipped().thresholds
    found = {one: usual[one] for one in Likeness}
    if desk and desk.match_same_from is not None:
        found[Likeness.SAME] = float(desk.match_same_from)
    if desk and desk.match_similar_from is not None:
        found[Likeness.SIMILAR] = float(desk.match_similar_from)
    return found
