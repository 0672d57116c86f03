"""What a deployment must set is checked, and the files that ship it hold no secret."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.checks import run_checks
from django.db import connection
from pytest_django import Settings

from factcheck import checks
from factcheck.ledger import triggers
from tests.project.test_settings import KEY, ROOT, SECRET

PRODUCTION = {
    "FACTCHECK_ENV": "production",
    "FACTCHECK_SECRET_KEY": SECRET,
    "FACTCHECK_ENCRYPTION_KEYS": KEY,
    "FACTCHECK_HOSTS": "facts.example.org",
    "FACTCHECK_SITE_URL": "https://facts.example.org",
    "FACTCHECK_SMTP_HOST": "mail.example.org",
}


@pytest.fixture
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8")))


def test_a_complete_deployment_passes_every_check(tmp_path: Path) -> None:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FACTCHECK_", "DATABASE_", "DJANGO_"))
    }
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=kept | PRODUCTION | {"FACTCHECK_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert "WARNINGS" not in checked.stderr + checked.stdout


@pytest.mark.parametrize("hosts", [[], ["*"]])
def test_hosts_must_be_named(settings: Settings, hosts: list[str]) -> None:
    settings.ALLOWED_HOSTS = hosts
    assert [found.id for found in checks.hosts(None)] == ["factcheck.E002"]


@pytest.mark.parametrize("address", ["http://facts.example.org", "https://", "facts.example.org"])
def test_the_public_address_must_be_https(settings: Settings, address: str) -> None:
    settings.SITE_URL = address
    assert [found.id for found in checks.site_url(None)] == ["factcheck.E003"]


def test_without_a_mail_server_nobody_can_be_invited(settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    assert [found.id for found in checks.mail_server(None)] == ["factcheck.W003"]
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "mail.example.org", True
    assert checks.mail_server(None) == []
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    assert "plain text" in checks.mail_server(None)[0].msg


def test_rules_of_signing_that_are_switched_off_are_pointed_out(settings: Settings) -> None:
    settings.REQUIRE_MFA, settings.ACCESS_GRANT_DAYS = True, 30
    assert checks.signing(None) == []
    settings.REQUIRE_MFA, settings.ACCESS_GRANT_DAYS = False, 0
    assert [found.id for found in checks.signing(None)] == ["factcheck.W004", "factcheck.W005"]


def test_a_hole_in_the_address_guard_is_pointed_out(settings: Settings) -> None:
    assert [found.id for found in checks.fetching(None)] == ["factcheck.W001"]
    settings.FETCH_ALLOWED_NETWORKS = ()
    assert checks.fetching(None) == []


@pytest.mark.django_db
def test_a_database_without_its_guards_is_noticed_and_migrate_can_still_run() -> None:
    assert run_checks(tags=["database"], databases=["default"]) == []
    guard = "ledger_auditentry_no_delete"
    on_table = " ON ledger_auditentry" if connection.vendor == triggers.POSTGRES else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {guard}{on_table}")
    found = run_checks(tags=["database"], databases=["default"])
    assert [warning.id for warning in found] == ["factcheck.W002"]
    assert guard in str(found[0].msg)
    assert not found[0].is_serious()


def test_the_shipped_files_hold_no_default_secret(compose: dict[str, Any]) -> None:
    environment = compose["services"]["web"]["environment"]
    for name in (
        "FACTCHECK_SECRET_KEY",
        "FACTCHECK_ENCRYPTION_KEYS",
        "FACTCHECK_HOSTS",
        "FACTCHECK_SITE_URL",
    ):
        assert environment[name].startswith(f"${{{name}:?")
    assert "POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]


def test_every_queue_has_a_worker_and_every_service_a_health_check(compose: dict[str, Any]) -> None:
    services = compose["services"]
    commands = [service.get("command", []) for service in services.values()]
    queues = {
        command[command.index("--queues") + 1] for command in commands if "--queues" in command
    }
    assert queues == {"extraction", "links", "stream", "webhooks", "default"}
    assert [name for name, service in services.items() if "healthcheck" not in service] == [
        "migrate"
    ]


def test_images_are_pinned_and_nothing_of_ours_runs_as_root(compose: dict[str, Any]) -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    images = [line.split()[1] for line in dockerfile if line.startswith("FROM")]
    images += [
        service["image"] for service in compose["services"].values() if "build" not in service
    ]
    assert all(any(digit.isdigit() for digit in image.partition(":")[2]) for image in images)
    assert [line for line in dockerfile if line.startswith("USER")] == ["USER factcheck"]
    assert "--require-hashes" in " ".join(dockerfile)


def test_translations_that_are_not_compiled_are_pointed_out(
    settings: Settings, tmp_path: Path
) -> None:
    assert checks.translations(None) == []
    (tmp_path / "de" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "de" / "LC_MESSAGES" / "django.po").touch()
    settings.LOCALE_PATHS = [tmp_path]
    assert [found.id for found in checks.translations(None)] == ["factcheck.W006"]
