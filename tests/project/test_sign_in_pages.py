"""Signing in by name or address, resetting a password by mail, and where one lands
afterwards.
"""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from factcheck.newsroom.mail import deliver
from factcheck.newsroom.models import Mail, User
from tests import factories

LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
NEW = "an entirely new sentence"


@pytest.fixture(autouse=True)
def _address(checker: User) -> None:
    checker.email = "checker@news.example"
    checker.save()


@pytest.mark.parametrize("login", ["checker", "checker@news.example", " Checker@News.example "])
def test_a_name_or_an_address_signs_in(client: Client, login: str) -> None:
    answer = client.post(LOGIN, {"login": login, "password": factories.PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "there",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
        "",
    ],
)
def test_a_foreign_next_leads_home(client: Client, checker: User, there: str) -> None:
    sent = {"login": "checker", "password": factories.PASSWORD, "next": there}
    assert client.post(LOGIN, sent)["Location"] == "/admin/"
    assert Client().get("/admin/login/", {"next": there})["Location"] == f"{LOGIN}?next=/admin/"
    assert client.get(LOGIN, {"next": there})["Location"] == "/admin/"


def test_an_own_next_is_followed(client: Client) -> None:
    there = "/admin/claims/claim/?status=open"
    sent = {"login": "checker", "password": factories.PASSWORD, "next": there}
    assert client.post(LOGIN, sent)["Location"] == there


def test_the_session_is_a_new_one_after_the_sign_in(client: Client) -> None:
    client.get(LOGIN)
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = str(before)
    client.post(LOGIN, {"login": "checker", "password": factories.PASSWORD})
    assert client.session.session_key != before


def test_a_link_by_mail_sets_a_new_password(client: Client) -> None:
    assert client.post(RESET, {"email": "checker@news.example"}).status_code == 302
    assert deliver(Mail.objects.get(event="reset_link").pk)
    (sent,) = mail.outbox
    assert sent.to == ["checker@news.example"] and "allauth" not in sent.body
    link = re.search(r"http://localhost:8000(/accounts/password/choose/\S+)", sent.body)
    assert link
    form = client.get(link[1])["Location"]
    answer = client.post(form, {"new_password1": NEW, "new_password2": NEW})
    assert answer.status_code == 302, answer.text
    assert User.objects.get(username="checker").check_password(NEW)
    # The link works once.
    assert "new_password1" not in Client().get(link[1], follow=True).text


def test_the_reset_page_does_not_tell_who_has_an_account(client: Client) -> None:
    known = client.post(RESET, {"email": "checker@news.example"}, follow=True)
    unknown = client.post(RESET, {"email": "nobody@news.example"}, follow=True)
    assert known.text == unknown.text and Mail.objects.filter(event="reset_link").count() == 1


@pytest.mark.parametrize("path", ["signup/", "email/", "confirm-email/", "login/code/"])
def test_nobody_signs_up_or_changes_their_address_by_themselves(client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}", {}).status_code == 404


def test_the_page_is_headed_by_the_newsroom_and_not_by_its_host(client: Client) -> None:
    page = client.get(LOGIN).text
    shown = re.sub(r"<(head|script|style)\b.*?</\1>|<[^>]*>", " ", page, flags=re.S)
    assert settings.SITE_NAME in shown and "Sign in" in shown
    assert "testserver" not in shown and "example.com" not in shown
