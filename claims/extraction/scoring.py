"""Two readings of a sentence, added up: rules set by hand, and a trained model of its words.

The rules know what the model never saw (headlines, named speakers, rival figures); the model knows
how checked sentences are worded. The reasons are the largest parts of the sum, in an editor's
words.

The model learned English, and the word lists of the signals are English. A sentence of another
language is rated by what needs no words: its figures, dates, length and marks.
"""

import math
from dataclasses import dataclass

from claims.extraction import indicators, scoring_model
from claims.extraction.results import DateMention, Quantity

WEIGHTS: dict[str, float] = {
    "figure": 1.5,
    "second figure": 0.4,
    "date": 0.5,
    "comparison": 0.6,
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
TRAINED = frozenset(
    {"en", "und"}
)  # a line too short to tell its language is read as the model knows it
BIAS, UNTRAINED_BIAS = -1.35, -1.1
FLOOR = 0.22
RULES_SHARE = 0.3
# News is dense with facts: beside the debates the model learned from, all of it would stand near 1.
ARTICLE_RULES, ARTICLE_MODEL, ARTICLE_BIAS = 0.6, 0.35, -0.6
TELLING = 1.5

_REASONS = {
    "figure": "gives a figure",
    "date": "gives a date",
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


def rate(folded: str, found: frozenset[str], *, article: bool = False) -> Rating:
    """Rate one folded sentence whose signals are known; in an article the rules weigh more."""
    trained = scoring_model.shipped()
    by_rule, by_model, bias = (
        (ARTICLE_RULES, ARTICLE_MODEL, ARTICLE_BIAS) if article else (RULES_SHARE, 1.0, 0.0)
    )
    parts = {
        name: by_rule * WEIGHTS.get(name, 0.0) + by_model * trained.signal(name) for name in found
    }
    wording = by_model * trained.wording(folded)
    total = (
        bias
        + by_rule * BIAS
        + by_model * trained.bias
        + wording
        + sum(parts[name] for name in sorted(parts))
    )
    return Rating(round(1 / (1 + math.exp(-total)), 4), _reasons(parts, wording / by_model))


def rate_untrained(found: frozenset[str]) -> Rating:
    parts = {name: WEIGHTS.get(name, 0.0) for name in found}
    total = UNTRAINED_BIAS + sum(parts[name] for name in sorted(parts))
    return Rating(round(1 / (1 + math.exp(-total)), 4), (*_reasons(parts, 0.0), UNTRAINED))


def indicators_of(
    folded: str, quantities: tuple[Quantity, ...], dates: tuple[DateMention, ...]
) -> frozenset[str]:
    """The signals of a sentence that stands alone."""
    return indicators.of(folded) | _measured(quantities, dates)


def plain_indicators_of(
    folded: str, quantities: tuple[Quantity, ...], dates: tuple[DateMention, ...]
) -> frozenset[str]:
    """Those that hold in any language."""
    return indicators.plain(folded) | _measured(quantities, dates)


def _measured(quantities: tuple[Quantity, ...], dates: tuple[DateMention, ...]) -> frozenset[str]:
    found = set(("figure",) if quantities else ())
    found.update(("second figure",) if len(quantities) > 1 else ())
    found.update(("date",) if dates else ())
    return frozenset(found)


def _reasons(parts: dict[str, float], wording: float) -> tuple[str, ...]:
    """Strongest first; the wording, which nobody can check at a glance, comes last."""
    named = sorted(
        (name for name in parts if name in _REASONS), key=lambda name: (-abs(parts[name]), name)
    )
    said = [_REASONS[name] for name in named]
    if abs(wording) >= TELLING:
        said.append(_CHECKED if wording > 0 else _UNCHECKED)
    return tuple(said)
