"""Newsroom's admin screens."""

from factcheck.newsroom import (
    account_admin,
    audit_admin,
    list_file_admin,
    mail_admin,
    people_admin,
    saved_view_admin,
    service_account_admin,
    token_admin,
)

__all__ = [
    "account_admin",
    "audit_admin",
    "list_file_admin",
    "mail_admin",
    "people_admin",
    "saved_view_admin",
    "service_account_admin",
    "token_admin",
]
