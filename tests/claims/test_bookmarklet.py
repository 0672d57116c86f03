"""The bookmarklet: a page that offers it, and forms that it fills in from the page
somebody reads.
"""

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from claims.models import Claim
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from sources.models import Article
from tests.factories import PASSWORD

PAGE = "/admin/claims/claim/bookmarklet/"
CLAIM, ARTICLE = "/admin/claims/claim/add/", "/admin/sources/article/add/"
URL = "https://radio.example/mayor?day=3"
SENT = {
    "via": "bookmarklet",
    "url": URL,
    "title": "The  mayor\nspeaks",
    "text": " The bridge cost 4 million. ",
}


def _value(page: str, name: str) -> str:
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert tag, name
    found = re.search(r'value="([^"]*)"', tag[0])
    return unescape(found[1]) if found else ""


def test_its_page_offers_what_the_person_may_add_and_runs_nothing(
    client: Client, checker: User, reporter: User, auditor: User
) -> None:
    client.force_login(checker)
    answer = client.get(PAGE)
    assert answer.text.count('href="javascript:') == 2
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"].split("style-src")[0]
    for form in (CLAIM, ARTICLE):
        assert f"{form}?via=bookmarklet" in unescape(answer.text)
    client.force_login(reporter)
    assert CLAIM not in unescape(client.get(PAGE).text.split("<main")[-1])
    client.force_login(auditor)
    assert client.get(PAGE).status_code == 403


def test_forms_are_filled_in_and_nothing_is_stored_before_they_are_saved(
    client: Client, desk: Desk, checker: User
) -> None:
    client.force_login(checker)
    asked = f"{CLAIM}?{urlencode(SENT)}"
    page = client.get(asked).text
    assert ">The bridge cost 4 million.</textarea>" in re.sub(r">\s+", ">", page)
    assert _value(page, "appearance_url") == URL and "The mayor speaks" in page
    article = client.get(f"{ARTICLE}?{urlencode(SENT)}").text
    assert (_value(article, "url"), _value(article, "title")) == (URL, "The mayor speaks")
    assert not Claim.objects.exists() and not Article.objects.exists()
    form = {"text": "The bridge cost 4 million.", "appearance_url": URL, "desk": desk.pk}
    for _twice in range(2):
        assert client.post(asked, form | {"language": "en"}).status_code == 302
    claim = Claim.objects.get()
    entry = AuditEntry.objects.get(object_id=str(claim.public_id), action="claim.create")
    assert (entry.entry_point, entry.actor) == ("bookmarklet", "checker")
    client.post(f"{ARTICLE}?{urlencode(SENT)}", {"url": URL, "desk": desk.pk})
    stored = AuditEntry.objects.filter(object_type="sources.article").latest("seq")
    assert stored.entry_point == "bookmarklet" and Article.objects.get().url == URL
    # Without the mark it is a form like any other.
    client.post(CLAIM, form | {"text": "Typed by hand.", "language": "en"})
    assert AuditEntry.objects.filter(action="claim.create").latest("seq").entry_point == "admin"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("about:blank", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        (f"https://a.example/{'x' * 2000}", ""),
        (f"{URL}\0", URL),
    ],
)
def test_what_leads_nowhere_is_left_out(client: Client, checker: User, url: str, kept: str) -> None:
    client.force_login(checker)
    asked = SENT | {"url": url, "text": "<b>\0" + "ß" * 5000, "title": "t" * 5000}
    answer = client.get(f"{CLAIM}?{urlencode(asked)}")
    assert answer.status_code == 200 and _value(answer.text, "appearance_url") == kept
    assert "ß" * 1997 in answer.text and "ß" * 1998 not in answer.text
    assert "&lt;b&gt;" in answer.text and "t" * 201 not in answer.text


def test_who_is_signed_out_comes_back_with_what_was_selected(client: Client, checker: User) -> None:
    words = "Die Brücke & “das Geld” = 100 % #1"
    answer = client.get(f"{CLAIM}?{urlencode(SENT | {'text': words})}")
    page = client.get(answer["Location"], follow=True)
    sign_in = page.redirect_chain[-1][0]
    asked = {"login": "checker", "password": PASSWORD, "next": _value(page.text, "next")}
    signed = client.post(sign_in, asked)
    back = urlsplit(signed["Location"])
    assert back.path == CLAIM and parse_qs(back.query)["text"] == [words]
    assert parse_qs(back.query)["url"] == [URL]
