"""The same article twice, the same work twice: one article, the same suggestions, human
decisions kept.
"""

import threading

import pytest
from django.db import connection

from claims import extraction
from claims.choices import SuggestionState
from claims.intake import extraction_jobs, triage
from claims.models import Claim, Extraction, Suggestion
from claims.workflow import WorkflowError
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import User
from sources.article_details import ArticleDetails
from sources.ingest import submit_text
from sources.models import Article
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_suggestion_says_what_stands_at_its_place(checker: User) -> None:
    article = factories.article_read(checker)
    text = article.versions.get().text
    assert article.suggestions.count() > 0
    for suggestion in article.suggestions.all():
        assert text[suggestion.start : suggestion.end] == suggestion.text


def test_the_same_text_again_creates_nothing(checker: User) -> None:
    first, new = submit_text(checker.memberships.get().desk, by=checker, text=factories.ARTICLE)
    again, new_again = submit_text(
        checker.memberships.get().desk,
        by=checker,
        text=f"\r\n{factories.ARTICLE}".strip("\r\n") + "\n",
    )
    assert (new, new_again) == (True, False)
    assert first == again
    assert (Article.objects.count(), Extraction.objects.count()) == (1, 1)


def test_the_same_work_again_does_nothing(checker: User) -> None:
    article = factories.article_read(checker)
    count = Suggestion.objects.count()
    assert extraction_jobs.extract(Extraction.objects.get().pk) is False
    assert (Suggestion.objects.count(), article.suggestions.count()) == (count, count)


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_store_each_suggestion_once(checker: User) -> None:
    article = factories.article(checker)
    job = Extraction.objects.get()

    def work() -> None:
        try:
            extraction_jobs.extract(job.pk, takeover=True)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    job.refresh_from_db()
    assert job.job_state == JobState.DONE
    assert article.suggestions.count() == len(extraction.extract(article.versions.get().text)) > 0


def test_a_changed_article_keeps_what_people_decided(checker: User) -> None:
    desk = checker.memberships.get().desk
    details = ArticleDetails(url="https://courier.example/ships")
    article, _ = submit_text(desk, by=checker, text=factories.ARTICLE, details=details)
    extraction_jobs.extract(Extraction.objects.get().pk)
    kept = triage.decline(article.suggestions.all()[0], by=checker, reason="trivial")
    submit_text(
        desk,
        by=checker,
        text=factories.ARTICLE + "\nThe ferry Alma carried 90,000 people in 2025.\n",
        details=details,
    )
    extraction_jobs.extract(Extraction.objects.order_by("pk").last().pk)
    kept.refresh_from_db()
    assert (article.versions.count(), kept.state) == (2, SuggestionState.DECLINED)
    assert article.suggestions.filter(fingerprint=kept.fingerprint).count() == 1
    assert article.suggestions.filter(text__contains="90,000").exists()


def test_accepting_twice_gives_one_claim(
    suggestion: Suggestion, checker: User, editor: User
) -> None:
    claim = triage.accept(suggestion, by=checker)
    assert triage.accept(suggestion, by=editor) == claim
    assert Claim.objects.count() == 1
    assert (claim.text, claim.created_by) == (suggestion.text, checker)


def test_a_declined_suggestion_is_not_accepted_by_a_stale_screen(
    suggestion: Suggestion, checker: User
) -> None:
    triage.decline(suggestion, by=checker, reason="opinion")
    with pytest.raises(WorkflowError, match="declined"):
        triage.accept(suggestion, by=checker)
    assert not Claim.objects.exists()
