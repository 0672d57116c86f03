"""The risk tier of a claim: its deadline, and how many sources it needs."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.desk.risk_tiers import set_risk
from claims.models import Claim
from claims.workflow import GateError, WorkflowError, apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.project.api import Api, is_problem
from tests.project.guard_cases.table import approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(desk: Desk) -> Desk:
    desk.low_risk_sources, desk.low_risk_hours = 1, 72
    desk.high_risk_sources, desk.high_risk_hours = 3, 12
    desk.save()
    return desk


def _sources(claim: Claim) -> int:
    claim.refresh_from_db()
    return claim.verdicts.get().sources_needed


def test_a_tier_asks_for_more_than_the_desk_never_for_fewer(rules: Desk) -> None:
    asked = {tier: rules.sources_for(tier) for tier in ("", "low", "medium", "high")}
    assert asked == {"": 2, "low": 2, "medium": 2, "high": 3}
    for wrong in ({"high_risk_sources": 11}, {"low_risk_hours": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Desk.objects.filter(pk=rules.pk).update(**wrong)


def test_the_gate_asks_again_at_approval_and_what_was_approved_stays(
    rules: Desk, checker: User, editor: User, submitted: Claim
) -> None:
    claim, other = submitted, factories.submitted(checker)
    apply(other, Action.APPROVE, by=editor)
    set_risk(claim, by=editor, tier="high")
    with pytest.raises(GateError, match="2 of 3 independent sources"):
        apply(claim, Action.APPROVE, by=editor)
    with pytest.raises(DatabaseError, match="too few independent"), transaction.atomic():
        approve(claim, editor, sources_needed=2)()
    factories.evidence(claim, editor)
    apply(claim, Action.SIGN, by=checker)
    apply(claim, Action.APPROVE, by=editor)
    Desk.objects.update(evidence_needed=5, high_risk_sources=6)
    for one in Claim.objects.all():
        apply(one, Action.PUBLISH, by=editor)
    assert (_sources(claim), _sources(other)) == (3, 2)


def test_the_deadline_is_set_where_nobody_did(rules: Desk, checker: User, editor: User) -> None:
    claim = factories.claim(checker)
    hours = []
    for tier in ("medium", "low", "low", "high", "", "low"):
        changed = set_risk(claim, by=editor, tier=tier)
        hours.append(changed.due_at and (changed.due_at - claim.created_at) // timedelta(hours=1))
    # No tier has no hours: the deadline that stands then is somebody's to change.
    assert hours == [None, 72, 72, 12, 12, 12]
    assert changed.version == 6
    due_at = clock.now()
    Claim.objects.filter(pk=claim.pk).update(due_at=due_at)
    assert set_risk(claim, by=editor, tier="high").due_at == due_at
    told = AuditEntry.objects.filter(action="claim.risk").order_by("seq")
    assert [entry.changes["risk"] for entry in told[:2]] == [["", "medium"], ["medium", "low"]]
    assert "due_at" in told[1].changes


def test_editors_set_it_until_it_is_signed(
    rules: Desk, checker: User, editor: User, outsider: User, ready: Claim
) -> None:
    with pytest.raises(PermissionDenied, match="Only editors set the risk tier"):
        set_risk(ready, by=checker, tier="low")
    with pytest.raises(Claim.DoesNotExist):
        set_risk(ready, by=outsider, tier="low")
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=ready.pk).update(risk="none")
    apply(ready, Action.SUBMIT, by=checker)
    apply(ready, Action.APPROVE, by=editor)
    with pytest.raises(WorkflowError, match="Recall it first"):
        set_risk(ready, by=editor, tier="low")


def test_screens_say_what_a_tier_asks_for(
    client: Client, rules: Desk, checker: User, editor: User, ready: Claim
) -> None:
    claim, other = ready, factories.claim(checker)
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    save = reverse("admin:claims_claim_risk", args=[claim.pk])
    client.force_login(checker)
    assert save not in client.get(page).text
    assert client.post(save, {"risk": "high"}).status_code == 403
    client.force_login(editor)
    assert "High: 3 sources, 12 hours" in client.get(page).text
    assert client.post(save, {"risk": "highest"}).status_code == 400
    assert client.post(save, {"risk": "high"}).status_code == 302
    assert "2 independent, 3 needed" in client.get(page).text
    listed = reverse("admin:claims_claim_changelist")
    for asked, found in {"high": {claim}, "none": {other}, "x": set()}.items():
        shown = client.get(listed, {"risk": asked})
        assert set(shown.context["cl"].result_list) == found, asked
    assert "2 of 3" in client.get(listed, {"risk": "high"}).text
    client.force_login(checker)
    assert "2 of 3 sources" in client.get("/admin/").text


def test_the_api_sets_it_and_says_what_is_needed(
    rules: Desk, checker: User, editor: User, outsider: User
) -> None:
    claim = factories.claim(checker)
    path = f"claims/{claim.public_id}/"
    assert is_problem(Api(checker).put(f"{path}risk/", {"risk": "high"}), 403)
    assert is_problem(Api(outsider).put(f"{path}risk/", {"risk": "high"}), 404)
    for wrong in ({}, {"risk": "x"}, {"risk": ""}):
        assert is_problem(Api(editor).put(f"{path}risk/", wrong), 400)
    answer = Api(editor).put(f"{path}risk/", {"risk": "high"}).json()
    assert (answer["risk"], answer["sources_needed"]) == ("high", 3) and answer["due_at"]
    (row,) = Api(checker).get("claims/", risk="high").json()["results"]
    assert (row["risk"], row["sources_needed"]) == ("high", 3)
    assert Api(editor).put(f"{path}risk/", {"risk": None}).json()["sources_needed"] == 2
