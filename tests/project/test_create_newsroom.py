"""The first desk, its ratings and its people come from one command that is safe to run
again.
"""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from claims.management.commands.create_newsroom import RATINGS
from claims.models import Rating
from factcheck.ledger.models import AuditEntry
from factcheck.ledger.verify_chain import verify
from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import ApiToken, Desk, Membership, User
from tests.letters import CHOSEN, arrived, choose, link_in

pytestmark = pytest.mark.django_db
KIM = {"superuser": "kim", "email": "kim@news.example"}


def create(**options: object) -> str:
    out = StringIO()
    call_command("create_newsroom", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> Settings:
    settings.ENVIRONMENT, settings.DATA_DIR = "demo", tmp_path
    return settings


def test_it_makes_a_desk_the_ratings_and_a_superuser_who_is_admin_there() -> None:
    create(desk="City", **KIM)
    kim = User.objects.get(username="kim")
    assert kim.is_superuser
    assert not kim.has_usable_password()
    assert Membership.objects.get(user=kim).role == Role.ADMIN
    assert {rating.name: rating.value for rating in Rating.objects.all()} == {
        word.name: word.value for word in RATINGS
    }
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {
        "desk.add",
        "ratingscale.add",
        "rating.add",
        "user.add",
        "membership.add",
        "user.invitation",
        "user.link_shown",
    }
    assert verify().broken_at is None


def test_it_is_safe_twice() -> None:
    for _ in range(2):
        create(desk="City", **KIM)
    assert (
        Desk.objects.count(),
        User.objects.count(),
        Membership.objects.count(),
        Rating.objects.count(),
    ) == (1, 1, 1, len(RATINGS))
    assert AuditEntry.objects.count() == 6 + len(RATINGS)


def test_without_a_mail_server_the_operator_sees_the_link_once_and_loudly() -> None:
    shown = create(desk="City", **KIM)
    assert "No mail server is set" in shown
    link = re.search(r"http://localhost:8000(/accounts/password/choose/\S+)", shown)
    assert link and choose(Client(), link[1]) == 302
    assert User.objects.get(username="kim").check_password(CHOSEN)
    assert "choose" not in create(desk="City", **KIM)
    assert AuditEntry.objects.filter(action="user.link_shown").count() == 1


def test_with_a_mail_server_the_link_is_in_the_letter_alone(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.news.example"
    assert "choose" not in create(desk="City", **KIM)
    assert choose(Client(), link_in(arrived("kim@news.example")[0])) == 302
    assert not AuditEntry.objects.filter(action="user.link_shown").exists()


@pytest.mark.parametrize("address", ["", "kim"])
def test_a_superuser_without_an_address_is_refused_and_nothing_is_made(address: str) -> None:
    with pytest.raises(CommandError, match="--email ADDRESS"):
        create(desk="City", superuser="kim", email=address)
    assert not Desk.objects.exists()


def test_a_desk_without_a_name_is_refused() -> None:
    with pytest.raises(CommandError, match="cannot be called"):
        create(desk="")


def test_demo_people_are_refused_outside_the_demo() -> None:
    with pytest.raises(CommandError, match="FACTCHECK_ENV=demo"):
        create(demo=True)
    assert not User.objects.exists()


def test_the_demo_has_one_login_per_role_and_keeps_them(demo: Settings, client: Client) -> None:
    people = json.loads(create(demo=True))["people"]
    assert {"reporter", "checker", "editor", "auditor", "admin"} <= {
        login["roles"] for login in people
    }
    assert all(len(login["password"]) >= 12 for login in people)
    assert all(
        client.login(username=login["username"], password=login["password"]) for login in people
    )
    assert (demo.DATA_DIR / "logins.json").stat().st_mode & 0o077 == 0
    assert json.loads(create(demo=True))["people"] == people
    assert ApiToken.objects.count() == len(people)


def test_every_rating_can_be_read_in_its_colour() -> None:
    for word in RATINGS:
        channels = [int(word.colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
        )
        assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5, word.name
