"""Interests in the admin and over the API: declared, seen by the right people, ended,
waived.
"""

from typing import Any

from django.test import Client

from claims.desk.conflicts_of_interest import DeclaredInterest, declare
from claims.models import Claim, Interest, Waiver
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from sources.models import Claimant
from tests import factories
from tests.project.api import Api, is_problem

ABOUT = "My sister runs their press office."
LIST = "/admin/claims/interest/"


def _named(claim: Claim) -> Claim:
    Claim.objects.filter(pk=claim.pk).update(
        claimant=Claimant.objects.get_or_create(name="Mira Halloway", description="")[0]
    )
    claim.refresh_from_db()
    return claim


def _interest(of: User) -> Interest:
    return declare(
        by=of,
        declaration=DeclaredInterest(about=ABOUT, claimant="Mira Halloway", note="For editors."),
    )[0]


def test_a_name_that_one_desk_knows_is_read_by_its_auditors_alone(checker: User) -> None:
    """Also where the other party is known to all desks."""
    Claimant.objects.create(name="Mira Halloway", desk=None)
    row, _new = declare(
        by=checker,
        declaration=DeclaredInterest(about=ABOUT, claimant="Mira Halloway", owner="Her aunt"),
    )
    assert row.claimant and row.owner and row.claimant.desk is None
    entry = AuditEntry.objects.get(action="interest.add")
    assert entry.desk_id == row.owner.desk_id == checker.memberships.get().desk_id


def test_i_declare_and_end_my_interest_in_the_admin(client: Client, checker: User) -> None:
    client.force_login(checker)
    assert "Conflicts of interest" in client.get("/admin/").text
    before = AuditEntry.objects.count()
    for _ in range(2):
        assert (
            client.post(
                f"{LIST}add/",
                {"about": ABOUT, "claimant": "Mira Halloway", "owner": "The Evers House"},
            ).status_code
            == 302
        )
    row = Interest.objects.get()
    assert (row.user, row.claimant.name, row.owner.name) == (
        checker,
        "Mira Halloway",
        "The Evers House",
    )  # type: ignore[union-attr]
    made = AuditEntry.objects.filter(seq__gt=before)
    assert {entry.action for entry in made} >= {"interest.add", "claimant.add", "owner.add"}
    assert made.get(action="interest.add").actor == "checker"
    assert ABOUT in client.get(LIST).text and ABOUT in client.get(f"{LIST}{row.pk}/change/").text
    for _ in range(2):
        assert client.post(f"{LIST}{row.pk}/end/").status_code == 302
    row.refresh_from_db()
    assert row.ended_date
    assert client.get(LIST, {"current": "yes"}).text.count(ABOUT) == 0


def test_an_empty_declaration_keeps_what_was_typed(client: Client, checker: User) -> None:
    client.force_login(checker)
    answer = client.post(f"{LIST}add/", {"about": "", "claimant": "Mira Halloway"})
    assert (
        answer.status_code == 400
        and 'value="Mira Halloway"' in answer.text
        and not Interest.objects.exists()
    )


def test_colleagues_do_not_read_it_and_nobody_else_ends_or_removes_it(
    client: Client,
    checker: User,
    second_checker: User,
    editor: User,
    admin_person: User,
    outsider: User,
) -> None:
    row = _interest(checker)
    for who, status in ((second_checker, 404), (outsider, 404), (editor, 200), (admin_person, 200)):
        client.force_login(who)
        assert client.get(f"{LIST}{row.pk}/change/").status_code == status, who
        assert (ABOUT in client.get(LIST).text) == (status == 200)
        assert client.post(f"{LIST}{row.pk}/end/").status_code in {403, 404}
        assert client.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code in {403, 404}
    row.refresh_from_db()
    assert row.ended_date is None


def test_a_freelancer_declares_too(client: Client, desk: Desk) -> None:
    user = factories.person("freelancer", desk)
    Membership.objects.create(user=user, desk=desk, role="checker", assigned_only=True)
    client.force_login(user)
    assert (
        client.post(f"{LIST}add/", {"about": ABOUT, "claimant": "Mira Halloway"}).status_code == 302
    )


