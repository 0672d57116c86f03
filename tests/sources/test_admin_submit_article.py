"""Articles come in through one form: a pasted text or an address, and never twice."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from factcheck.newsroom.models import Desk, Membership, User
from sources.ingest import submit_url
from sources.models import Article, ArticleFetch
from tests import factories

ADD = "/admin/sources/article/add/"
TEXT = "The harbour took in 300 ships in March."


def send(client: Client, by: User, **fields: Any):
    client.force_login(by)
    return client.post(ADD, fields)


def test_a_pasted_text_becomes_an_article_of_the_only_desk(client: Client, reporter: User) -> None:
    answer = send(
        client, reporter, text=TEXT, title="Ships", published_date="2026-04-01", kind="draft"
    )
    article = Article.objects.get()
    assert answer["Location"] == f"/admin/sources/article/{article.pk}/change/"
    assert (article.title, article.published_date, article.kind, article.submitted_by) == (
        "Ships",
        date(2026, 4, 1),
        "draft",
        reporter,
    )
    assert article.versions.get().text == TEXT


def test_an_address_becomes_an_article_that_waits_to_be_fetched(
    client: Client, checker: User
) -> None:
    send(client, checker, url="HTTPS://Paper.example/ships?utm_source=x")
    assert ArticleFetch.objects.get().article.url == "https://paper.example/ships"


def test_the_same_text_again_leads_to_the_first_article(
    client: Client, checker: User, editor: User
) -> None:
    first = send(client, checker, text=TEXT)
    again = send(client, editor, text=TEXT)
    assert again["Location"] == first["Location"]
    assert "already exists" in client.get(again["Location"]).content.decode()
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "remedy"),
    [
        ({}, "Paste the text or enter the address"),
        ({"text": "   \n"}, "Paste the text or enter the address"),
        ({"text": TEXT, "url": "https://paper.example/"}, "not both"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"text": TEXT, "published_date": "31/31/2026"}, "valid date"),
        ({"text": TEXT, "kind": "rumour"}, "valid choice"),
        ({"text": TEXT + "\0"}, "NUL character. Paste it as plain text"),
        ({"text": TEXT, "title": "t" * 501}, "500 characters"),
        ({"text": "\x01\x02\x03\x04"}, "binary"),
    ],
)
def test_bad_input_is_told_at_its_field(
    client: Client, checker: User, fields: dict[str, str], remedy: str
) -> None:
    answer = send(client, checker, **fields)
    assert answer.status_code == 400
    assert remedy in answer.content.decode()
    assert not Article.objects.exists()


def test_nothing_typed_is_lost_by_a_refusal(client: Client, checker: User) -> None:
    html = send(
        client,
        checker,
        text=TEXT,
        title="Ships & boats",
        url="https://paper.example/",
        published_date="2026-04-01",
    ).content.decode()
    for kept in (TEXT, "Ships &amp; boats", "https://paper.example/", "2026-04-01"):
        assert kept in html


def test_with_several_desks_one_is_chosen_and_no_other_is_offered(
    client: Client, checker: User
) -> None:
    sports, culture = factories.desk("Sports"), factories.desk("Culture")
    Membership.objects.create(user=checker, desk=sports, role="reporter")
    client.force_login(checker)
    html = client.get(ADD).content.decode()
    assert "Sports" in html
    assert "Culture" not in html
    assert send(client, checker, text=TEXT, desk=culture.pk).status_code == 400
    send(client, checker, text=TEXT, desk=sports.pk)
    assert Article.objects.get().desk == sports


def test_who_may_not_send_articles_gets_no_form(
    client: Client, auditor: User, admin_person: User, superuser: User
) -> None:
    for person in (auditor, admin_person, superuser):
        client.force_login(person)
        assert client.get(ADD).status_code == 403
        assert send(client, person, text=TEXT).status_code == 403
    assert not Article.objects.exists()


def test_a_file_that_is_no_text_is_refused_with_the_remedy(client: Client, checker: User) -> None:
    client.force_login(checker)
    answer = client.post("/admin/sources/article/add/", {"text": "PNG\0\0 and so on"})
    assert answer.status_code == 400
    assert "NUL character. Paste it as plain text" in answer.text


def test_a_page_that_could_not_be_fetched_says_what_to_do(
    client: Client, desk: Desk, checker: User
) -> None:
    article, _ = submit_url(desk, by=checker, url="https://paper.example/gone")
    ArticleFetch.objects.update(
        job_state="failed", attempts=1, last_error="There is no such page (404)."
    )
    client.force_login(checker)
    html = client.get(f"/admin/sources/article/{article.pk}/change/").text
    assert "There is no such page (404)." in html
    assert "Paste the text</a> instead" in html
    assert "No sentence was found" not in html
