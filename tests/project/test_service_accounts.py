"""A service account sends and reads under its own name, and is never a person."""

from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from claims.choices import Action
from claims.workflow import apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import service_accounts, tokens
from factcheck.newsroom.audit_sentences import sentences
from factcheck.newsroom.choices import PEOPLE_ROLES, SERVICE_SCOPES
from factcheck.newsroom.managed import manageable_people
from factcheck.newsroom.models import AccessGrant, ApiToken, Desk, Mail, User
from factcheck.newsroom.permissions import RULES, assignable, people_who
from tests import factories
from tests.project.api import ROOT, Api, is_problem

pytestmark = pytest.mark.django_db
ADD = "/admin/newsroom/serviceaccount/add/"


def make(desk: Desk, *scopes: str, name: str = "Content system") -> tuple[User, Client]:
    account, _new = service_accounts.create(desk, by=None, name=name)
    _token, plain = tokens.issue(account, by=None, name="Key", scopes=scopes or SERVICE_SCOPES)
    return account, Client(headers={"authorization": f"Bearer {plain}"})


def post(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(ROOT + path, body, content_type="application/json")


def test_an_admin_makes_one_on_the_screen_and_ends_it(
    client: Client, admin_person: User, editor: User, desk: Desk
) -> None:
    client.force_login(editor)
    assert client.get(ADD).status_code == 403
    client.force_login(admin_person)
    assert client.post(ADD, {"name": " ", "desk": desk.pk}).status_code == 400
    for _twice in range(2):
        assert client.post(ADD, {"name": "Content  system", "desk": desk.pk}).status_code == 302
    account = User.objects.get(is_service=True)
    page = f"/admin/newsroom/serviceaccount/{account.pk}/change/"
    assert "No token yet" in client.get(page).content.decode()
    add = f"/admin/newsroom/apitoken/add/?owner={account.pk}"
    assert "verdicts:write" not in client.get(add).content.decode()
    sent = {"owner": account.pk, "name": "Key", "scopes": ["articles:write"]}
    assert client.post(add, sent | {"scopes": ["verdicts:write"]}).status_code == 400
    assert client.post(add, sent).status_code == 200
    assert "articles:write" in client.get(page).content.decode()
    assert "Content system" in client.get("/admin/newsroom/serviceaccount/").content.decode()
    for _twice in range(2):
        client.post(f"/admin/newsroom/serviceaccount/{account.pk}/end/")
    assert not ApiToken.objects.filter(revoked_at=None).exists()
    with pytest.raises(ValidationError, match="ended"):
        tokens.issue(account, by=admin_person, name="Key", scopes=["read"])


def test_what_it_sends_is_on_record_under_its_name(desk: Desk, auditor: User) -> None:
    account, client = make(desk, "articles:write", "claims:read")
    told = client.get(f"{ROOT}me/").json()
    assert (told["name"], told["service_account"]) == ("Content system", True)
    article = post(client, "articles/", {"text": "The city planted 600 trees."})
    assert article.status_code == 201
    entry = AuditEntry.objects.get(action="article.submit")
    assert entry.actor_id == account.pk
    assert "Content system (service account)" in sentences([entry], auditor)[0]
    # Each scope opens its own rows, and no other.
    assert client.get(f"{ROOT}claims/").status_code == 200
    assert is_problem(client.get(f"{ROOT}articles/"), 403)
    assert is_problem(client.get(f"{ROOT}verdicts/"), 403)
    assert is_problem(post(client, "claims/", {"text": "A claim."}), 403)


def test_what_takes_a_person_is_told_apart_from_a_missing_scope(desk: Desk) -> None:
    _account, client = make(desk, "articles:write")
    hook = {"name": "CMS", "url": "https://cms.example/"}
    assert "token of a person" in post(client, "webhooks/", hook).json()["detail"]
    assert "Use one that has it" in post(client, "claims/", {"text": "A claim."}).json()["detail"]


def test_it_sees_nothing_of_another_desk(desk: Desk, checker: User) -> None:
    _account, client = make(factories.desk("Sports"))
    claim = factories.claim(checker)
    assert client.get(f"{ROOT}claims/{claim.public_id}/").status_code == 404
    assert not client.get(f"{ROOT}claims/").json()["results"]


def test_it_counts_as_nobody(client: Client, desk: Desk, checker: User, admin_person: User) -> None:
    account, _client = make(desk)
    for action in RULES:
        assert account not in people_who(action, desk.pk)
        assert account not in assignable(action, desk.pk)
    assert account not in manageable_people(admin_person)
    assert not AccessGrant.objects.filter(user=account).exists()
    assert not Mail.objects.filter(user=account).exists()
    assert not account.has_usable_password()
    claim = factories.claim(checker)
    for action in Action:
        with pytest.raises(PermissionDenied):
            apply(claim, action, by=account)
    client.force_login(admin_person)
    form = client.get("/admin/newsroom/membership/add/").context["adminform"].form
    assert account not in form.fields["user"].queryset
    assert {value for value, _label in form.fields["role"].choices if value} == set(PEOPLE_ROLES)
    assert f"/{account.pk}/change" not in client.get("/admin/newsroom/user/").content.decode()


def test_the_api_manages_them_for_admins_of_the_desk_alone(
    desk: Desk, admin_person: User, editor: User, outsider: User
) -> None:
    sent = {"name": "Content system", "desk": str(desk.public_id)}
    assert is_problem(Api(editor).post("service-accounts/", sent), 403)
    assert is_problem(Api(admin_person, "read").post("service-accounts/", sent), 403)
    api = Api(admin_person)
    made = api.post("service-accounts/", sent)
    assert made.status_code == 201 and api.post("service-accounts/", sent).status_code == 200
    at = f"service-accounts/{made.json()['id']}/"
    elsewhere = factories.person("admin_elsewhere", factories.desk("Sports"), "admin")
    assert is_problem(Api(elsewhere).get(at), 404)
    assert is_problem(Api(elsewhere).post("service-accounts/", sent), 400)
    key = {"name": "Key", "scopes": ["articles:write"]}
    assert is_problem(api.post(f"{at}tokens/", key | {"scopes": ["verdicts:sign"]}), 400)
    assert is_problem(api.post(f"{at}tokens/", key | {"scopes": []}), 400)
    issued = api.post(f"{at}tokens/", key).json()
    assert tokens.find(issued["token"]) and "token" not in api.get(at).json()["tokens"][0]
    revoke = f"tokens/{issued['id']}/revoke/"
    assert is_problem(Api(elsewhere).post(revoke), 404)
    for _twice in range(2):
        assert api.post(revoke).json()["revoked_at"]
    assert tokens.find(issued["token"]) is None
    assert api.get(at).json()["tokens"][0]["revoked_at"]
    for _twice in range(2):
        assert api.post(f"{at}end/").json()["active"] is False


def test_an_admin_of_another_desk_makes_none_here(desk: Desk, outsider: User) -> None:
    elsewhere = factories.person("admin_elsewhere", factories.desk("Sports"), "admin")
    account, _client = make(desk)
    with pytest.raises(PermissionDenied):
        service_accounts.create(desk, by=elsewhere, name="Mine")
    with pytest.raises(PermissionDenied):
        service_accounts.end(account, by=elsewhere)
    with pytest.raises(PermissionDenied):
        tokens.issue(account, by=elsewhere, name="Key", scopes=["read"])


def test_a_command_prints_a_token_once_and_ends_the_account(desk: Desk) -> None:
    out = StringIO()
    given: dict[str, Any] = {"desk": desk.name, "stdout": out}
    call_command("service_account", "Archive", scope=["articles:write"], days=30, **given)
    plain = out.getvalue().strip()
    token = tokens.find(plain)
    assert token and token.scopes == ["articles:write"] and token.expires_at
    entry = AuditEntry.objects.get(action="apitoken.add")
    assert (entry.entry_point, entry.actor_id) == ("command", None)
    call_command("service_account", "Archive", end=True, **given)
    assert tokens.find(plain) is None
    for refused in (
        {"desk": "None"},
        {"scope": []},
        {"end": True},
        {"days": -1, "scope": ["read"]},
    ):
        with pytest.raises(CommandError):
            call_command("service_account", "Archive", **given | refused)
