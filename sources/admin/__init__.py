"""Sources' admin screens."""

from sources.admin import article, capture, jobs, link, publisher

__all__ = ["article", "capture", "jobs", "link", "publisher"]
