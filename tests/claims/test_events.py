"""Events: written with what happened, in order, for those who may see what they are
about, and kept for thirty days.
"""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from claims.choices import Action
from claims.exchange import event_erasure, event_order, event_pages
from claims.models import Claim, Event
from claims.publication import rechecks
from claims.publication.translations import set_original
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import Membership, User
from sources.models import Link
from sources.signals import link_died
from tests import factories
from tests.claims.test_changed_sources import says
from tests.claims.tip_cases import sent
from tests.project.api import ROOT, Api

pytestmark = pytest.mark.django_db


def told(**values: Any) -> list[Event]:
    event_order.number_events()
    return list(Event.objects.numbered().filter(**values))


def seen_by(user: User) -> set[str]:
    event_order.number_events()
    return set(Event.objects.visible_to(user).values_list("type", flat=True))


def everything(checker: User, editor: User) -> Claim:
    """One of each type, but for a correction."""
    factories.article_read(checker)
    sent(checker.memberships.get().desk)
    claim = factories.published(checker, editor)
    item = claim.evidence.select_related("link").first()
    says(item, "Another text.")
    item.link.dead_since = clock.now()
    link_died.send(Link, link=item.link)
    (opened, *_) = rechecks.request_rechecks(item.link, by=editor, note="It was wrong.").tasks
    rechecks.mark_unaffected(opened, by=editor, reason="It stands.")
    translation = factories.ready(checker, text="The claim in Swedish.")
    set_original(translation, by=checker, original=claim, language="sv")
    apply(translation, Action.SUBMIT, by=checker)
    apply(translation, Action.APPROVE_AND_PUBLISH, by=editor)
    apply(claim, Action.RETRACT, by=editor, data=MoveData(note="Misread."))
    return claim


OF_CLAIMS = {
    "claim.created", "claim.moved", "verdict.published", "verdict.retracted", "verdict.translated",
}  # fmt: skip
OF_EVIDENCE = {"evidence.source_changed", "evidence.source_dead"}
OF_RECHECKS = {"recheck.opened", "recheck.decided"}


def test_everybody_hears_of_what_they_may_see_and_of_nothing_else(
    checker: User, editor: User, auditor: User, reporter: User, admin_person: User, outsider: User
) -> None:
    everything(checker, editor)
    whole = OF_CLAIMS | OF_EVIDENCE | OF_RECHECKS | {"article.read"}
    assert seen_by(checker) == seen_by(editor) == whole | {"tip.arrived"}
    assert seen_by(auditor) == whole
    # Nothing of theirs is among it.
    assert seen_by(reporter) == seen_by(admin_person) == seen_by(outsider) == set()
    mine = Membership.objects.get(user=checker)
    mine.assigned_only = True
    mine.save()
    checker = User.objects.get(pk=checker.pk)
    own = set(Event.objects.visible_to(checker).values_list("type", flat=True))
    assert own >= {"claim.moved", "verdict.published"} and not own & OF_RECHECKS


def test_events_name_rows_and_repeat_no_words(checker: User, editor: User) -> None:
    claim = everything(checker, editor)
    published = next(one for one in told(claim=claim) if one.type == "verdict.published")
    verdict = claim.verdicts.get()
    assert published.data == {
        "claim": str(claim.public_id),
        "verdict": str(verdict.public_id),
        "number": 1,
        "language": claim.language,
        "address": f"http://localhost:8000/verdicts/{claim.address}/",
    }
    (translated,) = told(type="verdict.translated")
    assert (translated.claim, translated.data["translation"]["language"]) == (claim, "sv")
    written = json.dumps([one.data for one in told()])
    for words in (claim.text, verdict.explanation, "It was wrong.", "Misread.", "checker"):
        assert words not in written


def test_a_claim_is_followed_move_by_move(checker: User, editor: User, second_editor: User) -> None:
    claim = factories.corrected(checker, editor, second_editor)
    of_claim = told(claim=claim)
    assert [event.sequence for event in of_claim] == list(range(1, len(of_claim) + 1))
    moves = [one.data for one in of_claim if one.type == "claim.moved"]
    stored = claim.transitions.order_by("number")
    assert [(one["action"], one["from"], one["to"]) for one in moves] == [
        (one.action, one.from_status, one.to_status) for one in stored
    ]
    verdicts = [one.type for one in of_claim if one.type.startswith("verdict.")]
    assert verdicts == ["verdict.published", "verdict.corrected"]


