"""The one source of rule times: the database's clock, so that two machines never disagree about a
deadline.
"""

from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime


def now() -> datetime:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0]  # type: ignore[no-any-return]
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        parsed = parse_datetime(cursor.fetchone()[0])
    if parsed is None:
        raise ValueError("The database answered no time.")
    return timezone.make_aware(parsed, timezone.get_default_timezone())
