"""What the database refuses about events, about the secrets of webhooks,
and about mailboxes.
"""

from claims.models import Event, EventCount, Mailbox, WebhookEndpoint
from factcheck.ledger.encrypted_columns import stored_encrypted
from factcheck.ledger.triggers import Guard, all_but, both, differs, no_delete

_NUMBERS = ("position", "sequence")
# Django's settings may keep them longer, and not shorter.
_SQLITE_YOUNG = "OLD.at > strftime('%Y-%m-%d %H:%M:%f', 'now', '-30 days')"
_POSTGRES_YOUNG = "OLD.at > now() - interval '30 days'"


def event_guards() -> tuple[Guard, ...]:
    return (*_events(), *_counts(), *_endpoints(), *_mailboxes())


def _events() -> tuple[Guard, ...]:
    """Nothing of an event changes, and it is numbered once: whoever
    read up to a number has had all up to it.
    """
    table = "claims_event"
    kept = "An event is numbered once, and nothing else of it changes."
    # TRUNCATE, and the row that INSERT OR REPLACE would delete.
    others = [
        guard
        for guard in no_delete(table, unique=("id", "public_id", "position"))
        if not guard.name.endswith("_no_delete")
    ]
    numbered = f"OLD.position IS NOT NULL AND ({differs(*_NUMBERS)})"
    return (
        *others,
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            kept,
            f"({differs(*all_but(Event, *_NUMBERS))}) OR ({numbered})",
        ),
        Guard(
            f"{table}_young",
            table,
            "BEFORE DELETE",
            "An event is kept for thirty days.",
            sqlite=_SQLITE_YOUNG,
            postgres=_POSTGRES_YOUNG,
        ),
    )


def _counts() -> tuple[Guard, ...]:
    table = EventCount._meta.db_table
    return (
        *no_delete(table, unique=("id", "claim_id")),
        both(
            f"{table}_forward",
            table,
            "BEFORE UPDATE",
            "Events are counted forward.",
            f"NEW.number < OLD.number OR ({differs(*all_but(EventCount, 'number'))})",
        ),
    )


def _endpoints() -> tuple[Guard, ...]:
    table = WebhookEndpoint._meta.db_table
    return (
        *no_delete(table, unique=("id", "public_id", "desk_id, name")),
        # Its readers may know of the one desk, and not of another.
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "A webhook stays with its desk.",
            differs("desk_id", "public_id"),
        ),
        *stored_encrypted(
            table,
            "Address and secrets of a webhook are stored encrypted.",
            "url",
            "secret",
            "previous_secret",
        ),
    )


def _mailboxes() -> tuple[Guard, ...]:
    """Tips name it, and its address stands at a provider."""
    table = Mailbox._meta.db_table
    return (
        *no_delete(table, unique=("id", "public_id", "desk_id")),
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "A mailbox stays with its desk.",
            differs("desk_id", "public_id"),
        ),
    )
