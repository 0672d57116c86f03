"""Deciding, finishing and counting on screen: the card, the button under the article,
and the ledger with its files.
"""

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from claims.intake.triage import decline
from claims.models import Claim, FinishedArticle, Suggestion
from factcheck.newsroom.models import User
from sources.models import Article
from tests import factories
from tests.claims import triage_cases

LEDGER = reverse("admin:claims_suggestion_selection_log")
WORDS = "The mayor said 40 trees were cut."


@pytest.fixture
def suggestion(checker: User) -> Suggestion:
    return triage_cases.suggestion(triage_cases.article(checker), WORDS, speaker="The mayor")


def _file(client: Client, kind: str, query: str = "") -> str:
    answer = client.get(reverse("admin:claims_suggestion_selection_log_file", args=[kind]) + query)
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def _check(client: Client, one: Suggestion, typed: str, **headers: str):  # type: ignore[no-untyped-def]
    form = {"text": one.text, "claimant": one.speaker, "checked_in": typed}
    return client.post(
        reverse("admin:claims_suggestion_already_checked", args=[one.pk]),
        form,
        headers=headers or None,
    )


def test_a_checker_names_the_claim_it_was_checked_in(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    claim = factories.claim(checker, text="The mayor counted 40 stumps.")
    client.force_login(checker)
    page = reverse("admin:sources_article_change", args=[suggestion.article_id])
    assert "Already checked" in client.get(page).text
    offered = reverse("admin:claims_suggestion_claims", args=[suggestion.pk])
    assert claim.text in client.get(offered, {"q": "stumps"}).text
    assert {
        _check(client, suggestion, f"{claim.pk} The mayor counted").status_code for _ in range(2)
    } == {302}
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.checked_in, suggestion.decided_by) == (
        "already_checked",
        claim,
        checker,
    )
    assert reverse("admin:claims_claim_change", args=[claim.pk]) in client.get(page).text


@pytest.mark.parametrize("typed", ["", "a claim", "0", "999999", "9" * 19, "<b>"])
def test_a_claim_that_is_not_there_brings_the_card_back_open(
    client: Client, checker: User, suggestion: Suggestion, typed: str
) -> None:
    client.force_login(checker)
    answer = _check(client, suggestion, typed, **{"X-Wanted": "card"})
    assert (
        answer.status_code == 400
        and '<details class="checked" open>' in answer.text
        and "Choose a claim from the list" in answer.text
    )
    assert "<b>" not in answer.text
    suggestion.refresh_from_db()
    assert suggestion.state == "proposed"


def test_a_claim_of_another_desk_is_no_claim_to_name(
    client: Client, checker: User, outsider: User, suggestion: Suggestion
) -> None:
    claim = factories.claim(outsider, text="A secret of another desk.")
    client.force_login(checker)
    answer = _check(client, suggestion, str(claim.pk))
    assert answer.status_code == 400 and "A secret" not in answer.text


def test_done_with_an_article_is_a_button_that_works_once(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    client.force_login(checker)
    page = reverse("admin:sources_article_change", args=[suggestion.article_id])
    done = reverse("admin:sources_article_finish", args=[suggestion.article_id])
    assert "Finish article" in client.get(page).text
    assert {client.post(done).status_code for _ in range(2)} == {302}
    assert FinishedArticle.objects.get().passed_over == 1
    shown = client.get(page).text
    assert (
        f'action="{done}"' not in shown
        and "1 passed over" in shown
        and "Can still be accepted or declined." in shown
    )
    home = client.get("/admin/").text
    assert "No new articles." in home


def test_neither_auditor_nor_outsider_is_done_or_decides(
    client: Client, auditor: User, outsider: User, checker: User, suggestion: Suggestion
) -> None:
    claim = factories.claim(checker)
    done = reverse("admin:sources_article_finish", args=[suggestion.article_id])
    for who, status in ((auditor, 403), (outsider, 404)):
        client.force_login(who)
        assert client.post(done).status_code == status
        assert _check(client, suggestion, str(claim.pk)).status_code == status
    assert client.get(done).status_code == 405
    assert not FinishedArticle.objects.exists()


def test_the_ledger_shows_counts_and_rows_and_gives_them_as_files(
    client: Client, checker: User, editor: User, suggestion: Suggestion
) -> None:
    decline(suggestion, by=checker, reason="opinion")
    factories.claim(checker, text="=HYPERLINK(1)")
    client.force_login(editor)
    shown = client.get(LEDGER)
    assert (
        shown.status_code == 200
        and WORDS in shown.text
        and "opinion" in shown.text
        and "2 entries" in shown.text
    )
    rows = list(csv.DictReader(io.StringIO(_file(client, "csv"))))
    assert {(row["decision"], row["text"]) for row in rows} == {
        ("declined", WORDS),
        ("accepted", "'=HYPERLINK(1)"),
    }
    data = json.loads(_file(client, "json"))
    assert {row["text"] for row in data} == {WORDS, "=HYPERLINK(1)"}
    assert "The mayor" in _file(client, "totals")
    narrowed = client.get(LEDGER, {"decision": "declined"})
    assert "HYPERLINK" not in narrowed.text and "1 entry" in narrowed.text
    assert len(json.loads(_file(client, "json", "?decision=declined"))) == 1
    assert json.loads(_file(client, "json", "?decision=passed_over")) == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"decision": "lost"},
        {"first": "2026-13-01"},
        {"first": "2026-02-02", "last": "2026-02-01"},
        {"last": "9999-12-31"},
        {"topic": "\0"},
        {"desk": "x"},
    ],
)
def test_a_filter_gone_wrong_says_so(
    client: Client, editor: User, parameters: dict[str, str]
) -> None:
    client.force_login(editor)
    answer = client.get(LEDGER, parameters)
    assert answer.status_code == 400 and "errorlist" in answer.text
    assert (
        client.get(
            reverse("admin:claims_suggestion_selection_log_file", args=["csv"]), parameters
        ).status_code
        == 400
    )


