"""The one source of times for rules: the database's clock, so that two
machines never disagree about a deadline or a lease.
"""

from datetime import UTC, datetime

from django.db import connection


def now() -> datetime:
    if connection.vendor == "sqlite":
        # It runs in this process and has no clock but this one, of which its triggers
        # read no more than milliseconds.
        read = datetime.now(UTC)
        return read.replace(microsecond=read.microsecond // 1000 * 1000)
    with connection.cursor() as cursor:
        # Not now(): that is the start of the transaction, and one that waited for a
        # lock would write a time from before the change it waited for.
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]
