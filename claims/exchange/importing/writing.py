"""Rows beside what the desk has: compared in the dry run, and written."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from claims.choices import RowState
from claims.exchange.importing.row_values import Fault, Values
from claims.models import Import, ImportedFactCheck, ImportRow
from factcheck.ledger import clock
from factcheck.ledger.audit_log import entries_at_the_end, log_change
from factcheck.ledger.canonical_json import canonical_json, sha256

FIELDS = (
    "claim", "claimant", "stated_date", "rating", "publisher", "author", "title", "explanation",
    "published_date", "language",
)  # fmt: skip
# What was changed is shown on the page of the import; a whole explanation is not.
LONGEST_SHOWN = 300
Prepared = list[tuple[ImportRow, Values, list[Fault]]]
Kept = dict[tuple[str, int], ImportedFactCheck]


def name_rows(made: Import, prepared: Prepared) -> None:
    """Give each row the key and part of its fact check. Of several at
    one address the first in the file is part 1; the same once more is
    no other one.
    """
    usable = []
    for row, values, faults in prepared:
        row.faults = [fault.stored for fault in faults]
        row.state = RowState.REFUSED if faults else RowState.WAITING
        if not faults:
            row.key = sha256(str(values["address"]))
            row.digest = sha256(canonical_json(values))
            usable.append(row)
    seen = defaultdict(list)
    before = made.rows.exclude(state__in=(RowState.WAITING, RowState.REFUSED, RowState.REPEATED))
    keys = {row.key for row in usable}
    for key, digest in before.filter(key__in=keys).values_list("key", "digest"):
        seen[key].append(digest)
    for row in usable:
        if row.digest in seen[row.key]:
            row.state = RowState.REPEATED
            continue
        seen[row.key].append(row.digest)
        row.part = len(seen[row.key])


def compare(made: Import, prepared: Prepared) -> None:
    """What the import would do with each row, and nothing done."""
    waiting = [(row, values) for row, values, _ in prepared if row.state == RowState.WAITING]
    kept = _kept(made, [row for row, _values in waiting])
    for row, values in waiting:
        _set_state(made, row, values, kept.get((row.key, row.part)))
    _save([row for row, _values, _faults in prepared])


def write(made: Import, prepared: Prepared) -> None:
    """Write the rows, in the transaction of their step."""
    now = clock.now()
    kept = _kept(made, [row for row, _values, _faults in prepared], locked=True)
    new, changed = [], []
    for row, values, _faults in prepared:
        # Compared anew: somebody may have imported the same since the dry run.
        fact_check = kept.get((row.key, row.part))
        _set_state(made, row, values, fact_check)
        if fact_check is None:
            fact_check = _new(made, row, values, now)
            new.append(fact_check)
        elif row.state == RowState.CHANGED:
            _change(made, fact_check, values, now)
            changed.append((fact_check, row.changes))
        row.fact_check, row.written = fact_check, True
    ImportedFactCheck.objects.bulk_create(new)
    ImportedFactCheck.objects.bulk_update(
        [one for one, _changes in changed],
        [*FIELDS, "site", "record", "origin", "changed_at"],
        batch_size=100,
    )
    with entries_at_the_end():
        for fact_check, changes in changed:
            log_change("fact_check.change", fact_check, by=made.by, changes=changes)
    _save([row for row, _values, _faults in prepared])


def _kept(made: Import, rows: list[ImportRow], *, locked: bool = False) -> Kept:
    found = ImportedFactCheck.objects.filter(desk=made.desk_id, key__in={row.key for row in rows})
    if locked:
        # In one order: two imports of the same fact checks wait, and do not deadlock.
        found = found.order_by("pk").select_for_update(no_key=True)
    return {(one.key, one.part): one for one in found}


def _set_state(
    made: Import, row: ImportRow, values: Values, kept: ImportedFactCheck | None
) -> None:
    row.changes = _changes(made, values, kept) if kept else {}
    row.state = RowState.NEW
    if kept:
        row.state = RowState.CHANGED if row.changes else RowState.SAME


def _changes(made: Import, values: Values, kept: ImportedFactCheck) -> dict[str, list[str]]:
    pairs = {name: (getattr(kept, name), values[name]) for name in FIELDS}
    pairs["origin"] = (kept.origin, made.origin)
    return {name: [_shown(old), _shown(new)] for name, (old, new) in pairs.items() if old != new}


def _shown(value: Any) -> str:
    text = value.isoformat() if isinstance(value, date) else str(value or "")
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _new(made: Import, row: ImportRow, values: Values, now: datetime) -> ImportedFactCheck:
    return ImportedFactCheck(
        desk_id=made.desk_id,
        origin=made.origin,
        key=row.key,
        part=row.part,
        imported_by=made.by,
        imported_at=now,
        came_with=made,
        **values,
    )


def _change(made: Import, kept: ImportedFactCheck, values: Values, now: datetime) -> None:
    for name in (*FIELDS, "site", "record"):
        setattr(kept, name, values[name])
    kept.origin, kept.changed_at = made.origin, now


def _save(rows: list[ImportRow]) -> None:
    columns = ["state", "faults", "changes", "key", "digest", "part", "written", "fact_check"]
    ImportRow.objects.bulk_update(rows, columns, batch_size=100)
