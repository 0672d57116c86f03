"""From the text of a page to the sentences somebody could check, with who says them.

Offsets are code points of the text as given. Nothing here reads a file, a clock or a network.
"""

from claims.extraction.pipeline import articles, extract
from claims.extraction.records import ArticleSpan, Candidate, DateMention, Quantity

EXTRACTOR = "rules"
EXTRACTOR_VERSION = "1"

__all__ = [
    "EXTRACTOR",
    "EXTRACTOR_VERSION",
    "ArticleSpan",
    "Candidate",
    "DateMention",
    "Quantity",
    "articles",
    "extract",
]
