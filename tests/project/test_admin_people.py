"""People, desks and roles: kept by admins of the desk, started by a superuser, every
change on record.
"""

from typing import Any

from django.test import Client

from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories


def post(client: Client, by: User, address: str, **fields: Any):
    client.force_login(by)
    return client.post(f"/admin/newsroom/{address}", fields)


def test_nobody_becomes_superuser_by_a_hidden_field(
    client: Client, admin_person: User, checker: User
) -> None:
    form = {
        "username": "checker",
        "email": "checker@news.example",
        "is_superuser": "on",
        "is_staff": "on",
        "user_permissions": "1",
    }
    assert post(client, admin_person, f"user/{checker.pk}/change/", **form).status_code == 302
    checker.refresh_from_db()
    assert not (checker.is_superuser or checker.is_staff or checker.user_permissions.exists())


def test_an_admin_keeps_only_the_people_of_their_desk(
    client: Client, admin_person: User, outsider: User, superuser: User
) -> None:
    gone = factories.person("gone", outsider.memberships.get().desk, "editor")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    for other in (outsider, superuser, gone):
        for button in ("reset-link", "lock", "unlock", "end-sessions", "invite"):
            answer = post(client, admin_person, f"user/{other.pk}/account/{button}/")
            assert answer.status_code == 404
        assert client.get(f"/admin/newsroom/user/{other.pk}/change/").status_code == 404


def test_a_role_is_given_once_and_ended_not_rewritten(
    client: Client, admin_person: User, checker: User, desk: Desk
) -> None:
    form = {"user": checker.pk, "desk": desk.pk, "role": "editor", "end_date": ""}
    assert post(client, admin_person, "membership/add/", **form).status_code == 302
    assert (
        "already holds this role"
        in post(client, admin_person, "membership/add/", **form).content.decode()
    )
    held = Membership.objects.get(user=checker, role="editor")
    post(client, admin_person, f"membership/{held.pk}/change/", role="admin", end_date="2020-01-01")
    held.refresh_from_db()
    assert (held.role, str(held.end_date)) == ("editor", "2020-01-01")
    assert AuditEntry.objects.get(action="membership.change").changes == {
        "end_date": ["", "2020-01-01"]
    }


def test_an_admin_gives_no_role_to_themselves_or_on_another_desk(
    client: Client, admin_person: User, checker: User, desk: Desk
) -> None:
    sports = factories.desk("Sports")
    assert (
        post(
            client,
            admin_person,
            "membership/add/",
            user=admin_person.pk,
            desk=desk.pk,
            role="editor",
        ).status_code
        == 200
    )
    assert (
        post(
            client, admin_person, "membership/add/", user=checker.pk, desk=sports.pk, role="editor"
        ).status_code
        == 200
    )
    assert not Membership.objects.filter(role="editor").exists()


def test_a_superuser_sets_up_desk_and_first_role_and_has_no_other_screen(
    client: Client, superuser: User
) -> None:
    assert (
        post(
            client,
            superuser,
            "desk/add/",
            name="World",
            time_zone="UTC",
            evidence_needed=2,
            reply_hours=24,
            tip_retention_days=90,
        ).status_code
        == 302
    )
    world = Desk.objects.get(name="World")
    assert not world.memberships.exists()
    assert (
        post(
            client, superuser, "membership/add/", user=superuser.pk, desk=world.pk, role="admin"
        ).status_code
        == 302
    )
    Membership.objects.all().delete()
    for address in (
        "claims/claim/",
        "sources/article/",
        "ledger/auditentry/",
        "newsroom/apitoken/",
        "claims/ratingscale/",
    ):
        assert client.get(f"/admin/{address}").status_code == 403


def test_who_opens_a_desk_keeps_its_people(client: Client, admin_person: User) -> None:
    post(
        client,
        admin_person,
        "desk/add/",
        name="World",
        time_zone="UTC",
        evidence_needed=2,
        reply_hours=24,
        tip_retention_days=90,
    )
    assert Membership.objects.filter(user=admin_person, desk__name="World", role="admin").exists()
    assert (
        post(
            client,
            admin_person,
            "desk/add/",
            name="Moon",
            time_zone="Moon/Base",
            evidence_needed=2,
            reply_hours=24,
            tip_retention_days=90,
        ).status_code
        == 200
    )
    assert not Desk.objects.filter(name="Moon").exists()


def test_others_have_no_people_screens(
    client: Client, checker: User, editor: User, auditor: User
) -> None:
    for person in (checker, editor, auditor):
        client.force_login(person)
        for screen in ("user", "desk", "membership"):
            assert client.get(f"/admin/newsroom/{screen}/").status_code == 403
            assert client.post(f"/admin/newsroom/{screen}/add/", {}).status_code == 403


def test_the_settings_of_a_desk_stand_in_groups_that_say_what_they_are_for(
    client: Client, admin_person: User, desk: Desk
) -> None:
    client.force_login(admin_person)
    html = client.get(f"/admin/newsroom/desk/{desk.pk}/change/").text
    for said in (
        "Before signing",
        "Changes are recorded in the audit log.",
        "Number of independent sources that a verdict needs.",
    ):
        assert said in html
    settings = {
        field.name for field in Desk._meta.fields if field.editable and not field.primary_key
    }
    assert all(f'name="{name}"' in html for name in settings)
