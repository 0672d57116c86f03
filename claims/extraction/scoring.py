"""A small linear model whose terms are the reasons an editor reads."""

import math

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
    "unknown speaker": -0.1,
    "no verb": -1.2,
    "headline": -0.6,
}
BIAS = -1.35
FLOOR = 0.22

_REASONS = {
    "figure": "gives a figure",
    "date": "gives a date",
    "comparison": "compares or claims a record",
    "name": "names a person, place or body",
    "named speaker": "attributed to a named source",
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


def score(signals: frozenset[str]) -> float:
    total = BIAS + sum(WEIGHTS[name] for name in WEIGHTS if name in signals)
    return round(1 / (1 + math.exp(-total)), 4)


def reasons(signals: frozenset[str]) -> tuple[str, ...]:
    """Strongest first."""
    named = sorted((name for name in _REASONS if name in signals), key=lambda name: -abs(WEIGHTS[name]))
    return tuple(_REASONS[name] for name in named)
