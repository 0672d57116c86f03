"""Sources' admin screens."""

from sources.admin import article, background_jobs, capture, claimant, link, publisher

__all__ = ["article", "background_jobs", "capture", "claimant", "link", "publisher"]
