"""A debate is read chunk by chunk, matched, decided, and an article in the end."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.choices import LiveDecision, SuggestionState
from claims.live import decisions, matches, running, streams
from claims.live.streams import Chunk
from claims.matching import index
from claims.models import Claim, LiveSentence, LiveStream
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from sources.models import Article
from tests import factories
from tests.claims.import_cases import imported
from tests.claims.live_cases import DEBATE, KNOWN, LAST, SENTENCES, debate, ended, read, send
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db


@shared
def known(checker: User) -> Claim:
    claim = factories.claim(checker, text=KNOWN)
    index.update_due()
    return claim


@shared
def heard(known: Claim, checker: User, desk: Desk) -> LiveStream:
    stream = debate(desk, checker)
    send(stream, checker, *DEBATE)
    return read(stream)


def test_sentences_are_put_together_and_the_last_one_waits(heard: LiveStream) -> None:
    rows = list(heard.sentences.all())
    assert [row.text for row in rows] == SENTENCES
    assert [row.speaker for row in rows] == ["LENA BRANDT"] * 3 + ["JON OKAFOR"]
    assert [row.time_code for row in rows][1:3] == ["00:00:05", "00:00:09"]
    assert [row.change for row in rows] == [1, 2, 3, 4]
    assert rows[1].score > rows[0].score
    # It is due again when the pause is long enough, and then read as it is.
    assert heard.job_state == JobState.WAITING and heard.attempts == 0
    assert heard.next_attempt_at and heard.next_attempt_at > clock.now()


def test_the_last_one_is_read_after_a_pause(
    heard: LiveStream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "WAIT_SECONDS", 0.0)
    LiveStream.objects.filter(pk=heard.pk).update(next_attempt_at=clock.now())
    read(heard)
    assert [row.text for row in heard.sentences.all()] == [*SENTENCES, LAST]
    assert heard.job_state == JobState.DONE


def test_a_stop_after_a_figure_or_an_initial_waits_for_what_follows(
    checker: User, desk: Desk
) -> None:
    stream = debate(desk, checker)
    send(stream, checker, Chunk("Prices rose by 4."), Chunk("5 percent, said J."))
    assert not read(stream).sentence_count
    send(stream, checker, Chunk("Okafor. Why?"))
    read(stream)
    said = [row.text for row in stream.sentences.all()]
    assert said == ["Prices rose by 4.5 percent, said J. Okafor.", "Why?"]


def test_a_match_says_what_differs_to_those_who_may_see_it(
    heard: LiveStream, known: Claim, checker: User, outsider: User
) -> None:
    rows = list(heard.sentences.all())
    found = matches.for_sentences(rows, by=checker)
    assert [len(one) for one in found] == [0, 1, 0, 0]
    match = found[1][0]
    assert match.claim == known and match.entry.text == KNOWN
    assert [(one.here, one.there) for one in match.differences] == [("55 boats", "40 boats")]
    assert not any(matches.for_sentences(rows, by=outsider))
    # What is stored of a match is not enough: the person is asked for anew.
    checker.memberships.all().delete()
    assert not any(matches.for_sentences(rows, by=User.objects.get(pk=checker.pk)))


def test_fact_checks_of_others_are_matched_in_as_many_queries_as_one(
    desk: Desk, editor: User, checker: User, django_assert_num_queries: Any
) -> None:
    said = [f"The storm of Monday sank {number}0 boats at Largo harbour." for number in (4, 5, 6)]
    addresses = (f"https://www.checks.example/{number}" for number in range(3))
    checks = (f"{text};False;{url};;;" for text, url in zip(said, addresses, strict=True))
    imported(desk, editor, *checks)
    index.update_due()
    stream = debate(desk, checker)
    send(stream, checker, *(Chunk(text) for text in said))
    rows = list(read(stream).sentences.all())
    with CaptureQueriesContext(connection) as of_one:
        [[match, *_others]] = matches.for_sentences(rows[:1], by=checker)
        assert match.fact_check and match.fact_check.rating == "False"
    with django_assert_num_queries(len(of_one)):
        found = matches.for_sentences(rows, by=checker)
        assert all(match.fact_check for of_sentence in found for match in of_sentence)
    assert len(found) == 3 and all(found)


def test_a_chunk_sent_again_is_found_again(checker: User, desk: Desk) -> None:
    stream = debate(desk, checker)
    first, new = streams.add_chunk(stream, Chunk("One.", 1), by=checker)
    assert new and streams.add_chunk(stream, Chunk("One.", 1), by=checker) == (first, False)
    with pytest.raises(WorkflowError, match="Chunk 1 has other words"), transaction.atomic():
        streams.add_chunk(stream, Chunk("Two.", 1), by=checker)
    assert streams.add_chunk(stream, Chunk("Nine.", 9), by=checker)[0].number == 9
    assert streams.add_chunk(stream, Chunk("Ten."), by=checker)[0].number == 10
    with pytest.raises(WorkflowError, match="Send chunks in their order"), transaction.atomic():
        streams.add_chunk(stream, Chunk("Eight.", 8), by=checker)
    with pytest.raises(ValidationError, match="text is empty"), transaction.atomic():
        streams.add_chunk(stream, Chunk("  \n"), by=checker)
    assert stream.chunks.count() == 3


def test_only_people_of_the_desk_who_may_submit_articles_send(
    checker: User, auditor: User, outsider: User, desk: Desk
) -> None:
    with pytest.raises(PermissionDenied):
        debate(desk, auditor)
    stream = debate(desk, checker)
    with pytest.raises(PermissionDenied), transaction.atomic():
        streams.add_chunk(stream, Chunk("One."), by=auditor)
    for refused in (
        lambda: streams.add_chunk(stream, Chunk("One."), by=outsider),
        lambda: streams.end(stream, by=outsider),
    ):
        with pytest.raises(LiveStream.DoesNotExist), transaction.atomic():
            refused()
    assert not stream.chunks.exists()


def test_decisions_are_made_once_and_seen_as_changes(
    heard: LiveStream, checker: User, second_checker: User, auditor: User
) -> None:
    hello, boats, *_rest = heard.sentences.all()
    claim = decisions.accept(boats, by=checker)
    assert decisions.accept(boats, by=second_checker) == claim
    assert claim.claimant and claim.claimant.name == "LENA BRANDT"
    assert claim.appearance_url == "https://radio.example/debate" and claim.text == boats.text
    for _ in range(2):
        decisions.dismiss(hello, by=second_checker)
    with pytest.raises(WorkflowError, match="decided this already"), transaction.atomic():
        decisions.accept(hello, by=checker)
    with pytest.raises(PermissionDenied), transaction.atomic():
        decisions.dismiss(boats, by=auditor)
    changed = LiveSentence.objects.changed_after(4)
    assert [(row.number, row.change) for row in changed] == [(2, 5), (1, 6)]
    assert decisions.reopen(hello, by=checker).state == LiveDecision.OPEN
    with pytest.raises(WorkflowError, match="Decline that claim"), transaction.atomic():
        decisions.reopen(boats, by=checker)
    assert AuditEntry.objects.filter(action="live_stream.decide").count() == 3


def test_in_the_end_it_is_one_article_in_which_nothing_is_asked_twice(
    heard: LiveStream, checker: User, editor: User
) -> None:
    _hello, boats, paid, counted = heard.sentences.all()
    claim = decisions.accept(boats, by=checker)
    decisions.dismiss(counted, by=editor)
    streams.end(heard, by=checker)
    stream = ended(heard, checker)
    assert stream.job_state == JobState.DONE and stream.carried_over_at
    article = Article.objects.get()
    assert stream.article == article and article.title == "Harbour debate"
    assert LAST in article.versions.get().text
    by_text = {one.text: one for one in article.suggestions.all()}
    assert by_text[boats.text].state == SuggestionState.ALREADY_CHECKED
    assert by_text[boats.text].checked_in == claim
    assert by_text[boats.text].decided_by == checker
    assert by_text[counted.text].state == SuggestionState.DECLINED
    assert by_text[counted.text].decided_by == editor
    assert by_text[LAST].state == SuggestionState.PROPOSED and paid.state == LiveDecision.OPEN
    with pytest.raises(WorkflowError, match="has ended"), transaction.atomic():
        streams.add_chunk(stream, Chunk("More."), by=checker)


def test_a_stream_without_a_word_ends_without_an_article(checker: User, desk: Desk) -> None:
    stream = debate(desk, checker)
    streams.end(stream, by=checker)
    assert read(stream).job_state == JobState.DONE and not Article.objects.exists()
