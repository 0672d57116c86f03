"""A refused form far down the page: the reason at its top names each field and leads to
it, and nothing that was typed is lost.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(checker: User) -> Claim:
    made = factories.claim(checker)
    apply(made, Action.TAKE, by=checker)
    Claim.objects.filter(pk=made.pk).update(claimant=factories.claimant("Ole Brandt"))
    return Claim.objects.get(pk=made.pk)


def _refused(client: Client, claim: Claim, **typed: str) -> str:
    url = reverse("admin:claims_claim_reply_request", args=[claim.pk])
    answer = client.post(url, {"person": "The press office", "channel": "email", **typed})
    assert answer.status_code == 400
    return answer.text


def test_what_the_form_refuses_is_named_and_linked(
    client: Client, claim: Claim, checker: User
) -> None:
    client.force_login(checker)
    page = _refused(client, claim, sent_at="yesterday", person="", question="True?")
    top = page.split('id="refusal"')[1].split("</div>")[0]
    assert 'href="#reply_request-sent_at">Sent at: ' in top
    assert 'href="#reply_request-person">Contact: ' in top
    assert 'id="reply_request-sent_at"' in page and "True?" in page


@pytest.mark.parametrize(
    ("typed", "label", "field"),
    [
        ({}, "Question", "question"),
        ({"question": "True?", "sent_at": "2999-01-01T10:00"}, "Sent at", "sent_at"),
        (
            {"question": "Why?", "sent_at": "2026-05-04T10:00", "deadline_at": "2026-05-03T10:00"},
            "Reply deadline",
            "deadline_at",
        ),
    ],
)
def test_what_the_desk_refuses_is_named_and_linked_too(
    client: Client, claim: Claim, checker: User, typed: dict[str, str], label: str, field: str
) -> None:
    client.force_login(checker)
    page = _refused(client, claim, **typed)
    top = page.split('id="refusal"')[1].split("</div>")[0]
    assert f'href="#reply_request-{field}">{label}: ' in top
    form = page.split('id="reply-request"')[1].split("</form>")[0]
    assert "errorlist" in form and "The press office" in form


def test_staff_screens_write_dates_in_one_way() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "admin"
    short = [
        path.name
        for path in folder.rglob("*.html")
        if '|date:"j M' in path.read_text("utf-8") or '|date:"d.' in path.read_text("utf-8")
    ]
    assert short == []
