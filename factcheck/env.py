"""Typed readers of environment variables. Each raises
ImproperlyConfigured for a bad value, so that the process does not
start.
"""

import base64
import binascii
import ipaddress
import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
MAKE_KEY = (
    "python3 -c 'import base64, secrets;"
    " print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'"
)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def one_of(name: str, choices: tuple[str, ...], default: str) -> str:
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to one of {', '.join(choices)}.")
    return value


def number(name: str, default: int, *, low: int, high: int) -> int:
    value = text(name, str(default))
    try:
        parsed = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to a whole number.") from None
    if not low <= parsed <= high:
        raise ImproperlyConfigured(f"{name} is {parsed}; it must lie between {low} and {high}.")
    return parsed


def seconds(name: str, default: float, *, high: float) -> float:
    """A duration in seconds, fractions allowed."""
    value = text(name, str(default))
    try:
        parsed = float(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to a number of seconds.") from None
    if not 0 <= parsed <= high:
        raise ImproperlyConfigured(f"{name} is {parsed:g}; it must lie between 0 and {high:g}.")
    return parsed


def colour(name: str) -> str:
    """A colour as #rrggbb, in lower case; "" where none is set."""
    value = text(name).lower()
    if value and not re.fullmatch("#[0-9a-f]{6}", value):
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to a colour such as #0b4f8a.")
    return value


def folder(name: str) -> Path | None:
    value = text(name)
    if not value:
        return None
    path = Path(value).absolute()
    if not path.is_dir():
        raise ImproperlyConfigured(f"{name} is {value!r}, where there is no folder.")
    return path


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret_keys(name: str, default: str) -> list[str]:
    """Keys of 32 bytes in URL-safe base64. The error counts and never quotes them."""
    keys = words(name, default)
    for place, key in enumerate(keys, start=1):
        try:
            length = len(base64.b64decode(key.encode("ascii"), altchars=b"-_", validate=True))
        except (UnicodeEncodeError, binascii.Error):
            length = 0
        if length != 32:
            raise ImproperlyConfigured(
                f"{name}: key {place} of {len(keys)} is not 32 bytes in URL-safe base64. Make one:"
                f" {MAKE_KEY}"
            )
    return keys


def flag(name: str, default: bool) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to 1 or 0.")
    return value in {"1", "true", "yes"}


def networks(name: str) -> tuple[Network, ...]:
    try:
        # Strict: 10.0.0.1/8 is more likely a typing error than the network it would
        # round to.
        return tuple(ipaddress.ip_network(word) for word in words(name))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name}: {error}. Give networks such as 127.0.0.0/8, separated by commas."
        ) from None


def ports(name: str, default: frozenset[int]) -> frozenset[int]:
    try:
        extra = {int(word) for word in words(name)}
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is {text(name)!r}; give port numbers separated by commas."
        ) from None
    if any(not 0 < port < 65536 for port in extra):
        raise ImproperlyConfigured(f"{name}: a port lies between 1 and 65535.")
    return default | extra
