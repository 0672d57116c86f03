"""A new encryption key, as docs/settings.md says it: a named person reads a source
under the old key, under both, and under the new one alone.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from claims.models import Claim
from demo.children import free_port
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import DESKTOP, PATIENCE, no_serious_barriers, person_menu, sign_in
from tests.project.test_no_secret_at_rest import forms, stored_bytes
from tests.project.test_settings import KEY, OTHER_KEY
from tests.web_server import environment_of_a_server, serving

pytestmark = pytest.mark.django_db(transaction=True)
OLD, BOTH, NEW = OTHER_KEY, f"{KEY},{OTHER_KEY}", KEY
NAME, CONTACT, SENDER = "Quaggaworth", "zebrunaphone", "Tapirfeld"


@contextmanager
def _newsroom(chromium: Browser, folder: Path, keys: str) -> Iterator[list[Page]]:
    """A server with these keys, and two windows: of an editor and of whom they name."""
    port = free_port()
    with serving(_environment(folder, keys), folder, port):
        windows = [
            chromium.new_context(
                base_url=f"http://127.0.0.1:{port}",
                viewport={"width": DESKTOP[0], "height": DESKTOP[1]},
                reduced_motion="reduce",
            )
            for _ in range(2)
        ]
        pages = [window.new_page() for window in windows]
        for page, username in zip(pages, ("editor", "second_checker"), strict=True):
            page.set_default_timeout(PATIENCE)
            sign_in(page, username)
            expect(person_menu(page)).to_be_visible()
        yield pages
        for window in windows:
            window.close()


def _environment(folder: Path, keys: str) -> dict[str, str]:
    return environment_of_a_server(folder) | {"FACTCHECK_ENCRYPTION_KEYS": keys}


def _rotate(folder: Path, keys: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "rotate_encryption_keys", *options],
        cwd=settings.BASE_DIR,
        env=_environment(folder, keys),
        capture_output=True,
        text=True,
        check=False,
    )


def _enter(page: Page, claim: Claim) -> None:
    page.goto(reverse("admin:claims_claim_change", args=[claim.pk]))
    page.locator("#note summary").click()
    note = page.locator("#note")
    note.get_by_label("Interviewee").fill("a person in the ministry known to the desk")
    note.get_by_label("Date and time").fill("2026-01-02T10:00")
    note.get_by_label("Notes").fill("The figure was known in March.")
    note.get_by_label("Confidential source").check()
    note.get_by_label("Real name").fill(NAME)
    note.get_by_label("Contact details").fill(CONTACT)
    note.locator("[name$=quote]").fill("known in March")
    note.locator("[name=stance][value=refutes]").check()
    note.get_by_role("button", name="Sign and attach note").click()
    page.get_by_role("link", name="Source identity …").click()
    page.locator("summary", has_text="Give access").click()
    page.get_by_label("Person").select_option(label="second_checker")
    page.get_by_label("Reason").last.fill("She calls back for the second story.")
    page.get_by_role("button", name="Give access").click()
    expect(page.get_by_text("Given by editor until")).to_be_visible()


def _send_tip(page: Page) -> None:
    page.goto(reverse("admin:claims_claim_add"))
    page.locator("[name=text]").fill("The ferry sank.")
    page.locator("summary", has_text="Reader tip").click()
    page.locator("[name=tip_name]").fill(SENDER)
    page.locator("[name=tip_contact]").fill("ibexpostbox")
    page.get_by_role("button", name="Create claim").click()


def _read(page: Page, address: str, keys: str) -> None:
    page.goto(address)
    page.get_by_label("Reason").fill(f"Under {keys}.")
    page.get_by_role("button", name="Read the name").click()
    expect(page.get_by_text(NAME)).to_be_visible()
    expect(page.get_by_text(CONTACT)).to_be_visible()
    no_serious_barriers(page)
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/rotation-{keys.replace(' ', '-')}.png", full_page=True)


def _show_sender(page: Page) -> None:
    page.goto(reverse("admin:claims_claim_change", args=[Claim.objects.latest("pk").pk]))
    page.get_by_role("button", name="Show sender").click()
    expect(page.get_by_text(SENDER)).to_be_visible()


def test_a_source_and_a_sender_are_read_before_and_after_a_new_key(
    chromium: Browser, checker: User, editor: User, second_checker: User, tmp_path: Path
) -> None:
    claim = factories.ready(checker)
    # The server is the one that is shipped, and knows no quick hash of the tests.
    hasher = Argon2PasswordHasher()
    User.objects.update(password=hasher.encode(factories.PASSWORD, hasher.salt()))
    with _newsroom(chromium, tmp_path, OLD) as (editors, readers):
        _enter(editors, claim)
        _send_tip(editors)
        own = _address_of_the_source(claim)
        _read(readers, own, "the old key")
        _show_sender(editors)

    with _newsroom(chromium, tmp_path, BOTH) as (editors, readers):
        before = _rotate(tmp_path, BOTH, "--check")
        assert before.returncode == 1 and "still need another key" in before.stderr
        done = _rotate(tmp_path, BOTH)
        assert done.returncode == 0, done.stderr
        assert "claims.confidentialidentity.name: 1 encrypted anew" in done.stdout
        after = _rotate(tmp_path, BOTH, "--check")
        assert after.returncode == 0 and "can be removed" in after.stdout, after.stderr
        _read(readers, own, "both keys")
        _show_sender(editors)

    with _newsroom(chromium, tmp_path, NEW) as (editors, readers):
        _read(readers, own, "the new key")
        _show_sender(editors)
        editors.goto(own)
        for keys in ("the old key", "both keys", "the new key"):
            expect(editors.get_by_text(f"Under {keys}.")).to_be_visible()

    database = stored_bytes()
    assert b"known to the desk" in database, "the dump is of this database"
    found = [word for word in (NAME, CONTACT, SENDER) for form in forms(word) if form in database]
    assert found == [] and AuditEntry.objects.filter(action="keys.rotate").count() == 2


def _address_of_the_source(claim: Claim) -> str:
    number = claim.evidence.get(capture__kind="note").number
    return reverse("admin:claims_claim_identity", args=[claim.pk, number])
