"""What must be impossible, tried through the admin over HTTP: stock addresses, bulk
actions, direct and repeated POSTs.
"""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from claims.choices import Action
from claims.models import Claim, Evidence, Transition, Verdict, VerdictRevision
from claims.workflow import apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from sources.models import Capture, Link
from tests import factories

EVERYBODY = ("reporter", "checker", "editor", "auditor", "admin_person", "superuser", "outsider")
KEPT = (Claim, Verdict, VerdictRevision, Evidence, Transition, AuditEntry, Link, Capture)
CANARY = "Canary of Metro"
SECRET = "correct horse battery staple"


def everything() -> list[object]:
    return [list(model._default_manager.order_by("pk").values()) for model in KEPT]


def at(name: str, *args: object) -> str:
    return reverse(f"admin:{name}", args=args)


def move(client: Client, claim: Claim, action: str, **fields: object) -> int:
    fields.setdefault("version", Claim.objects.get(pk=claim.pk).version)
    return int(client.post(at("claims_claim_move", claim.pk, action), fields).status_code)


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_stock_address_deletes_or_rewrites_editorial_rows(
    client: Client, request: pytest.FixtureRequest, checker: User, editor: User, who: str
) -> None:
    factories.published(checker, editor)
    client.force_login(request.getfixturevalue(who))
    before = everything()
    for model in (
        model for model in apps.get_models() if model in KEPT and model in admin.site._registry
    ):
        name, pk = (
            f"{model._meta.app_label}_{model._meta.model_name}",
            model._default_manager.values_list("pk", flat=True)[0],
        )
        chosen = {
            "_selected_action": [pk],
            "action": "delete_selected",
            "post": "yes",
            "select_across": "1",
        }
        client.post(at(f"{name}_changelist"), chosen)
        for entry_point in (at(f"{name}_delete", pk), at(f"{name}_change", pk)):
            assert (
                client.post(
                    entry_point,
                    {"post": "yes", "_save": "1", "status": "published", "state": "published"},
                ).status_code
                != 302
            )
    assert everything() == before


def test_no_screen_exists_for_verdicts_and_transitions(db: None) -> None:
    for model in (Verdict, VerdictRevision, Transition):
        assert not admin.site.is_registered(model)
        with pytest.raises(NoReverseMatch):
            at(f"claims_{model._meta.model_name}_changelist")


@pytest.mark.parametrize(
    "action",
    [
        "approve",
        "publish",
        "approve_and_publish",
        "retract",
        "delete_selected",
        "assign",
        "decline",
    ],
)
def test_a_bulk_action_reaches_no_claim_of_another_desk_and_skips_no_gate(
    client: Client, checker: User, editor: User, outsider: User, action: str
) -> None:
    claims = [
        factories.submitted(checker),
        factories.approved(checker, editor),
        factories.published(checker, editor),
    ]
    chosen = {
        "_selected_action": [claim.pk for claim in claims],
        "action": action,
        "go": "1",
        "select_across": "1",
        "reason": "opinion",
    }
    chosen["seen"] = [f"{claim.pk}:{claim.version}" for claim in Claim.objects.all()]
    for person in (outsider, checker):
        client.force_login(person)
        before = everything()
        client.post(at("claims_claim_changelist"), {**chosen, "assignee": person.pk})
        assert everything() == before
    client.force_login(editor)
    client.post(at("claims_claim_changelist"), {**chosen, "assignee": checker.pk})
    assert sorted(Verdict.objects.values_list("state", flat=True)) == (
        ["published", "working", "working"]
        if action == "decline"
        else ["approved", "published", "working"]
    )


def test_a_form_opened_before_an_edit_approves_nothing(
    client: Client, checker: User, editor: User, second_editor: User, submitted: Claim
) -> None:
    submitted.refresh_from_db()
    seen = submitted.version
    factories.written(submitted, second_editor, answer="It planted none.")
    apply(submitted, Action.SIGN, by=checker)
    client.force_login(editor)
    assert [
        move(client, submitted, name, version=seen) for name in ("approve", "approve_and_publish")
    ] == [412, 412]
    assert submitted.verdicts.get().state == "working"


def test_a_repeated_approval_brings_back_no_signature(
    client: Client, checker: User, editor: User, approved: Claim
) -> None:
    apply(approved, Action.RECALL, by=checker, data=factories.note("A figure is wrong."))
    client.force_login(editor)
    assert [
        move(client, approved, name) for name in ("approve", "publish", "approve_and_publish")
    ] == [409, 409, 409]
    apply(approved, Action.SUBMIT, by=checker)
    assert move(client, approved, "publish") == 409
    assert approved.verdicts.get().approver is None


