"""The page of a live stream: by reload without a script, and in parts for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.shortcuts import render
from django.test import Client, RequestFactory

from claims.admin.live.cards import cards_of
from claims.choices import LiveDecision
from claims.live.following import with_matches
from claims.matching import index
from claims.models import Claim, LiveSentence, LiveStream, Verdict
from factcheck.ledger import clock
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.live_cases import DEBATE, KNOWN, SENTENCES, debate, read, send
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db


@shared
def heard(checker: User, desk: Desk) -> LiveStream:
    factories.claim(checker, text=KNOWN)
    index.update_due()
    stream = debate(desk, checker)
    send(stream, checker, *DEBATE)
    return read(stream)


def _place(stream: LiveStream) -> str:
    return f"/admin/claims/livestream/{stream.pk}/"


def test_a_stream_is_started_typed_and_ended_by_hand(
    checker: User, desk: Desk, client: Client
) -> None:
    client.force_login(checker)
    begin = "/admin/claims/livestream/add/"
    key = client.get(begin).context["form"]["key"].value()
    sent = {"title": "Debate", "language": "en", "desk": desk.pk, "key": str(key)}
    assert client.post(begin, sent | {"source_url": "nowhere"}).status_code == 400
    answers = [client.post(begin, sent) for _ in range(2)]
    stream = LiveStream.objects.get()
    assert {answer["Location"] for answer in answers} == {f"{_place(stream)}change/"}
    words = {"text": "It rose by 12 percent.", "number": 1, "speaker": "ANA FIELD"}
    for _twice in range(2):
        assert client.post(f"{_place(stream)}chunks/", words).status_code == 302
    late = client.post(f"{_place(stream)}chunks/", words | {"text": "Something else."})
    assert late.status_code == 400 and 'value="2"' in late.text
    assert stream.chunks.count() == 1
    assert client.post(f"{_place(stream)}end/").status_code == 302
    read(stream)
    page = client.get(f"{_place(stream)}change/").text
    assert (
        "It rose by 12 percent." in page and f"/admin/sources/article/{stream.article_id}/" in page
    )


def test_each_sentence_stands_beside_what_is_known(
    heard: LiveStream, checker: User, client: Client
) -> None:
    client.force_login(checker)
    page = " ".join(client.get(f"{_place(heard)}change/").text.split())
    assert page.index(SENTENCES[3]) < page.index(SENTENCES[0])
    assert "<strong><bdi>55 boats</bdi></strong> here" in page
    assert "Worth checking" in page and "LENA BRANDT" in page and "00:00:05" in page
    older = client.get(f"{_place(heard)}change/?before=2").text
    assert SENTENCES[0] in older and SENTENCES[1] not in older


def test_decisions_are_remembered_and_shown_to_the_others(
    heard: LiveStream, checker: User, second_checker: User, client: Client
) -> None:
    client.force_login(checker)
    accepted = client.post(f"{_place(heard)}sentences/2/accept/")
    assert accepted["Location"].endswith("#sentence-2")
    claim = LiveSentence.objects.get(stream=heard, number=2).claim
    client.force_login(second_checker)
    late = client.post(f"{_place(heard)}sentences/2/dismiss/", headers={"X-Wanted": "card"})
    assert late.status_code == 409 and "decided this already" in late.text
    part = client.get(f"{_place(heard)}sentences/?after=4")
    assert 'data-cursor="5"' in part.text and part.text.count('id="sentence-') == 1
    assert claim and f"/admin/claims/claim/{claim.pk}/change/" in part.text
    for word, state in (("dismiss", "dismissed"), ("reopen", "open")):
        client.post(f"{_place(heard)}sentences/1/{word}/")
        assert LiveSentence.objects.get(stream=heard, number=1).state == LiveDecision(state)
    assert client.post(f"{_place(heard)}sentences/99/accept/").status_code == 404


def test_others_are_refused(
    heard: LiveStream, auditor: User, outsider: User, client: Client
) -> None:
    client.force_login(auditor)
    page = client.get(f"{_place(heard)}change/").text
    assert SENTENCES[1] in page and "/accept/" not in page and "End the stream" not in page
    for part in ("chunks/", "end/", "sentences/1/accept/"):
        refused = client.post(f"{_place(heard)}{part}", {"text": "One.", "number": 9})
        assert refused.status_code == 403, part
    client.force_login(outsider)
    for part in ("change/", "sentences/"):
        assert client.get(f"{_place(heard)}{part}").status_code == 404
    assert not Claim.objects.filter(text=SENTENCES[0]).exists()


def test_a_verdict_that_was_to_be_checked_again_says_so(
    heard: LiveStream, checker: User, rf: RequestFactory
) -> None:
    [sentence] = with_matches(list(heard.sentences.filter(number=2)), by=checker)
    [match] = vars(sentence)["shown_matches"]
    yesterday = clock.now().date() - timedelta(days=2)
    for day, says in ((yesterday, True), (yesterday + timedelta(days=9), False)):
        verdict = Verdict(
            claim=match.claim, recheck_date=day, content='{"rating": {"name": "False"}}'
        )
        vars(sentence)["shown_matches"] = [replace(match, verdict=verdict)]
        [card] = cards_of(heard, [sentence], by=checker)
        shown = render(
            rf.get("/"), "admin/claims/livestream/_sentence.html", {"stream": heard, "card": card}
        )
        html = shown.content.decode()
        assert ("to be checked again by" in html) == says and "<bdi>False</bdi>" in html
