"""Newsroom's admin screens."""

from factcheck.newsroom import audit_screens, people_screens, token_screens

__all__ = ["audit_screens", "people_screens", "token_screens"]
