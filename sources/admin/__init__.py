"""Sources' admin screens."""

from sources.admin import article, background_jobs, capture, link, publisher

__all__ = ["article", "background_jobs", "capture", "link", "publisher"]
