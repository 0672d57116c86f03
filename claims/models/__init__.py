"""Rows of the editorial work."""

from claims.models.claim import Claim
from claims.models.evidence import Evidence
from claims.models.rating import Rating, RatingScale
from claims.models.suggestion import Extraction, Suggestion
from claims.models.transition import Transition
from claims.models.verdict import Verdict, VerdictRevision

__all__ = [
    "Claim", "Evidence", "Extraction", "Rating", "RatingScale", "Suggestion", "Transition", "Verdict", "VerdictRevision",
]  # fmt: skip
