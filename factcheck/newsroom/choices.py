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


# What a token may do that somebody else made, such as an admin for a system that sends
# articles in. Whoever made it has seen it, and nothing that a person decides, writes or
# signs may be done in a name by anybody but its owner.
SHARED_SCOPES = frozenset({Scope.READ, Scope.ARTICLES_WRITE})
# Written, signed or published under a person's name.
PERSONAL_SCOPES = frozenset({Scope.VERDICTS_WRITE, Scope.VERDICTS_SIGN, Scope.VERDICTS_PUBLISH})


class GrantKind(TextChoices):
    """How one person can come to hold another's account, or its power; the label
    completes “gave …”.
    """

    ACCOUNT = "account", gettext_lazy("the account")
    PASSWORD = "password", gettext_lazy("a password")
    LINK = "link", gettext_lazy("a link to set a password")
    ADDRESS = "address", gettext_lazy("an e-mail address")
    REACTIVATION = "reactivation", gettext_lazy("a locked account back")
    FACTOR = "factor", gettext_lazy("a reset of the second factor")
    MEMBERSHIP = "membership", gettext_lazy("a role")
    SUPERUSER = "superuser", gettext_lazy("the power of a superuser")
    TOKEN = "token", gettext_lazy("a token")


# Ways into an account: whoever gave one could have kept it and use the account
# themselves. A role or the superuser flag is power for whoever holds the account, and
# lets nobody else into it.
WAYS_IN = frozenset(
    {
        GrantKind.ACCOUNT,
        GrantKind.PASSWORD,
        GrantKind.LINK,
        GrantKind.ADDRESS,
        GrantKind.REACTIVATION,
        GrantKind.FACTOR,
        GrantKind.TOKEN,
    }
)
