"""Roles in a newsroom, tiers of risk, and what an API token may be used for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    REPORTER = "reporter", _("reporter")
    CHECKER = "checker", _("checker")
    EDITOR = "editor", _("editor")
    LEGAL = "legal", _("legal")
    AUDITOR = "auditor", _("auditor")
    ADMIN = "admin", _("admin")
    # Of a service account, and of nobody else: see factcheck.newsroom.service_accounts.
    SERVICE = "service", _("service account")


PEOPLE_ROLES = tuple(role for role in Role if role is not Role.SERVICE)


class RiskTier(TextChoices):
    """How much harm a wrong verdict could do. A desk says what each
    tier asks for.
    """

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Scope(TextChoices):
    READ = "read", _("read what its owner can read")
    ARTICLES_READ = "articles:read", _("read articles and suggestions")
    CLAIMS_READ = "claims:read", _("read claims and their history")
    EVIDENCE_READ = "evidence:read", _("read evidence, captures and sources")
    VERDICTS_READ = "verdicts:read", _("read verdicts, ratings and rechecks")
    EVENTS_READ = "events:read", _("follow events")
    ARTICLES_WRITE = "articles:write", _("submit articles")
    CLAIMS_WRITE = "claims:write", _("decide suggestions, create and process claims")
    EVIDENCE_WRITE = "evidence:write", _("attach evidence")
    VERDICTS_WRITE = "verdicts:write", _("write and submit verdicts")
    VERDICTS_SIGN = "verdicts:sign", _("approve verdicts")
    VERDICTS_PUBLISH = "verdicts:publish", _("publish, correct and retract verdicts")
    PEOPLE_MANAGE = "people:manage", _("manage people, desks, service accounts and tokens")
    SETTINGS_MANAGE = "settings:manage", _("change rating scales and publish texts of the newsroom")
    AUDIT_READ = "audit:read", _("read the audit log")
    WEBHOOKS_MANAGE = "webhooks:manage", _("say where the events of a desk are sent")


# Each a part of what `read` opens.
READ_SCOPES = frozenset(
    {
        Scope.ARTICLES_READ,
        Scope.CLAIMS_READ,
        Scope.EVIDENCE_READ,
        Scope.VERDICTS_READ,
        Scope.EVENTS_READ,
    }
)
# What a token may do that somebody else made, such as an admin for a system that sends
# articles in. Whoever made it has seen it, and nothing that a person decides, writes or
# signs may be done in a name by anybody but its owner.
SHARED_SCOPES = frozenset({Scope.READ, Scope.ARTICLES_WRITE}) | READ_SCOPES
# All that a service account can be given: nothing that decides, writes or signs.
SERVICE_SCOPES = SHARED_SCOPES | {Scope.CLAIMS_WRITE}
# Written, signed or published under a person's name, giving others access in it, or
# reading what is kept from admins.
PERSONAL_SCOPES = frozenset(
    {
        Scope.VERDICTS_WRITE,
        Scope.VERDICTS_SIGN,
        Scope.VERDICTS_PUBLISH,
        Scope.PEOPLE_MANAGE,
        Scope.SETTINGS_MANAGE,
        Scope.AUDIT_READ,
    }
)


class GrantKind(TextChoices):
    """How one person can come to hold another's account, or its power;
    the label completes “gave …”.
    """

    ACCOUNT = "account", _("the account")
    PASSWORD = "password", _("a password")
    LINK = "link", _("a link to set a password")
    ADDRESS = "address", _("an e-mail address")
    REACTIVATION = "reactivation", _("a locked account back")
    FACTOR = "factor", _("a reset of the second factor")
    MEMBERSHIP = "membership", _("a role")
    SUPERUSER = "superuser", _("the power of a superuser")
    TOKEN = "token", _("a token")


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
