"""Roles in a newsroom, and what an API token may be used for."""

from django.db.models import TextChoices


class Role(TextChoices):
    REPORTER = "reporter", "reporter"
    CHECKER = "checker", "checker"
    EDITOR = "editor", "editor"
    LEGAL = "legal", "legal"
    AUDITOR = "auditor", "auditor"
    ADMIN = "admin", "admin"


class Scope(TextChoices):
    READ = "read", "read what its owner may read"
    ARTICLES_WRITE = "articles:write", "send articles"
    CLAIMS_WRITE = "claims:write", "decide suggestions, make and move claims"
    EVIDENCE_WRITE = "evidence:write", "attach evidence"
    VERDICTS_WRITE = "verdicts:write", "write and submit verdicts"
    VERDICTS_SIGN = "verdicts:sign", "approve verdicts"
    VERDICTS_PUBLISH = "verdicts:publish", "publish, correct and retract verdicts"


# What a person answers for by name: no token of somebody else's making may do it.
PERSONAL_SCOPES = frozenset({Scope.VERDICTS_WRITE, Scope.VERDICTS_SIGN, Scope.VERDICTS_PUBLISH})


class GrantKind(TextChoices):
    """How somebody can come to hold another person's account; the label completes “gave …”."""

    ACCOUNT = "account", "the account"
    PASSWORD = "password", "a password"
    MEMBERSHIP = "membership", "a role"
    TOKEN = "token", "a token"
