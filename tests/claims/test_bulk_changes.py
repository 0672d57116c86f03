"""Many claims at once: what will happen, what came of it, and each claim once."""

import csv
import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.bulk import changes
from claims.choices import Action, BulkState, Status
from claims.intake.topics import add_topic
from claims.models import BulkChange, BulkItem, Claim
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from sources.models import Link
from tests import factories

LIST = reverse("admin:claims_claim_changelist")


def _send(client: Client, action: str, claims: list[Claim], **more: Any) -> Any:
    seen = " ".join(f"{claim.pk}:{Claim.objects.get(pk=claim.pk).version}" for claim in claims)
    sent = {"action": action, "index": 0, "seen": seen, **more}
    sent["_selected_action"] = [claim.pk for claim in claims]
    return client.post(f"{LIST}?status__exact=all", sent, follow=True)


def _words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_preview_says_what_will_happen_and_changes_nothing(
    client: Client, checker: User, editor: User
) -> None:
    free, busy = factories.claim(checker, text="Free."), factories.claim(checker, text="Busy.")
    apply(busy, Action.TAKE, by=checker)
    client.force_login(editor)
    cases = {
        "assign": (1, 1, "is not possible while the claim is in progress"),
        "hold": (2, 0, 'name="note"'),
        "deadline": (2, 0, 'name="due_at"'),
        "priority": (2, 0, 'name="priority"'),
        "topic": (2, 0, 'name="topic"'),
        "check_links": (0, 2, "It cites no page that could be checked."),
    }
    for action, (will, wont, said) in cases.items():
        page = _send(client, action, [free, busy])
        assert (len(page.context["going"]), len(page.context["refused"])) == (will, wont), action
        assert said in _words(page), action
    assert not BulkChange.objects.exists()
    assert {claim.moves for claim in Claim.objects.all()} == {0, 1}


def test_each_kind_is_done_by_the_service_that_records_it(
    client: Client, desk: Desk, checker: User, editor: User
) -> None:
    Desk.objects.filter(pk=desk.pk).update(time_zone="Europe/Berlin")
    claim, topic = factories.ready(checker), add_topic(desk, by=editor, name="Trees")[0]
    client.force_login(editor)
    cases: dict[str, dict[str, str]] = {
        "deadline": {"due_at": "2026-06-01T17:00"},
        "priority": {"priority": "urgent", "reason": "A debate."},
        "topic": {"topic": "Trees"},
        "check_links": {},
        "hold": {"note": "The court decides in June."},
    }
    for action, more in cases.items():
        assert "1 updated, 0 not updated." in _words(_send(client, action, [claim], go=1, **more))
    claim.refresh_from_db()
    assert f"{claim.due_at:%H:%M}" == "15:00" and claim.topic == topic
    taken_off = _send(client, "deadline", [factories.claim(checker)], go=1, remove="on")
    assert "1 updated, 0 not updated." in _words(taken_off)
    assert claim.status == Status.ON_HOLD and claim.transitions.latest("number").by == editor
    logged = set(AuditEntry.objects.filter(actor_id=editor.pk).values_list("action", flat=True))
    assert {"claim.edit", "claim.priority", "claim.topic", "link.check", "claim.hold"} <= logged
    assert Link.objects.filter(job_state="waiting", attempts=0).count() == 2


def test_what_was_filled_in_wrongly_is_asked_again(
    client: Client, checker: User, editor: User
) -> None:
    claim = factories.claim(checker)
    client.force_login(editor)
    cases = {
        "hold": ({"note": ""}, "Give a reason."),
        "assign": ({"assignee": "424242"}, "Choose an assignee."),
        "deadline": ({"due_at": "soon"}, "Enter a valid date/time."),
        "priority": ({"priority": "urgent"}, "This field is required."),
        "topic": ({"topic": "No such"}, "is not one of the available choices"),
    }
    both = {"due_at": "2026-06-01T17:00", "remove": "on"}
    wrong = [*cases.items(), ("deadline", ({}, "Enter a deadline, or tick"))]
    wrong += [("deadline", (both, "Enter a deadline, or tick"))]
    for action, (more, said) in wrong:
        page = _send(client, action, [claim], go=1, **more)
        assert page.status_code == 400 and said in _words(page), action
    assert not BulkChange.objects.exists()


def test_the_same_form_twice_is_one_change(client: Client, checker: User, editor: User) -> None:
    claims = [factories.claim(checker) for _ in range(2)]
    client.force_login(editor)
    key = str(_send(client, "decline", claims).context["key"])
    pages = [_send(client, "decline", claims, go=1, key=key, reason="trivial") for _ in range(2)]
    assert len({page.redirect_chain[-1] for page in pages}) == 1
    assert BulkChange.objects.get().public_id == uuid.UUID(key)
    assert AuditEntry.objects.filter(action="claim.decline").count() == 2
    # Nor does somebody else's key lead to their change.
    other = factories.person("other", factories.desk(), "editor")
    client.force_login(other)
    page = reverse("admin:claims_claim_bulk", args=[key])
    assert {client.get(f"{page}{rest}").status_code for rest in ("", "state/", "csv/")} == {404}