def test_what_is_rolled_back_was_no_event(checker: User) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        factories.claim(checker)
        raise ZeroDivisionError
    assert not Event.objects.exists()


def test_events_are_read_on_from_a_cursor(checker: User, editor: User, outsider: User) -> None:
    everything(checker, editor)
    factories.claim(outsider)
    api, names, query = Api(editor), [], {"page_size": 4}
    for _ in range(100):
        page = api.get("events/", **query).json()
        names += [one["type"] for one in page["results"]]
        query["after"] = page["cursor"]
        if not page["next"]:
            break
    mine = Event.objects.visible_to(editor).order_by("position")
    assert names == list(mine.values_list("type", flat=True))
    first = api.get("events/", page_size=4)
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert len(api.get(first.json()["next"]).json()["results"]) == 4
    assert api.get("events/", **query).json()["results"] == []
    # A cursor tells nobody how much happens elsewhere, nor that something did.
    assert api.get("events/", **query).json()["cursor"] != query["after"]
    claim = factories.claim(checker)
    (event,) = api.get("events/", **query).json()["results"]
    assert event["data"]["claim"] == str(claim.public_id)
    latest = api.get("events/", after="latest").json()
    assert (latest["results"], latest["next"]) == ([], None)
    moved = api.get("events/", type="claim.created", desk=str(claim.desk.public_id)).json()
    assert {one["type"] for one in moved["results"]} == {"claim.created"}
    assert not api.get("events/", desk=str(uuid4())).json()["results"]


@pytest.mark.parametrize("cursor", ["7", "gAAAAA", "é"])
def test_a_cursor_of_somebody_else_is_refused(checker: User, cursor: str) -> None:
    answer = Api(checker).get("events/", after=cursor)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "after")


def test_old_events_are_erased_and_who_is_behind_is_told(checker: User) -> None:
    claim = factories.claim(checker)
    old = clock.now() - timedelta(days=31)
    for key in (-3, -2, -1):
        Event.objects.create(
            pk=key, type="claim.moved", claim=claim, desk=claim.desk, at=old, data={}
        )
    api = Api(checker)
    behind = api.get("events/", page_size=1).json()["cursor"]
    assert event_erasure.erase_old() == 3 and event_erasure.erase_old() == 0
    assert [(one.type, one.sequence) for one in told()] == [("claim.created", 4)]
    expired = api.get("events/", after=behind)
    assert expired.status_code == 410 and "after=latest" in expired.json()["detail"]
    assert api.get("events/", after=event_pages.cursor_at(3)).json()["results"]
    # The database was restored from a copy, and the numbers are given again.
    assert api.get("events/", after=event_pages.cursor_at(99)).status_code == 410


def _stream(user: User, **headers: str) -> Any:
    return Api(user).client.get(
        f"{ROOT}events/", headers={"accept": "text/event-stream", **headers}
    )


def test_a_stream_goes_on_where_the_last_one_ended(
    checker: User, editor: User, outsider: User, settings: Any
) -> None:
    settings.EVENT_STREAM_SECONDS = 0
    claim = factories.claim(checker)
    answer = _stream(editor)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/event-stream")
    assert answer["Cache-Control"] == "no-store"
    retry, first, *rest = b"".join(answer).decode().split("\n\n")
    assert retry == "retry: 2000" and rest == [""]
    fields = dict(line.split(": ", 1) for line in first.splitlines())
    assert fields["event"] == "claim.created"
    assert json.loads(fields["data"])["data"]["claim"] == str(claim.public_id)
    apply(claim, Action.TAKE, by=checker)
    following = _stream(editor, **{"last-event-id": fields["id"]})
    text = b"".join(following).decode()
    assert "claim.moved" in text and "claim.created" not in text
    assert b"event:" not in b"".join(_stream(outsider))


def test_few_streams_are_served_and_the_others_told_when_to_come_back(
    checker: User, settings: Any
) -> None:
    settings.EVENT_STREAM_SECONDS = 0
    first = _stream(checker)
    refused = _stream(checker)
    assert (refused.status_code, refused["Retry-After"]) == (503, "11")
    assert refused["Content-Type"] == "application/problem+json"
    assert b"".join(first)
    again = _stream(checker)
    assert again.status_code == 200 and b"".join(again)
    assert _stream(checker, **{"last-event-id": "7"}).status_code == 400
