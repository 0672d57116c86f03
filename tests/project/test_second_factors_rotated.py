"""A new encryption key reaches the second factors as well."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import CommandError, call_command
from pytest_django import Settings

from factcheck.newsroom.models import User
from tests.project.test_settings import KEY, OTHER_KEY

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def _code() -> str:
    return str(format_hotp_value(hotp_value(SECRET, list(yield_hotp_counters_from_time())[1])))


@pytest.fixture(autouse=True)
def factors(settings: Settings, checker: User) -> list[str]:
    """An app and recovery codes under the old key; then the new one comes."""
    settings.ENCRYPTION_KEYS = [OTHER_KEY]
    TOTP.activate(checker, SECRET)
    codes = RecoveryCodes.activate(checker).get_unused_codes()
    settings.ENCRYPTION_KEYS = [KEY, OTHER_KEY]
    return list(codes)


def _of(user: User, kind: str) -> Authenticator:
    return Authenticator.objects.get(user=user, type=kind)


def test_an_app_and_codes_work_once_the_old_key_is_gone(
    settings: Settings, checker: User, factors: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("rotate_encryption_keys")
    assert "mfa.authenticator.data: 2 encrypted anew" in capsys.readouterr().out
    settings.ENCRYPTION_KEYS = [KEY]
    assert TOTP(_of(checker, "totp")).validate_code(_code())
    codes = RecoveryCodes(_of(checker, "recovery_codes"))
    assert codes.validate_code(factors[0]) and not codes.validate_code(factors[0])


def test_a_used_code_stays_used(checker: User, factors: list[str]) -> None:
    assert RecoveryCodes(_of(checker, "recovery_codes")).validate_code(factors[0])
    call_command("rotate_encryption_keys")
    assert not RecoveryCodes(_of(checker, "recovery_codes")).validate_code(factors[0])


def test_a_second_run_changes_nothing(capsys: pytest.CaptureFixture[str], checker: User) -> None:
    call_command("rotate_encryption_keys")
    before = list(Authenticator.objects.order_by("pk").values())
    capsys.readouterr()
    call_command("rotate_encryption_keys")
    assert "mfa.authenticator.data: 0 encrypted anew" in capsys.readouterr().out
    assert list(Authenticator.objects.order_by("pk").values()) == before


def test_what_no_key_opens_is_left_and_named(
    settings: Settings, checker: User, capsys: pytest.CaptureFixture[str]
) -> None:
    before = list(Authenticator.objects.order_by("pk").values())
    settings.ENCRYPTION_KEYS = [KEY]
    with pytest.raises(CommandError):
        call_command("rotate_encryption_keys")
    output = capsys.readouterr().out
    assert "data: 0 encrypted anew, 0 had the first key already, 2 could not be" in output
    assert list(Authenticator.objects.order_by("pk").values()) == before
