"""Posts to Slack and Teams: in their formats, through the guard, once, and nothing of
what is protected.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from claims.choices import Action, NotificationKind
from claims.desk.notifications import channels, deadlines, formats
from claims.desk.notifications.event import Event
from claims.desk.queries import Question, open_query
from claims.models import ChannelPost, Claim, DeskChannel
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.models import User
from tests import factories
from tests.reader import Reader
from tests.sources.internal_services import Visit, serving

pytestmark = pytest.mark.django_db
MARK = "quagga"


@dataclass
class Service:
    """What stands at the other end: keeps what it got, and answers as the test says."""

    url: str = ""
    status: int = 200
    headers: tuple[str, ...] = ()
    breaks: bool = False
    got: list[Any] = field(default_factory=list)

    def answer(self, visit: Visit) -> None:
        head, _, body = visit.request.partition(b"\r\n\r\n")
        (length,) = re.findall(rb"Content-Length: (\d+)", head)
        while len(body) < int(length):
            body += visit.connection.recv(65_536)
        self.got.append(json.loads(body))
        if not self.breaks:
            visit.answer(b"ok", status=self.status, headers=self.headers)


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    made = Service()
    with serving(made.answer) as server:
        settings.FETCH_PORTS = frozenset({server.port})
        made.url = f"{server.url}/services/T0/B0"
        yield made


def _channel(by: User, url: str, service: str = "slack") -> DeskChannel:
    return DeskChannel.objects.create(
        desk=by.memberships.get().desk,
        service=service,
        address=url,
        kinds=[kind.value for kind in channels.POSTABLE],
    )


def _sent() -> list[ChannelPost]:
    rows = ChannelPost.objects.order_by("pk")
    rows.filter(job_state="waiting").update(next_attempt_at=clock.now())
    for row in rows:
        channels.deliver(row.pk)
    return list(rows.all())


def test_each_service_gets_its_format_once(
    service: Service, checker: User, editor: User, second_checker: User
) -> None:
    for name in ("slack", "teams"):
        _channel(checker, service.url, name)
    claim = factories.claim(checker, text="It <!channel> planted [7](http://x.example) trees.")
    apply(claim, Action.ASSIGN, by=editor, data=MoveData(assignee=second_checker))
    for _ in range(2):
        assert [row.job_state for row in _sent()] == [JobState.DONE] * 2
    words = "editor assigned a claim to second_checker."
    url = f"http://localhost:8000/admin/claims/claim/{claim.pk}/change/"
    slack, teams = service.got
    assert slack["blocks"] == [
        {"type": "header", "text": {"type": "plain_text", "text": words, "emoji": False}},
        {
            "type": "section",
            "text": {"type": "plain_text", "text": f"“{claim.text}”", "emoji": False},
        },
        {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": f"<{url}|Open the claim>"}],
        },
    ]
    assert slack["text"].startswith(words) and "<!channel>" not in slack["text"]
    (attachment,) = teams["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    texts = [block["inlines"][0]["text"] for block in card["body"]]
    assert texts == [words, f"“{claim.text}”"] and card["actions"][0]["url"] == url


def test_long_texts_keep_to_the_limits_of_slack() -> None:
    blocks = formats.slack(formats.Message("é" * 400, "x" * 4000, "https://a.example"))["blocks"]
    assert [len(block["text"]["text"]) for block in blocks[:2]] == [150, 3000]


# How it answers: the state afterwards, what the row says, and whether it was marked as
# possibly arrived.
ANSWERS = (
    ({"status": 202}, "done", "", 1),
    ({"status": 404}, "failed", "answered 404. Check the webhook URL", 1),
    ({"status": 302}, "failed", "answered 302", 1),
    ({"status": 500}, "waiting", "answered 500", 2),
    ({"status": 429, "headers": ("Retry-After: 30",)}, "waiting", "", 2),
    ({"breaks": True}, "failed", "may have arrived", 1),
)


def test_only_what_was_refused_is_sent_again(service: Service, checker: User) -> None:
    _channel(checker, service.url)
    for number, (answer, state, said, times) in enumerate(ANSWERS):
        service.status, service.headers, service.breaks, service.got = 200, (), False, []
        for name, value in answer.items():
            setattr(service, name, value)
        claim = factories.claim(checker, text=f"Case {number}.")
        channels.post_later(Event(f"case:{number}", claim), NotificationKind.RECHECK)
        row = ChannelPost.objects.latest("pk")
        assert channels.deliver(row.pk) == (state == "done"), answer
        row.refresh_from_db()
        assert (row.job_state, said in row.last_error) == (state, True), (answer, row.last_error)
        service.status = 200
        _sent()
        assert len(service.got) == times, answer
        assert service.url not in row.last_error
    failed = ChannelPost.objects.filter(job_state="failed").count()
    service.breaks, service.got = False, []
    assert channels.retry_failed(DeskChannel.objects.get()) == failed == 3
    _sent()
    assert len(service.got) == 3


def test_two_tabs_that_retry_send_once(
    service: Service, checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = _channel(checker, service.url)
    service.status = 404
    for number in range(2):
        claim = factories.claim(checker, text=f"Case {number}.")
        channels.post_later(Event(f"case:{number}", claim), NotificationKind.RECHECK)
    first, second = _sent()
    service.status, service.got = 200, []

    def other_tab(_task: str, pk: int) -> None:
        if pk == first.pk:
            channels.send_again(ChannelPost.objects.get(pk=second.pk))
            channels.deliver(second.pk)

    monkeypatch.setattr(channels, "nudge", other_tab)
    assert channels.retry_failed(channel) == 1
    _sent()
    assert len(service.got) == 2


def test_the_guard_refuses_what_is_not_of_the_internet(
    service: Service, checker: User, settings: Any
) -> None:
    settings.FETCH_ALLOWED_NETWORKS = ()
    _channel(checker, service.url)
    factories.submitted(checker)
    (row,) = _sent()
    assert row.job_state == JobState.FAILED and "not public" in row.last_error
    assert service.got == []


def test_nothing_protected_and_nothing_of_a_query_is_posted(
    service: Service, checker: User, editor: User
) -> None:
    _channel(checker, service.url)
    factories.person("legal", checker.memberships.get().desk, "legal")
    claim = factories.submitted(checker, text=f"The city planted {MARK} trees.")
    assert MARK in str(_sent() and service.got), "the positive control"
    service.got = []
    until = clock.now() + timedelta(days=1)
    Claim.objects.filter(pk=claim.pk).update(embargo_until=until, due_at=clock.now())
    assert deadlines.tell_deadlines() == 1
    other = factories.ready(checker, text=f"They counted {MARK} ships.")
    open_query(other, by=editor, question=Question(f"Of {MARK}?", sign_off=True))
    apply(other, Action.RELEASE, by=checker, data=factories.note(f"No {MARK}."))
    before = ChannelPost.objects.count()
    apply(other, Action.ASSIGN, by=editor, data=MoveData(assignee=checker))
    assert ChannelPost.objects.count() == before + 1
    assert {row.job_state for row in _sent()} == {JobState.DONE}
    assert service.got == []


def test_the_address_is_encrypted_and_shown_to_nobody(
    client: Reader, editor: User, checker: User, outsider: User
) -> None:
    secret = f"https://hooks.slack.com/services/{MARK}"
    desk, page = editor.memberships.get().desk, "/admin/claims/deskchannel/"
    typed = {"desk": desk.pk, "service": "slack", "address": secret, "active": "on"}
    client.force_login(checker)
    assert client.post(f"{page}add/", typed | {"kinds": ["recheck"]}).status_code == 403
    client.force_login(editor)
    for wrong in ("", "http://hooks.slack.com/x", "javascript:alert(1)", "x" * 3000):
        answer = client.post(f"{page}add/", typed | {"kinds": ["recheck"], "address": wrong})
        assert answer.status_code == 200 and not DeskChannel.objects.exists(), wrong
    client.post(f"{page}add/", typed | {"kinds": ["recheck"]})
    made = DeskChannel.objects.get()
    assert (made.address, made.kinds, made.active) == (secret, ["recheck"], True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM claims_deskchannel")
        assert MARK not in cursor.fetchone()[0]
    shown = f"{page}{made.pk}/change/"
    assert MARK not in client.get(shown).text + client.get(page).text
    client.post(shown, {"kinds": ["signature", "assigned"], "address": ""})
    made.refresh_from_db()
    assert (made.address, made.active) == (secret, False)
    assert made.kinds == ["assigned", "signature"] or set(made.kinds) == {"assigned", "signature"}
    assert client.post(f"{page}{made.pk}/retry/")["Location"] == shown
    client.force_login(outsider)
    assert client.get(shown).status_code == 404
    assert client.post(f"{page}{made.pk}/retry/").status_code == 404
