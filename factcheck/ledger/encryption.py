"""Texts that the database holds only as ciphertext: names of
confidential sources, what readers sent, second factors.

Fernet with the keys of FACTCHECK_ENCRYPTION_KEYS: the first encrypts,
all decrypt. A copy of the database says nothing without them. The
application holds the keys, so this is no shield against who runs it.
"""

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import pre_save
from django.views.decorators.debug import sensitive_variables

# How every token begins: Fernet's version and the first, still empty bytes of its time.
# Guards tell ciphertext from plain text by it.
TOKEN_START = "gAAAA"  # noqa: S105 (no secret)


class DecryptionError(Exception):
    """No key opens a stored text. Says what to do, never what was stored."""

    def __init__(self) -> None:
        super().__init__(
            "A stored text cannot be decrypted with any key in FACTCHECK_ENCRYPTION_KEYS. Add the"
            " key that it was encrypted with to the end of the list, restart every process, and"
            " run manage.py rotate_encryption_keys before you remove that key again."
        )


@sensitive_variables()
def encrypt(plain: str) -> str:
    """With the first key. The same text gives another ciphertext each time."""
    return _cipher(_keys()).encrypt(plain.encode()).decode()


@sensitive_variables()
def decrypt(token: str) -> str:
    try:
        return _cipher(_keys()).decrypt(token.encode()).decode()
    except InvalidToken:
        raise DecryptionError from None


def is_current(token: str) -> bool:
    """Is it encrypted with the first key?"""
    try:
        _cipher(_keys()[:1]).decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def reencrypt(token: str) -> str:
    """The same text under the first key, without becoming readable on the way out."""
    try:
        return _cipher(_keys()).rotate(token.encode()).decode()
    except InvalidToken:
        raise DecryptionError from None


def _keys() -> tuple[str, ...]:
    return tuple(settings.ENCRYPTION_KEYS)


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


class EncryptedTextField(models.TextField[str, str]):
    """A text whose column holds ciphertext; "" stays "", so that rows
    without it can be found. `max_length` is that of the plain text.

    The database cannot search, sort or compare it: every look-up is
    refused but `isnull` and `exact` with "". A dump holds ciphertext,
    and loads back under the same keys.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            # TextField enforces it in forms only.
            self.validators.append(MaxLengthValidator(self.max_length))

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        pre_save.connect(self._load, sender=cls, weak=False, dispatch_uid=(cls, name))

    def _load(self, instance: models.Model, raw: bool, **_: Any) -> None:
        # loaddata hands over the ciphertext of the dump. Not in to_python, which
        # also gets what people type, and would open a stolen ciphertext for them.
        if raw and (token := getattr(instance, self.attname)):
            setattr(instance, self.attname, decrypt(token))

    def get_prep_value(self, value: Any) -> Any:
        plain = super().get_prep_value(value)
        return encrypt(plain) if plain else plain

    def from_db_value(
        self, value: str | None, expression: Any, connection: BaseDatabaseWrapper
    ) -> str | None:
        return decrypt(value) if value else value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)) or "")

    def get_lookup(self, lookup_name: str) -> Any:
        allowed = {"exact": _EmptyText, "isnull": models.lookups.IsNull}
        if lookup_name not in allowed:
            raise FieldError(f"{self.name} is encrypted: {lookup_name} cannot be asked of it.")
        return allowed[lookup_name]

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is encrypted: {lookup_name} cannot be asked of it.")


class _EmptyText(models.lookups.Exact[Any]):
    def get_prep_lookup(self) -> str:
        if self.rhs != "":
            # Each encryption differs, so no row would ever match.
            raise FieldError("An encrypted field can be compared with the empty text only.")
        return ""
