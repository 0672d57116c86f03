"""Each person reads their own language; what is stored, signed or sent to machines is
the same, whoever makes it.
"""

import re
from typing import Any

from django.core import mail as letters
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from claims.models import Claim, Transition
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import mail
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import Words, page, publish

HOME, PAGE = "/admin/", "/accounts/language/"


def _lang(client: Client, path: str = HOME, accept: str = "") -> str:
    answer = client.get(path, headers={"Accept-Language": accept} if accept else {})
    match = re.search(r'<html[^>]* lang="([^"]*)"', answer.content.decode())
    assert match
    return match[1]


def test_ones_own_choice_comes_before_the_browser_and_the_newsroom(
    client: Client, checker: User, settings: Settings
) -> None:
    client.force_login(checker)
    assert _lang(client) == "en"
    assert _lang(client, accept="nl, fr;q=0.5, de-AT;q=0.8") == "de"
    assert _lang(client, accept="\x00;q=x,*") == "en"
    settings.SITE_LANGUAGE = "fr"
    assert _lang(client) == "fr"
    saved = client.post(PAGE, {"language": "de"}, follow=True)
    assert saved.redirect_chain == [(PAGE, 302)]
    assert "Gespeichert." in saved.content.decode()
    assert saved["Vary"].count("Accept-Language") == 1
    assert _lang(client, accept="en") == "de"
    refused = client.post(PAGE, {"language": "tlh"})
    checker.refresh_from_db()
    assert (refused.status_code, checker.language) == (400, "de")
    wanted = {"Accept-Language": "en"}
    cleared = client.post(PAGE, {"language": ""}, headers=wanted, follow=True)
    assert "Saved." in cleared.content.decode()
    assert _lang(client, accept="en") == "en"


def test_the_api_speaks_english_to_everybody(checker: User, settings: Settings) -> None:
    settings.SITE_LANGUAGE = "de"
    answer = Client().get("/api/v1/claims/", headers={"Accept-Language": "de"})
    assert answer.status_code == 401
    assert answer.json()["detail"] == "Send a token in the header Authorization: Bearer fc_…"
    assert "Accept-Language" not in answer.get("Vary", "")


def test_a_verdict_page_is_in_the_language_of_its_verdict(
    client: Client, checker: User, editor: User, settings: Settings
) -> None:
    for language, shown, title in (
        ("de-AT", "de", "Was wir gefunden haben"),
        ("ar", "en", "What we found"),
    ):
        claim = publish(checker, editor, Words(language=language, claim=f"In {language}."))
        german = client.get(page(claim), headers={"Accept-Language": "de"})
        again = client.get(page(claim), headers={"Accept-Language": "en"})
        text = german.content.decode()
        assert f'<html lang="{language}"' in text
        assert f'<h2 id="found" lang="{shown}">{title}</h2>' in text
        # One page for every cache, whoever asks.
        assert german.content == again.content
        assert german["ETag"] == again["ETag"]
        assert "Accept-Language" not in german.get("Vary", "")
    # A page that is not kept: for a server, the setting is the same while it runs.
    assert "All verdicts" in client.get("/methodology/").content.decode()
    settings.SITE_LANGUAGE = "de"
    assert "Alle Faktenchecks" in client.get("/methodology/").content.decode()


def test_a_letter_is_in_the_language_of_whom_it_goes_to(checker: User, editor: User) -> None:
    checker.language = "de"
    for person in (checker, editor):
        person.email = f"{person.username}@desk.example"
        person.save(update_fields=["email", "language"])
        with translation.override("fr"):
            written = mail.send_later(person, "password_changed", username=person.username)
        mail.deliver(written.pk)
        subject = letters.outbox[-1].subject
        assert ("Ihr Passwort wurde geändert" in subject) == (person == checker)


def _stored(claim: Claim) -> list[Any]:
    entries = AuditEntry.objects.filter(object_id=str(claim.public_id)).order_by("seq")
    moves = Transition.objects.filter(claim=claim).order_by("number")
    return [
        *entries.values_list("action", "changes"),
        *moves.values_list("action", "from_status", "to_status", "note", "data"),
    ]


def _worked_on_by(client: Client, editor: User, language: str) -> list[Any]:
    editor.language = language
    editor.save(update_fields=["language"])
    client.force_login(editor)
    claim = factories.claim(editor)
    for action, data in (
        ("take", {}),
        ("hold", {"note": "Later."}),
        ("resume", {}),
        ("decline", {"reason": "opinion"}),
        ("reopen", {"note": "After all."}),
    ):
        claim.refresh_from_db()
        path = reverse("admin:claims_claim_move", args=[claim.pk, action])
        answer = client.post(path, {"version": claim.version, **data}, follow=True)
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.content.decode()
    return _stored(claim)


def test_what_is_stored_does_not_depend_on_who_does_it(client: Client, editor: User) -> None:
    english, german = (_worked_on_by(client, editor, one) for one in ("en", "de"))
    words = [[str(value) for value in row] for row in german]
    assert len(german) > 8
    assert not [row for row in words if "ehauptung" in str(row) or "Später" in str(row)]
    names = [row[0] for row in english]
    assert names == [row[0] for row in german]
    assert [row[1:] for row in english[-5:]] == [row[1:] for row in german[-5:]]


def test_the_error_of_a_letter_is_stored_in_english(checker: User) -> None:
    checker.email = ""
    with translation.override("de"):
        failed = mail.send_later(checker, "password_changed", username=checker.username)
    assert failed.last_error.endswith("has no e-mail address. Enter one, then retry.")
