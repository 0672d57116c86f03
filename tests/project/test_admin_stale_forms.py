"""No settings screen saves over what somebody else changed meanwhile: it says who
changed what, and keeps what was typed.
"""

import re
from html import unescape

import pytest
from django.test import Client

from claims.models import RatingScale
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from sources.models import Claimant, Owner, Publisher
from tests import factories


def _seen(client: Client, address: str) -> str:
    found = re.search(r'name="opened_values" value="([^"]*)"', client.get(address).text)
    assert found, address
    return unescape(found[1])


def _desk(desk: Desk) -> tuple[str, dict[str, object], dict[str, object], str, str]:
    fields: dict[str, object] = {
        "name": desk.name,
        "time_zone": "UTC",
        "evidence_needed": 2,
        "reply_hours": 24,
        "tip_retention_days": 90,
    }
    return (
        f"/admin/newsroom/desk/{desk.pk}/change/",
        fields | {"reply_hours": 48},
        fields | {"evidence_needed": 3},
        "reply_hours",
        "48",
    )


def _person(desk: Desk) -> tuple[str, dict[str, object], dict[str, object], str, str]:
    row = User.objects.get(username="checker")
    fields: dict[str, object] = {"username": "checker", "byline": "", "email": "c@b.example"}
    return (
        f"/admin/newsroom/user/{row.pk}/change/",
        fields | {"byline": "Ann"},
        fields | {"email": "a@b.example"},
        "byline",
        "Ann",
    )


def _role(desk: Desk) -> tuple[str, dict[str, object], dict[str, object], str, str]:
    row = Membership.objects.get(user__username="checker")
    return (
        f"/admin/newsroom/membership/{row.pk}/change/",
        {"end_date": "2031-01-01"},
        {"end_date": "2032-02-02"},
        "end_date",
        "2031-01-01",
    )


def _scale(desk: Desk) -> tuple[str, dict[str, object], dict[str, object], str, str]:
    row = RatingScale.objects.create(name="Words", version=1)
    fields: dict[str, object] = {"name": "Words", "version": 1, "in_use": "on"}
    return (
        f"/admin/claims/ratingscale/{row.pk}/change/",
        fields | {"name": "Other"},
        fields | {"version": 2},
        "name",
        "Other",
    )


SETTINGS = (_desk, _person, _role, _scale)


@pytest.mark.parametrize("make", SETTINGS)
@pytest.mark.usefixtures("checker")
def test_a_stale_save_is_refused_and_tells_who_changed_what(
    client: Client, desk: Desk, admin_person: User, make: object
) -> None:
    address, theirs, mine, _, after = make(desk)  # type: ignore[operator]
    client.force_login(admin_person)
    seen = _seen(client, address)
    other = Client()
    other.force_login(factories.person("other_admin", desk, "admin"))
    assert other.post(address, {**theirs, "opened_values": seen}).status_code == 302
    entries = AuditEntry.objects.count()
    refused = client.post(address, {**mine, "opened_values": seen})
    assert (
        refused.status_code == 200
        and "other_admin changed this" in refused.text
        and f"to “{after}”" in refused.text
    )
    assert AuditEntry.objects.count() == entries
    for typed in mine.values():
        assert str(typed) in refused.text
    again = re.search(r'name="opened_values" value="([^"]*)"', refused.text)
    assert (
        again
        and client.post(address, {**mine, "opened_values": unescape(again[1])}).status_code == 302
    )  # now it is a choice


def test_names_that_desks_share_are_safe_too(client: Client, checker: User, editor: User) -> None:
    house = Owner.objects.create(name="House")
    rows = (
        (Owner.objects.create(name="A house"), {"name": "B house"}, {"name": "C house"}),
        (
            Claimant.objects.create(name="Jo", desk=factories.desk()),
            {"name": "Jo", "kind": "Person", "description": "baker"},
            {"name": "Joe", "kind": "Person"},
        ),
        (
            Publisher.objects.create(name="P", domain="p.example", owner=house),
            *(
                {"name": name, "domain": "p.example", "owner": house.pk, "kind": "secondary"}
                for name in "QR"
            ),
        ),
    )
    other = Client()
    client.force_login(checker)
    other.force_login(editor)
    for row, theirs, mine in rows:
        address = f"/admin/sources/{row._meta.model_name}/{row.pk}/change/"
        seen = _seen(client, address)
        first = other.post(address, {**theirs, "opened_values": seen})
        assert first.status_code == 302, re.findall(r"errorlist.*", first.text)[:3]
        refused = client.post(address, {**mine, "opened_values": seen})
        assert refused.status_code == 200 and "editor changed this" in refused.text
        row.refresh_from_db()
        assert str(getattr(row, "name", "")) == theirs["name"]


@pytest.mark.parametrize("sent", ["", "{", "[]", "null", '{"name": 7}'])
def test_what_no_page_of_ours_has_sent_is_a_stale_page(
    client: Client, desk: Desk, admin_person: User, sent: str
) -> None:
    client.force_login(admin_person)
    form = {
        "name": "Metro",
        "time_zone": "UTC",
        "evidence_needed": 5,
        "reply_hours": 24,
        "opened_values": sent,
    }
    assert client.post(f"/admin/newsroom/desk/{desk.pk}/change/", form).status_code == 200
    desk.refresh_from_db()
    assert desk.evidence_needed == 2


def test_what_was_not_typed_is_not_written(
    client: Client, desk: Desk, admin_person: User, checker: User
) -> None:
    """A password set between the opening of the page and its saving stays set."""
    client.force_login(admin_person)
    address = f"/admin/newsroom/user/{checker.pk}/change/"
    form = {
        "username": "checker",
        "byline": "Ann",
        "email": "checker@news.example",
        "opened_values": _seen(client, address),
    }
    checker.set_password("another long enough password")
    checker.save(update_fields=["password"])
    assert client.post(address, form).status_code == 302
    checker.refresh_from_db()
    assert checker.byline == "Ann" and checker.check_password("another long enough password")
