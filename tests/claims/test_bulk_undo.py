"""A bulk change is undone: claim by claim, once, and only what nobody has changed
since.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.bulk import changes
from claims.choices import Action, BulkKind, Priority
from claims.desk.priorities import set_priority
from claims.intake.claim_editing import set_deadline
from claims.intake.topics import add_topic, set_topic
from claims.models import BulkChange, Claim
from claims.workflow import MoveData, WorkflowError, apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests import factories

# What each kind is sent with, and the entries that its undoing leaves.
KINDS: dict[BulkKind, tuple[dict[str, Any], set[str]]] = {
    BulkKind.ASSIGN: ({"assignee": "checker"}, {"claim.release"}),
    BulkKind.DECLINE: ({"reason": "trivial"}, {"claim.reopen"}),
    BulkKind.HOLD: ({"note": "Until June."}, {"claim.resume"}),
    BulkKind.DEADLINE: ({"due_at": "2026-06-01T17:00"}, {"claim.edit"}),
    BulkKind.PRIORITY: ({"priority": "urgent", "reason": "A debate."}, {"claim.priority"}),
    BulkKind.TOPIC: ({"topic": "Trees"}, {"claim.topic"}),
}
FIELDS = ("status", "assignee", "due_at", "priority", "topic")


def _change(kind: BulkKind, claims: list[Claim], by: User, data: dict[str, Any]) -> BulkChange:
    if data.get("assignee"):
        data = {**data, "assignee": User.objects.get(username=data["assignee"]).pk}
    key = BulkChange().public_id
    return changes.start(key, kind, [(one, one.version) for one in claims], by=by, data=data)


def _state(claim: Claim) -> list[object]:
    claim.refresh_from_db()
    return [getattr(claim, name) for name in FIELDS]


def test_each_kind_is_undone_and_recorded(desk: Desk, checker: User, editor: User) -> None:
    for name in ("Trees", "Ships"):
        add_topic(desk, by=editor, name=name)
    for kind, (data, entries) in KINDS.items():
        claim = factories.claim(checker)
        if kind not in {BulkKind.ASSIGN, BulkKind.HOLD, BulkKind.DECLINE}:
            set_topic(claim, by=editor, topic=desk.topics.get(name="Ships"))
            set_deadline(claim, by=editor, due_at=clock.now() + timedelta(days=1))
        claim.refresh_from_db()
        before = _state(claim)
        change = _change(kind, [claim], editor, data)
        assert _state(claim) != before, kind
        seen = AuditEntry.objects.count()
        undone = changes.undo(change, by=editor)
        assert (_state(claim), undone.items.get().reason) == (before, ""), kind
        logged = AuditEntry.objects.order_by("seq")[seen:]
        assert {one.action for one in logged} == entries, kind
        # Twice is once, and the undoing is not undone in its turn.
        assert changes.undo(change, by=editor) == undone
        assert AuditEntry.objects.count() == seen + len(entries)
        with pytest.raises(WorkflowError):
            changes.undo(undone, by=editor)


def test_what_somebody_changed_since_stays(checker: User, editor: User) -> None:
    left, touched = factories.claim(checker), factories.claim(checker)
    change = _change(BulkKind.PRIORITY, [left, touched], editor, KINDS[BulkKind.PRIORITY][0])
    set_priority(touched, by=editor, priority=Priority.LOW, reason="Nobody asks any more.")
    items = changes.undo(change, by=editor).items.order_by("claim_id")
    assert [item.state for item in items] == ["done", "refused"]
    assert "changed" in items[1].reason
    assert [_state(one)[3] for one in (left, touched)] == [Priority.NORMAL, Priority.LOW]


def test_a_declined_claim_goes_back_to_who_worked_on_it(checker: User, editor: User) -> None:
    working, reviewed = factories.claim(checker), factories.submitted(checker)
    apply(working, Action.TAKE, by=checker)
    change = _change(BulkKind.DECLINE, [working, reviewed], editor, {"reason": "trivial"})
    items = changes.undo(change, by=editor).items.order_by("claim_id")
    assert _state(working)[:2] == ["in_progress", checker]
    # A signature that was taken off does not come back by itself.
    assert items[1].reason.startswith("It was in review.")
    assert _state(reviewed)[0] == "declined"


def test_what_was_so_already_is_not_undone(checker: User, editor: User) -> None:
    for kind, action in ((BulkKind.ASSIGN, Action.ASSIGN), (BulkKind.HOLD, Action.HOLD)):
        claim = factories.claim(checker)
        data, _entries = KINDS[kind]
        by_hand = MoveData(assignee=checker) if "assignee" in data else MoveData(note=data["note"])
        apply(claim, action, by=editor, data=by_hand)
        before = _state(claim)
        # The same person's own last action again changes nothing and is no refusal.
        change = _change(kind, [claim], editor, data)
        assert (change.items.get().state, _state(claim)) == ("done", before), kind
        assert not changes.may_undo(change)
        with pytest.raises(WorkflowError):
            changes.undo(change, by=editor)
        assert _state(claim) == before, kind


def test_what_it_stores_is_in_english_whoever_does_it(checker: User, editor: User) -> None:
    editor.language = "de"
    editor.save(update_fields=["language"])
    held, ranked = factories.claim(checker), factories.claim(checker)
    for kind, claim in ((BulkKind.HOLD, held), (BulkKind.PRIORITY, ranked)):
        changes.undo(_change(kind, [claim], editor, KINDS[kind][0]), by=editor)
    ranked.refresh_from_db()
    last = held.transitions.latest("number")
    assert (last.note, ranked.priority_reason) == ("Bulk change undone.",) * 2


def test_a_stale_topic_or_priority_is_refused_as_other_fields_are(
    desk: Desk, checker: User, editor: User
) -> None:
    topic = add_topic(desk, by=editor, name="Trees")[0]
    for kind in (BulkKind.TOPIC, BulkKind.PRIORITY):
        claim = factories.claim(checker)
        old = Claim.objects.get(pk=claim.pk)
        set_deadline(claim, by=editor, due_at=clock.now() + timedelta(days=1))
        assert changes.preview([(old, old.version)], kind, by=editor)[0].reason == ""
        item = _change(kind, [old], editor, KINDS[kind][0]).items.get()
        assert (item.state, claim.topic) == ("refused", None), kind
    assert topic.claims.count() == 0


def test_the_result_page_offers_it_to_its_own_person_once(
    client: Client, desk: Desk, checker: User, editor: User
) -> None:
    add_topic(desk, by=editor, name="Trees")
    change = _change(BulkKind.TOPIC, [factories.claim(checker)], editor, {"topic": "Trees"})
    address = reverse("admin:claims_claim_bulk_undo", args=[change.public_id])
    client.force_login(checker)
    assert client.post(address).status_code == 404
    client.force_login(editor)
    page = reverse("admin:claims_claim_bulk", args=[change.public_id])
    assert address in client.get(page).content.decode()
    first, second = (client.post(address).headers["Location"] for _twice in range(2))
    assert first == second != page
    assert "Undo" in client.get(first).content.decode()
    assert address not in client.get(page).content.decode()
    assert client.get(address).status_code == 405
