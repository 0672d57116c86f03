"""The one source of times for rules: the database's clock, so that two
machines never disagree about a deadline or a lease.
"""

from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime


def now() -> datetime:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Not now(): that is the start of the transaction, and one that waited for a
            # lock would write a time from before the change it waited for.
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0]  # type: ignore[no-any-return]
        # SQLite gives UTC as text, with milliseconds only by this format.
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        parsed = parse_datetime(cursor.fetchone()[0])
    if parsed is None:
        raise ValueError("The database returned no time.")
    return timezone.make_aware(parsed, timezone.get_default_timezone())
