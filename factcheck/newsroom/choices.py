"""Roles in a newsroom, and what an API token may be used for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy


class Role(TextChoices):
    REPORTER = "reporter", gettext_lazy("reporter")
    CHECKER = "checker", gettext_lazy("checker")
    EDITOR = "editor", gettext_lazy("editor")
    LEGAL = "legal", gettext_lazy("legal")
    AUDITOR = "auditor", gettext_lazy("auditor")
    ADMIN = "admin", gettext_lazy("admin")


class Scope(TextChoices):
    READ = "read", gettext_lazy("read what its owner can read")
    ARTICLES_WRITE = "articles:write", gettext_lazy("submit articles")
    CLAIMS_WRITE = "claims:write", gettext_lazy("decide suggestions, create and process claims")
    EVIDENCE_WRITE = "evidence:write", gettext_lazy("attach evidence")
    VERDICTS_WRITE = "verdicts:write", gettext_lazy("write and submit verdicts")
    VERDICTS_SIGN = "verdicts:sign", gettext_lazy("approve verdicts")
    VERDICTS_PUBLISH = "verdicts:publish", gettext_lazy("publish, correct and retract verdicts")


# Signed or published under a person's name: a token that somebody else made never has
# these scopes.
PERSONAL_SCOPES = frozenset({Scope.VERDICTS_WRITE, Scope.VERDICTS_SIGN, Scope.VERDICTS_PUBLISH})


class GrantKind(TextChoices):
    """How one person can come to hold another's account; the label completes “gave
    …”.
    """

    ACCOUNT = "account", gettext_lazy("the account")
    PASSWORD = "password", gettext_lazy("a password")
    MEMBERSHIP = "membership", gettext_lazy("a role")
    TOKEN = "token", gettext_lazy("a token")
