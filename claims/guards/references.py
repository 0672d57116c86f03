"""The rows of `Reference`, added by the statement that saves the words
they stand in, whoever writes them.
"""

from django.db import connections

from claims.choices import ReferenceKind
from claims.models import Reference, Verdict
from claims.models.reference import SHORT_ID
from claims.rules.translation_of import SIGNED_ORIGINAL
from factcheck.ledger.triggers import POSTGRES, SQLITE, Guard, Upkeep, append_only
from sources.models import Link

_REFERENCE, _VERDICT, _LINK = (model._meta.db_table for model in (Reference, Verdict, Link))
# A text at its hyphens, one of which comes before the end of an address. As JSON on
# SQLite, which has no other function that makes rows of a text.
_SPLIT = {
    SQLITE: """json_each('[' || replace(json_quote({text}), '-', '","') || ']') AS part""",
    POSTGRES: "unnest(string_to_array({text}, '-')) AS part(value)",
}
_POSITION = {SQLITE: "instr", POSTGRES: "strpos"}
_IS_SHORT_ID = {
    SQLITE: f"GLOB '{'[0-9a-f]' * SHORT_ID}'",
    POSTGRES: f"~ '^[0-9a-f]{{{SHORT_ID}}}$'",
}
_ADD = f"""
    INSERT INTO {_REFERENCE} (kind, short_id, {{column}})
    SELECT DISTINCT '{{kind}}', {{short_id}}, {{row}}.id
    {{sources}}
    WHERE {{short_id}} {{is_short_id}} AND {{condition}} AND NOT EXISTS (
        SELECT 1
        FROM {_REFERENCE} known
        WHERE known.{{column}} = {{row}}.id AND known.kind = '{{kind}}'
            AND known.short_id = {{short_id}}
    )
"""


def _add(vendor: str, kind: ReferenceKind, *, row: str = "NEW", rows: str = "") -> str:
    """SQL that adds what is found in one row of a verdict or link, or
    in all `rows`.
    """
    column, condition = "verdict_id", "1 = 1"
    start, split = "part.value", _SPLIT[vendor].format(text=f"{row}.explanation")
    if kind == ReferenceKind.TRANSLATION:
        found = f"{_POSITION[vendor]}({row}.content, '{SIGNED_ORIGINAL}')"
        start, split = f"substr({row}.content, {found} + {len(SIGNED_ORIGINAL)})", ""
        condition = f"{found} > 0"
    elif kind == ReferenceKind.ADDRESS:
        # The slash, because an address may come without a slug.
        split = _SPLIT[vendor].format(text=f"replace({row}.url, '/', '-')")
        column, condition = "link_id", f"{row}.url LIKE '%/verdicts/%'"
    sources = ", ".join(filter(None, (rows, split)))
    return _ADD.format(
        column=column,
        condition=condition,
        is_short_id=_IS_SHORT_ID[vendor],
        kind=kind.value,
        row=row,
        short_id=f"lower(substr({start}, 1, {SHORT_ID}))",
        sources=f"FROM {sources}" if sources else "",
    )


_FOUND_IN = {
    ReferenceKind.WORDS: (_VERDICT, "explanation"),
    ReferenceKind.TRANSLATION: (_VERDICT, "content"),
    ReferenceKind.ADDRESS: (_LINK, "url"),
}


def reference_guards() -> tuple[Guard, ...]:
    """What was found stays: without its row, a verdict that cites a
    wrong one would not be checked again.
    """
    return append_only(_REFERENCE)


class References:
    """The table, as `kept_tables` keeps it."""

    kept_in = _REFERENCE

    def triggers(self) -> tuple[Upkeep, ...]:
        return tuple(
            Upkeep(
                f"{_REFERENCE}_{kind.value}_{name}",
                table,
                _REFERENCE,
                when,
                sqlite=f"{_add(SQLITE, kind)};",
                postgres=f"{_add(POSTGRES, kind)};",
            )
            for kind, (table, column) in _FOUND_IN.items()
            for name, when in (("added", "AFTER INSERT"), ("changed", f"AFTER UPDATE OF {column}"))
        )

    def fill(self, using: str) -> None:
        """Add what was saved while there were no triggers."""
        vendor = connections[using].vendor
        with connections[using].cursor() as cursor:
            for kind, (table, _column) in _FOUND_IN.items():
                cursor.execute(_add(vendor, kind, row="one", rows=f"{table} AS one"))


REFERENCES = References()
