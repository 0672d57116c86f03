"""The page of an article: its text with the suggestions in place, and a card for
each.
"""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.admin.triage.highlights import Highlight, highlighted_text
from claims.intake import triage
from claims.models import Extraction
from factcheck.newsroom.models import User
from sources.article_details import ArticleDetails
from sources.ingest import submit_text
from sources.models import Article
from tests.claims import triage_cases


def page(client: Client, by: User, article: Article) -> str:
    client.force_login(by)
    answer = client.get(f"/admin/sources/article/{article.pk}/change/")
    assert answer.status_code == 200
    return answer.content.decode()


def bare(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def test_marks_stand_at_their_exact_places_even_when_they_overlap() -> None:
    text = "Ünder 40 trees fell, and 9 houses."
    html = highlighted_text(
        text,
        [
            Highlight(1, 0, 20, "proposed"),
            Highlight(2, 6, 14, "accepted"),
            Highlight(3, 10, 24, "declined"),
        ],
    )
    assert bare(html) == text
    assert '<mark class="accepted deep"><a href="#s-2">40 t</a></mark>' in html
    assert html.count('id="m-') == 3
    assert highlighted_text("plain", []) == "plain"


def test_the_text_is_escaped_and_keeps_its_white_space(client: Client, checker: User) -> None:
    article = triage_cases.article(checker, "  <script>alert(1)</script> & 3 cats\n\n\tsaid “no”.")
    triage_cases.suggestion(article, "</script> & 3 cats")
    html = page(client, checker, article)
    assert "<script>alert" not in html
    assert "  &lt;script&gt;alert(1)" in html
    assert "&lt;/script&gt; &amp; 3 cats</a></mark>\n\n\tsaid “no”." in html


def test_a_card_says_why_who_and_how_much(client: Client, checker: User) -> None:
    article = triage_cases.article(checker)
    triage_cases.suggestion(
        article, "The mayor said 40 trees were cut.", score="0.86", speaker="The mayor"
    )
    html = page(client, checker, article)
    for words in ("0.86", "figure", "The mayor", "40 trees", "2026-05-04", "Accept", "Decline"):
        assert words in html


def test_a_dozen_cards_are_shown_and_the_rest_is_merged(client: Client, checker: User) -> None:
    html = page(client, checker, triage_cases.many(checker, 15))
    assert html.count('class="card ') == 15
    assert "3 lower-ranked suggestions" in html


def test_a_waiting_article_says_so_and_a_read_one_does_not(client: Client, checker: User) -> None:
    article = triage_cases.article(checker)
    assert "Extracting claims." in page(client, checker, article)
    triage_cases.read(article)
    html = page(client, checker, article)
    assert "No checkable sentence found" in html
    assert "http-equiv" not in html
    assert client.get(f"/admin/sources/article/{article.pk}/state/").json() == {"state": "done"}


def test_a_reporter_reads_their_own_article_without_buttons(client: Client, reporter: User) -> None:
    article = triage_cases.article(reporter)
    triage_cases.suggestion(article, "The park has 900 trees.")
    html = page(client, reporter, article)
    assert "The park has 900 trees." in html
    assert "/accept/" not in html


def test_others_do_not_learn_that_the_article_exists(
    client: Client, checker: User, reporter: User, outsider: User
) -> None:
    article = triage_cases.article(checker)
    for person in (reporter, outsider):
        client.force_login(person)
        assert client.get(f"/admin/sources/article/{article.pk}/change/").status_code == 404
        assert client.get(f"/admin/sources/article/{article.pk}/state/").status_code == 404
    assert client.get("/admin/sources/article/999999/change/").status_code == 404


def test_a_sentence_of_an_earlier_version_is_marked_where_it_stands_now(
    client: Client, checker: User
) -> None:
    told = ArticleDetails(url="https://paper.example/park")
    desk = checker.memberships.get().desk
    article, _ = submit_text(
        desk, by=checker, text="The park has 900 trees. It lost 40 trees.", details=told
    )
    kept, gone = (
        triage_cases.suggestion(article, "The park has 900 trees."),
        triage_cases.suggestion(article, "It lost 40 trees."),
    )
    submit_text(desk, by=checker, text="Update. The park has 900 trees.", details=told)
    html = page(client, checker, article)
    assert f'Update. <span id="m-{kept.pk}">' in html
    assert f'id="m-{gone.pk}"' not in html
    assert "No longer in the newest version" in html


def test_decided_cards_fold_and_lead_to_their_claim(client: Client, checker: User) -> None:
    article = triage_cases.article(checker)
    claim = triage.accept(triage_cases.suggestion(article, "The park has 900 trees."), by=checker)
    assert f"/admin/claims/claim/{claim.pk}/change/" in page(client, checker, article)


def test_the_number_of_queries_does_not_grow_with_the_suggestions(
    client: Client, checker: User
) -> None:
    counts = []
    for size in (2, 20):
        article = triage_cases.many(checker, size)
        for one in article.suggestions.all()[: size // 2]:
            triage.accept(one, by=checker)
        page(client, checker, article)
        with CaptureQueriesContext(connection) as queries:
            page(client, checker, article)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_failed_reading_shows_the_error_and_retry_to_those_who_may(
    client: Client, checker: User, auditor: User
) -> None:
    article = triage_cases.article(checker)
    Extraction.objects.update(
        job_state="failed", attempts=5, last_error="Tried 5 times. Last error: out of memory"
    )
    assert "out of memory" in page(client, auditor, article)
    assert "Run again" not in page(client, auditor, article)
    assert "Run again" in page(client, checker, article)
