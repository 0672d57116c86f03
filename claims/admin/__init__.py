"""Claims' admin screens."""

from claims.admin import (
    article_page,
    claim,
    home,
    home_articles,
    home_queries,
    home_repetitions,
    home_reviews,
    home_times,
    interests,
    link_page,
    methodology,
    rating,
    review,
    suggestion,
    topic,
)

__all__ = [
    "article_page", "claim", "home", "home_articles", "home_queries", "home_repetitions", "home_reviews", "home_times", "interests",
    "link_page", "methodology", "rating", "review", "suggestion", "topic",
]  # fmt: skip
