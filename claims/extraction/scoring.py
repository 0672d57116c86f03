"""Score a sentence: the sum of rules set by hand and a trained model of
its words.

The rules know what the model never saw (headlines, named speakers,
conflicting figures); the model knows how checked sentences are worded.
The reasons are the largest parts of the sum, in an editor's words.

The model learned English, and the word lists of the indicators are
English. A sentence of another language is rated by what needs no words:
its figures, dates, length and marks.
"""

import math
from dataclasses import dataclass

from claims.extraction import indicators, scoring_model
from claims.extraction.results import DateMention, Quantity, UnreadFigure

WEIGHTS: dict[str, float] = {
    "figure": 1.5,
    "second figure": 0.4,
    "date": 0.5,
    "comparison": 0.6,
    "trend": 1.6,
    "name": 0.45,
    "named speaker": 0.35,
    "past": 0.6,
    "cause": 0.3,
    "record": 0.5,
    "harm": 0.5,
    "conflict": 0.6,
    "long": 0.25,
    "short": -0.35,
    "very short": -1.6,
    "question": -1.3,
    "wish": -0.7,
    "opinion": -0.7,
    "courtesy": -0.8,
    "second person": -0.3,
    "first person": -0.3,
    "vague subject": -0.35,
    "pronoun subject": -0.3,
    "role speaker": 0.1,
    "unknown speaker": -0.1,
    "no verb": -1.2,
    "headline": -0.6,
}
# A line too short for its language to be known is read as English.
TRAINED = frozenset({"en", "und"})
BIAS, UNTRAINED_BIAS = -1.35, -1.1
FLOOR = 0.22  # hardly anybody would check a sentence below it
RULES_SHARE = 0.3
# News is dense with facts: the model learned from debates, and would score all of it
# near 1.
ARTICLE_RULES, ARTICLE_MODEL, ARTICLE_BIAS = 0.6, 0.35, -0.6
NOTABLE = 1.5  # logits from which the wording is given as a reason

_REASONS = {
    "figure": "gives a figure",
    "date": "gives a date",
    "trend": "states a trend",
    "comparison": "compares or claims a record",
    "name": "names a person, place or body",
    "named speaker": "attributed to a named source",
    "role speaker": "attributed to a source without a name",
    "past": "tells of something that happened",
    "cause": "states a cause",
    "record": "rests on a law, vote, document or data",
    "harm": "concerns harm to people",
    "conflict": "another figure for the same thing stands in this text",
    "question": "is a question",
    "wish": "looks ahead, hopes or demands",
    "opinion": "sounds like an opinion",
    "courtesy": "is a courtesy",
    "vague subject": "its subject is named elsewhere",
    "pronoun subject": "its subject is only a pronoun",
    "very short": "is very short",
    "no verb": "has no verb",
    "headline": "headline",
}
UNTRAINED = "not trained for this language"
_CHECKED = "worded like statements that were checked"
_UNCHECKED = "worded like talk that nobody checks"


@dataclass(frozen=True, slots=True)
class Rating:
    """`score` is a probability; 0.5 is where a yes is as good as a no."""

    score: float
    reasons: tuple[str, ...]


def rate(
    folded: str,
    indicator_names: frozenset[str],
    *,
    article: bool = False,
) -> Rating:
    """Rate a folded sentence by its indicators and words; in an article
    the rules weigh more.
    """
    trained = scoring_model.shipped()
    by_rule, by_model, bias = (
        (ARTICLE_RULES, ARTICLE_MODEL, ARTICLE_BIAS) if article else (RULES_SHARE, 1.0, 0.0)
    )
    parts = {
        name: by_rule * WEIGHTS.get(name, 0.0) + by_model * trained.signal(name)
        for name in indicator_names
    }
    wording = by_model * trained.wording(folded)
    # Sorted, as floats do not add up the same in every order and a frozenset has none.
    total = (
        bias
        + by_rule * BIAS
        + by_model * trained.bias
        + wording
        + sum(parts[name] for name in sorted(parts))
    )
    return Rating(round(1 / (1 + math.exp(-total)), 4), _reasons(parts, wording / by_model))


def rate_untrained(indicator_names: frozenset[str]) -> Rating:
    parts = {name: WEIGHTS.get(name, 0.0) for name in indicator_names}
    total = UNTRAINED_BIAS + sum(parts[name] for name in sorted(parts))
    return Rating(round(1 / (1 + math.exp(-total)), 4), (*_reasons(parts, 0.0), UNTRAINED))


def indicators_of(
    folded: str, quantities: tuple[Quantity | UnreadFigure, ...], dates: tuple[DateMention, ...]
) -> frozenset[str]:
    """The indicators of a sentence without its article."""
    return indicators.of(folded) | _measured(quantities, dates)


def plain_indicators_of(
    folded: str, quantities: tuple[Quantity | UnreadFigure, ...], dates: tuple[DateMention, ...]
) -> frozenset[str]:
    """Indicators that hold in any language."""
    return indicators.plain(folded) | _measured(quantities, dates)


def _measured(
    quantities: tuple[Quantity | UnreadFigure, ...], dates: tuple[DateMention, ...]
) -> frozenset[str]:
    indicator_names = set(("figure",) if quantities else ())
    indicator_names.update(("second figure",) if len(quantities) > 1 else ())
    indicator_names.update(("date",) if dates else ())
    return frozenset(indicator_names)


def _reasons(parts: dict[str, float], wording: float) -> tuple[str, ...]:
    """Strongest first; the wording, which nobody can check at a glance, comes last."""
    named = sorted(
        (name for name in parts if name in _REASONS), key=lambda name: (-abs(parts[name]), name)
    )
    reasons = [_REASONS[name] for name in named]
    if abs(wording) >= NOTABLE:
        reasons.append(_CHECKED if wording > 0 else _UNCHECKED)
    return tuple(reasons)