def test_the_workbench_says_who_has_an_interest_and_lets_another_editor_waive_it(
    client: Client, checker: User, second_checker: User, editor: User, second_editor: User
) -> None:
    claim = _named(factories.claim(second_checker))
    own, row = _interest(editor), _interest(checker)
    page, waiving = (
        f"/admin/claims/claim/{claim.pk}/change/",
        f"/admin/claims/claim/{claim.pk}/interests/{{}}/waive/",
    )
    client.force_login(second_checker)
    assert ABOUT not in client.get(page).text
    assert client.post(waiving.format(row.public_id), {"reason": "So be it."}).status_code == 404
    client.force_login(checker)
    assert ABOUT in client.get(page).text
    assert (
        client.post(
            f"/admin/claims/claim/{claim.pk}/move/take/",
            {"version": Claim.objects.get(pk=claim.pk).version},
        ).status_code
        == 422
    )
    assert client.post(waiving.format(row.public_id), {"reason": "I can do it."}).status_code == 403
    client.force_login(editor)
    assert client.post(waiving.format(own.public_id), {"reason": "I can do it."}).status_code == 403
    refused = client.post(waiving.format(row.public_id), {"reason": ""})
    assert refused.status_code == 400
    shown = client.get(page).text
    assert "Waive for checker" in shown and "Waive for editor" not in shown
    for _ in range(2):
        assert (
            client.post(
                waiving.format(row.public_id), {"reason": "Nobody else is on duty."}
            ).status_code
            == 302
        )
    assert Waiver.objects.get().interest == row
    client.force_login(checker)
    assert (
        client.post(
            f"/admin/claims/claim/{claim.pk}/move/take/",
            {"version": Claim.objects.get(pk=claim.pk).version},
        ).status_code
        == 302
    )
    client.force_login(second_editor)
    assert (
        client.post(
            f"/admin/claims/claim/{claim.pk}/waivers/{Waiver.objects.get().public_id}/revoke/"
        ).status_code
        == 302
    )


def test_over_the_api_it_is_declared_listed_waived_and_ended(
    checker: User, second_checker: User, editor: User
) -> None:
    claim = _named(factories.claim(second_checker))
    mine, declared = Api(checker), {"about": ABOUT, "claimant": "Mira Halloway"}
    first, again = mine.post("interests/", declared), mine.post("interests/", declared)
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert first.json()["person"] == "checker" and first.json()["claimant"] == "Mira Halloway"
    refused = mine.post(f"claims/{claim.public_id}/transitions/", {"action": "take"})
    assert is_problem(refused, 422) and ABOUT in refused.json()["detail"]
    (seen,) = Api(editor).get("interests/", claim=str(claim.public_id)).json()["results"]
    assert seen["id"] == first.json()["id"]
    assert Api(second_checker).get("interests/").json()["results"] == []
    waiver: dict[str, Any] = {"reason": "Nobody else is on duty.", "interest": seen["id"]}
    assert is_problem(mine.post(f"claims/{claim.public_id}/waivers/", waiver), 403)
    assert is_problem(Api(second_checker).post(f"claims/{claim.public_id}/waivers/", waiver), 404)
    assert [
        Api(editor).post(f"claims/{claim.public_id}/waivers/", waiver).status_code for _ in range(2)
    ] == [201, 200]
    assert (
        mine.post(f"claims/{claim.public_id}/transitions/", {"action": "take"}).status_code == 201
    )
    for _ in range(2):
        assert mine.post(f"interests/{seen['id']}/end/").json()["ended_date"]
    assert is_problem(Api(editor).post(f"interests/{seen['id']}/end/"), 403)


def test_bad_input_is_refused_by_name(checker: User, editor: User) -> None:
    api = Api(checker)
    assert is_problem(api.post("interests/", {"about": ""}), 400)
    assert is_problem(api.post("interests/", {"about": ABOUT, "claimant": "x" * 201}), 400)
    assert is_problem(api.post("interests/", {"about": ABOUT, "user": "editor"}), 400)
    claim = _named(factories.ready(checker))
    item = claim.evidence.first()
    both = {
        "reason": "So.",
        "evidence": str(item and item.public_id),
        "interest": str(_interest(checker).public_id),
    }
    assert is_problem(Api(editor).post(f"claims/{claim.public_id}/waivers/", both), 400)
