"""Fitting the weights of the extractor. The only place that needs scikit-learn, the extra
`training`.
"""

import hashlib
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.extraction import features, fold, measurements, scoring, scoring_model
from claims.management.datasets import Line

try:
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
except ImportError:
    LogisticRegression = None

NEEDED = (
    f"Training needs scikit-learn: {sys.executable} -m pip install scikit-learn. Reading texts does"
    " not."
)
STRENGTH = 5.0
INDICATOR_SCALE = 0.4
FOLDS = 4
SEED = 1
_NEARLY = 0.005
_SHIFTS = [step / 20 for step in range(-20, 41)]
_NAMES = tuple(sorted(scoring.WEIGHTS))
_COLUMNS = 2 * features.SIZE + len(_NAMES)


class TrainingError(ValueError):
    """Says what is missing."""


@dataclass(frozen=True, slots=True)
class Trained:
    hashed: list[float]
    indicators: dict[str, float]
    bias: float
    f1: float


def available() -> bool:
    return LogisticRegression is not None


def fit(lines: Sequence[Line]) -> Trained:
    labelled = [line for line in lines if line.label is not None]
    labels = [int(bool(line.label)) for line in labelled]
    if min(sum(labels), len(labels) - sum(labels)) < FOLDS:
        raise TrainingError(f"Training needs at least {FOLDS} sentences of each label.")
    rows = [_row(line.text) for line in labelled]
    matrix = _matrix(rows)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    unseen = cross_val_predict(_regression(), matrix, labels, cv=folds, method="decision_function")
    rules = [_rules(found) for _, found in rows]
    shift, f1 = _shift([one + other for one, other in zip(unseen, rules, strict=True)], labels)
    fitted = _regression().fit(matrix, labels)
    weights = [float(weight) for weight in fitted.coef_[0]]
    own = dict(zip(_NAMES, weights[2 * features.SIZE :], strict=True))
    return Trained(
        hashed=weights[: 2 * features.SIZE],
        indicators={name: weight * INDICATOR_SCALE for name, weight in own.items()},
        bias=float(fitted.intercept_[0]) + shift,
        f1=round(f1, 4),
    )


def save(
    trained: Trained, path: Path, *, sets: Sequence[Path], made_on: str, decisions: int = 0
) -> None:
    own = [{"name": "decisions of the newsroom", "sentences": decisions}] if decisions else []
    provenance: dict[str, Any] = {
        "date": made_on,
        "metric": {"name": f"F1 over {FOLDS} folds at 0.5, rules included", "value": trained.f1},
        "sets": (
            [
                {"name": one.name, "sha256": hashlib.sha256(one.read_bytes()).hexdigest()}
                for one in sets
            ]
            + own
        ),
    }
    scoring_model.save(
        path,
        hashed=trained.hashed,
        bias=trained.bias,
        indicators=trained.indicators,
        provenance=provenance,
    )


def _regression() -> Any:
    if LogisticRegression is None:
        raise TrainingError(NEEDED)
    return LogisticRegression(C=STRENGTH, solver="liblinear", random_state=SEED)


def _row(text: str) -> tuple[dict[int, float], frozenset[str]]:
    folded = fold.fold(text)
    figures, mentions = measurements.find(folded, 0, None)
    found = scoring.indicators_of(folded, figures, mentions)
    seen = features.of(folded)
    row = {number: 1 / math.sqrt(len(seen.words)) for number in seen.words}
    row.update(
        {features.SIZE + number: 1 / math.sqrt(len(seen.letters)) for number in seen.letters}
    )
    row.update(
        {2 * features.SIZE + at: INDICATOR_SCALE for at, name in enumerate(_NAMES) if name in found}
    )
    return row, found


def _matrix(rows: Sequence[tuple[dict[int, float], frozenset[str]]]) -> Any:
    if LogisticRegression is None:
        return _regression()
    values, columns, starts = [], [], [0]
    for row, _ in rows:
        columns += sorted(row)
        values += [row[column] for column in sorted(row)]
        starts.append(len(columns))
    return sparse.csr_matrix((values, columns, starts), shape=(len(rows), _COLUMNS))


def _rules(found: frozenset[str]) -> float:
    return scoring.RULES_SHARE * (scoring.BIAS + sum(scoring.WEIGHTS[name] for name in found))


def _shift(totals: Sequence[float], labels: Sequence[int]) -> tuple[float, float]:
    """Where 0.5 comes to lie: among the thresholds that are nearly the best, the one that misses
    least.
    """
    scores = {shift: _f1([total + shift > 0 for total in totals], labels) for shift in _SHIFTS}
    best = max(scores.values())
    chosen = max(shift for shift, reached in scores.items() if reached >= best - _NEARLY)
    return chosen, scores[chosen]


def _f1(said: Sequence[bool], labels: Sequence[int]) -> float:
    right = sum(1 for yes, label in zip(said, labels, strict=True) if yes and label)
    return 2 * right / max(1, sum(said) + sum(labels))
