"""An agency sends one story again and again: the updates stand under its first version,
and nothing is proposed twice.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from claims.choices import SuggestionState
from claims.intake.extraction_jobs import extract
from claims.intake.triage import accept
from claims.models import Extraction, Suggestion
from factcheck.newsroom.models import Desk, User
from sources.article_details import ArticleDetails
from sources.canonical_urls import UrlError
from sources.ingest import submit_text, submit_url
from sources.models import Article, ArticleFetch
from tests import factories
from tests.claims.concurrency import at_once, unforeseen
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db
SECOND = factories.ARTICLE + "\nThe board expects 430 ships this year, its chairman said.\n"
AT = "https://wire.example/ships-update-2"


def _update(story: Article, by: User, text: str = SECOND, url: str = "") -> Article:
    return submit_text(
        story.desk, by=by, text=text, details=ArticleDetails(url=url, update_of=story)
    )[0]


def _read_all() -> None:
    for job in Extraction.objects.filter(finished_at=None):
        extract(job.pk)


def test_it_becomes_the_next_version_and_proposes_only_what_is_new(checker: User) -> None:
    story = factories.article_read(checker)
    before = set(story.suggestions.values_list("pk", flat=True))
    taken = story.suggestions.order_by("part", "rank")[0]
    accept(taken, by=checker)
    assert _update(story, checker, url=AT) == story
    _read_all()
    assert list(story.versions.order_by("number").values_list("number", "url")) == [
        (1, ""),
        (2, AT),
    ]
    found = Suggestion.objects.filter(article=story)
    assert before < set(found.values_list("pk", flat=True))
    assert found.values("fingerprint").distinct().count() == found.count()
    assert found.get(pk=taken.pk).state == SuggestionState.ACCEPTED
    assert [row.text for row in found.exclude(pk__in=before)] == [
        "The board expects 430 ships this year, its chairman said."
    ]


def test_sent_again_it_is_found_under_its_story(desk: Desk, checker: User) -> None:
    story = factories.article(checker)
    _update(story, checker, url=AT)
    _update(story, checker, url=AT)
    assert submit_text(desk, by=checker, text=SECOND, details=ArticleDetails(url=AT)) == (
        story,
        False,
    )
    assert submit_url(desk, by=checker, url=AT) == (story, False)
    assert submit_text(desk, by=checker, text=SECOND) == (story, False)
    assert (
        Article.objects.count() == 1
        and story.versions.count() == 2
        and not ArticleFetch.objects.exists()
    )


def test_a_pasted_update_of_a_fetched_story_is_found_again(desk: Desk, checker: User) -> None:
    story = submit_text(
        desk,
        by=checker,
        text=factories.ARTICLE,
        details=ArticleDetails(url="https://wire.example/ships"),
    )[0]
    _update(story, checker)
    assert submit_text(desk, by=checker, text=SECOND) == (story, False)
    assert Article.objects.count() == 1 and story.versions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_several_texts_at_once_get_a_number_each(desk: Desk, checker: User) -> None:
    told = ArticleDetails(url="https://wire.example/ships")
    story = submit_text(desk, by=checker, text=factories.ARTICLE, details=told)[0]
    texts = [f"{SECOND}Report {number} of the day." for number in range(4)]
    works = [
        lambda text=text: submit_text(desk, by=checker, text=text, details=told) for text in texts
    ]
    assert unforeseen(at_once(*works)) == []
    assert list(story.versions.order_by("number").values_list("number", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_only_of_what_one_sees_on_that_desk(
    desk: Desk, checker: User, reporter: User, outsider: User
) -> None:
    story, other = (
        factories.article(checker),
        factories.article(outsider, text="Another city counted its boats. " * 9),
    )
    for by, of in ((reporter, story), (outsider, story), (checker, other)):
        with pytest.raises(PermissionDenied):
            submit_text(desk, by=by, text=SECOND, details=ArticleDetails(update_of=of))
    known = submit_url(desk, by=checker, url=AT)[0]
    with pytest.raises(UrlError, match="already another article"):
        _update(story, checker, url=AT)
    assert story.versions.count() == 1 and known.versions.count() == 0


def test_in_the_form_and_over_the_api(client: Client, checker: User, reporter: User) -> None:
    story = factories.article(checker)
    client.force_login(checker)
    page = client.get(f"/admin/sources/article/{story.pk}/change/")
    link = f"/admin/sources/article/add/?update_of={story.pk}"
    assert link in page.text and f'value="{story.pk}" selected' in client.get(link).text
    refused = client.post("/admin/sources/article/add/", {"url": AT, "update_of": story.pk})
    assert refused.status_code == 400 and "Paste the text of the update" in refused.text
    sent = client.post(
        "/admin/sources/article/add/", {"text": SECOND, "update_of": story.pk, "kind": "published"}
    )
    assert sent.status_code == 302 and story.versions.count() == 2
    third = {"text": SECOND + "Nobody was hurt.", "update_of": str(story.public_id)}
    response = Api(checker).post("articles/", third)
    assert response.json()["id"] == str(story.public_id) and response.json()["version"] == 3
    assert is_problem(Api(reporter).post("articles/", third), 400)
    assert is_problem(
        Api(checker).post("articles/", {"url": AT, "update_of": str(story.public_id)}), 400
    )
