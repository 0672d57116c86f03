"""Texts are encrypted with the first key and decrypted with any, and an error never
quotes them.
"""

import traceback

import pytest
from django.core.exceptions import FieldError
from django.db import models
from pytest_django import Settings

from factcheck.ledger.encryption import (
    TOKEN_START,
    DecryptionError,
    EncryptedTextField,
    decrypt,
    encrypt,
    is_current,
    reencrypt,
)
from tests.project.test_settings import KEY, OTHER_KEY

CANARY = "Zelda Quince-Marrow, +47 22 00 00 00 ø"


def test_a_text_comes_back_and_no_two_ciphertexts_are_alike() -> None:
    one, other = encrypt(CANARY), encrypt(CANARY)
    assert one != other and "Quince" not in one and one.startswith(TOKEN_START)
    assert decrypt(one) == decrypt(other) == CANARY


def test_a_new_first_key_encrypts_and_the_old_one_still_decrypts(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = [OTHER_KEY]
    old = encrypt(CANARY)
    settings.ENCRYPTION_KEYS = [KEY, OTHER_KEY]
    assert decrypt(old) == CANARY and not is_current(old)
    moved = reencrypt(old)
    assert is_current(moved) and is_current(encrypt(CANARY))
    settings.ENCRYPTION_KEYS = [KEY]
    assert decrypt(moved) == CANARY


@pytest.mark.parametrize("way", [decrypt, reencrypt])
@pytest.mark.parametrize("what", ["another key", "a flipped letter", "plain text", ""])
def test_what_cannot_be_decrypted_names_the_setting_and_not_the_value(
    settings: Settings, way: type, what: str
) -> None:
    settings.ENCRYPTION_KEYS = [OTHER_KEY]
    token = {
        "another key": encrypt(CANARY),
        "a flipped letter": "",
        "plain text": CANARY,
    }.get(what, what)
    settings.ENCRYPTION_KEYS = [KEY]
    if what == "a flipped letter":
        good = encrypt(CANARY)
        token = good[:-8] + ("A" if good[-8] != "A" else "B") + good[-7:]
    with pytest.raises(DecryptionError, match=r"FACTCHECK_ENCRYPTION_KEYS.*rotate") as failed:
        way(token)
    said = "".join(traceback.format_exception(failed.value))
    assert CANARY not in said and (not token or token not in said) and KEY not in said


@pytest.fixture
def field() -> EncryptedTextField:
    made = EncryptedTextField(max_length=20)
    made.set_attributes_from_name("contact")
    return made


@pytest.mark.parametrize("lookup", ["contains", "in", "iexact", "startswith", "gt", "regex"])
def test_a_field_refuses_look_ups(field: EncryptedTextField, lookup: str) -> None:
    with pytest.raises(FieldError, match="contact is encrypted"):
        field.get_lookup(lookup)
    with pytest.raises(FieldError, match="contact is encrypted"):
        field.get_transform("lower")


def test_a_field_can_be_compared_with_nothing_but_the_empty_text(
    field: EncryptedTextField,
) -> None:
    column = models.expressions.Col("t", field)
    assert field.get_lookup("exact")(column, "").rhs == ""
    with pytest.raises(FieldError, match="the empty text only"):
        field.get_lookup("exact")(column, CANARY)


def test_a_field_counts_the_letters_of_the_plain_text(field: EncryptedTextField) -> None:
    field.run_validators("x" * 20)
    assert len(field.get_prep_value("x" * 20)) > 100
    with pytest.raises(Exception, match="at most 20 characters"):
        field.run_validators("x" * 21)
    assert field.get_prep_value("") == "" and field.from_db_value("", None, None) == ""
