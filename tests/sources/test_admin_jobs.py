"""Failed work is visible with its error, and “Run again” makes it due."""

import pytest
from django.test import Client

from claims.models import Extraction
from factcheck.newsroom.models import Desk, User
from sources.ingest import submit_text, submit_url
from sources.models import ArticleFetch


@pytest.fixture
def fetch(desk: Desk, checker: User) -> ArticleFetch:
    article, _ = submit_url(desk, by=checker, url="https://paper.example/lost")
    ArticleFetch.objects.update(
        job_state="failed", attempts=5, next_attempt_at=None, last_error="The site answered 404."
    )
    return ArticleFetch.objects.get(article=article)


def retry(client: Client, by: User, fetch: ArticleFetch) -> int:
    client.force_login(by)
    return client.post(f"/admin/jobs/article-fetch/{fetch.pk}/again/").status_code


def test_who_may_not_retry_is_refused(
    client: Client, auditor: User, reporter: User, outsider: User, fetch: ArticleFetch
) -> None:
    assert [retry(client, person, fetch) for person in (auditor, reporter, outsider)] == [
        403,
        404,
        404,
    ]
    fetch.refresh_from_db()
    assert fetch.job_state == "failed"


def test_a_failed_reading_is_retried_the_same_way(
    client: Client, desk: Desk, checker: User, auditor: User
) -> None:
    submit_text(desk, by=checker, text="The lake rose by 2 metres.")
    job = Extraction.objects.get()
    Extraction.objects.update(job_state="failed", next_attempt_at=None)
    client.force_login(auditor)
    assert client.post(f"/admin/jobs/extraction/{job.pk}/again/").status_code == 403
    client.force_login(checker)
    assert client.get("/admin/jobs/?kind=extraction").status_code == 200
    assert client.post(f"/admin/jobs/extraction/{job.pk}/again/").status_code == 302
    job.refresh_from_db()
    assert job.job_state == "waiting"


def test_the_stock_lists_of_jobs_are_gone(
    client: Client, editor: User, fetch: ArticleFetch
) -> None:
    client.force_login(editor)
    for address in ("sources/articlefetch/", "claims/extraction/"):
        assert client.get(f"/admin/{address}").status_code == 404
    html = client.get(f"/admin/sources/article/{fetch.article_id}/change/").text
    assert f'action="/admin/jobs/article-fetch/{fetch.pk}/again/"' in html
    assert "The site answered 404." in html
