"""What the demo keeps in var/demo from one start to the next: its
secrets, its addresses, and who may use the folder just now.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Callable, Iterator

from demo.children import free_port
from demo.environment import ROOT, SetupError

DATA = ROOT / "var" / "demo"
ADDRESSES = "addresses.json"  # in DATA: where the demo that was started last answers
# Of this machine, where a developer's own program may take webhooks of the demo.
WEBHOOK_PORT = 8080
RECEIVER = f"http://127.0.0.1:{WEBHOOK_PORT}/"
NO_BROKER = "redis://127.0.0.1:1/0"  # nothing listens there; 6379 may be somebody's real one


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One demo in one folder: two would share a database and a queue."""
    with (DATA / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SetupError(
                "The demo of this folder is running already. Stop it first (Ctrl-C where it runs)."
            ) from None
        yield


@contextlib.contextmanager
def in_turn() -> Iterator[None]:
    """Secret, ports and tables are made by one process at a time: a
    command that is run while the demo starts waits for them.
    """
    with (DATA / "preparing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def port_of_pages() -> int:
    """The port of the cited pages: the same at every start, so that
    links cited last time still answer.
    """
    port_file = DATA / "pages-port"
    port = free_port(int(port_file.read_text()) if port_file.exists() else 0)
    port_file.write_text(str(port))
    return port


def settings_of_demo(site: str, pages_port: int, broker: str) -> dict[str, str]:
    """The demo's own settings. A database or a setting of somebody's
    real newsroom stays out of it.
    """
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FACTCHECK_", "DATABASE_", "DJANGO_", "PYTHON"))
    }
    secret = _kept_secret("secret", lambda: secrets.token_urlsafe(50))
    keys = _kept_secret("encryption_keys", _fernet_key)
    return inherited | {
        "FACTCHECK_ENV": "demo",
        "FACTCHECK_DATA_DIR": str(DATA),
        "FACTCHECK_SECRET_KEY": secret,
        "FACTCHECK_ENCRYPTION_KEYS": keys,
        "FACTCHECK_SITE_URL": site,
        "FACTCHECK_FETCH_ALLOW": "127.0.0.0/8",
        "FACTCHECK_FETCH_PORTS": f"{pages_port},{WEBHOOK_PORT}",
        # A demo that was killed in the middle of a task goes on within seconds of its
        # next start.
        "FACTCHECK_LEASE_SECONDS": "30",
        "FACTCHECK_RENUDGE_SECONDS": "5",
        "FACTCHECK_SWEEP_SECONDS": "5",
        "FACTCHECK_HOST_DELAY": "0",
        "FACTCHECK_WEB_WORKERS": "2",
        "REDIS_URL": broker,
    }


def _kept_secret(name: str, make: Callable[[], str]) -> str:
    """Made at the first start, and kept in a file of this demo that its
    owner alone may read.
    """
    path = DATA / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text().strip()


def _fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def write_addresses(site: str, pages_port: int, broker: str) -> None:
    """The address of a Redis that was given may hold a password."""
    address_file = DATA / ADDRESSES
    address_file.touch(mode=0o600)
    address_file.write_text(json.dumps([site, pages_port, broker]))


def addresses() -> tuple[str, int, str]:
    """Site, port of the cited pages and broker of the demo that was
    started last. Where it no longer runs nothing answers at its broker:
    what a command leaves to do waits for the next start.
    """
    try:
        site, pages_port, broker = json.loads((DATA / ADDRESSES).read_text())
    except (OSError, ValueError):
        return "http://127.0.0.1:8000", port_of_pages(), os.environ.get("REDIS_URL", NO_BROKER)
    return site, pages_port, broker
