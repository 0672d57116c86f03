"""Admins manage people, roles, desks and tokens over the API as on the screens, and
nobody else does.
"""

from typing import Any

import pytest
from django.core import mail as outbox

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import tokens
from factcheck.newsroom.models import ApiToken, Desk, Mail, Membership, User
from tests import factories
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db


def _invitation(home: Desk, **more: Any) -> dict[str, Any]:
    given = {"byline": "Ana Field", "email": "ana@news.example", "role": "checker"}
    return {**given, "desk": str(home.public_id), **more}


def test_somebody_is_invited_once_and_the_link_goes_to_them_alone(
    desk: Desk, admin_person: User, editor: User
) -> None:
    api = Api(admin_person)
    for wrong in (
        {"email": "no address"},
        {"email": ""},
        {"role": "service"},
        {"role": "admin", "assigned_only": True},
        {"end_date": "2020-01-01"},
        {"desk": str(factories.desk("Sports").public_id)},
        {"is_superuser": True},
    ):
        assert is_problem(api.post("people/", _invitation(desk, **wrong)), 400), wrong
    assert is_problem(Api(editor).post("people/", _invitation(desk)), 403)
    assert is_problem(Api(admin_person, "read").post("people/", _invitation(desk)), 403)
    answer = api.post("people/", _invitation(desk))
    assert answer.status_code == 201
    made = answer.json()
    assert (made["username"], made["account"]) == ("ana", "not_sent")
    assert [one["role"] for one in made["roles"]] == ["checker"]
    assert is_problem(api.post("people/", _invitation(desk)), 400)
    person = User.objects.get(username="ana")
    assert Mail.objects.filter(user=person).count() == 1 and not outbox.outbox
    assert "http" not in answer.content.decode()
    told = AuditEntry.objects.filter(object_id=str(person.public_id), action="user.add")
    assert told.get().actor_id == admin_person.pk


def test_an_account_is_changed_locked_and_opened_again(
    desk: Desk, admin_person: User, checker: User
) -> None:
    api, at = Api(admin_person), f"people/{checker.public_id}/"
    changed = api.patch(at, {"byline": "Nell Varga", "email": "nell@news.example"}).json()
    assert changed["name"] == "Nell Varga" and changed["username"] == checker.username
    assert is_problem(api.patch(at, {"email": admin_person.email or "x"}), 400)
    assert is_problem(api.patch(at, {"username": admin_person.username}), 400)
    assert is_problem(api.patch(at, {"is_superuser": True}), 400)
    for action, state in (("lock", "locked"), ("unlock", "active")):
        for _twice in range(2):
            answer = api.post(f"{at}account/", {"action": action})
            assert answer.json()["account"] == state
    assert is_problem(api.post(f"{at}account/", {"action": "delete"}), 400)
    own = f"people/{admin_person.public_id}/account/"
    assert is_problem(api.post(own, {"action": "lock"}), 400)
    listed = api.get("people/", q="nell", account="active", desk=str(desk.public_id)).json()
    assert [one["username"] for one in listed["results"]] == [checker.username]
    # Of somebody who works elsewhere too, another admin has a say.
    Membership.objects.create(user=checker, desk=factories.desk("Sports"), role="checker")
    assert is_problem(api.post(f"{at}account/", {"action": "lock"}), 404)
    assert User.objects.get(pk=checker.pk).is_active


def test_a_role_is_given_narrowed_and_ended(
    desk: Desk, admin_person: User, checker: User, outsider: User
) -> None:
    api = Api(admin_person)
    given = {"person": outsider.username, "desk": str(desk.public_id), "role": "checker"}
    assert [api.post("roles/", given).status_code for _twice in range(2)] == [201, 200]
    narrowed = api.post("roles/", given | {"assigned_only": True}).json()
    assert narrowed["assigned_only"] and narrowed["end_date"] is None
    ended = api.post("roles/", given | {"end_date": "2020-01-01"}).json()
    assert ended["assigned_only"] and ended["end_date"] == "2020-01-01"
    current = api.get("roles/", current="true", desk=str(desk.public_id)).json()["results"]
    assert outsider.username not in [one["person"] for one in current]
    for wrong in (
        {"person": "nobody"},
        {"role": "service"},
        {"role": "admin", "assigned_only": True},
        {"desk": str(outsider.memberships.exclude(desk=desk).get().desk.public_id)},
    ):
        assert is_problem(api.post("roles/", given | wrong), 400), wrong
    to_oneself = {**given, "person": admin_person.username, "role": "editor"}
    assert is_problem(api.post("roles/", to_oneself), 403)
    assert is_problem(Api(checker).post("roles/", given), 403)
    assert is_problem(Api(checker).get("roles/"), 403)
    assert not Membership.objects.filter(user=admin_person, role="editor").exists()


def test_a_desk_is_made_and_its_settings_are_changed(
    desk: Desk, admin_person: User, editor: User
) -> None:
    api, at = Api(admin_person), f"desks/{desk.public_id}/"
    assert is_problem(Api(editor).get("desks/"), 403)
    assert is_problem(Api(editor).post("desks/", {"name": "Sports"}), 403)
    made = api.post("desks/", {"name": "Sports", "time_zone": "Europe/London"})
    assert made.status_code == 201 and api.get(f"desks/{made.json()['id']}/").status_code == 200
    assert is_problem(api.post("desks/", {"name": "Sports"}), 400)
    changed = {"evidence_needed": 3, "night_from": "22:00", "night_until": "06:00"}
    for _twice in range(2):
        answer = api.patch(at, changed).json()
        assert {name: answer[name] for name in changed} == changed
    for wrong in (
        {"time_zone": "Europe/Nowhere"},
        {"night_from": None},
        {"evidence_needed": 0},
        {"name": "Sports"},
        {"name": ""},
    ):
        assert is_problem(api.patch(at, wrong), 400), wrong
    elsewhere = factories.desk("World")
    assert is_problem(api.patch(f"desks/{elsewhere.public_id}/", changed), 404)
    assert AuditEntry.objects.get(action="desk.change").actor_id == admin_person.pk


def test_tokens_are_listed_and_revoked_and_none_makes_another(
    desk: Desk, admin_person: User, checker: User, outsider: User
) -> None:
    theirs, plain = tokens.issue(checker, by=checker, name="Key", scopes=["read"])
    api, at = Api(admin_person), f"tokens/{theirs.public_id}/"
    listed = api.get("tokens/", owner=checker.username)
    assert [one["id"] for one in listed.json()["results"]] == [str(theirs.public_id)]
    assert plain not in listed.content.decode() and theirs.digest not in listed.content.decode()
    assert api.post("tokens/", {"name": "Another", "scopes": ["read"]}).status_code == 405
    other = Api(outsider)
    assert is_problem(other.get(at), 404) and is_problem(other.post(f"{at}revoke/"), 404)
    assert is_problem(Api(checker, "read").get("tokens/"), 403)
    own = Api(checker)
    assert {one["owner"] for one in own.get("tokens/").json()["results"]} == {checker.username}
    for _twice in range(2):
        assert api.post(f"{at}revoke/").json()["revoked_at"]
    assert tokens.find(plain) is None
    assert own.post(f"tokens/{own.token.public_id}/revoke/").status_code == 200
    assert is_problem(own.get("me/"), 401)
    assert ApiToken.objects.filter(owner=outsider, revoked_at=None).exists()
