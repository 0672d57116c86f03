"""Train the weights of the extractor. Only this needs scikit-learn
(extra `training`).
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
except ImportError:  # an extra; only training needs it
    LogisticRegression = None

NEEDED = (
    f"Training needs scikit-learn: {sys.executable} -m pip install scikit-learn. Reading texts does"
    " not."
)
# Changing any of these changes every score; the numbers in docs/extraction.md hold for
# these.
STRENGTH = 5.0
INDICATOR_SCALE = 0.4
FOLDS = 4
SEED = 1
_NEARLY = 0.005  # of F1: less is noise between folds
_SHIFTS = [step / 20 for step in range(-20, 41)]
_NAMES = tuple(sorted(scoring.WEIGHTS))
_COLUMNS = 2 * features.SIZE + len(_NAMES)


class TrainingError(ValueError):
    """The message says what is missing."""


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
    # Stratified, as few sentences are worth checking; a fixed seed makes two runs
    # comparable.
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    # The threshold is chosen on sentences that the fold was not trained on, and with
    # the rules added, because that sum is what is compared with 0.5 in use.
    unseen = cross_val_predict(_regression(), matrix, labels, cv=folds, method="decision_function")
    rules = [_rules(indicators) for _, indicators in rows]
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
    newsroom_set = (
        [{"name": "decisions of the newsroom", "sentences": decisions}] if decisions else []
    )
    provenance: dict[str, Any] = {
        "date": made_on,
        "metric": {"name": f"F1 over {FOLDS} folds at 0.5, rules included", "value": trained.f1},
        "sets": (
            [
                {"name": one.name, "sha256": hashlib.sha256(one.read_bytes()).hexdigest()}
                for one in sets
            ]
            + newsroom_set
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
    measures = measurements.find(folded, 0, None)
    indicators = scoring.indicators_of(folded, measures.figures, measures.dates)
    seen = features.of(folded)
    row = {number: 1 / math.sqrt(len(seen.words)) for number in seen.words}
    row.update(
        {features.SIZE + number: 1 / math.sqrt(len(seen.letters)) for number in seen.letters}
    )
    row.update(
        {
            2 * features.SIZE + at: INDICATOR_SCALE
            for at, name in enumerate(_NAMES)
            if name in indicators
        }
    )
    return row, indicators


def _matrix(rows: Sequence[tuple[dict[int, float], frozenset[str]]]) -> Any:
    if LogisticRegression is None:
        return _regression()
    values, columns, starts = [], [], [0]
    for row, _ in rows:
        columns += sorted(row)
        values += [row[column] for column in sorted(row)]
        starts.append(len(columns))
    return sparse.csr_matrix((values, columns, starts), shape=(len(rows), _COLUMNS))


def _rules(indicators: frozenset[str]) -> float:
    return scoring.RULES_SHARE * (scoring.BIAS + sum(scoring.WEIGHTS[name] for name in indicators))


def _shift(totals: Sequence[float], labels: Sequence[int]) -> tuple[float, float]:
    """The shift that puts the threshold at 0.5, and its F1.

    Of the thresholds that are nearly the best it takes the one that
    misses the fewest claims.
    """
    scores = {shift: _f1([total + shift > 0 for total in totals], labels) for shift in _SHIFTS}
    best = max(scores.values())
    chosen = max(shift for shift, reached in scores.items() if reached >= best - _NEARLY)
    return chosen, scores[chosen]


def _f1(predictions: Sequence[bool], labels: Sequence[int]) -> float:
    right = sum(1 for yes, label in zip(predictions, labels, strict=True) if yes and label)
    return 2 * right / max(1, sum(predictions) + sum(labels))
