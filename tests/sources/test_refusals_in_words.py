"""What the modules that know no Django refuse is read in the language of the desk, and
in English by machines.
"""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from factcheck.newsroom.models import User
from sources.admin.refusals import in_words
from sources.canonical_urls import UrlError, canonical_url
from sources.plaintext import TextError, stored_text
from tests.project.api import Api

LONG = f"https://example.org/{'x' * 3000}"


@pytest.mark.parametrize(
    ("url", "english", "german"),
    [
        (LONG, "longer than 2,000 characters", "mehr als 2.000 Zeichen"),
        ("example.org", "has no scheme", "kein Schema"),
        ("gopher://example.org", "begin with gopher:", "mit gopher: beginnen"),
        ("https://exa mple.org", "a space as %20", "Leerzeichen als %20"),
    ],
)
def test_an_address_is_refused_in_whole_sentences(url: str, english: str, german: str) -> None:
    with translation.override("de"), pytest.raises(UrlError, match=english) as refused:
        canonical_url(url)
    with translation.override("de"):
        assert german in in_words(refused.value)
    assert in_words(refused.value) == str(refused.value)


def test_a_text_is_refused_with_its_numbers_as_they_are_written_there() -> None:
    with pytest.raises(TextError, match="more than 10 characters"):
        stored_text("x" * 11, limit=10)
    with pytest.raises(TextError, match=r"byte 2,001\)") as refused:
        stored_text(b"x" * 2000 + b"\xff")
    with translation.override("fr"):
        assert "octet 2\xa0001" in in_words(refused.value)


@pytest.mark.django_db
def test_the_desk_reads_its_language_and_the_api_english(client: Client, checker: User) -> None:
    User.objects.filter(pk=checker.pk).update(language="de")
    client.force_login(checker)
    desk = checker.memberships.get().desk
    typed = {"text": "The dam is full.", "desk": desk.pk, "language": "en"}
    page = client.post(
        reverse("admin:claims_claim_add"), {**typed, "appearance_url": "dam.example"}
    )
    assert page.status_code == 400 and "Die URL hat kein Schema." in page.text
    answer = Api(checker).post(
        "claims/",
        {"text": typed["text"], "desk": str(desk.public_id), "appearance_url": "dam.example"},
    )
    assert answer.status_code == 400 and "has no scheme" in answer.content.decode()
