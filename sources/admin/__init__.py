"""Sources' admin screens."""

from sources.admin import article, capture, claimant, jobs, link, publisher

__all__ = ["article", "capture", "claimant", "jobs", "link", "publisher"]
