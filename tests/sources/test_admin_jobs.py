"""Failed work is visible with its error, and its Retry button makes it due again."""

import pytest
from django.test import Client

from claims.models import Extraction
from factcheck.ledger.models import AuditEntry
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
    return client.post(f"/admin/sources/articlefetch/{fetch.pk}/retry/").status_code


def test_retry_makes_it_due_from_the_start_and_is_in_the_audit(
    client: Client, checker: User, fetch: ArticleFetch
) -> None:
    assert retry(client, checker, fetch) == 302
    fetch.refresh_from_db()
    assert (fetch.job_state, fetch.attempts, fetch.last_error) == ("waiting", 0, "")
    assert AuditEntry.objects.filter(action="job.retry", actor="checker").count() == 1


def test_retry_twice_leaves_one_row_that_is_due(
    client: Client, checker: User, fetch: ArticleFetch
) -> None:
    assert [retry(client, checker, fetch), retry(client, checker, fetch)] == [302, 302]
    assert ArticleFetch.objects.filter(job_state="waiting").count() == 1


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


def test_the_list_shows_state_error_and_the_button(
    client: Client, editor: User, fetch: ArticleFetch
) -> None:
    client.force_login(editor)
    html = client.get("/admin/sources/articlefetch/?job_state__exact=failed").content.decode()
    assert "The site answered 404." in html
    assert f"/admin/sources/articlefetch/{fetch.pk}/retry/" in html
    assert "https://paper.example/lost" in html


def test_another_desk_sees_no_work_of_ours(
    client: Client, outsider: User, fetch: ArticleFetch
) -> None:
    client.force_login(outsider)
    assert "paper.example" not in client.get("/admin/sources/articlefetch/").content.decode()


def test_a_failed_reading_is_retried_the_same_way(
    client: Client, desk: Desk, checker: User, auditor: User
) -> None:
    submit_text(desk, by=checker, text="The lake rose by 2 metres.")
    job = Extraction.objects.get()
    Extraction.objects.update(job_state="failed", next_attempt_at=None)
    client.force_login(auditor)
    assert client.post(f"/admin/claims/extraction/{job.pk}/retry/").status_code == 403
    client.force_login(checker)
    assert client.get("/admin/claims/extraction/").status_code == 200
    assert client.post(f"/admin/claims/extraction/{job.pk}/retry/").status_code == 302
    job.refresh_from_db()
    assert job.job_state == "waiting"


def test_work_is_read_only(client: Client, editor: User, fetch: ArticleFetch) -> None:
    client.force_login(editor)
    assert (
        client.post(
            f"/admin/sources/articlefetch/{fetch.pk}/change/", {"job_state": "done"}
        ).status_code
        == 403
    )
    assert client.get("/admin/sources/articlefetch/add/").status_code == 403
    assert client.get(f"/admin/sources/articlefetch/{fetch.pk}/retry/").status_code == 405
