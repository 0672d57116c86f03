"""Extraction: from the text of a page to checkable sentences with their
speakers.

Offsets are code points of the text as given. Nothing here reads a clock
or a network; the one file read is the trained weights.
"""

from claims.extraction.attribution_spans import AttributionSpans, attributions
from claims.extraction.extractor import Rules
from claims.extraction.pipeline import articles, extract, rate
from claims.extraction.results import ArticleSpan, Candidate, DateMention, Quantity

EXTRACTOR = "rules"
EXTRACTOR_VERSION = "5"


def rules() -> Rules:
    """This project's own extractor."""
    return Rules(EXTRACTOR, EXTRACTOR_VERSION)


__all__ = [
    "EXTRACTOR",
    "EXTRACTOR_VERSION",
    "ArticleSpan",
    "AttributionSpans",
    "Candidate",
    "DateMention",
    "Quantity",
    "Rules",
    "articles",
    "attributions",
    "extract",
    "rate",
    "rules",
]
