"""System checks: required settings, and whether the database still has its guards."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from claims.intake import extractors
from factcheck.ledger import triggers
from factcheck.newsroom.brand import LEAST, problems

Apps = Sequence[AppConfig] | None


@register(Tags.security, deploy=True)
def secret(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    if settings.PRODUCTION:
        # In production the settings themselves refuse to start with a bad secret.
        return []
    return [
        Error(
            "FACTCHECK_ENV is not production.",
            hint="Unset it, and set FACTCHECK_SECRET_KEY.",
            id="factcheck.E001",
        )
    ]


@register(Tags.security, deploy=True)
def hosts(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    if "*" in settings.ALLOWED_HOSTS or not settings.ALLOWED_HOSTS:
        return [
            Error(
                "FACTCHECK_HOSTS names no host.",
                hint="Set it to the host of your site, such as facts.example.org.",
                id="factcheck.E002",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def site_url(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """Public URLs begin with it, and ClaimReview data promises that
    they are permanent.
    """
    address = urlsplit(settings.SITE_URL)
    if address.scheme == "https" and address.hostname:
        return []
    return [
        Error(
            f"FACTCHECK_SITE_URL is {settings.SITE_URL!r}.",
            hint="Set it to the public address of your site, such as https://facts.example.org.",
            id="factcheck.E003",
        )
    ]


@register(Tags.security, deploy=True)
def fetching(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    if not settings.FETCH_ALLOWED_NETWORKS:
        return []
    return [
        Warning(
            "FACTCHECK_FETCH_ALLOW lets submitted addresses reach networks that are not public.",
            hint="Unset it, unless the newsroom cites pages of its own network.",
            id="factcheck.W001",
        )
    ]


@register(Tags.security, deploy=True)
def mail_server(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """Without mail nobody can be invited, and nobody hears of access that was given."""
    if settings.EMAIL_HOST and (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        return []
    name = "FACTCHECK_SMTP_TLS" if settings.EMAIL_HOST else "FACTCHECK_SMTP_HOST"
    return [
        Warning(
            "Links to set a password would cross the network in plain text."
            if settings.EMAIL_HOST
            else "No mail can be sent: nobody can be invited or reset a password.",
            hint=f"Set {name}, see docs/settings.md.",
            id="factcheck.W003",
        )
    ]


@register(Tags.security, deploy=True)
def signing(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """Whoever starts the processes can switch both off."""
    messages: list[CheckMessage] = []
    if not settings.REQUIRE_MFA:
        messages.append(
            Warning(
                "Signing and publishing need no second factor.",
                hint="Unset FACTCHECK_REQUIRE_MFA.",
                id="factcheck.W004",
            )
        )
    if not settings.ACCESS_GRANT_DAYS:
        messages.append(
            Warning(
                "Whoever invites a checker and an editor can sign as both at once.",
                hint="Unset FACTCHECK_GRANT_DAYS.",
                id="factcheck.W005",
            )
        )
    return messages


@register(Tags.compatibility)
def brand(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    return [
        Error(
            problem,
            hint=f"Readers need {LEAST}:1. Set a darker colour for light pages, a lighter one for"
            " dark pages.",
            id="factcheck.E005",
        )
        for problem in problems()
    ]


@register(Tags.compatibility)
def logo(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    if not settings.BRAND_LOGO or finders.find(settings.BRAND_LOGO):
        return []
    return [
        Error(
            f"FACTCHECK_BRAND_LOGO is {settings.BRAND_LOGO!r}, which is not there.",
            hint="Put the file into static/ of the folder that FACTCHECK_BRAND_FOLDER names.",
            id="factcheck.E006",
        )
    ]


@register(Tags.compatibility, deploy=True)
def database(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    if connections["default"].vendor == triggers.POSTGRES:
        return []
    return [
        Info(
            "The database is SQLite, which lets one person write at a time.",
            hint="For a newsroom set DATABASE_URL to a PostgreSQL database.",
            id="factcheck.I001",
        )
    ]


@register(Tags.compatibility)
def extractor(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    try:
        extractors.chosen()
    except ImproperlyConfigured as error:
        return [
            Error(
                str(error),
                hint="Unset FACTCHECK_EXTRACTOR to read with the rules of this project.",
                id="factcheck.E004",
            )
        ]
    return []


@register(Tags.translation)
def translations(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    sources = [path for folder in settings.LOCALE_PATHS for path in folder.glob("*/*/*.po")]
    if sources and all(path.with_suffix(".mo").exists() for path in sources):
        return []
    return [
        Warning(
            "The translations are not compiled; all screens are in English.",
            hint="Run python locale/compile.py.",
            id="factcheck.W006",
        )
    ]


@register(Tags.database)
def guards(
    app_configs: Apps, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """A warning, not an error: migrate runs this check before it
    restores the guards.
    """
    messages: list[CheckMessage] = []
    for alias in databases or ():
        tables = set(connections[alias].introspection.table_names())
        # A database without tables has not been migrated yet, and misses nothing.
        if tables and (
            missing_guards := [
                name for name in triggers.missing(alias) if "ledger_auditentry" in tables
            ]
        ):
            messages.append(
                Warning(
                    f"The database {alias} lacks guards: {', '.join(missing_guards)}.",
                    hint="Run manage.py migrate, then find out who removed them.",
                    id="factcheck.W002",
                )
            )
    return messages
