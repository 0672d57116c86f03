"""Tables that triggers keep as other rows are, so that whoever writes
those rows keeps them too.
"""

from typing import Protocol

from django.db import connections

from factcheck.ledger import triggers
from factcheck.ledger.triggers import POSTGRES

# What each database calls the functions that such a table is read with. `joined` is the
# aggregate that joins texts, `json_text` takes a JSON text and a path, and `position` a
# text and what is looked for in it.
_FUNCTIONS = {
    triggers.POSTGRES: {
        "joined": "string_agg",
        "json_text": "ledger_json_text",
        "position": "strpos",
    },
    triggers.SQLITE: {
        "joined": "group_concat",
        "json_text": "json_extract",
        "position": "instr",
    },
}
_JSON_TEXT = """
CREATE OR REPLACE FUNCTION ledger_json_text(given text, path text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
SELECT jsonb_path_query_first(given::jsonb, path::jsonpath) #>> '{}'
$body$
"""


class KeptTable(Protocol):
    @property
    def kept_in(self) -> str:
        """The name of the table."""

    def triggers(self) -> tuple[triggers.Upkeep, ...]: ...

    def fill(self, using: str) -> None:
        """Read all rows anew."""


_kept: list[KeptTable] = []


def register(*tables: KeptTable) -> None:
    _kept.extend(tables)
    for table in tables:
        triggers.register(*table.triggers())


def in_words_of(vendor: str, sql: str) -> str:
    """The SQL with {joined}, {json_text} and {position} as the database calls them."""
    return sql.format(**_FUNCTIONS[vendor])


def install(using: str) -> None:
    """Create the triggers of all tables, and fill each table that was
    not kept up to now: a new one, or one of a SQLite database whose
    triggers a migration removed.
    """
    present = set(connections[using].introspection.table_names())
    missing = set(triggers.missing(using))
    if connections[using].vendor == POSTGRES:
        with connections[using].cursor() as cursor:
            cursor.execute(_JSON_TEXT)
    triggers.install(using)
    for table in _kept:
        if table.kept_in in present and missing & {one.name for one in table.triggers()}:
            table.fill(using)
