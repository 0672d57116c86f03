"""The priority of a claim: who sets it, why, and what then comes first."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from claims.choices import Action, Priority
from claims.desk.priorities import set_priority
from claims.desk.take_next import take_next
from claims.exchange.export import export
from claims.models import Claim
from claims.workflow import WorkflowError, apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db
LIST = reverse("admin:claims_claim_changelist")


def _claim(by: User, editor: User, word: str, hours: int = 0) -> Claim:
    claim = factories.claim(by, text=f"{word}, due in {hours} hours.")
    if hours:
        due_at = clock.now() + timedelta(hours=hours)
        Claim.objects.filter(pk=claim.pk).update(due_at=due_at)
    set_priority(claim, by=editor, priority=Priority.of(word), reason="A debate tonight.")
    return claim


def test_a_change_needs_a_reason_and_is_told_once(checker: User, editor: User) -> None:
    claim = factories.claim(checker)
    assert (claim.priority_word, claim.priority_reason) == ("normal", "")
    with pytest.raises(ValidationError, match="Say why the priority"):
        set_priority(claim, by=editor, priority=Priority.URGENT, reason="  ")
    for reason in ("A debate  tonight.", "A debate tonight.", ""):
        set_priority(claim, by=editor, priority=Priority.URGENT, reason=reason)
    set_priority(claim, by=editor, priority=Priority.NORMAL, reason="It was put off.")
    told = AuditEntry.objects.filter(action="claim.priority").order_by("seq")
    assert [entry.changes for entry in told] == [
        {"priority": ["normal", "urgent"], "reason": ["", "A debate tonight."]},
        {"priority": ["urgent", "normal"], "reason": ["", "It was put off."]},
    ]
    claim.refresh_from_db()
    assert (claim.version, claim.priority_reason) == (3, "It was put off.")


def test_who_may_set_the_deadline_sets_it_and_only_as_long(
    checker: User, second_checker: User, editor: User, auditor: User, outsider: User
) -> None:
    claim = factories.claim(checker)
    high = {"priority": Priority.HIGH, "reason": "A vote."}
    for person in (checker, second_checker, auditor):
        with pytest.raises(PermissionDenied):
            set_priority(claim, by=person, **high)
    with pytest.raises(Claim.DoesNotExist):
        set_priority(claim, by=outsider, **high)
    apply(claim, Action.TAKE, by=checker)
    set_priority(claim, by=checker, **high)
    apply(claim, Action.HOLD, by=editor, data=factories.note("Later."))
    with pytest.raises(WorkflowError, match="Resume it first"):
        set_priority(claim, by=editor, priority=Priority.LOW, reason="Later.")


def test_the_database_knows_four_and_wants_the_reason(checker: User) -> None:
    claim = factories.claim(checker)
    for changes in ({"priority": 1}, {"priority": 9, "priority_reason": "A vote."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(**changes)


def test_the_highest_comes_next_then_the_earliest_deadline(
    client: Client, checker: User, editor: User
) -> None:
    cases = [("low", 1), ("normal", 0), ("urgent", 0), ("high", 9), ("high", 3), ("urgent", 20)]
    for word, hours in cases:
        _claim(checker, editor, word, hours)
    order = [
        f"{word}, due in {hours} hours."
        for word, hours in [cases[place] for place in (5, 2, 4, 3, 1, 0)]
    ]
    client.force_login(checker)
    column = client.get(LIST).context["cl"].list_display.index("priority_mark")
    listed = client.get(LIST, {"o": column}).context["cl"].result_list
    assert [claim.text for claim in listed] == order
    unassigned = _panel(client, "Unassigned")
    assert [row.text for row in unassigned] == order
    assert "Urgent" in unassigned[0].badge and "A debate tonight." in unassigned[0].badge
    assert "Normal" not in unassigned[4].badge
    assert [getattr(take_next(checker).claim, "text", "") for _ in order] == order
    assert [row.text for row in _panel(client, "My claims by priority")] == order


def _panel(client: Client, title: str) -> list:
    panels = client.get("/admin/").context["panels"]
    return next(panel.rows for panel in panels if panel.title == title)


def test_it_is_set_on_the_workbench_and_filters_the_list(
    client: Client, checker: User, editor: User
) -> None:
    claim, other = factories.claim(checker), factories.claim(checker)
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    save = reverse("admin:claims_claim_priority", args=[claim.pk])
    client.force_login(checker)
    assert save not in client.get(page).text
    assert client.post(save, {"priority": "low", "reason": "x"}).status_code == 403
    client.force_login(editor)
    for sent in ({"priority": "urgent"}, {"priority": "1", "reason": "Typed once."}):
        again = client.post(save, sent)
        assert again.status_code == 400
    assert "Typed once." in again.text
    client.post(save, {"priority": "urgent", "reason": "<b>A vote.</b>"})
    shown = client.get(page).text
    assert "&lt;b&gt;A vote." in shown and "#shape-flag" in shown
    assert "changed the priority" in shown
    for asked, found in {
        "priority=urgent": {claim},
        "priority=normal&priority=high": {other},
        "priority=1": set(),
    }.items():
        listed = client.get(f"{LIST}?{asked}").context["cl"]
        assert (set(listed.result_list), bool(listed.problems)) == (found, asked[-1] == "1")


def test_the_api_and_the_export_say_the_word(
    checker: User, editor: User, auditor: User, outsider: User
) -> None:
    claim = factories.claim(checker)
    factories.claim(checker)
    path, asked = f"claims/{claim.public_id}/", {"priority": "high", "reason": "A vote."}
    assert is_problem(Api(auditor).put(f"{path}priority/", asked), 403)
    assert is_problem(Api(outsider).put(f"{path}priority/", asked), 404)
    for wrong in ({"priority": "high"}, {"priority": 2, "reason": "x"}, asked | {"why": "x"}):
        assert is_problem(Api(editor).put(f"{path}priority/", wrong), 400)
    for _ in range(2):
        assert Api(editor).put(f"{path}priority/", asked).json() == asked
    found = Api(checker).get("claims/", priority="high").json()["results"]
    assert [(row["priority"], row["priority_reason"]) for row in found] == [("high", "A vote.")]
    assert is_problem(Api(checker).get("claims/", priority="highest"), 400)
    claim.refresh_from_db()
    assert '"priority":"high","priority_reason":"A vote."' in export(claim)
