"""The words of a claim on the workbench, where it was said, and who sees how much of
the page.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.choices import Action
from claims.intake import extraction_jobs
from claims.intake.triage import accept
from claims.models import Claim, Extraction, Suggestion
from claims.workflow import apply
from factcheck.ledger import term_index
from factcheck.newsroom.models import User
from sources.article_details import ArticleDetails
from sources.ingest import submit_text
from tests import factories

ARTICLE = (
    "The harbour was quiet on Monday. Mayor Ilse Brandt said that the city had planted 12,000 trees"
    " since last spring. Her opponents laughed."
)


def _url(claim: Claim, name: str = "change") -> str:
    return reverse(f"admin:claims_claim_{name}", args=[claim.pk])


def _page(client: Client, claim: Claim) -> str:
    return client.get(_url(claim)).content.decode()


def _from_article(reporter: User, checker: User) -> Claim:
    desk = reporter.memberships.get().desk
    submit_text(
        desk,
        by=reporter,
        text=ARTICLE,
        details=ArticleDetails(title="Trees", url="https://paper.example/trees"),
    )
    extraction_jobs.extract(Extraction.objects.get().pk)
    return accept(Suggestion.objects.get(text__contains="12,000"), by=checker)


def test_a_claim_from_an_article_stands_in_its_sentences(
    client: Client, reporter: User, checker: User
) -> None:
    claim = _from_article(reporter, checker)
    client.force_login(checker)
    page = _page(client, claim)
    assert "The harbour was quiet on Monday. <mark>" in page
    assert "</mark> Her opponents laughed." in page
    assert "https://paper.example/trees" in page


def test_an_editor_words_the_claim_anew(client: Client, checker: User, editor: User) -> None:
    claim = factories.claim(checker)
    client.force_login(editor)
    typed = {
        "text": "The city planted 12,000 trees.",
        "claimant": "Mayor Brandt",
        "version": claim.version,
    }
    for _ in range(2):
        assert client.post(_url(claim, "details"), typed).status_code == 302
    claim.refresh_from_db()
    assert (claim.text, str(claim.claimant), claim.version) == (
        "The city planted 12,000 trees.",
        "Mayor Brandt",
        2,
    )


def test_a_conflict_of_words_shows_both(client: Client, checker: User, editor: User) -> None:
    claim = factories.claim(checker)
    client.force_login(editor)
    client.post(_url(claim, "details"), {"text": "Saved first.", "version": 1})
    answer = client.post(_url(claim, "details"), {"text": "Typed second.", "version": 1})
    assert answer.status_code == 412
    assert "Saved first." in answer.content.decode()
    assert "Typed second." in answer.content.decode()


@pytest.mark.parametrize(
    "typed", [{"text": "", "version": 1}, {"text": "Words."}, {"text": "Words.", "version": "x"}]
)
def test_bad_words_change_nothing(
    client: Client, checker: User, editor: User, typed: dict[str, object]
) -> None:
    claim = factories.claim(checker)
    client.force_login(editor)
    assert client.post(_url(claim, "details"), typed).status_code == 400
    assert Claim.objects.get().text == claim.text


def test_a_reporter_sees_the_claim_of_an_own_article_without_its_evidence(
    client: Client, reporter: User, checker: User
) -> None:
    claim = _from_article(reporter, checker)
    apply(claim, Action.TAKE, by=checker)
    factories.evidence(claim, checker, quote="Confidential words", text="Confidential words here.")
    factories.written(claim, checker)
    client.force_login(reporter)
    page = _page(client, claim)
    assert claim.text in page
    assert "Confidential words" not in page
    assert client.get(reverse("admin:claims_claim_capture", args=[claim.pk, 1])).status_code == 404


def test_an_auditor_reads_everything_and_is_offered_nothing(
    client: Client, checker: User, auditor: User, submitted: Claim
) -> None:
    client.force_login(auditor)
    page = _page(client, submitted)
    assert "source" in page
    assert "checker signed it and submitted it for review" in page
    assert "No actions available." in page
    assert f'action="{_url(submitted, "details")}"' not in page
    assert f'action="{_url(submitted, "evidence")}"' not in page


def test_words_from_another_entry_point_are_no_link_and_no_markup(
    client: Client, checker: User
) -> None:
    claim = factories.claim(checker, text="<img src=x onerror=alert(1)> said something.")
    Claim.objects.update(appearance_url="javascript:alert(1)")
    client.force_login(checker)
    page = _page(client, claim)
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


def test_twenty_items_of_evidence_cost_as_many_queries_as_two(
    client: Client, checker: User, ready: Claim
) -> None:
    client.force_login(checker)
    counts = []
    for wanted in (2, 20):
        while ready.evidence.count() < wanted:
            factories.evidence(ready, checker, quote="Something the page says")
        term_index.forget_counts()  # what the first page counted, the second would remember
        with CaptureQueriesContext(connection) as queries:
            assert client.get(_url(ready)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_claim_to_sign_costs_few_queries(client: Client, editor: User, submitted: Claim) -> None:
    assert submitted.evidence.count() == 2
    client.force_login(editor)
    with CaptureQueriesContext(connection) as queries:
        page = _page(client, submitted)
    # Five of them are of gates that must not trust what a page has read.
    assert len(queries) <= 26
    # Only the tags of the desk stand in the page, which are few.
    assert "<option" in page and page.count("<datalist") - 1 == page.count("data-names=")
