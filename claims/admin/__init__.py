"""Claims' admin screens."""

from claims.admin import (
    article_page,
    claim,
    home,
    home_articles,
    home_queries,
    methodology,
    rating,
    suggestion,
    topic,
)

__all__ = ["article_page", "claim", "home", "home_articles", "home_queries", "methodology", "rating", "suggestion", "topic"]
