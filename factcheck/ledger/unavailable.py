"""Which errors of the database time can heal: it is away, full or busy.
A wrong query is none of them.
"""

from django.db import InterfaceError, OperationalError

# Classes of SQLSTATE: connection, rollback of a deadlock, resources, intervention of an
# operator; and a lock that was not available in time.
_CLASSES = ("08", "40", "53", "57", "55P03")
# Primary result codes of SQLite: BUSY, LOCKED, IOERR, FULL, CANTOPEN.
_SQLITE = frozenset({5, 6, 10, 13, 14})
_PRIMARY = 0xFF


def is_unavailable(error: BaseException | None) -> bool:
    """Whether the same request may succeed in a moment. False for a
    programming error, which SQLite reports as an OperationalError, too.
    """
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    cause = error.__cause__
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        return code & _PRIMARY in _SQLITE
    if state := getattr(cause, "sqlstate", None):
        return str(state).startswith(_CLASSES)
    # Without SQLSTATE it did not come from a server: there is no connection to one.
    return isinstance(error, OperationalError) or "connection" in str(error)
