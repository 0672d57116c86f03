"""A token is somebody, may some things, and never more than its owner."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from claims.choices import Action
from claims.models import Claim
from claims.workflow import MOVES
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import tokens
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories
from tests.project.api import ROOT, Api, is_problem

HEADERS = (
    "",
    "Bearer",
    "Bearer  ",
    "Basic YTpi",
    "Bearer fc_unknown",
    "fc_unknown",
    "Bearer \u00e9",
    "Bearer a b",
)


@pytest.mark.parametrize("header", HEADERS)
def test_no_usable_token_is_a_401_that_says_how(db: None, header: str) -> None:
    refused = Client().get(f"{ROOT}me/", headers={"authorization": header} if header else None)
    assert is_problem(refused, 401)
    assert refused["WWW-Authenticate"].startswith("Bearer")


def test_a_session_is_no_token(editor: User) -> None:
    client = Client()
    client.force_login(editor)
    assert is_problem(client.get(f"{ROOT}me/"), 401)


def test_me_names_owner_scopes_and_desks(checker: User, desk: Desk) -> None:
    data = Api(checker, "read").get("me/").json()
    assert data["username"] == "checker" and data["scopes"] == ["read"]
    assert data["desks"] == [
        {"id": str(desk.public_id), "name": "Metro", "roles": ["checker"], "assigned_only": []}
    ]


@pytest.mark.parametrize("end", ["revoked", "expired", "inactive"])
def test_a_token_that_ended_opens_nothing(checker: User, end: str) -> None:
    api, now = Api(checker), clock.now()
    if end == "inactive":
        User.objects.filter(pk=checker.pk).update(is_active=False)
    else:
        moment = {
            "revoked": {"revoked_at": now},
            "expired": {
                "created_at": now - timedelta(days=2),
                "expires_at": now - timedelta(days=1),
            },
        }
        type(api.token).objects.filter(pk=api.token.pk).update(**moment[end])
    assert is_problem(api.get("me/"), 401)


# Nothing has this one. Written down, not drawn: all workers must collect the same
# tests.
NO_ID = "0f9d2c3e-5a41-4b7e-9c06-2d8f7a1b6e54"
WRITES: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("post", "articles/", {"text": "A text."}, "articles:write"),
    ("post", "claims/", {"text": "A claim."}, "claims:write"),
    ("patch", "claims/{claim}/", {"text": "A claim."}, "claims:write"),
    ("post", "claims/{claim}/evidence/", {}, "evidence:write"),
    ("put", "claims/{claim}/verdict/", {}, "verdicts:write"),
    *(
        ("post", "claims/{claim}/transitions/", {"action": str(action)}, scope)
        for action in Action
        for scope in MOVES[action].scopes
    ),
    # Where one answers by name, the token must be one's own: only that has
    # `verdicts:write`.
    ("post", "interests/", {"about": "A brother."}, "verdicts:write"),
    ("post", f"interests/{NO_ID}/end/", {}, "verdicts:write"),
    ("post", "claims/{claim}/reply-requests/", {}, "verdicts:write"),
    ("post", f"reply-requests/{NO_ID}/outcome/", {}, "verdicts:write"),
    ("post", f"queries/{NO_ID}/resolve/", {}, "verdicts:write"),
    ("delete", "claims/{claim}/tip/", {}, "verdicts:write"),
)


@pytest.mark.parametrize(("method", "path", "body", "scope"), WRITES)
def test_each_write_needs_its_scope(
    checker: User, method: str, path: str, body: dict[str, Any], scope: str
) -> None:
    claim = factories.claim(checker)
    others = [other for other in ("read", *{w[3] for w in WRITES}) if other != scope]
    refused = getattr(Api(checker, *others), method)(path.format(claim=claim.public_id), body)
    assert is_problem(refused, 403) and scope in refused.json()["detail"]


def test_reading_needs_the_scope_too(checker: User) -> None:
    assert is_problem(Api(checker, "claims:write").get("claims/"), 403)


def test_a_token_never_may_more_than_its_owner(
    reporter: User, checker: User, editor: User, superuser: User, submitted: Claim
) -> None:
    assert is_problem(Api(reporter).post("claims/", {"text": "Mine."}), 403)
    assert is_problem(Api(reporter).get(f"claims/{submitted.public_id}/"), 404)
    # Without a role there is nothing that a token could do.
    assert is_problem(Api(superuser).get(f"claims/{submitted.public_id}/"), 401)
    assert is_problem(
        Api(checker).post(f"claims/{submitted.public_id}/transitions/", {"action": "approve"}), 403
    )
    assert (
        Api(editor)
        .post(f"claims/{submitted.public_id}/transitions/", {"action": "approve"})
        .status_code
        == 201
    )


def test_too_many_requests_are_told_how_long_to_wait(checker: User, settings: Any) -> None:
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {
        "DEFAULT_THROTTLE_RATES": {"token": "2/min"}
    }
    api = Api(checker)
    assert [api.get("me/")["RateLimit-Remaining"] for _ in range(2)] == ["1", "0"]
    refused = api.get("me/")
    assert is_problem(refused, 429) and 0 < int(refused["Retry-After"]) <= 61


def test_a_use_of_the_token_is_noted(checker: User) -> None:
    api = Api(checker)
    api.get("me/")
    api.token.refresh_from_db()
    assert api.token.last_used_at is not None
    assert tokens.find("fc_nothing") is None


def test_what_an_admin_made_for_somebody_does_not_grow_with_them(
    checker: User, admin_person: User, desk: Desk
) -> None:
    other, mine = factories.desk("Sport"), Api(checker)
    made, plain = tokens.issue(checker, by=admin_person, name="Content system", scopes=["read"])
    Membership.objects.create(user=checker, desk=desk, role="editor")  # the admin's own desk
    assert tokens.find(plain) == made
    Membership.objects.create(user=checker, desk=other, role="checker")
    assert tokens.find(plain) is None and mine.get("me/").status_code == 200
    made.refresh_from_db()
    assert made.revoked_at is not None
    assert AuditEntry.objects.filter(action="apitoken.revoke").count() == 1


def test_nor_where_the_role_was_given_behind_its_back(checker: User, admin_person: User) -> None:
    _, plain = tokens.issue(checker, by=admin_person, name="Content system", scopes=["read"])
    Membership.objects.bulk_create(
        [Membership(user=checker, desk=factories.desk("Sport"), role="checker")]
    )
    refused = Client().get(f"{ROOT}me/", headers={"authorization": f"Bearer {plain}"})
    assert is_problem(refused, 401)
