"""Imports from their beginning to their end. A person begins one, chooses
columns, and starts it after the dry run; a worker does the rest in
steps, each of which is written whole or not at all.
"""

import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from claims.choices import ImportForm, ImportPhase, Origin, RowState
from claims.exchange.importing import mapping as mappings
from claims.exchange.importing.addresses import MOST_ADDRESSES, records_at
from claims.exchange.importing.claim_reviews import FIELDS_READ
from claims.exchange.importing.csv_files import read_csv
from claims.exchange.importing.json_files import read_json
from claims.exchange.importing.row_values import Fault, Values, values_of
from claims.exchange.importing.tables import Record, Table, text_of
from claims.exchange.importing.writing import compare, name_rows, write
from claims.matching import index
from claims.models import Import, ImportRow
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.due_work import (
    WORK_FIELDS,
    PermanentWorkError,
    RetryLaterError,
    request,
    run_due,
)
from factcheck.ledger.nudge import nudge
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may_on_desk

# So many rows are read or written in one transaction, and while the person waits.
STEP = 500
# Pages are read for so long, well within the time limit of a task and of a lease.
STEP_SECONDS = 20.0
KEPT = timedelta(days=30)

GOING_ON = frozenset({ImportPhase.FETCHING, ImportPhase.CHECKING, ImportPhase.IMPORTING})
ACCEPTED = (RowState.NEW, RowState.CHANGED, RowState.SAME)


@dataclass(frozen=True, slots=True)
class Begun:
    """What an import begins with, besides its rows. `key` is made with
    the page that asks: the same form sent twice is one import.
    """

    name: str
    origin: Origin
    defaults: dict[str, str]
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def read(content: bytes) -> Table:
    """The file, whatever it is. Raises ImportFileError."""
    text = text_of(content)
    return read_json(text) if text.lstrip()[:1] in {"{", "["} else read_csv(text)


def begin(desk: Desk, table: Table, begun: Begun, *, by: User) -> Import:
    """Keep the rows of a file, with the columns guessed. One whose
    columns need no choice is tried at once.
    """
    made = _made(desk, begun, by, table.form)
    made.columns, made.mapping = table.columns, mappings.guess(table.columns)
    if table.fixed:
        made.mapping = {name: name for name in FIELDS_READ}
    made.phase = ImportPhase.CHECKING if table.fixed else ImportPhase.MAPPING
    return _kept(made, table.rows, by=by)


def begin_addresses(desk: Desk, addresses: list[str], begun: Begun, *, by: User) -> Import:
    """Read the ClaimReview of these pages, one after the other."""
    made = _made(desk, begun, by, ImportForm.ADDRESSES)
    made.columns, made.mapping = [*FIELDS_READ], {name: name for name in FIELDS_READ}
    made.phase = ImportPhase.FETCHING
    rows = [(number, {"address": one}) for number, one in enumerate(addresses, 1)]
    return _kept(made, rows, by=by)


def _made(desk: Desk, begun: Begun, by: User, form: ImportForm) -> Import:
    _check(by, desk)
    now = clock.now()
    return Import(
        public_id=begun.key,
        desk=desk,
        by=by,
        name=begun.name[:200] or str(form.label),
        origin=begun.origin,
        form=form,
        defaults=begun.defaults,
        made_at=now,
        expires_at=now + KEPT,
    )


def _check(by: User, desk: Desk) -> None:
    if not may_on_desk(by, "fact_check.import", desk.pk):
        raise PermissionDenied(
            _("Only an editor of %(desk)s imports fact checks. Ask one of them.") % {"desk": desk}
        )


def _kept(made: Import, rows: list[tuple[int, Record]], *, by: User) -> Import:
    with transaction.atomic():
        # The lock of the person: of two clicks the second finds the first one's import.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        same = Import.objects.filter(public_id=made.public_id).first()
        if same and (same.by_id, same.desk_id, same.name) == (by.pk, made.desk_id, made.name):
            return same
        if same:
            # The browser's Back, and then another file or desk.
            made.public_id = uuid.uuid4()
        made.rows_total = len(rows)
        if made.phase in GOING_ON:
            request(made)
        made.save()
        ImportRow.objects.bulk_create(
            (ImportRow(of=made, line=line, record=record) for line, record in rows),
            batch_size=1_000,
        )
        log_change("import.begin", made, by=by, changes={"rows": [0, len(rows)]})
        _go_on(made)
    # Pages are read by a worker alone: nobody waits for the servers of others.
    return made if made.phase == ImportPhase.FETCHING else _at_once(made)


def _go_on(made: Import) -> None:
    if made.phase in GOING_ON:
        nudge(Import.task_name, made.pk)


def _at_once(made: Import) -> Import:
    """A short one is tried, or imported, while the person waits."""
    if made.phase in GOING_ON and made.rows_total <= STEP:
        work(made.pk)
        made.refresh_from_db()
    return made


def choose(made: Import, *, by: User, mapping: dict[str, str], defaults: dict[str, str]) -> Import:
    """Choose the columns, and try all rows with them. Raises
    WorkflowError once rows are being written.
    """
    with transaction.atomic():
        locked = _locked(made, by)
        if locked.phase not in {ImportPhase.MAPPING, ImportPhase.CHECKING, ImportPhase.CHECKED}:
            raise WorkflowError(_("This import has started. Import the file anew."))
        if locked.form in {ImportForm.CLAIM_REVIEW, ImportForm.ADDRESSES}:
            mapping = locked.mapping
        locked.mapping = mappings.cleaned(mapping, locked.columns)
        locked.defaults, locked.phase, locked.counts = defaults, ImportPhase.CHECKING, {}
        locked.rows.exclude(state=RowState.WAITING).update(
            state=RowState.WAITING, faults=[], changes={}, key="", digest="", part=1
        )
        # A worker that is at it loses its lease, and writes nothing of the old columns.
        request(locked)
        locked.save()
        _go_on(locked)
    return _at_once(locked)


