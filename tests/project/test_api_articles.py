"""Articles through the API: a text or an address, taken in once, with its work in
sight.
"""

from datetime import date
from typing import Any

import pytest

from factcheck.newsroom.models import User
from sources.ingest import fetch_article
from sources.models import Article
from tests import factories
from tests.project.api import Api, is_problem

TEXT = (
    "The mayor said on Monday that 4,200 trees were planted in the city in 2025.\n\nThe register"
    " lists fewer.\n"
)


def test_a_text_is_taken_in_once(checker: User) -> None:
    api = Api(checker)
    first, again = api.post("articles/", {"text": TEXT}), api.post("articles/", {"text": TEXT})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() | {"outcome": "unchanged"} == again.json()
    detail = api.get(f"articles/{first.json()['id']}/").json()
    assert detail["text"] == TEXT and detail["version"] == 1 and len(detail["content_hash"]) == 64
    assert detail["job"] == {
        "kind": "reading",
        "state": "waiting",
        "attempts": 0,
        "error": "",
        "suggestion_count": None,
        "rejected": 0,
    }


def test_another_text_under_the_same_address_is_its_next_version(checker: User) -> None:
    api, address = (
        Api(checker),
        {"address": "https://paper.example/trees?utm_source=mail", "published_date": "2026-05-03"},
    )
    api.post("articles/", {"text": TEXT, **address})
    second = api.post("articles/", {"text": f"{TEXT}Corrected on Tuesday.", **address})
    assert second.status_code == 200
    data = second.json()
    assert (data["version"], data["url"], data["published_date"]) == (
        2,
        "https://paper.example/trees",
        str(date(2026, 5, 3)),
    )


def test_a_private_address_is_taken_in_and_its_fetch_fails_in_words(checker: User) -> None:
    api = Api(checker)
    sent = api.post("articles/", {"url": "http://10.0.0.8/minutes"})
    assert sent.status_code == 201
    assert sent.json()["job"] == {
        "kind": "fetch",
        "state": "waiting",
        "attempts": 0,
        "error": "",
        "suggestion_count": None,
        "rejected": None,
    }
    fetch_article(Article.objects.get().fetch.pk)
    job = api.get("articles/").json()["results"][0]["job"]
    assert job["state"] == "failed" and "Paste the text" in job["error"]
    for _ in range(2):
        again = api.post(f"articles/{sent.json()['id']}/retry/")
        assert again.status_code == 202 and again.json()["job"] == sent.json()["job"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"text"}), ({"text": "A text.", "url": "https://paper.example/"}, {"text"}), ({"text": "A text.", "kind": "letter"}, {"kind"}),
        ({"url": "https://paper.example/", "title": "T", "kind": "draft"}, {"title", "kind"}), ({"text": "A text.", "desk": "1"}, {"desk"}),
        ({"text": "A text.", "address": "nowhere"}, {"address"}), ({"text": "A text.", "language": "en"}, {"language"}),
    ],
)  # fmt: skip
def test_a_body_that_does_not_fit_is_refused_by_field(
    checker: User, body: dict[str, Any], fields: set[str]
) -> None:
    refused = Api(checker).post("articles/", body)
    assert (
        is_problem(refused, 400)
        and {error["field"] for error in refused.json()["errors"]} == fields
    )
    assert not Article.objects.exists()


def test_who_may_not_send_articles_is_refused(
    auditor: User, admin_person: User, superuser: User
) -> None:
    for person, status in ((auditor, 403), (admin_person, 403), (superuser, 401)):
        assert is_problem(Api(person).post("articles/", {"text": TEXT}), status)
    assert not Article.objects.exists()


def test_a_reporter_sees_only_what_they_sent_and_retries_nothing(
    checker: User, reporter: User
) -> None:
    other = factories.article(checker)
    api = Api(reporter)
    own = api.post("articles/", {"text": TEXT}).json()
    assert [article["id"] for article in api.get("articles/").json()["results"]] == [own["id"]]
    assert is_problem(api.get(f"articles/{other.public_id}/"), 404)
    assert is_problem(api.post(f"articles/{other.public_id}/retry/"), 404)
    assert is_problem(api.post(f"articles/{own['id']}/retry/"), 403)


def test_a_text_somebody_else_sent_is_answered_without_being_stored_again(
    checker: User, reporter: User
) -> None:
    sent = Api(checker).post("articles/", {"text": TEXT})
    again = Api(reporter).post("articles/", {"text": TEXT})
    assert again.status_code == 200 and again.json()["id"] == sent.json()["id"]
