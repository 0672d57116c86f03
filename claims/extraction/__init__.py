"""From the text of a page to the sentences somebody could check, with who says them.

Offsets are code points of the text as given. Nothing here reads a clock or a network; the one file read is the trained weights.
"""

from claims.extraction.attributions import AttributionSpans, attributions
from claims.extraction.pipeline import articles, extract, rate
from claims.extraction.records import ArticleSpan, Candidate, DateMention, Quantity

EXTRACTOR = "rules"
EXTRACTOR_VERSION = "2"

__all__ = [
    "EXTRACTOR",
    "EXTRACTOR_VERSION",
    "ArticleSpan",
    "AttributionSpans",
    "Candidate",
    "DateMention",
    "Quantity",
    "articles",
    "attributions",
    "extract",
    "rate",
]