def start(made: Import, *, by: User) -> Import:
    """Write what the dry run accepted. A second press changes nothing."""
    with transaction.atomic():
        locked = _locked(made, by)
        if locked.phase in {ImportPhase.IMPORTING, ImportPhase.DONE}:
            return locked
        if locked.phase != ImportPhase.CHECKED:
            raise WorkflowError(_("The dry run is not over. Wait for it, then start the import."))
        if not any(locked.counts.get(state) for state in ACCEPTED):
            raise WorkflowError(_("No row can be imported. Correct the file, and import it anew."))
        locked.phase = ImportPhase.IMPORTING
        request(locked)
        locked.save()
        log_change("import.start", locked, by=by, changes={"phase": ["checked", "importing"]})
        _go_on(locked)
    return _at_once(locked)


def again(made: Import, *, by: User) -> None:
    """Go on with one that stopped. Raises PermissionDenied."""
    with transaction.atomic():
        locked = _locked(made, by)
        if locked.phase in GOING_ON:
            request(locked)
            locked.save(update_fields=WORK_FIELDS)
            log_change("job.retry", locked, by=by)
            _go_on(locked)


def _locked(made: Import, by: User) -> Import:
    rows = Import.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("desk", "by").get(pk=made.pk)
    _check(by, locked.desk)
    return locked


Prepared = list[tuple[ImportRow, Values, list[Fault]]]
Read = tuple[Prepared, list[tuple[ImportRow, list[Record]]]]


def work(pk: int, *, takeover: bool = False) -> None:
    """One step of an import. The next one is due at once."""
    run_due(Import, pk, prepare=_step, store=_store, takeover=takeover)


def _step(made: Import) -> Read:
    if made.phase == ImportPhase.FETCHING:
        return [], _pages(made)
    rows = made.rows.order_by("pk")
    if made.phase == ImportPhase.CHECKING:
        rows = rows.filter(state=RowState.WAITING)
    else:
        rows = rows.filter(state__in=ACCEPTED, written=False)
    # A day in hand: somewhere it is tomorrow already.
    today = clock.now().date() + timedelta(days=1)
    prepared = []
    for row in rows[:STEP]:
        values, faults = values_of(row.record, made.mapping, made.defaults, today=today)
        prepared.append((row, values, faults))
    return prepared, []


def _pages(made: Import) -> list[tuple[ImportRow, list[Record]]]:
    until = time.monotonic() + STEP_SECONDS
    read_pages = []
    for row in made.rows.filter(written=False).order_by("pk")[:MOST_ADDRESSES]:
        try:
            read_pages.append((row, records_at(row.record["address"])))
        except RetryLaterError:
            # What has been read is kept; the step after it waits.
            if not read_pages:
                raise
            break
        if time.monotonic() > until:
            break
    return read_pages


def _store(made: Import, read_rows: Read) -> None:
    prepared, pages = read_rows
    if not may_on_desk(made.by, "fact_check.import", made.desk_id):
        raise PermanentWorkError("Who began this import may not import on this desk any more.")
    if made.phase == ImportPhase.FETCHING:
        _store_pages(made, pages)
    elif made.phase == ImportPhase.CHECKING:
        name_rows(made, prepared)
        compare(made, prepared)
        _end_of_dry_run(made)
    else:
        write(made, prepared)
        # The statements that wrote them made them due in the index.
        index.nudge()
        _end_of_import(made)
    if made.phase in GOING_ON:
        # A step that was made is no failed attempt, however many an import needs.
        request(made)
        nudge(Import.task_name, made.pk)
    made.save()


def _store_pages(made: Import, pages: list[tuple[ImportRow, list[Record]]]) -> None:
    for row, records in pages:
        first, *others = records
        row.record, row.written = first, True
        row.save(update_fields=["record", "written"])
        ImportRow.objects.bulk_create(
            ImportRow(of=made, line=row.line, record=record, written=True) for record in others
        )
    if not made.rows.filter(written=False).exists():
        made.rows.update(written=False)
        made.rows_total, made.phase = made.rows.count(), ImportPhase.CHECKING


def _end_of_dry_run(made: Import) -> None:
    if not made.rows.filter(state=RowState.WAITING).exists():
        made.phase, made.counts = ImportPhase.CHECKED, _counted(made)


def _end_of_import(made: Import) -> None:
    if not made.rows.filter(state__in=ACCEPTED, written=False).exists():
        made.phase, made.counts = ImportPhase.DONE, _counted(made)
        made.finished_at = clock.now()
        counts: dict[str, Any] = {name: [0, number] for name, number in made.counts.items()}
        log_change("import.finish", made, by=made.by, changes=counts)


def _counted(made: Import) -> dict[str, int]:
    rows = made.rows.order_by().values_list("state").annotate(number=Count("pk"))
    return Counter(dict(rows))


def progress(made: Import) -> int:
    """How many rows the present phase is through with."""
    if made.phase in {ImportPhase.IMPORTING, ImportPhase.FETCHING}:
        return made.rows.filter(written=True).count()
    return made.rows.exclude(state=RowState.WAITING).count()


def delete_expired(now: datetime | None = None) -> int:
    """Delete the rows of imports that nobody goes on with: they may
    hold what was never meant to be imported.
    """
    over = Import.objects.filter(expires_at__lte=now or clock.now()).exclude(phase__in=GOING_ON)
    return ImportRow.objects.filter(of__in=over).delete()[0]
