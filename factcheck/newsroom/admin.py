"""Newsroom's admin screens."""

from factcheck.newsroom import audit_admin, people_admin, token_admin

__all__ = ["audit_admin", "people_admin", "token_admin"]
