"""Events of a desk at an address of its choice: signed, once more until they are taken,
and nothing of what is protected.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from claims.choices import Action
from claims.exchange import event_erasure, event_order
from claims.exchange.webhooks import endpoints, sending, signing
from claims.intake.tip_decisions import pass_on
from claims.models import Claim, WebhookDelivery, WebhookEndpoint
from claims.publication.embargo import set_embargo
from claims.workflow import WorkflowError, apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from sources.fetching import posting
from tests import factories
from tests.claims.tip_cases import sent
from tests.project.api import Api
from tests.sources.internal_services import Visit, serving

pytestmark = pytest.mark.django_db


@dataclass
class Receiver:
    """What stands at the other end: keeps what it got, and answers as the test says."""

    url: str = ""
    status: int = 200
    headers: tuple[str, ...] = ()
    breaks: bool = False
    slow: float = 0
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def answer(self, visit: Visit) -> None:
        head, _, body = visit.request.partition(b"\r\n\r\n")
        lines = (line.decode().partition(":") for line in head.split(b"\r\n")[1:])
        headers = {name.lower(): value.strip() for name, _, value in lines}
        while len(body) < int(headers["content-length"]):
            body += visit.connection.recv(65_536)
        self.got.append((headers, body))
        if not self.breaks and (not self.slow or visit.pause(self.slow)):
            visit.answer(b"thanks", status=self.status, headers=self.headers)


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    made = Receiver()
    with serving(made.answer) as server:
        settings.FETCH_PORTS = frozenset({server.port})
        made.url = f"{server.url}/hooks"
        yield made


def endpoint(desk: Desk, url: str, **values: Any) -> WebhookEndpoint:
    values = {"name": "CMS", **values}
    return WebhookEndpoint.objects.create(desk=desk, url=url, secret=signing.new_secret(), **values)


def send_due() -> list[WebhookDelivery]:
    event_order.number_events()
    rows = WebhookDelivery.objects.order_by("event__position", "pk")
    rows.filter(job_state="waiting").update(next_attempt_at=clock.now())
    for row in rows:
        sending.deliver(row.pk)
    return list(rows.all())


def test_a_publication_arrives_signed(receiver: Receiver, checker: User, editor: User) -> None:
    hook = endpoint(checker.memberships.get().desk, receiver.url, types=["verdict.published"])
    claim = factories.published(checker, editor)
    (row,) = send_due()
    assert (row.job_state, row.status, row.answer, row.tries) == ("done", 200, "thanks", 1)
    ((headers, body),) = receiver.got
    Webhook(hook.secret).verify(body, headers)
    message = json.loads(body)
    verdict = claim.verdicts.get()
    assert message["type"] == "verdict.published"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", message["timestamp"])
    assert message["data"]["verdict"] == str(verdict.public_id)
    assert message["data"]["address"].endswith(f"/verdicts/{claim.address}/")
    assert message["data"]["sequence"] == row.event.sequence
    assert headers["webhook-id"] == str(row.event.public_id)
    send_due()
    assert len(receiver.got) == 1, "sent once where it was taken"


# How it answers: whether it is tried again, after how many seconds, and what is told.
FAULTS: tuple[tuple[dict[str, Any], int | None, str], ...] = (
    ({"status": 500}, 5, "answered 500"),
    ({"status": 302, "headers": ("Location: https://a.example/",)}, 5, "answered 302"),
    ({"status": 400}, 5, "answered 400"),
    ({"status": 429, "headers": ("Retry-After: 90",)}, 90, "answered 429"),
    ({"status": 503, "headers": ("Retry-After: 2",)}, 5, "answered 503"),
    ({"status": 429, "headers": ("Retry-After: 9999999999",)}, 86_400, "answered 429"),
    ({"status": 429, "headers": ("Retry-After: soon",)}, 5, "answered 429"),
    ({"breaks": True}, 5, "without an answer"),
    ({"slow": 5}, 5, "in time"),
)


def test_what_is_not_taken_is_sent_again_with_the_same_id(
    receiver: Receiver, checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 0.3)
    hook = endpoint(checker.memberships.get().desk, receiver.url, types=["claim.created"])
    for answer, wait, said in FAULTS:
        vars(receiver).update(
            {"status": 200, "headers": (), "breaks": False, "slow": 0, "got": []} | answer
        )
        factories.claim(checker)
        event_order.number_events()
        row = WebhookDelivery.objects.latest("pk")
        before = clock.now()
        sending.deliver(row.pk)
        row.refresh_from_db()
        assert (row.job_state, row.tries, row.attempts) == ("waiting", 1, 0), answer
        assert said in row.last_error and hook.url not in row.last_error, answer
        assert row.next_attempt_at and wait is not None
        due = row.next_attempt_at - before
        assert timedelta(seconds=wait) <= due < timedelta(seconds=wait + 60), answer
        vars(receiver).update(status=200, headers=(), breaks=False, slow=0)
        send_due()
        row.refresh_from_db()
        assert (row.job_state, row.tries, row.last_error) == ("done", 2, ""), answer
        (first, body), (second, again) = receiver.got
        Webhook(hook.secret).verify(again, second)
        assert (first["webhook-id"], body) == (second["webhook-id"], again), answer


def test_it_is_tried_ten_times_by_the_table_and_then_kept_for_a_person(
    receiver: Receiver, checker: User, editor: User
) -> None:
    receiver.status = 500
    hook = endpoint(checker.memberships.get().desk, receiver.url, types=["claim.created"])
    factories.claim(checker)
    waits = []
    for _ in range(12):
        before = clock.now()
        (row,) = send_due()
        if row.next_attempt_at:
            waits.append(round((row.next_attempt_at - before).total_seconds()))
    hours = [round(seconds / 3600, 3) for seconds in waits[2:]]
    assert waits[:2] == [5, 300] and hours == [0.5, 2, 5, 10, 14, 20, 24]
    assert (row.job_state, row.tries, len(receiver.got)) == ("failed", 10, 10)
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    receiver.status = 200
    assert endpoints.send_failed_again(hook, by=editor, since=clock.now()) == 0
    assert endpoints.send_failed_again(hook, by=editor) == 1
    assert endpoints.send_failed_again(hook, by=editor) == 0
    (row,) = send_due()
    assert (row.job_state, row.status) == ("done", 200)


def test_who_is_gone_is_sent_nothing_more(receiver: Receiver, checker: User, editor: User) -> None:
    receiver.status = 410
    hook = endpoint(checker.memberships.get().desk, receiver.url, types=["claim.created"])
    factories.claim(checker)
    (row,) = send_due()
    hook.refresh_from_db()
    assert (row.job_state, hook.active, hook.gone) == ("failed", False, True)
    factories.claim(checker)
    send_due()
    assert len(receiver.got) == 1
    with pytest.raises(WorkflowError, match="switched off"):
        endpoints.send_again(row, by=editor)
    receiver.status = 200
    hook = endpoints.change(hook, by=editor, active=True)
    assert not hook.gone
    endpoints.send_again(row, by=editor)
    send_due()
    assert len(receiver.got) == 2, "the other was never handed over"


def test_events_of_a_claim_arrive_in_order_while_the_receiver_is_disturbed_for_a_moment(
    receiver: Receiver, checker: User, editor: User
) -> None:
    endpoint(checker.memberships.get().desk, receiver.url)
    factories.published(checker, editor)
    event_order.number_events()
    rows = list(WebhookDelivery.objects.filter(event__claim__isnull=False).order_by("-pk"))
    receiver.status = 500
    for row in rows:
        sending.deliver(row.pk)
    assert len(receiver.got) == 1, "the first is tried, the others wait for it"
    receiver.status = 200
    for _ in rows:
        send_due()
    numbers = [json.loads(body)["data"]["sequence"] for _, body in receiver.got]
    assert numbers == [1, *range(1, len(rows) + 1)]


def test_a_private_address_is_never_asked(
    receiver: Receiver, checker: User, editor: User, settings: Any
) -> None:
    settings.FETCH_ALLOWED_NETWORKS = ()
    desk = checker.memberships.get().desk
    hook = endpoint(desk, receiver.url, types=["claim.created"])
    factories.claim(checker)
    (row,) = send_due()
    assert (row.job_state, row.status, receiver.got) == ("waiting", None, [])
    assert "not public" in row.last_error
    assert WebhookEndpoint.objects.get() == hook


# Addresses that no message would ever reach, and what the person is told.
UNREACHABLE = {
    "http://cms.example/": "https://",
    "ftp://cms.example/": "https://",
    "https://u:p@cms.example/": "user name or password",
    "https://10.0.0.3/hooks": "FACTCHECK_FETCH_ALLOW",
    "https://[::1]/hooks": "FACTCHECK_FETCH_ALLOW",
    "https://cms.example:8190/hooks": "80, 443.*FACTCHECK_FETCH_PORTS",
    "https://u:p@[": "URL",
    "": "URL",
    "x": "https://",
}


@pytest.mark.parametrize("url", UNREACHABLE)
def test_an_address_that_cannot_be_reached_is_refused_at_once(
    editor: User, settings: Any, url: str
) -> None:
    """Else the first to hear of it is who waits for a message that never comes."""
    settings.FETCH_ALLOWED_NETWORKS, settings.FETCH_PORTS = (), frozenset({80, 443})
    desk = editor.memberships.get().desk
    with pytest.raises(ValidationError, match=UNREACHABLE[url]):
        endpoints.create(desk, by=editor, name="X", url=url, types=["claim.created"])
    assert not WebhookEndpoint.objects.exists()


def test_a_webhook_whose_port_was_closed_since_is_switched_off(
    receiver: Receiver, editor: User, settings: Any
) -> None:
    hook = endpoint(editor.memberships.get().desk, receiver.url)
    settings.FETCH_PORTS = frozenset({443})
    assert not endpoints.change(hook, by=editor, active=False).active
    with pytest.raises(ValidationError, match="port"):
        endpoints.change(hook, by=editor, url=receiver.url, active=True)


def test_nothing_of_another_desk_or_of_what_is_protected_arrives(
    receiver: Receiver, checker: User, editor: User, outsider: User
) -> None:
    desk = checker.memberships.get().desk
    endpoint(desk, receiver.url)
    factories.claim(outsider)
    sent_tip = sent(desk)
    claim = factories.claim(checker)
    event_order.number_events()
    assert WebhookDelivery.objects.count() == 2
    # Both were handed over, and are hidden before they are sent.
    set_embargo(claim, by=editor, until=clock.now() + timedelta(hours=6))
    pass_on(sent_tip, by=checker, desk=outsider.memberships.get().desk)
    apply(claim, Action.TAKE, by=checker)
    rows = send_due()
    assert [(row.job_state, row.withheld) for row in rows] == [("done", True)] * 2
    assert receiver.got == []
    assert not endpoints.deliveries_managed_by(editor).exists()
    set_embargo(claim, by=editor, until=None)
    assert not endpoints.deliveries_managed_by(editor).exists()


def test_of_a_protected_claim_only_what_readers_see_arrives(
    receiver: Receiver, checker: User, editor: User
) -> None:
    endpoint(checker.memberships.get().desk, receiver.url)
    claim = factories.approved(checker, editor)
    Claim.objects.filter(pk=claim.pk).update(shared_with_legal=True)
    claim.refresh_from_db()
    apply(claim, Action.PUBLISH, by=editor)
    send_due()
    assert [json.loads(body)["type"] for _, body in receiver.got] == ["verdict.published"]


def test_two_secrets_sign_while_one_is_replaced(
    receiver: Receiver, checker: User, editor: User
) -> None:
    desk = checker.memberships.get().desk
    hook, before = endpoints.create(
        desk, by=editor, name="CMS", url=receiver.url, types=["claim.created"]
    )
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", before)
    after = endpoints.rotate(hook, by=editor)
    endpoints.send_test(hook, by=editor)
    assert endpoints.send_test(hook, by=editor) == endpoints.send_test(hook, by=editor)
    (row,) = send_due()
    ((headers, body),) = receiver.got
    for secret in (before, after):
        Webhook(secret).verify(body, headers)
    message = json.loads(body)
    assert (message["type"], row.message_id) == ("webhook.test", headers["webhook-id"])
    WebhookEndpoint.objects.filter(pk=hook.pk).update(previous_until=clock.now())
    endpoints.send_test(hook, by=editor)
    send_due()
    headers, body = receiver.got[-1]
    Webhook(after).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(before).verify(body, headers)
    event_erasure.erase_old()
    hook.refresh_from_db()
    assert (hook.previous_secret, hook.secret) == ("", after)
    logged = json.dumps([entry.changes for entry in AuditEntry.objects.all()])
    assert before not in logged and after not in logged and receiver.url not in logged
    actions = AuditEntry.objects.filter(object_type="claims.webhookendpoint")
    assert [one.action for one in actions.order_by("seq")][:2] == [
        "webhookendpoint.add",
        "webhookendpoint.rotate",
    ]


def test_only_editors_and_admins_of_the_desk_manage_webhooks(
    checker: User, editor: User, admin_person: User, auditor: User, outsider: User
) -> None:
    desk = checker.memberships.get().desk
    words: Any = {"url": "https://cms.example/hooks", "types": ["claim.created"]}
    hook, _ = endpoints.create(desk, by=admin_person, name="CMS", **words)
    for user in (checker, auditor, outsider):
        for refused in (
            partial(endpoints.create, desk, name="X", **words),
            partial(endpoints.change, hook, active=False),
            partial(endpoints.rotate, hook),
            partial(endpoints.send_test, hook),
            partial(endpoints.send_failed_again, hook),
        ):
            with pytest.raises(PermissionDenied):
                refused(by=user)
        assert hook not in endpoints.managed_by(user)
    assert hook in endpoints.managed_by(editor)
    with pytest.raises(ValidationError, match="already has"):
        endpoints.create(desk, by=editor, name=" CMS ", **words)
    for types in ([], ["claim.eaten"]):
        with pytest.raises(ValidationError, match="Choose"):
            endpoints.change(hook, by=editor, types=types)


def test_the_api_makes_tests_and_replays_and_shows_the_secret_once(
    receiver: Receiver, editor: User, checker: User, outsider: User
) -> None:
    api = Api(editor)
    made = api.post("webhooks/", {"name": "CMS", "url": receiver.url})
    secret = made.json()["secret"]
    assert made.status_code == 201 and secret.startswith("whsec_")
    path = f"webhooks/{made.json()['id']}/"
    receiver.status = 410
    test = api.post(f"{path}test/")
    assert (test.status_code, test.json()["state"]) == (202, "waiting")
    send_due()
    (sent_row,) = api.get(f"{path}deliveries/", state="failed").json()["results"]
    assert (sent_row["status"], sent_row["answer"]) == (410, "thanks")
    assert sent_row["message"]["type"] == "webhook.test"
    one = f"deliveries/{sent_row['id']}/"
    assert api.get(path).json()["gone"] and api.post(f"{one}replay/").status_code == 409
    receiver.status = 200
    assert api.patch(path, {"active": True}).json()["gone"] is False
    assert api.post(f"{path}replay/", {}).json() == {"replayed": 1}
    send_due()
    assert api.get(one).json()["state"] == "done"
    assert api.post(f"{one}replay/").status_code == 202
    rotated = api.post(f"{path}rotate/").json()["secret"]
    assert rotated != secret
    for asked in ("webhooks/", path, f"{path}deliveries/", one):
        text = api.get(asked).content.decode()
        assert secret not in text and rotated not in text
    for other in (Api(checker), Api(outsider)):
        assert other.get(path).status_code == other.get(one).status_code == 404
    assert Api(checker).post("webhooks/", {"name": "B", "url": receiver.url}).status_code == 403
    assert Api(editor, "read", "claims:write").get("webhooks/").status_code == 403
