"""Free tags of a claim: one spelling a desk, told to nobody who may not see them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.desk import tags
from claims.desk.tags import add_tag, offered, remove_tag, set_tags
from claims.models import Claim
from claims.workflow import WorkflowError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Membership, User
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db


def test_case_and_spaces_make_no_other_tag(checker: User, editor: User) -> None:
    claim, other = factories.claim(checker), factories.claim(checker)
    assert set_tags(claim, by=checker, names=["Élection ", "budget", "BUDGET"]) == [
        "budget",
        "Élection",
    ]
    assert add_tag(claim, by=editor, name="e\u0301lection") == ["budget", "Élection"]
    assert add_tag(other, by=editor, name="ÉLECTION") == ["Élection"]
    assert remove_tag(claim, by=editor, name="Budget") == ["Élection"]
    assert remove_tag(claim, by=editor, name="never there") == ["Élection"]
    assert offered(claim, editor) == ["Élection"]
    told = AuditEntry.objects.filter(action="claim.tags").order_by("seq")
    assert [entry.changes["tags"] for entry in told] == [
        ["", "budget, Élection"],
        ["", "Élection"],
        ["budget, Élection", "Élection"],
    ]


def test_bad_tags_and_wrong_people_are_refused(
    checker: User, auditor: User, outsider: User
) -> None:
    claim = factories.claim(checker)
    wrong = (["  "], ["x" * 41], ["a, b"], [f"tag {n}" for n in range(21)])
    for names in wrong:
        with pytest.raises(ValidationError):
            set_tags(claim, by=checker, names=names)
    with pytest.raises(PermissionDenied):
        add_tag(claim, by=auditor, name="budget")
    with pytest.raises(Claim.DoesNotExist):
        add_tag(claim, by=outsider, name="budget")
    assert not claim.tags.exists()


def test_a_merged_claim_keeps_its_tags_until_it_is_unmerged(checker: User, editor: User) -> None:
    claim = factories.claim(checker)
    set_tags(claim, by=checker, names=["budget"])
    factories.merged(claim, factories.claim(checker), editor)
    for change, name in ((add_tag, "harbour"), (remove_tag, "budget")):
        with pytest.raises(WorkflowError, match="was merged into"):
            change(claim, by=editor, name=name)
    apply(claim, Action.UNMERGE, by=editor)
    assert add_tag(claim, by=editor, name="harbour") == ["budget", "harbour"]


def test_completion_begins_with_what_was_used_most_of_late(
    checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for names in (["old"], ["rare", "often"], ["often"]):
        claim = factories.claim(checker)
        for name in names:
            add_tag(claim, by=checker, name=name)
    assert offered(claim, checker) == ["often", "old", "rare"]
    monkeypatch.setattr(tags, "MOST_COUNTED", 2)
    assert offered(claim, checker) == ["often"]


def test_completion_tells_nothing_of_claims_one_may_not_see(
    client: Client, checker: User, second_checker: User, outsider: User
) -> None:
    secret, seen = factories.claim(checker), factories.claim(second_checker)
    set_tags(secret, by=checker, names=["CANARY"])
    set_tags(factories.claim(outsider), by=outsider, names=["ELSEWHERE"])
    assert offered(seen, checker) == ["CANARY"]
    Membership.objects.filter(user=second_checker).update(assigned_only=True)
    Claim.objects.filter(pk=seen.pk).update(assignee=second_checker)
    freelance = User.objects.get(pk=second_checker.pk)
    assert offered(seen, freelance) == []
    assert set_tags(seen, by=freelance, names=["canary"]) == ["canary"]
    client.force_login(freelance)
    found = client.get(reverse("admin:claims_claim_changelist"), {"tag": "CANARY"})
    assert list(found.context["cl"].result_list) == [seen]


def test_the_workbench_adds_and_removes_and_the_list_filters(
    client: Client, checker: User, auditor: User
) -> None:
    claim = factories.claim(checker)
    factories.claim(checker)
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    add, remove = (
        reverse(f"admin:claims_claim_{name}", args=[claim.pk]) for name in ("tag", "tag_remove")
    )
    client.force_login(checker)
    assert client.post(add, {"tag": "a, b"}).status_code == 400
    assert client.post(add, {"tag": "<b>budget"}).status_code == 302
    shown = client.get(page).text
    assert "&lt;b&gt;budget" in shown and add in shown and "<b>budget" not in shown
    listed = reverse("admin:claims_claim_changelist")
    for asked, found in {"<B>Budget": [claim], "bud": []}.items():
        assert list(client.get(listed, {"tag": asked}).context["cl"].result_list) == found
    client.force_login(auditor)
    assert "budget" in client.get(page).text and add not in client.get(page).text
    assert client.post(remove, {"tag": "<b>budget"}).status_code == 403
    client.force_login(checker)
    client.post(remove, {"tag": "<b>BUDGET"})
    assert not claim.tags.exists()


def test_the_api_sets_all_at_once(checker: User, auditor: User, outsider: User) -> None:
    claim = factories.claim(checker)
    factories.claim(checker)
    path = f"claims/{claim.public_id}/tags/"
    assert is_problem(Api(auditor).put(path, {"tags": []}), 403)
    assert is_problem(Api(outsider).put(path, {"tags": []}), 404)
    for wrong in ({}, {"tags": "x"}, {"tags": [1]}, {"tags": ["a,b"]}):
        assert is_problem(Api(checker).put(path, wrong), 400)
    for _ in range(2):
        answer = Api(checker).put(path, {"tags": ["Ships", "budget"]})
        assert answer.json() == {"tags": ["budget", "Ships"]}
    (row,) = Api(checker).get("claims/", tag="SHIPS").json()["results"]
    assert row["tags"] == ["budget", "Ships"]
    assert Api(checker).put(path, {"tags": []}).json() == {"tags": []}