def test_the_form_sent_again_with_another_answer_is_another_change(
    client: Client, desk: Desk, checker: User, editor: User
) -> None:
    """As by the browser's Back, from the result to the form."""
    claim = factories.claim(checker)
    for name in ("Trees", "Parks"):
        add_topic(desk, by=editor, name=name)
    client.force_login(editor)
    key = str(_send(client, "topic", [claim]).context["key"])
    for name in ("Trees", "Parks", "Parks"):
        page = _send(client, "topic", [claim], go=1, key=key, topic=name)
        assert page.context["change"].data == {"topic": name}
    claim.refresh_from_db()
    assert claim.topic and claim.topic.name == "Parks"
    # A key that somebody else's change has is no key of one's own.
    client.force_login(factories.person("other", desk, "editor"))
    page = _send(client, "topic", [claim], go=1, key=key, topic="Trees")
    assert page.status_code == 200 and "1 updated" in _words(page)


def test_a_claim_that_left_the_filtered_list_meanwhile_is_not_forgotten(
    client: Client, checker: User, editor: User
) -> None:
    kept, taken = factories.claim(checker, text="Kept."), factories.claim(checker, text="Taken.")
    apply(taken, Action.TAKE, by=checker)
    client.force_login(editor)
    sent = {"action": "decline", "index": 0, "_selected_action": [kept.pk, taken.pk]}
    page = client.post(f"{LIST}?status__exact=open", sent)
    assert [one.claim for one in page.context["refused"]] == []
    assert set(page.context["claims"]) == {kept, taken}
    sent |= {"go": 1, "reason": "trivial", "seen": f"{kept.pk}:{kept.version} {taken.pk}:1"}
    page = client.post(f"{LIST}?status__exact=open", sent, follow=True)
    assert "1 updated, 1 not updated." in _words(page)
    # What the person may not see stays out, however it was ticked.
    secret = factories.claim(factories.person("o", factories.desk("Other"), "checker"))
    sent["_selected_action"] = [kept.pk, secret.pk]
    client.post(f"{LIST}?status__exact=open", sent)
    assert not BulkItem.objects.filter(claim=secret).exists()


def test_many_are_left_to_a_worker_and_none_is_done_twice(
    client: Client, checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "AT_ONCE", 2)
    claims = [factories.claim(checker, text=f"=Claim {n}.") for n in range(5)]
    apply(claims[0], Action.TAKE, by=checker)
    client.force_login(editor)
    page = _send(client, "assign", claims, go=1, assignee=checker.pk)
    change = BulkChange.objects.get()
    state = reverse("admin:claims_claim_bulk_state", args=[change.public_id])
    assert "data-progress" in _words(page)
    assert client.get(state).json() == {"done": 0, "of": 5, "going_on": True}
    # The worker dies in the middle: what it did is done, and the rest is waiting.
    first = change.items.first()
    changes._change_one(change, first.pk)
    changes._change_one(change, first.pk)
    monkeypatch.setattr(changes, "STEP_SECONDS", -1.0)
    changes.work(change.pk)
    assert client.get(state).json() == {"done": 1, "of": 5, "going_on": True}
    monkeypatch.setattr(changes, "STEP_SECONDS", 20.0)
    for _ in range(2):
        changes.work(change.pk)
    assert client.get(state).json() == {"done": 5, "of": 5, "going_on": False}
    assert AuditEntry.objects.filter(action="claim.assign").count() == 4
    shown = client.get(reverse("admin:claims_claim_bulk", args=[change.public_id]))
    assert "Assign: 4 updated, 1 not updated." in _words(shown)
    file = client.get(reverse("admin:claims_claim_bulk_csv", args=[change.public_id]))
    rows = [*csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode()))]
    assert [row["result"] for row in rows] == ["refused", *["done"] * 4]
    assert rows[0]["text"] == "'=Claim 0." and "in progress" in rows[0]["reason"]


def test_who_lost_access_changes_nothing_and_reads_nothing(
    client: Client, checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "AT_ONCE", 0)
    other = factories.desk("Other")
    membership = Membership.objects.create(user=editor, desk=other, role="editor")
    secret, open_one = factories.claim(editor, other, text="Secret."), factories.claim(checker)
    client.force_login(editor)
    _send(client, "decline", [secret, open_one], go=1, reason="trivial")
    membership.end_date = clock.now().date() - timedelta(days=1)
    membership.save()
    change = BulkChange.objects.get()
    changes.work(change.pk)
    states = dict(change.items.values_list("claim__text", "state"))
    assert states == {"Secret.": BulkState.REFUSED, open_one.text: BulkState.DONE}
    for rest in ("", "csv/"):
        answer = client.get(reverse("admin:claims_claim_bulk", args=[change.public_id]) + rest)
        assert b"Secret" not in b"".join(answer)


def test_a_preview_of_many_asks_no_more_than_one_of_two(
    client: Client, checker: User, editor: User
) -> None:
    claims = [factories.ready(checker) for _ in range(8)]
    client.force_login(editor)
    for action in ("hold", "deadline", "check_links"):
        counts = []
        for chosen in (claims[:2], claims):
            with CaptureQueriesContext(connection) as queries:
                assert _send(client, action, chosen).status_code == 200
            counts.append(len(queries) - len(chosen))  # _send reads each version
        assert counts[0] == counts[1], action


def test_too_many_at_once_are_refused(
    client: Client, checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST", 1)
    claims = [factories.claim(checker) for _ in range(2)]
    client.force_login(editor)
    assert "Select at most 1 claims at once." in _words(_send(client, "decline", claims))
    assert not BulkItem.objects.exists()
