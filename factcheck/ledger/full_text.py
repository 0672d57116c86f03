"""Full text search, on both databases: which words stand in which rows.

An index is a table beside the rows it is about, one line for each, kept
by triggers, so that whoever writes a row, writes its words. On
PostgreSQL the line holds a `tsvector` (configuration `simple`, because
texts come in any language, and no extension, because the role of a
newsroom may create none); on SQLite the table is of FTS5.

An index knows nobody's permissions. It is a condition on a queryset
that begins with `visible_to`; keys that it hands out by itself are
narrowed by one.
"""

import math
import re
import unicodedata
from dataclasses import dataclass

from django.db import connection, connections, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import RawSQL

from factcheck.ledger import kept_tables, triggers
from factcheck.ledger.triggers import POSTGRES, SQLITE

# PostgreSQL refuses a vector of more than a megabyte: an article of a whole book is
# found by its beginning.
INDEXED_LENGTH = 100_000
LONGEST_QUERY = 200
# Words of one or two letters match whole, or half of all rows would match.
SHORTEST_BEGINNING = 3
# Latin, Greek and Cyrillic accents, as FTS5 leaves them out by remove_diacritics.
MARKS = re.compile("[\u0300-\u036f]+")
_chunk = re.compile(r'"([^"]*)"?|([^\s"]+)')
# ASCII punctuation, which PostgreSQL would read as part of a number, an address or a
# path, and the quotation marks, dashes, ellipsis and dots of print.
_PUNCTUATION = (
    "[!-/:-@[-`{-~"
    "\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u2013\u2014\u2026\u00b7\u2022]+"
)
# Only texts with other letters than ASCII are decomposed: it takes half of the time.
_FOLD = f"""
CREATE OR REPLACE FUNCTION ledger_words(given text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $words$
SELECT to_tsvector('simple'::regconfig, regexp_replace(
    CASE WHEN octet_length(given) = char_length(given) THEN given
    ELSE regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]+', '', 'g') END,
    $p${_PUNCTUATION}$p$, ' ', 'g'))
$words$
"""


@dataclass(frozen=True, slots=True)
class Follows:
    """A table whose rows change the text of the row numbered `key`."""

    table: str
    columns: tuple[str, ...]
    key: str = "id"


@dataclass(frozen=True, slots=True)
class Index:
    """`text` is an SQL expression over one row of `table`, called t,
    that both databases understand, with the words of `kept_tables`.
    """

    name: str
    table: str
    text: str
    follows: tuple[Follows, ...]

    @property
    def kept_in(self) -> str:
        return f"search_{self.name}"

    def select(self, vendor: str) -> str:
        text = f"substr({kept_tables.in_words_of(vendor, self.text)}, 1, {INDEXED_LENGTH})"
        words = f"ledger_words({text})" if vendor == POSTGRES else text
        return f"SELECT t.id, {words} FROM {self.table} t"  # noqa: S608 (names of our own)

    def triggers(self) -> tuple[triggers.Upkeep, ...]:
        return tuple(
            triggers.Upkeep(
                f"{self.kept_in}_{number}_{name}",
                one.table,
                self.kept_in,
                f"AFTER {when}",
                sqlite=self._sqlite(f"NEW.{one.key}"),
                postgres=self._postgres(f"NEW.{one.key}"),
            )
            for number, one in enumerate(self.follows)
            for name, when in (
                ("insert", "INSERT"),
                ("update", f"UPDATE OF {', '.join(one.columns)}"),
            )
        )

    def _postgres(self, key: str) -> str:
        return (
            f"INSERT INTO {self.kept_in} {self.select(POSTGRES)} WHERE t.id = {key}"
            " ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words;"
        )

    def _sqlite(self, key: str) -> str:
        return (
            f"DELETE FROM {self.kept_in} WHERE rowid = {key};"  # noqa: S608
            f" INSERT INTO {self.kept_in} (rowid, words) {self.select(SQLITE)} WHERE t.id = {key};"
        )

    def create(self, vendor: str) -> tuple[str, ...]:
        if vendor == POSTGRES:
            return (
                f"CREATE TABLE {self.kept_in} (id bigint PRIMARY KEY, words tsvector NOT NULL)",
                # New rows wait in a list, which every search reads: a short one.
                f"CREATE INDEX {self.kept_in}_words ON {self.kept_in} USING gin (words)"
                " WITH (gin_pending_list_limit = 256)",
            )
        return (
            (
                f"CREATE VIRTUAL TABLE {self.kept_in} USING fts5 (words, prefix='3',"
                " tokenize=\"unicode61 remove_diacritics 2 categories 'L* M* N* Co'\")"
            ),
        )

    def fill(self, using: str) -> None:
        """Read all rows anew."""
        vendor = connections[using].vendor
        columns = "id" if vendor == POSTGRES else "rowid"
        with connections[using].cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.kept_in}")  # noqa: S608
            cursor.execute(f"INSERT INTO {self.kept_in} ({columns}, words) {self.select(vendor)}")
            if vendor == POSTGRES:
                cursor.execute("SELECT gin_clean_pending_list(%s)", (f"{self.kept_in}_words",))
                # How frequent a word is decides whether its rows are looked up or met.
                cursor.execute(f"ANALYZE {self.kept_in}")


_indexes: dict[str, Index] = {}


def register(*indexes: Index) -> None:
    _indexes.update({index.name: index for index in indexes})
    kept_tables.register(*indexes)


