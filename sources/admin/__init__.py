"""Sources' admin screens."""

from sources.admin import article, capture, claimant, feed, jobs, link, publisher

__all__ = ["article", "capture", "claimant", "feed", "jobs", "link", "publisher"]
