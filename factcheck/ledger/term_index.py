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
# A word in so many entries is worth little; in how many more is not counted.
_FREQUENT = 10_000
# By term, when it was counted and in how many entries it stands: up to one more than
# MOST_ENTRIES of all, and up to _FREQUENT of those that readers have.
_entries: dict[str, tuple[float, int]] = {}
_public: dict[str, tuple[float, int]] = {}


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


def weights(counted: Mapping[str, int]) -> Callable[[str], float]:
    """What each of these words is worth, by its `public_counts`: the
    rarer among what readers have, the more. Of a word that was not among
    them, what one is worth that stands nowhere.
    """
    public = counted[PUBLIC]
    rarest = math.log(1 + 2 * (public + 1))
    known = {
        term: math.log(1 + (public - count + 0.5) / (count + 0.5))
        for term, count in counted.items()
        # Counted at another time than all of them.
        if count <= public
    }
    return lambda term: known.get(term, rarest)


def find(
    asked: Sequence[frozenset[str]], weigh: Callable[[str], float]
) -> list[list[tuple[int, float]]]:
    """For each text, given by its terms: keys of entries with what they
    share with it, most first. One statement, however many texts.
    """
    # A word that stood nowhere a moment ago may be what the next entry is about.
    all_terms = set[str]().union(*asked)
    counted = _remembered(_entries, all_terms, _COUNT[connection.vendor], zero=False)
    parts: list[str] = []
    values: list[Any] = []
    for number, terms in enumerate(asked):
        known = {term: counted[term] for term in terms if counted[term]}
        if chosen := _rarest(known):
            sql, more = _SIDES[connection.vendor](number, chosen, sorted(known), weigh)
            parts.append(f"SELECT * FROM ({sql}) AS found{number}")  # noqa: S608
            values += more
    found: list[list[tuple[int, float]]] = [[] for _ in asked]
    for number, key, worth in _rows(" UNION ALL ".join(parts), values) if parts else ():
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
    # Not as they come, which is as decimal numbers: adding those takes twice the time.
    worth = " + ".join(["CASE WHEN terms @@ %s::tsquery THEN %s::float8 ELSE 0 END"] * len(known))
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


def public_counts(terms: Iterable[str]) -> dict[str, int]:
    """In how many entries that readers have each term stands, and under
    PUBLIC how many of these there are. Remembered for some minutes: what
    a word is worth hardly changes.
    """
    counted = _remembered(_public, set(terms), _COUNT_PUBLIC[connection.vendor], zero=True)
    return counted | _remembered(_public, {PUBLIC}, _count_all_public, zero=False)


def forget_counts() -> None:
    _entries.clear()
    _public.clear()


def _remembered(
    cache: dict[str, tuple[float, int]],
    terms: set[str],
    count: Callable[[list[str]], Iterable[tuple[str, int]]],
    *,
    zero: bool,
) -> dict[str, int]:
    now = time.monotonic()
    fresh = {
        term: one[1]
        for term in terms
        if (one := cache.get(term)) and now - one[0] < _COUNTED_SECONDS
    }
    if missing := sorted(terms - fresh.keys()):
        counted = dict.fromkeys(missing, 0) | dict(count(missing))
        if len(cache) > _MOST_COUNTED:
            cache.clear()
        cache.update({term: (now, number) for term, number in counted.items() if number or zero})
        fresh |= counted
    return fresh


def _rows(sql: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _count_postgres(terms: list[str]) -> list[tuple[str, int]]:
    return _rows(
        "SELECT term, (SELECT count(*) FROM (SELECT FROM "  # noqa: S608
        f"{TABLE} WHERE terms @@ ('''' || term || '''')::tsquery LIMIT {MOST_ENTRIES + 1})"
        " AS counted) FROM unnest(%s::text[]) AS term",
        (terms,),
    )


def _count_public_postgres(terms: list[str]) -> list[tuple[str, int]]:
    return _rows(
        "SELECT term, (SELECT count(*) FROM (SELECT FROM "  # noqa: S608
        f"{TABLE} WHERE terms @@ ('''' || term || ''' & ' || %s)::tsquery LIMIT {_FREQUENT})"
        " AS counted) FROM unnest(%s::text[]) AS term",
        (_quoted(PUBLIC), terms),
    )


def _count_sqlite(terms: list[str]) -> list[tuple[str, int]]:
    return _rows(
        f"SELECT term, doc FROM {_TERMS_TABLE}"  # noqa: S608
        " WHERE term IN (SELECT value FROM json_each(%s))",
        (json.dumps(terms),),
    )


def _count_public_sqlite(terms: list[str]) -> list[tuple[str, int]]:
    return _rows(
        "SELECT term.value, (SELECT count(*) FROM (SELECT 1 FROM "  # noqa: S608
        f"{TABLE} WHERE {TABLE} MATCH '\"' || term.value || '\" AND \"' || %s || '\"'"
        f" LIMIT {_FREQUENT})) FROM json_each(%s) AS term",
        (PUBLIC, json.dumps(terms)),
    )


def _count_all_public(_terms: list[str]) -> list[tuple[str, int]]:
    having = {POSTGRES: "terms @@ %s::tsquery", SQLITE: f"{TABLE} MATCH %s"}[connection.vendor]
    term = {POSTGRES: _quoted(PUBLIC), SQLITE: f'"{PUBLIC}"'}[connection.vendor]
    return _rows(
        f"SELECT %s, count(*) FROM {TABLE} WHERE {having}",  # noqa: S608
        (PUBLIC, term),
    )


_COUNT = {POSTGRES: _count_postgres, SQLITE: _count_sqlite}
_COUNT_PUBLIC = {POSTGRES: _count_public_postgres, SQLITE: _count_public_sqlite}