def test_the_ledger_is_for_editors_and_auditors(
    client: Client, checker: User, auditor: User, reporter: User, superuser: User
) -> None:
    for who in (checker, reporter, superuser):
        client.force_login(who)
        assert client.get(LEDGER).status_code == 403
        assert (
            client.get(
                reverse("admin:claims_suggestion_selection_log_file", args=["csv"])
            ).status_code
            == 403
        )
        assert LEDGER not in client.get("/admin/").text
    client.force_login(auditor)
    assert client.get(LEDGER).status_code == 200
    assert (
        client.get(reverse("admin:claims_suggestion_selection_log_file", args=["xml"])).status_code
        == 404
    )
    assert LEDGER in client.get("/admin/").text


def test_another_desk_is_not_in_it(client: Client, outsider: User, checker: User) -> None:
    factories.claim(checker, text="A secret of Metro.")
    client.force_login(outsider)
    assert "A secret" not in client.get(LEDGER).text and "A secret" not in _file(client, "csv")


def test_as_many_queries_for_twenty_rows_as_for_two(
    client: Client,
    editor: User,
    checker: User,
    django_assert_num_queries,
    django_assert_max_num_queries,
) -> None:  # type: ignore[no-untyped-def]
    client.force_login(editor)
    triage_cases.many(checker, 2)
    with django_assert_max_num_queries(60) as few:
        client.get(LEDGER)
    assert Article.objects.count() == 1
    triage_cases.many(checker, 20)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(LEDGER)


def test_editors_keep_the_topics_of_their_desk(
    client: Client, editor: User, checker: User, outsider: User
) -> None:
    add = reverse("admin:claims_topic_add")
    client.force_login(editor)
    desk = editor.memberships.get().desk_id
    assert client.post(add, {"name": "Trees", "desk": desk}).status_code == 302
    again = client.post(add, {"name": "Trees", "desk": desk})
    assert again.status_code == 200 and "already has this topic" in again.text
    assert (
        client.post(add, {"name": "Chess", "desk": outsider.memberships.get().desk_id}).status_code
        == 200
    )
    client.force_login(checker)
    assert client.post(add, {"name": "Ships", "desk": desk}).status_code == 403
    claim = factories.claim(checker)
    topic = claim.desk.topics.get()
    save = reverse("admin:claims_claim_topic", args=[claim.pk])
    assert client.post(save, {"topic": topic.pk}).status_code == 302
    assert client.post(save, {"topic": 0}).status_code == 400
    claim.refresh_from_db()
    assert claim.topic == topic
    made = {"text": "A new one.", "desk": desk, "language": "en", "topic": topic.pk}
    client.post(reverse("admin:claims_claim_add"), made)
    assert Claim.objects.get(text="A new one.").topic == topic
    client.force_login(outsider)
    assert client.post(save, {"topic": ""}).status_code == 404
    assert "Trees" not in client.get(reverse("admin:claims_topic_changelist")).text
