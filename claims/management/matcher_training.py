"""Train the weights of the matcher. Only this needs scikit-learn (extra
`training`), which brings SciPy.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claims.matching.comparing import NAMES
from claims.matching.model import WITH_MEANING, Model

try:
    import numpy
    from scipy.optimize import minimize
except ImportError:  # an extra; only training needs it
    minimize = None

NEEDED = (
    f"Training needs scikit-learn: {sys.executable} -m pip install scikit-learn. Looking up does"
    " not."
)
# Changing it changes every score; the numbers in docs/matching.md hold for this.
STRENGTH = 1e-3


class TrainingError(ValueError):
    """The message says what is missing."""


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one text: the features of each, and which are right."""

    features: Sequence[Sequence[float]]
    right: Sequence[bool]


def available() -> bool:
    return minimize is not None


def fit(examples: Sequence[Example], *, provenance: dict[str, Any], thresholds: Any) -> Model:
    """The right ones shall stand first among the candidates of their
    text (softmax over each list); then the scale is set so that a score
    is the share of candidates with it that are right.
    """
    answered = [one for one in examples if any(one.right)]
    if len(answered) < 20:
        raise TrainingError("Training needs at least 20 texts with something that they repeat.")
    rows = numpy.array([row for one in answered for row in one.features], float)
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    scaled = (rows - mean) / spread
    right = numpy.array([float(yes) for one in answered for yes in one.right])
    sizes = numpy.array([len(one.right) for one in answered])
    starts = numpy.concatenate([[0], numpy.cumsum(sizes)[:-1]])
    list_of = numpy.repeat(numpy.arange(len(answered)), sizes)
    wanted = right / numpy.add.reduceat(right, starts)[list_of]

    def loss(weights: Any) -> tuple[float, Any]:
        logits = scaled @ weights
        top = numpy.maximum.reduceat(logits, starts)[list_of]
        powers = numpy.exp(logits - top)
        sums = numpy.add.reduceat(powers, starts)[list_of]
        log_shares = logits - top - numpy.log(sums)
        value = -(wanted * log_shares).sum() / len(answered) + STRENGTH * weights @ weights
        slope = scaled.T @ (powers / sums - wanted) / len(answered) + 2 * STRENGTH * weights
        return float(value), slope

    found = minimize(loss, numpy.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x
    weights = found / spread
    scale, bias = _scale(rows @ weights, right)
    names = NAMES if len(weights) == len(NAMES) else WITH_MEANING
    weights = tuple(float(scale * weight) for weight in weights)
    return Model(names, weights, bias, thresholds, provenance)


def _scale(logits: Any, right: Any) -> tuple[float, float]:
    """Platt's two numbers."""
    middle, spread = logits.mean(), logits.std() + 1e-9

    def loss(pair: Any) -> float:
        values = pair[0] * (logits - middle) / spread + pair[1]
        return float((numpy.logaddexp(0, values) - right * values).mean())

    scale, bias = minimize(loss, numpy.zeros(2), method="Nelder-Mead").x
    return float(scale / spread), float(bias - scale * middle / spread)
