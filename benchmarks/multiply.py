"""A large newsroom for measuring, in minutes: every row of a seeded one
so many times, written by SQL: `DATABASE_URL=… .venv/bin/python -m
benchmarks.multiply --times 100`. PostgreSQL, as a superuser.

Keys, identifiers, addresses and names of each copy are its own, times
a little earlier. Its hashes are made up: neither the audit log nor the
signatures of the copies verify, so it is for reading. The rows that
were there stay as they are and come first.
"""

import time
from argparse import ArgumentParser
from typing import Any

from django.db import connection

# It prepares Django, which the connection needs.
import factcheck.wsgi  # noqa: F401

STEP = 1_000_000  # between the keys of two copies
# What a newsroom has few of, however many claims: copied so many times at most, or not.
FEW = {
    "sources_publisher": 33,
    "sources_owner": 33,
    "search_publisher": 33,
    "newsroom_user": 7,
    "newsroom_membership": 7,
}
SHARED = {
    "claims_topic",
    "claims_rating",
    "claims_ratingscale",
    "claims_publicchange",
    "claims_methodology",
}
AUDIT = "ledger_auditentry"
# Columns that point at a row without a foreign key.
POINTERS = {
    ("claims_listing", "claimant_id"): "sources_claimant",
    ("claims_listing", "verdict_id"): "claims_verdict",
    # Or at a verdict or an imported fact check, which are copied as often.
    ("claims_knownclaim", "source_id"): "claims_claim",
    (AUDIT, "actor_id"): "newsroom_user",
}
UNIQUE = {
    ("sources_article", "url"),
    ("sources_link", "url"),
    ("sources_capture", "url"),
    ("sources_claimant", "name"),
    ("sources_publisher", "domain"),
    ("sources_publisher", "name"),
    ("sources_owner", "name"),
    ("claims_claim", "slug"),
    ("claims_notification", "event"),
    ("claims_listing", "appearance"),
    ("newsroom_user", "username"),
    ("newsroom_user", "email"),
}
HASHES = {(AUDIT, "hash"), (AUDIT, "previous_hash"), ("sources_article", "content_hash")}


def rows(sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return list(cursor.fetchall()) if cursor.description else []


class Multiplying:
    def __init__(self, times: int) -> None:
        named = rows(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename ~ '^(claims|sources|search)_'"
        )
        tables = {name for (name,) in named} | {AUDIT, "newsroom_user", "newsroom_membership"}
        filled = [one for one in tables - SHARED if rows(f"SELECT 1 FROM {one} LIMIT 1")]
        self.times = {one: min(FEW.get(one, times), times) for one in sorted(filled)}
        self.pointers = POINTERS | {
            (table, column): to
            for table, column, to in rows(
                "SELECT conrelid::regclass::text, attname, confrelid::regclass::text"
                " FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid"
                " AND attnum = any(conkey) WHERE contype = 'f'"
            )
        }
        self.entries = rows(f"SELECT max(seq) FROM {AUDIT}")[0][0]

    def indexes(self) -> list[tuple[str, str]]:
        """Name and statement of those that are quicker made at the end."""
        return [
            (name, made)
            for name, made, table in rows("SELECT indexname, indexdef, tablename FROM pg_indexes")
            if table in self.times and "UNIQUE" not in made
        ]

    def shift(self, table: str) -> str:
        return f"(copy.k % {self.times[table]}) * {STEP}"

    def value(self, table: str, name: str, kind: str, *, is_key: bool) -> str:
        """The column of a copy, in SQL over the row `t` and the number `copy.k`."""
        old, to = f't."{name}"', self.pointers.get((table, name))
        if to in self.times:
            return f"{old} + {self.shift(to)}"
        if is_key:
            return f"{old} + {self.shift(table)}"
        if (table, name) == (AUDIT, "seq"):
            return f"{old} + copy.k * {self.entries}"
        if (table, name) in HASHES:
            return f"md5({old} || copy.k) || md5(copy.k || {old})"
        if (table, name) == (AUDIT, "object_id"):
            return (
                f"CASE WHEN {old} ~ '^[0-9a-f-]{{36}}$' THEN md5({old} || copy.k)::uuid::text"
                f" WHEN {old} ~ '^[0-9]+$' THEN ({old}::bigint + copy.k * {STEP})::text"
                f" ELSE {old} END"
            )
        if kind == "uuid":
            return f"md5({old}::text || copy.k)::uuid"
        if (table, name) in UNIQUE:
            return f"CASE WHEN {old} = '' THEN '' ELSE {old} || '-' || copy.k END"
        if kind.startswith("timestamp"):
            return f"{old} - copy.k * interval '97 seconds'"
        return old

    def copy(self, table: str) -> None:
        keys = rows(
            "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid"
            " AND attnum = any(indkey) WHERE indisprimary AND indrelid = %s::regclass",
            table,
        )
        columns = rows(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_name = %s ORDER BY ordinal_position",
            table,
        )
        values = [self.value(table, *one, is_key=(one[0],) in keys) for one in columns]
        names = ", ".join(f'"{name}"' for name, _kind in columns)
        rows(
            f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE SELECT {', '.join(values)}"
            f" FROM {table} t CROSS JOIN generate_series(1, {self.times[table] - 1}) copy(k)"
        )
        for name, _kind in columns:
            counter = rows("SELECT pg_get_serial_sequence(%s, %s)", table, name)[0][0]
            if counter:
                rows(f'SELECT setval(%s, (SELECT max("{name}") FROM {table}))', counter)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    options = parser.parse_args()
    begun = time.monotonic()
    # Neither guards nor foreign keys: every row is like one that passed them.
    rows("SET session_replication_role = replica")
    rows("SET maintenance_work_mem = '512MB'")
    work = Multiplying(options.times)
    indexes = work.indexes()
    for name, _made in indexes:
        rows(f'DROP INDEX "{name}"')
    for table in work.times:
        work.copy(table)
        print(f"{table}: {time.monotonic() - begun:.0f} s", flush=True)
    rows(
        "UPDATE ledger_audithead SET (seq, hash) ="
        f" (SELECT seq, hash FROM {AUDIT} ORDER BY seq DESC LIMIT 1)"
    )
    for _name, made in indexes:
        rows(made)
    rows("VACUUM ANALYZE")
    print(f"{time.monotonic() - begun:.0f} s in all")


if __name__ == "__main__":
    main()
