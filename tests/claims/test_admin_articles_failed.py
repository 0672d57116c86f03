"""The list of failed articles: those whose newest work failed, whatever did before."""

import pytest
from django.test import Client

from claims.models import Extraction
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import User
from sources.ingest import ArticleDetails, submit_text
from sources.models import Article, ArticleFetch
from tests import factories

URL = "https://news.example/fire"
FAILED = "/admin/sources/article/?work=failed"


def _listed(client: Client, person: User) -> set[int]:
    client.force_login(person)
    page = client.get(FAILED)
    assert page.status_code == 200
    return {row.pk for row in page.context["cl"].result_list}


def _submitted(by: User, text: str) -> Article:
    """The second text is the next version of the same article."""
    desk = by.memberships.get().desk
    return submit_text(desk, by=by, text=text, details=ArticleDetails(url=URL))[0]


def _read_as(article: Article, state: JobState) -> None:
    newest = Extraction.objects.filter(version__article=article).latest("version__number", "pk")
    Extraction.objects.filter(pk=newest.pk).update(job_state=state)


@pytest.mark.parametrize(("newest", "is_listed"), [("failed", True), ("done", False)])
def test_the_newest_reading_decides(
    client: Client, reporter: User, editor: User, newest: str, is_listed: bool
) -> None:
    article = _submitted(reporter, "The council planted 800 trees in 2019.")
    _read_as(article, JobState.FAILED if newest == "done" else JobState.DONE)
    assert _submitted(reporter, "The council planted 900 trees in 2019.") == article
    _read_as(article, JobState(newest))
    factories.article(reporter)  # its reading waits
    assert (article.pk in _listed(client, editor)) is is_listed
    assert len(_listed(client, editor)) == is_listed


@pytest.mark.parametrize("state", JobState)
def test_a_page_that_is_fetched_again_is_judged_by_that(
    client: Client, reporter: User, editor: User, state: JobState
) -> None:
    article = factories.article(reporter)
    _read_as(article, JobState.FAILED)
    ArticleFetch.objects.create(article=article, job_state=state)
    is_listed = state in (JobState.FAILED, JobState.DONE)
    assert (article.pk in _listed(client, editor)) is is_listed


def test_another_desk_sees_none_of_them(client: Client, reporter: User, outsider: User) -> None:
    article = factories.article(reporter)
    _read_as(article, JobState.FAILED)
    assert _listed(client, outsider) == set()
