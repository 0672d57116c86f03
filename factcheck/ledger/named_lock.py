"""A lock that has a name and no row, until the transaction ends."""

from hashlib import sha256

from django.db import connection


def take(name: str, *, wait: bool = True) -> bool:
    """False where another transaction has it and this one does not
    wait. SQLite lets one transaction write at a time, so that it always
    waits and then has it.
    """
    if connection.vendor != "postgresql":
        return True
    key = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [key])
        return bool(cursor.fetchone()[0])
