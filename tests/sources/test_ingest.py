"""Articles come in as text or address: once, clean, or refused with a remedy."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied

from claims.models import Extraction
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import Desk, User
from sources import ingest
from sources.article_details import ArticleDetails
from sources.canonical_urls import UrlError
from sources.ingest import fetch_article, submit_text, submit_url
from sources.models import Article, ArticleFetch
from sources.plaintext import TextError
from tests import factories
from tests.sources.internal_services import Visit, serving

pytestmark = pytest.mark.django_db
STORY = "The harbour board counted 412 ships last year. " * 6


@pytest.fixture
def page(settings: object) -> Iterator[str]:
    """The address of a page on loopback with one story in it; /empty has no text, /gone
    is not there.
    """

    def answer(visit: Visit) -> None:
        body = f"<!doctype html><title>Ships</title><article><h1>Ships</h1><p>{STORY}</p></article>"
        if visit.path == "/empty":
            body = "<!doctype html><title>Ships</title><script>load()</script>"
        visit.answer(
            body.encode(),
            status=404 if visit.path == "/gone" else 200,
            headers=("Content-Type: text/html",),
        )

    with serving(answer) as victim:
        settings.FETCH_PORTS = frozenset({victim.port})  # type: ignore[attr-defined]
        yield victim.url


def _fetch(article: Article) -> ArticleFetch:
    job = article.fetch
    ArticleFetch.objects.filter(pk=job.pk).update(next_attempt_at=clock.now())
    fetch_article(job.pk)
    job.refresh_from_db()
    return job


def test_an_address_becomes_an_article_that_a_worker_fetches_and_reads(
    page: str, desk: Desk, reporter: User
) -> None:
    article, new = submit_url(desk, by=reporter, url=f"{page}/story?utm_source=x")
    assert (new, article.url, article.versions.count()) == (True, f"{page}/story", 0)
    assert _fetch(article).job_state == JobState.DONE
    assert "412 ships" in article.versions.get().text
    assert Extraction.objects.get().version.article == article


def test_the_same_address_again_is_the_same_article(
    page: str, desk: Desk, reporter: User, checker: User
) -> None:
    first, _ = submit_url(desk, by=reporter, url=f"{page}/story")
    again, new = submit_url(desk, by=checker, url=f"{page}/story#comments")
    assert (again, new, ArticleFetch.objects.count()) == (first, False, 1)


@pytest.mark.parametrize(
    ("path", "word"), [("/empty", "Paste the text"), ("/gone", "Paste the text")]
)
def test_a_page_that_gives_no_text_says_what_to_do(
    page: str, desk: Desk, reporter: User, path: str, word: str
) -> None:
    article, _ = submit_url(desk, by=reporter, url=page + path)
    job = _fetch(article)
    assert job.job_state == JobState.FAILED
    assert word in job.last_error
    assert article.versions.count() == 0


def test_an_address_we_may_not_fetch_is_a_failed_job_in_words(
    page: str, desk: Desk, reporter: User, settings: object
) -> None:
    settings.FETCH_ALLOWED_NETWORKS = ()  # type: ignore[attr-defined]
    article, _ = submit_url(desk, by=reporter, url=f"{page}/story")
    job = _fetch(article)
    assert job.job_state == JobState.FAILED
    assert "Paste the text" in job.last_error


def test_retry_makes_it_due_again(page: str, desk: Desk, checker: User) -> None:
    article, _ = submit_url(desk, by=checker, url=f"{page}/gone")
    job = _fetch(article)
    ingest.retry(job, article=article, by=checker)
    job.refresh_from_db()
    assert (job.job_state, job.attempts, job.last_error) == (JobState.WAITING, 0, "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "a\x00b",
        "half \ud800 pair",
        b"\xff\xfe\xfa broken",
        b"%PDF-1.7 x",
        "x" * 2_000_001,
    ],
)
def test_text_that_cannot_be_stored_is_refused_and_nothing_is_written(
    desk: Desk, reporter: User, text: str | bytes
) -> None:
    with pytest.raises(TextError):
        submit_text(desk, by=reporter, text=text)
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "javascript:alert(1)",
        "https://user:pass@a.example/",
        "not an address",
        "http://",
    ],
)
def test_an_address_that_is_none_is_refused_and_nothing_is_written(
    desk: Desk, reporter: User, url: str
) -> None:
    with pytest.raises(UrlError):
        submit_url(desk, by=reporter, url=url)
    assert not Article.objects.exists()


def test_scripts_and_bidi_controls_are_only_text(desk: Desk, reporter: User) -> None:
    text = "He said \u202eabc\u202c <script>alert(1)</script> & more."
    article, _ = submit_text(desk, by=reporter, text=text)
    assert article.versions.get().text == text


def test_another_text_under_a_known_address_is_its_next_version(desk: Desk, reporter: User) -> None:
    details = ArticleDetails(url="https://courier.example/a")
    first, _ = submit_text(desk, by=reporter, text="One ship came.", details=details)
    again, new = submit_text(desk, by=reporter, text="Two ships came.", details=details)
    assert (again, new) == (first, False)
    assert [version.number for version in first.versions.all()] == [1, 2]


@pytest.mark.parametrize("role", ["legal", "auditor", "admin"])
def test_other_roles_do_not_send_articles(desk: Desk, role: str) -> None:
    with pytest.raises(PermissionDenied):
        submit_text(desk, by=factories.person("other", desk, role), text="A text.")


def test_an_outsider_does_not_send_to_this_desk(desk: Desk, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        submit_url(desk, by=outsider, url="https://courier.example/a")
