"""A system finds its articles again by its own names and addresses, and corrects what
it said of them.
"""

from typing import Any

import pytest
from django.test import Client

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.models import Article
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db
TEXT = {"text": "The city planted 600 trees.", "external_id": "cms-17", "title": "Trees"}


def found(api: Api, **query: Any) -> list[str]:
    return [row["id"] for row in api.get("articles/", **query).json()["results"]]


def test_an_article_is_found_by_ones_own_name_and_by_its_address(
    checker: User, outsider: User
) -> None:
    api = Api(checker)
    sent = api.post("articles/", TEXT | {"address": "https://Paper.example/trees?utm_source=x"})
    assert sent.status_code == 201
    row = sent.json()
    assert (row["outcome"], row["external_id"]) == ("new", "cms-17")
    assert found(api, external_id="cms-17") == [row["id"]]
    assert found(api, url="https://paper.example/trees") == [row["id"]]
    assert not found(api, external_id="cms-18") and not found(api, url="https://paper.example/b")
    assert is_problem(api.get("articles/", url="nowhere"), 400)
    assert not found(Api(outsider), external_id="cms-17")


def test_the_desk_sees_the_name_and_finds_the_article_by_it(checker: User, client: Client) -> None:
    for name in ("cms-17", "cms-170"):
        Api(checker).post("articles/", {"text": f"A text, {name}.", "external_id": name})
    client.force_login(checker)
    article = Article.objects.get(external_id="cms-17")
    page = client.get(f"/admin/sources/article/{article.pk}/change/").content.decode()
    assert "external ID <bdi>cms-17</bdi>" in page
    shown = client.get("/admin/sources/article/", {"external_id": "cms-17"})
    assert list(shown.context["cl"].result_list) == [article]
    assert not client.get("/admin/sources/article/?external_id=17").context["cl"].result_list


def test_the_next_text_of_a_name_is_its_next_version(checker: User) -> None:
    api = Api(checker)
    first = api.post("articles/", TEXT).json()
    again = api.post("articles/", TEXT)
    assert (again.status_code, again.json()["outcome"]) == (200, "unchanged")
    news = api.post("articles/", TEXT | {"text": "The city planted 700 trees."}).json()
    assert (news["id"], news["outcome"], news["version"]) == (first["id"], "new_version", 2)
    # The name of one article is not given to another.
    other = api.post("articles/", {"text": "The port counted 412 ships."}).json()
    refused = api.post("articles/", {"text": "The port counted 412 ships.", "external_id": "b"})
    assert refused.json()["external_id"] == "b" and refused.json()["id"] == other["id"]
    body = {"text": "The port counted 412 ships.", "external_id": "c"}
    assert is_problem(api.post("articles/", body), 400)
    by_address = {"url": "https://paper.example/x", "external_id": "d"}
    fetched = api.post("articles/", by_address).json()
    assert api.post("articles/", by_address).json()["id"] == fetched["id"]
    body = {"url": "https://paper.example/y", "external_id": "d"}
    assert api.post("articles/", body).status_code == 400
    assert Article.objects.count() == 3


def test_an_external_id_that_does_not_fit_is_told_which_does(checker: User) -> None:
    """The same text under another name, as an agency's report in two places has it;
    and a name that is given already.
    """
    api = Api(checker)
    api.post("articles/", TEXT)
    answer = api.post("articles/", TEXT | {"external_id": "cms-18"})
    assert is_problem(answer, 400)
    assert "under the external ID “cms-17”" in answer.json()["detail"]
    answer = api.post("articles/", {"url": "https://paper.example/y", "external_id": "cms-17"})
    assert is_problem(answer, 400)
    assert "“cms-17” is the external ID of another article" in answer.json()["detail"]


def test_a_corrected_headline_is_told_and_kept_on_record(checker: User) -> None:
    api = Api(checker)
    first = api.post("articles/", TEXT | {"byline": "Ana Field"}).json()
    assert first["byline"] == "Ana Field"
    news = {"title": "More trees", "published_date": "2026-05-03"}
    sent = api.post("articles/", TEXT | news).json()
    assert sent["outcome"] == "corrected" and sent["title"] == "More trees"
    assert sent["corrected"] == ["title", "published_date"]
    entry = AuditEntry.objects.get(action="article.correct")
    assert entry.changes == {"title": ["Trees", "More trees"], "published_date": ["", "2026-05-03"]}
    at = f"articles/{first['id']}/"
    assert api.patch(at, {"byline": "Ana Fields"}).json()["byline"] == "Ana Fields"
    assert api.patch(at, {}).status_code == 200
    assert AuditEntry.objects.filter(action="article.correct").count() == 2
    assert is_problem(api.patch(at, {"title": ""}), 400)
    assert is_problem(api.patch(at, {"text": "Other."}), 400)


def test_details_are_corrected_by_those_alone_who_may(
    checker: User, reporter: User, auditor: User, outsider: User
) -> None:
    at = f"articles/{Api(checker).post('articles/', TEXT).json()['id']}/"
    assert is_problem(Api(auditor).patch(at, {"title": "Mine"}), 403)
    assert is_problem(Api(outsider).patch(at, {"title": "Mine"}), 404)
    assert is_problem(Api(reporter).patch(at, {"title": "Mine"}), 404)
    assert is_problem(Api(checker, "articles:read").patch(at, {"title": "Mine"}), 403)
    # Who does not see the article learns nothing of it, and changes nothing.
    sent = Api(reporter).post("articles/", {"text": TEXT["text"], "title": "Mine"}).json()
    assert (sent["outcome"], sent["corrected"], sent["title"]) == ("unchanged", [], "")
    assert Article.objects.get().title == "Trees"


def test_a_claim_that_the_desk_finished_is_not_made_twice(
    checker: User, second_checker: User, editor: User
) -> None:
    claim = factories.published(checker, editor)
    body = {
        "text": claim.text,
        "claimant": {"name": claim.claimant.name, "description": claim.claimant.description}
        if claim.claimant
        else None,
        "stated_date": claim.stated_date and claim.stated_date.isoformat(),
        "appearance_url": claim.appearance_url,
    }
    api = Api(second_checker)
    same = api.post("claims/", body)
    assert same.status_code == 200 and same.json()["id"] == str(claim.public_id)
    assert same.json()["status"] == "published" and same.json()["address"]
    another = api.post("claims/", body | {"again": True})
    assert another.status_code == 201 and another.json()["id"] != str(claim.public_id)