def install(using: str) -> None:
    """Create the function that reads words; the indexes themselves are
    kept tables.
    """
    if connections[using].vendor == POSTGRES:
        with connections[using].cursor() as cursor:
            cursor.execute(_FOLD)


class CreateIndex(Operation):
    """The table of an index, in a migration. Its rows come with the
    triggers, after all migrations.
    """

    reversible = True

    def __init__(self, name: str) -> None:
        self.name = name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: no model stands for it."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in _indexes[self.name].create(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        index = _indexes[self.name]
        for one in index.triggers():
            on_table = f" ON {one.table}" if schema_editor.connection.vendor == POSTGRES else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {one.name}{on_table}")
        schema_editor.execute(f"DROP TABLE {index.kept_in}")

    def describe(self) -> str:
        return f"Create the search index {self.name}"


def phrases(typed: str) -> list[list[str]]:
    """What is asked for: lists of words that stand beside each other.
    Each piece between spaces is one, such as “left-wing”, and so is
    what stands in quotation marks.
    """
    found = []
    for quoted, piece in _chunk.findall(unicodedata.normalize("NFC", typed)[:LONGEST_QUERY]):
        letters = "".join(
            one if unicodedata.category(one)[0] in "LMN" else " " for one in quoted or piece
        )
        if words := letters.split():
            found.append(words)
    return found


def folded(word: str) -> str:
    """Without accents, as both databases compare."""
    return MARKS.sub("", unicodedata.normalize("NFKD", word)).lower()


PAGE = 50


def _is_frequent(index: Index, query: str, wanted: int) -> bool:
    """Are so many rows found sooner by walking all rows in their order
    than by looking up all in which the words stand?

    With m of N rows found, walking meets them in N * wanted / m steps,
    so it pays from m = sqrt(N * wanted) on; twice that, as filters leave
    out some of both. What PostgreSQL expects is good enough: it knows the
    frequent words, and takes those that it does not know for rare.
    """
    found = f"SELECT FROM {index.kept_in} WHERE words @@ to_tsquery('simple', %s)"
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {found}", (query,))
        expected = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", (index.kept_in,))
        rows = cursor.fetchone()[0]
    return bool(expected > 2 * math.sqrt(wanted * max(rows, 0)))


def _stands(index: Index, query: str) -> Func:
    """Do the words stand in the row? Asked of one row at a time:
    PostgreSQL makes no join of a subquery that is a value.
    """
    return Func(
        Value(query),
        F("pk"),
        template="(SELECT words @@ to_tsquery('simple', %(expressions)s))",
        arg_joiner=f") FROM {index.kept_in} WHERE id = (",
        output_field=models.BooleanField(),
    )


def matching(name: str, typed: str) -> Q:
    """The rows of an index in which all that was typed stands, the end
    of a word left out or not; none where no word was typed.
    """
    return _matching(_indexes[name], typed, alone=True)


def met_in_order(name: str, typed: str) -> Q:
    """The same rows, for whoever reads the first of them in an order
    that an index has: words that stand in many are looked for on the way.
    """
    index, asked = _indexes[name], _query(typed)
    if asked and connection.vendor == POSTGRES and _is_frequent(index, asked, PAGE):
        return Q(_stands(index, asked))
    return matching(name, typed)


def counted(name: str, typed: str) -> Q:
    """The same rows, for whoever counts no further than to a limit, in
    no order: the count ends as soon as it is reached.
    """
    return _matching(_indexes[name], typed, alone=False)


def newest_keys(name: str, typed: str, most: int) -> list[int]:
    """Keys of the rows in which all that was typed stands, the newest
    first, whoever may see them. Without the rows themselves beside it the
    index is asked for half of the time.
    """
    index, asked = _indexes[name], _query(typed)
    if not asked:
        return []
    walks = connection.vendor == POSTGRES and _is_frequent(index, asked, most)
    sql = f"SELECT id FROM ({_found(index, alone=not walks)}) AS found ORDER BY id DESC LIMIT %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, (asked, most))
        return [key for (key,) in cursor.fetchall()]


def _matching(index: Index, typed: str, *, alone: bool) -> Q:
    query = _query(typed)
    if not query:
        return Q(pk__in=())
    sql = _found(index, alone=alone)
    return Q(pk__in=RawSQL(sql, (query,), output_field=models.BigIntegerField()))  # noqa: S611


def _found(index: Index, *, alone: bool) -> str:
    if connection.vendor != POSTGRES:
        return f"SELECT rowid AS id FROM {index.kept_in} WHERE words MATCH %s"  # noqa: S608
    # OFFSET 0 asks the index by itself. Without it PostgreSQL, which cannot tell how
    # rare the beginning of a word is, may walk all rows from the newest on.
    found = f"SELECT id FROM {index.kept_in} WHERE words @@ to_tsquery('simple', %s)"  # noqa: S608
    return found + (" OFFSET 0" if alone else "")


def _query(typed: str) -> str:
    """What was typed, as the database asks it; empty where no word was."""
    asked = phrases(typed)
    if connection.vendor == POSTGRES:
        return " & ".join(_postgres_phrase(words) for words in asked)
    return " AND ".join(_sqlite_phrase(words) for words in asked)


def _begins(words: list[str]) -> bool:
    return len(words[-1]) >= SHORTEST_BEGINNING


def _postgres_phrase(words: list[str]) -> str:
    pieces = [f"'{folded(word)}'" for word in words]
    return "(" + " <-> ".join(pieces) + (":*" if _begins(words) else "") + ")"


def _sqlite_phrase(words: list[str]) -> str:
    return f'"{" ".join(words)}"' + ("*" if _begins(words) else "")
