"""Claims' admin screens."""

from claims.admin import (
    article_page,
    change,
    claim,
    home,
    home_articles,
    home_changes,
    home_queries,
    home_repetitions,
    home_reviews,
    home_times,
    interests,
    link_page,
    methodology,
    publisher_page,
    rating,
    review,
    suggestion,
    topic,
)

__all__ = [
    "article_page", "change", "claim", "home", "home_articles", "home_changes", "home_queries", "home_repetitions", "home_reviews", "home_times", "interests",
    "link_page", "methodology", "publisher_page", "rating", "review", "suggestion", "topic",
]  # fmt: skip
