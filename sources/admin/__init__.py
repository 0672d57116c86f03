"""Sources' admin screens."""

from sources.admin import article, jobs, link, publisher

__all__ = ["article", "jobs", "link", "publisher"]
