"""A script sends a debate over the API and follows what is known of it."""

import json
from typing import Any

import pytest

from claims.live import decisions
from claims.matching import index
from claims.models import Claim, LiveStream
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.live_cases import DEBATE, KNOWN, SENTENCES, debate, read, send
from tests.project.api import ROOT, Api, is_problem
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


def test_a_debate_is_sent_read_and_ended(known: Claim, checker: User) -> None:
    api = Api(checker)
    begun = api.post("streams/", {"title": "Harbour debate", "language": "en"})
    assert begun.status_code == 201 and begun.json()["changes"] == 0
    path = f"streams/{begun.json()['id']}/"
    for number, chunk in enumerate(DEBATE, 1):
        body = {"text": chunk.text, "speaker": chunk.speaker, "number": number}
        answers = [api.post(f"{path}chunks/", body) for _ in range(2)]
        assert [one.status_code for one in answers] == [202, 200]
        assert answers[0].json() == answers[1].json()
    assert is_problem(api.post(f"{path}chunks/", {"text": "Other words.", "number": 1}), 409)
    stream = read(LiveStream.objects.get())
    assert [one["number"] for one in api.get(f"{path}chunks/").json()["results"]] == [1, 2, 3, 4]
    page = api.get(f"{path}stream/", page_size=3).json()
    assert page["more"] and [one["text"] for one in page["results"]] == SENTENCES[:3]
    (match,) = page["results"][1]["matches"]
    assert match["claim"] == str(known.public_id)
    assert match["differences"] == [{"kind": "figure", "here": "55 boats", "there": "40 boats"}]
    rest = api.get(f"{path}stream/", after=page["cursor"]).json()
    assert [one["text"] for one in rest["results"]] == SENTENCES[3:] and not rest["more"]
    for _twice in range(2):
        assert api.post(f"{path}end/").json()["ended_at"]
    read(stream)
    assert api.get(path).json()["article"] == str(LiveStream.objects.get().article.public_id)
    assert is_problem(api.post(f"{path}chunks/", {"text": "More."}), 409)
    assert not api.get("streams/", live=True).json()["results"]


def test_what_cannot_be_sent_is_refused(heard: LiveStream, checker: User) -> None:
    api, path = Api(checker), f"streams/{heard.public_id}/"
    for body in ({}, {"text": " "}, {"text": "a" * 5001}, {"text": "One.", "number": 0}):
        assert is_problem(api.post(f"{path}chunks/", body), 400), body
    assert is_problem(api.post("streams/", {"title": "A", "source_url": "no address"}), 400)
    assert is_problem(api.get(f"{path}stream/", after="latest"), 400)


def test_nobody_else_reads_or_sends(
    heard: LiveStream, auditor: User, outsider: User, checker: User
) -> None:
    path = f"streams/{heard.public_id}/"
    other = Api(outsider)
    for part in ("", "chunks/", "stream/"):
        assert is_problem(other.get(f"{path}{part}"), 404)
    assert is_problem(other.post(f"{path}chunks/", {"text": "One."}), 404)
    assert is_problem(other.post(f"{path}end/"), 404)
    assert not other.get("streams/").json()["results"]
    assert is_problem(Api(auditor).post(f"{path}chunks/", {"text": "One."}), 403)
    assert is_problem(Api(checker, "claims:read").get(path), 403)
    assert heard.chunks.count() == len(DEBATE)


def _follow(user: User, stream: LiveStream, **headers: str) -> Any:
    place = f"{ROOT}streams/{stream.public_id}/stream/"
    return Api(user).client.get(place, headers={"accept": "text/event-stream", **headers})


def test_a_follower_goes_on_where_the_last_answer_ended(
    heard: LiveStream, checker: User, settings: Any
) -> None:
    settings.EVENT_STREAM_SECONDS = 0
    answer = _follow(checker, heard)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/event-stream")
    busy = _follow(checker, heard)
    assert busy.status_code == 503 and busy["Retry-After"]
    retry, *events, end = b"".join(answer).decode().split("\n\n")
    assert (retry, end, len(events)) == ("retry: 2000", "", len(SENTENCES))
    fields = dict(line.split(": ", 1) for line in events[-1].splitlines())
    assert fields["event"] == "sentence" and fields["id"] == "4"
    assert json.loads(fields["data"])["text"] == SENTENCES[-1]
    decisions.dismiss(heard.sentences.get(number=1), by=checker)
    text = b"".join(_follow(checker, heard, **{"last-event-id": "4"})).decode()
    assert text.count("event:") == 1 and '"state": "dismissed"' in text


def test_sentences_are_decided_as_on_their_page(
    heard: LiveStream, checker: User, second_checker: User
) -> None:
    api, path = Api(checker), f"streams/{heard.public_id}/sentences/"
    dismissed = [api.post(f"{path}1/dismiss/").json() for _ in range(2)]
    assert dismissed[0] == dismissed[1]
    assert (dismissed[0]["state"], dismissed[0]["decided_by"]) == ("dismissed", checker.username)
    assert is_problem(api.post(f"{path}1/accept/"), 409)
    assert api.post(f"{path}1/reopen/").json()["state"] == "open"
    accepted = [api.post(f"{path}2/accept/").json() for _ in range(2)]
    assert accepted[0] == accepted[1] and accepted[0]["text"] == SENTENCES[1]
    assert accepted[0]["claim"] == str(Claim.objects.latest("pk").public_id)
    assert accepted[0]["matches"]
    assert is_problem(api.post(f"{path}2/reopen/"), 409)
    assert is_problem(api.post(f"{path}99/accept/"), 404)
    assert is_problem(api.post(f"{path}1/accept/", {"other": 1}), 400)


def test_who_may_only_read_decides_no_sentence(heard: LiveStream) -> None:
    reporter = factories.person("another_reporter", factories.desk(), "reporter")
    outside = factories.person("elsewhere", factories.desk("Sports"), "editor")
    path = f"streams/{heard.public_id}/sentences/1/dismiss/"
    assert Api(reporter).post(path).status_code in {403, 404}
    assert is_problem(Api(outside).post(path), 404)
    assert heard.sentences.get(number=1).state == "open"
