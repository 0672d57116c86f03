"""Rules of passwords beside Django's. `common-passwords.txt.gz` holds
the passwords of twelve characters and more among those that were found
most often in breaches, the commonest first.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

LONGEST = 128


class MaximumLengthValidator:
    """Room for any sentence, and an end: hashing megabytes costs the site time."""

    def __init__(self, max_length: int = LONGEST) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > self.max_length:
            raise ValidationError(
                ngettext(
                    "This password is too long. Use %(max_length)d character or fewer.",
                    "This password is too long. Use %(max_length)d characters or fewer.",
                    self.max_length,
                ),
                code="password_too_long",
                params={"max_length": self.max_length},
            )

    def get_help_text(self) -> str:
        return ngettext(
            "Your password can have up to %(max_length)d character.",
            "Your password can have up to %(max_length)d characters.",
            self.max_length,
        ) % {"max_length": self.max_length}
