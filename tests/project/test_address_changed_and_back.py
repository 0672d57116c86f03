"""An admin takes a colleague's address for a while: what was added to the account
meanwhile is no way in once the address is the colleague's again.
"""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from factcheck.ledger import change_context
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import recovery
from factcheck.newsroom.models import User
from tests.identity_provider import Provider
from tests.letters import with_address
from tests.project.api import Api
from tests.project.second_factor import SECRET
from tests.project.test_single_sign_on import _come_back as come_back
from tests.project.test_single_sign_on import _is_in as is_in
from tests.project.test_single_sign_on import provider

__all__ = ["provider"]
pytestmark = pytest.mark.django_db
OWN, TAKEN = "checker@news.example", "admin@evil.example"


def _address(user: User, address: str, by: User) -> None:
    user.refresh_from_db()
    user.email = address
    with change_context.acting_as(by):
        user.save(update_fields=["email"])


def test_an_identity_of_the_provider_goes_with_the_address(
    provider: Provider, checker: User, admin_person: User
) -> None:
    _address(checker, TAKEN, admin_person)
    provider.email = TAKEN
    thief = Client()
    come_back(thief, provider)
    assert is_in(thief)
    _address(checker, OWN, admin_person)
    again = Client()
    come_back(again, provider)
    assert not is_in(again) and not SocialAccount.objects.exists()


@pytest.mark.parametrize("recovered", [False, True])
def test_a_factor_goes_with_the_address_and_is_on_record(
    checker: User, admin_person: User, recovered: bool
) -> None:
    with_address(checker)
    _address(checker, TAKEN, admin_person)
    TOTP.activate(checker, SECRET)
    if recovered:
        checker.refresh_from_db()
        recovery.recover(checker, reason="Taken over.", address=OWN)
    else:
        _address(checker, OWN, admin_person)
    assert not Authenticator.objects.filter(user=checker).exists()
    assert AuditEntry.objects.filter(
        action="user.factor_reset", object_id=str(checker.public_id)
    ).exists()


def test_a_token_goes_with_the_address(checker: User, admin_person: User) -> None:
    kept = Api(checker)
    _address(checker, TAKEN, admin_person)
    added = Api(checker)
    _address(checker, OWN, admin_person)
    assert (kept.get("me/").status_code, added.get("me/").status_code) == (200, 401)


def test_what_was_there_before_stays(checker: User, admin_person: User) -> None:
    TOTP.activate(checker, SECRET)
    SocialAccount.objects.create(user=checker, provider="newsroom", uid="own")
    _address(checker, TAKEN, admin_person)
    _address(checker, OWN, admin_person)
    assert Authenticator.objects.count() == SocialAccount.objects.count() == 1


def test_so_does_what_was_added_when_no_change_counted(checker: User, admin_person: User) -> None:
    TOTP.activate(checker, SECRET)
    SocialAccount.objects.create(user=checker, provider="newsroom", uid="own")
    _address(checker, "new@news.example", admin_person)
    assert Authenticator.objects.count() == SocialAccount.objects.count() == 1
    assert not AuditEntry.objects.filter(action="user.factor_reset").exists()
