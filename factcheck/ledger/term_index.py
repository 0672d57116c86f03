"""Which entries of the index of known claims share rare words with a
text: the first look, by the database, which knows in how many entries
each word stands.

Both databases stand beside each other here. On PostgreSQL the line of
an entry is a `tsvector` of its terms, without a parser; on SQLite the
table is of FTS5. The line is written in the transaction that stores the
entry. It knows nobody's permissions: what it finds is a condition on a
queryset that begins with `visible_to` or `public`.
"""

import json
import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from factcheck.ledger.triggers import POSTGRES, SQLITE

TABLE = "search_known"
_TERMS_TABLE = "search_known_terms"
# The rarest words of a text are looked up, as long as they stand in no more entries
# than this together: a word that stands in every tenth entry finds too much.
MOST_ENTRIES = 3_000
# What is handed on, before anybody's access is asked: an entry that is hidden from
# somebody takes the place of another one only beyond this.
MOST_FOUND = 1_000
# A term of entries that readers have: by these alone it is judged how rare a word is.
# What was never public changes no score of somebody who may not see it.
PUBLIC = "\ue001"
# How long a process remembers in how many entries a word stands, and how many words.
_COUNTED_SECONDS, _MOST_COUNTED = 600, 50_000
_CREATE = {
    True: (
        f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, terms tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_by_term ON {TABLE} USING gin (terms)"
        " WITH (gin_pending_list_limit = 256)",
    ),
    False: (
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5 (terms,"
        " tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* Co'\")",
        f"CREATE VIRTUAL TABLE {_TERMS_TABLE} USING fts5vocab({TABLE}, row)",
    ),
}
_counted: dict[str, tuple[float, "Count"]] = {}


@dataclass(frozen=True, slots=True)
class Count:
    """Of entries with a term: all, and those that readers have."""

    entries: int = 0
    public: int = 0


class CreateTermIndex(Operation):
    """The table of the terms, in a migration: no model stands for it."""

    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in _CREATE[schema_editor.connection.vendor == POSTGRES]:
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor != POSTGRES:
            schema_editor.execute(f"DROP TABLE {_TERMS_TABLE}")
        schema_editor.execute(f"DROP TABLE {TABLE}")

    def describe(self) -> str:
        return "Create the index of the terms of known claims"


def write(entries: Mapping[int, frozenset[str]], *, using: str = "default") -> None:
    """Set the lines of entries, by their keys; one without terms is found by none."""
    rows = [(key, sorted(terms)) for key, terms in sorted(entries.items())]
    with connections[using].cursor() as cursor:
        if connections[using].vendor == POSTGRES:
            cursor.executemany(
                f"INSERT INTO {TABLE} VALUES (%s, array_to_tsvector(%s::text[]))"  # noqa: S608
                " ON CONFLICT (id) DO UPDATE SET terms = EXCLUDED.terms",
                rows,
            )
        else:
            cursor.executemany(
                f"DELETE FROM {TABLE} WHERE rowid = %s",  # noqa: S608
                [(key,) for key, _ in rows],
            )
            cursor.executemany(
                f"INSERT INTO {TABLE} (rowid, terms) VALUES (%s, %s)",  # noqa: S608
                [(key, " ".join(terms)) for key, terms in rows],
            )


def tidy() -> None:
    """After many lines were written."""
    if connection.vendor == POSTGRES:
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list(%s)", (f"{TABLE}_by_term",))
            cursor.execute(f"ANALYZE {TABLE}")


def weights(counted: Mapping[str, Count]) -> Callable[[str], float]:
    """What each of these words is worth: the rarer among what readers
    have, the more. Of a word that was not among them, what one is worth
    that stands nowhere.
    """
    public = counted[""].public
    rarest = math.log(1 + 2 * (public + 1))
    known = {
        term: math.log(1 + (public - count.public + 0.5) / (count.public + 0.5))
        for term, count in counted.items()
        # Counted at another time than all of them.
        if count.public <= public
    }
    return lambda term: known.get(term, rarest)


def find(
    asked: Sequence[frozenset[str]], counted: Mapping[str, Count]
) -> list[list[tuple[int, float]]]:
    """For each text, given by its terms: keys of entries with what they
    share with it, most first. One statement, however many texts.
    """
    parts: list[str] = []
    values: list[Any] = []
    weigh = weights(counted)
    for number, terms in enumerate(asked):
        known = {term: counted[term].entries for term in terms if counted[term].entries}
        if chosen := _rarest(known):
            sql, more = _SIDES[connection.vendor](number, chosen, sorted(known), weigh)
            parts.append(f"SELECT * FROM ({sql}) AS found{number}")  # noqa: S608
            values += more
    found: list[list[tuple[int, float]]] = [[] for _ in asked]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            for number, key, worth in cursor.fetchall():
                found[number].append((key, float(worth)))
    for one in found:
        one.sort(key=lambda pair: (-pair[1], -pair[0]))
    return found


def _rarest(counts: dict[str, int]) -> list[str]:
    chosen: list[str] = []
    together = 0
    for term in sorted(counts, key=lambda term: (counts[term], term)):
        together += counts[term]
        # The rarest one in any case: a text of frequent words has to be found, too.
        if chosen and together > MOST_ENTRIES:
            break
        chosen.append(term)
    return chosen


def _postgres(
    number: int, chosen: list[str], known: list[str], weigh: Callable[[str], float]
) -> tuple[str, list[Any]]:
    worth = " + ".join(["CASE WHEN terms @@ %s::tsquery THEN %s ELSE 0 END"] * len(known))
    values: list[Any] = [one for term in known for one in (_quoted(term), weigh(term))]
    # A long text shares more with any other one.
    return (
        f"SELECT {number} AS number, id, ({worth}) / sqrt(length(terms) + 8) AS worth"  # noqa: S608
        f" FROM {TABLE} WHERE terms @@ %s::tsquery ORDER BY worth DESC, id DESC LIMIT {MOST_FOUND}",
        [*values, " | ".join(map(_quoted, chosen))],
    )


def _sqlite(
    number: int, chosen: list[str], _known: list[str], _weigh: Callable[[str], float]
) -> tuple[str, list[Any]]:
    return (
        f"SELECT {number} AS number, rowid AS id, -bm25({TABLE}) AS worth"  # noqa: S608
        f" FROM {TABLE} WHERE terms MATCH %s ORDER BY worth DESC, rowid DESC LIMIT {MOST_FOUND}",
        [" OR ".join(f'"{term}"' for term in chosen)],
    )


_SIDES = {POSTGRES: _postgres, SQLITE: _sqlite}


def _quoted(term: str) -> str:
    # Letters, digits and dots only; quoted, or a dot would end the lexeme.
    return f"'{term}'"


def counts(terms: Iterable[str]) -> dict[str, Count]:
    """In how many entries each term stands; of all entries under "".
    Remembered for some minutes: what a word is worth hardly changes.
    """
    now = time.monotonic()
    wanted = {*terms, ""}
    fresh = {
        term: one[1]
        for term in wanted
        if (one := _counted.get(term)) and now - one[0] < _COUNTED_SECONDS and one[1].entries
    }
    if missing := sorted(wanted - set(fresh)):
        counted = _count(missing)
        if len(_counted) > _MOST_COUNTED:
            _counted.clear()
        # Of a word that stood nowhere a moment ago the next entry may be about.
        _counted.update({term: (now, count) for term, count in counted.items()})
        fresh.update(counted)
    return fresh


def forget_counts() -> None:
    _counted.clear()


def _count(terms: list[str]) -> dict[str, Count]:
    found = dict.fromkeys(terms, Count())
    with connection.cursor() as cursor:
        counted = _COUNTED_BY[connection.vendor](cursor, [term for term in terms if term])
        found.update({term: Count(entries, public) for term, entries, public in counted})
        if "" in found:
            cursor.execute(f"SELECT count(*) FROM {TABLE}")  # noqa: S608
            entries = cursor.fetchone()[0]
            [(_, public, _)] = _COUNTED_BY[connection.vendor](cursor, [PUBLIC]) or [("", 0, 0)]
            found[""] = Count(entries, public)
    return found


def _postgres_counts(cursor: Any, terms: list[str]) -> list[tuple[str, int, int]]:
    cursor.execute(
        "SELECT term, counted.* FROM unnest(%s::text[]) AS term, LATERAL ("  # noqa: S608
        "SELECT count(*), count(*) FILTER (WHERE terms @@ %s::tsquery)"
        f" FROM {TABLE} WHERE terms @@ ('''' || term || '''')::tsquery) AS counted",
        (terms, _quoted(PUBLIC)),
    )
    return list(cursor.fetchall())


def _sqlite_counts(cursor: Any, terms: list[str]) -> list[tuple[str, int, int]]:
    cursor.execute(
        "SELECT known.term, known.doc, (SELECT count(*) FROM "  # noqa: S608
        f"{TABLE} WHERE {TABLE} MATCH '\"' || known.term || '\" AND \"' || %s || '\"')"
        f" FROM {_TERMS_TABLE} AS known"
        " WHERE known.term IN (SELECT value FROM json_each(%s))",
        (PUBLIC, json.dumps(terms)),
    )
    return list(cursor.fetchall())


_COUNTED_BY = {POSTGRES: _postgres_counts, SQLITE: _sqlite_counts}