def test_one_person_with_every_role_signs_once(client: Client, desk: Desk, checker: User) -> None:
    both = factories.person("both", desk, "editor")
    claim = factories.submitted(both)
    for role in ("checker", "admin", "auditor"):
        Membership.objects.create(user=both, desk=desk, role=role)
    client.force_login(both)
    for told in (
        {"username": "renamed", "byline": "Another name"},
        {"username": "both", "byline": ""},
    ):
        client.post(at("newsroom_user_change", both.pk), {**told, "is_active": "on"})
        assert [
            move(client, claim, name)
            for name in ("approve", "approve_and_publish", "sign", "approve")
        ][::3] == [422, 422]
    assert not Verdict.objects.exclude(state="working").exists()


@pytest.mark.parametrize("end", ["inactive", "ended", "elsewhere"])
def test_an_open_session_ends_with_the_powers_of_its_person(
    client: Client, editor: User, end: str, submitted: Claim
) -> None:
    client.force_login(editor)
    if end == "inactive":
        User.objects.filter(pk=editor.pk).update(is_active=False)
    else:
        Membership.objects.filter(user=editor).update(end_date="2020-01-01")
    if end == "elsewhere":
        Membership.objects.create(user=editor, desk=factories.desk("Sports"), role="editor")
    assert move(client, submitted, "approve") in {302, 404}
    assert submitted.verdicts.get().state == "working"


def test_an_auditor_of_another_desk_reads_no_entry_of_this_one(
    client: Client, checker: User
) -> None:
    claim = factories.ready(checker, text=f"{CANARY}: the claim.")
    client.force_login(factories.person("stranger", factories.desk("Sports"), "auditor"))
    lists = [
        client.get(at("ledger_auditentry_changelist") + query).text
        for query in ("", f"?q={claim.public_id}", "?q=checker")
    ]
    for entry in AuditEntry.objects.filter(desk_id=claim.desk_id):
        entry_point = at("ledger_auditentry_change", entry.pk)
        assert client.get(entry_point).status_code == 404 and not [
            page for page in lists if entry_point in page
        ]


def test_ones_own_new_password_is_audited(client: Client, checker: User) -> None:
    form = {"oldpassword": factories.PASSWORD, "password1": SECRET, "password2": SECRET}
    page = reverse("account_change_password")
    client.force_login(checker)
    assert client.post(page, {**form, "oldpassword": "wrong"}).status_code == 200
    assert client.post(page, form, headers={"x-request-id": "r-1"}).status_code == 302
    entry = AuditEntry.objects.get(action="user.password")
    assert (entry.actor, entry.entry_point, entry.request_id) == ("checker", "admin", "r-1")
    # By the seal a later change by SQL is found; the stored password is not in it.
    assert set(entry.changes) == {"seal"} and "argon2" not in str(entry.changes)


SETTINGS: tuple[tuple[str, str, Callable[[Desk], dict[str, object]]], ...] = (
    (
        "admin_person",
        "newsroom_desk_add",
        lambda _: {
            "name": "World",
            "time_zone": "UTC",
            "evidence_needed": 2,
            "reply_hours": 24,
            "tip_retention_days": 90,
        },
    ),
    (
        "admin_person",
        "newsroom_membership_add",
        lambda desk: {
            "user": User.objects.get(username="checker").pk,
            "desk": desk.pk,
            "role": "auditor",
        },
    ),
    (
        "admin_person",
        "newsroom_apitoken_add",
        lambda _: {
            "owner": User.objects.get(username="checker").pk,
            "name": "CMS",
            "scopes": ["read"],
        },
    ),
    ("admin_person", "claims_ratingscale_add", lambda _: {"name": "Words", "version": 1}),
    ("checker", "sources_owner_add", lambda _: {"name": "A house"}),
    ("checker", "sources_claimant_add", lambda _: {"name": "Jon Okafor", "kind": "Person"}),
)


@pytest.mark.usefixtures("checker", "admin_person")
@pytest.mark.parametrize(("who", "entry_point", "told"), SETTINGS)
def test_every_change_of_access_and_settings_leaves_its_entry(
    client: Client,
    request: pytest.FixtureRequest,
    desk: Desk,
    who: str,
    entry_point: str,
    told: Callable[[Desk], dict[str, object]],
) -> None:
    client.force_login(request.getfixturevalue(who))
    before = AuditEntry.objects.latest("seq").seq
    assert client.post(
        at(entry_point), told(desk), headers={"x-request-id": "r-1"}
    ).status_code in {
        200,
        302,
    }
    entries = AuditEntry.objects.filter(
        object_type=entry_point.removesuffix("_add").replace("_", "."), seq__gt=before
    )
    assert [(entry.actor, entry.entry_point, entry.request_id) for entry in entries] == [
        (who, "admin", "r-1")
    ]
