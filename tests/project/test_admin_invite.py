"""A colleague is invited by one form; somebody without a role is told what to do."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from factcheck.newsroom.models import Desk, Membership, User
from tests import factories
from tests.letters import arrived

ADD = "/admin/newsroom/user/add/"
ADDRESS = "maya.lind@news.example"


def invite(client: Client, by: User, on: Desk, **changed: Any) -> Any:
    client.force_login(by)
    person = {"byline": "Maya Lind", "email": ADDRESS, "desk": on.pk, "role": "checker"}
    return client.post(ADD, {**person, **changed})


def test_one_form_makes_the_account_the_role_and_its_end(
    client: Client, admin_person: User, desk: Desk
) -> None:
    client.force_login(admin_person)
    home = client.get("/admin/").text
    assert re.search(rf'href="{ADD}"', home)
    form = client.get(ADD).text
    names = ["byline", "email", "username", "desk", "role", "end_date", "assigned_only"]
    found = re.findall(r'<(?:input|select)[^>]* name="([a-z_]+)"', form[form.index("user_form") :])
    assert [name for name in found if name in names] == names
    last = timezone.now().date() + timedelta(days=30)
    sent = {"end_date": last.isoformat(), "assigned_only": "on"}
    assert invite(client, admin_person, desk, **sent).status_code == 302
    made = Membership.objects.get(user__email=ADDRESS)
    assert (made.user.username, str(made.user)) == ("maya.lind", "Maya Lind")
    assert (made.role, made.end_date, made.assigned_only) == ("checker", last, True)
    assert len(arrived(ADDRESS)) == 1
    # The name is taken: the next one gets a number.
    other = "maya.lind@paper.example"
    assert invite(client, admin_person, desk, email=other).status_code == 302
    assert User.objects.get(email=other).username == "maya.lind2"


def test_what_makes_no_sense_is_refused_at_its_field(
    client: Client, admin_person: User, editor: User, desk: Desk
) -> None:
    yesterday = timezone.now().date() - timedelta(days=1)
    cases: dict[str, dict[str, Any]] = {
        "end_date": {"end_date": yesterday.isoformat()},
        "assigned_only": {"assigned_only": "on", "role": "admin"},
        "email": {"email": ""},
        "role": {"role": "owner"},
        "desk": {"desk": factories.desk("Sports").pk},
        "username": {"username": "editor"},
    }
    for field, wrong in cases.items():
        answer = invite(client, admin_person, desk, **wrong)
        assert answer.status_code == 200, field
        errors = answer.context["adminform"].form.errors
        assert set(errors) == {field}, (field, errors)
    assert not User.objects.filter(email=ADDRESS).exists()
    assert invite(client, editor, desk).status_code == 403


def test_the_two_forms_lead_to_each_other(client: Client, admin_person: User, desk: Desk) -> None:
    client.force_login(admin_person)
    role = "/admin/newsroom/membership/add/"
    assert f'href="{role}"' in client.get(ADD).text
    assert f'href="{ADD}"' in client.get(role).text


def test_no_page_about_people_shows_anything_of_a_password(
    client: Client, admin_person: User, superuser: User, checker: User
) -> None:
    algorithm, iterations, salt = checker.password.split("$")[:3]
    for person in (admin_person, superuser):
        client.force_login(person)
        for path in ("", "add/", f"{checker.pk}/change/"):
            html = client.get(f"/admin/newsroom/user/{path}").text
            for shown in (algorithm, iterations, salt, 'type="password"', "Raw passwords"):
                assert shown not in html, (path, shown)
        stock = f"/admin/newsroom/user/{checker.pk}/password/"
        assert client.get(stock, follow=True).status_code == 404


def test_who_has_no_role_is_told_whom_to_ask(
    client: Client, desk: Desk, admin_person: User, superuser: User
) -> None:
    User.objects.filter(pk=admin_person.pk).update(byline="Jon Okafor")
    factories.person("theirs", factories.desk("Sports"), "admin")
    former = factories.person("former", desk, "editor")
    former.memberships.update(end_date=timezone.now().date() - timedelta(days=3))
    client.force_login(former)
    page = client.get("/admin/", follow=True).text
    assert "Jon Okafor" in page and "theirs" not in page
    assert "Your role as editor on Metro ended on" in page
    assert "Try again" in page and "authenticated as" not in page
    # Never had a role: any admin can give the first one.
    client.force_login(User.objects.create_user("guest"))
    page = client.get("/admin/", follow=True).text
    assert "Jon Okafor" in page and "theirs" in page and "ended on" not in page
    assert "Metro" not in page
    Membership.objects.all().delete()
    page = client.get("/admin/", follow=True).text
    assert "<bdi>root</bdi>" in page
    User.objects.filter(is_superuser=True).update(is_active=False)
    assert "whoever runs the server" in client.get("/admin/", follow=True).text
