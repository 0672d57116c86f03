"""Exports that a worker makes: ordered by a person, gathered in steps,
packed, and kept for some days.
"""

import shutil
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import ExportKind
from claims.exchange.audit_pack.packing import pack_audit
from claims.exchange.audit_pack.period import AuditPeriod
from claims.exchange.audit_pack.rows import Pack
from claims.exchange.desk_export.archive import Archive, digest_of
from claims.exchange.desk_export.collecting import Part, Place, Step, collect, expected
from claims.exchange.desk_export.packing import counted, pack, record
from claims.exchange.desk_export.sections import SECTIONS
from claims.models import DeskExport
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change, object_id_of
from factcheck.ledger.due_work import (
    WORK_FIELDS,
    JobState,
    PermanentWorkError,
    renew,
    request,
    run_due,
)
from factcheck.ledger.models import AuditEntry
from factcheck.ledger.nudge import nudge
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may_on_desk
from sources.filestore import file_store

# Well within the time limit of a task and of a lease.
STEP_SECONDS = 20.0
UNFINISHED = (JobState.WAITING, JobState.RUNNING)
# What is in the folder of an export lies beside the files it holds, so it is on the
# disk that has room for them.
FOLDER = "exports"


@dataclass(frozen=True, slots=True)
class Packed:
    file: str
    size: int
    sha256: str
    counts: dict[str, int]


def order(desk: Desk, *, by: User, audit: AuditPeriod | None = None) -> DeskExport:
    """Have an export made, or the audit pack of a period. The same one
    that is being made for the same person already is the answer to a
    second press.
    """
    if not may_on_desk(by, "claim.export", desk.pk):
        raise PermissionDenied(
            _("Only editors and auditors of %(desk)s export it. Ask one of them.") % {"desk": desk}
        )
    with transaction.atomic():
        # The lock of the person: of two clicks the second finds the first one's row.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        asked = audit.asked() if audit else {"kind": ExportKind.DESK}
        waiting = DeskExport.objects.filter(desk=desk, by=by, job_state__in=UNFINISHED, **asked)
        if same := waiting.first():
            return same
        now = clock.now()
        made = DeskExport(desk=desk, by=by, made_at=now, expires_at=now + _kept(), **asked)
        request(made)
        made.save()
        log_change("audit_pack.order" if audit else "desk_export.order", made, by=by)
        nudge(DeskExport.task_name, made.pk)
    return made


def _kept() -> timedelta:
    return timedelta(days=settings.EXPORT_DAYS)


def again(made: DeskExport, *, by: User) -> None:
    """Go on with one that stopped."""
    with transaction.atomic():
        rows = DeskExport.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
        locked = rows.get(pk=made.pk)
        if locked.job_state == JobState.FAILED:
            request(locked)
            locked.save(update_fields=WORK_FIELDS)
            log_change("job.retry", locked, by=by)
            nudge(DeskExport.task_name, locked.pk)


def work(pk: int, *, takeover: bool = False) -> None:
    """One step, or the packing after the last one. The next is due at once."""
    run_due(DeskExport, pk, prepare=_prepared, store=_stored, takeover=takeover)


def _prepared(made: DeskExport) -> Step | Packed:
    if not may_on_desk(made.by, "claim.export", made.desk_id):
        raise PermanentWorkError("Who ordered this export may not export this desk any more.")
    folder = folder_of(made)
    if made.section is None:
        return _packed(made, folder)
    sections = _audited(made).sections if made.kind == ExportKind.AUDIT else SECTIONS
    if made.expected is None:
        made.expected = expected(made.desk, sections)
    end = time.monotonic() + STEP_SECONDS
    place = Place(made.section, made.last_key)
    return collect(made.desk, folder, place, over=lambda: time.monotonic() > end, sections=sections)


def _audited(made: DeskExport) -> Pack:
    return Pack(made.desk, made.first_date, made.last_date, made.by)


def _packed(made: DeskExport, folder: Path) -> Packed:
    path = folder / f"{uuid.uuid4().hex}.zip"
    parts = [(member, file) for member, file in made.parts]
    with path.open("w+b") as target:
        with closing(Archive(target, alive=_renewing(made))) as archive:
            counts = _counted(made, folder, parts, archive)
        size = target.tell()
        target.seek(0)
        digest = digest_of(target)
    return Packed(path.name, size, digest, counts)


def _counted(made: DeskExport, folder: Path, parts: list[Part], archive: Archive) -> dict[str, int]:
    if made.kind == ExportKind.AUDIT:
        return pack_audit(_audited(made), folder, parts, archive, language=made.language)
    return pack(made.desk, folder, parts, archive)


def _renewing(made: DeskExport) -> Callable[[], None]:
    """Packing a large desk takes longer than a lease."""
    last = time.monotonic()

    def alive() -> None:
        nonlocal last
        if time.monotonic() - last > settings.LEASE_SECONDS / 3 and made.lease_token:
            last = time.monotonic()
            renew(DeskExport, [made.pk], made.lease_token)

    return alive


def _stored(made: DeskExport, result: Step | Packed) -> None:
    if isinstance(result, Packed):
        made.file, made.size, made.sha256 = result.file, result.size, result.sha256
        made.counts, made.parts = result.counts, []
        made.finished_at = clock.now()
        made.expires_at = made.finished_at + _kept()
        if made.kind == ExportKind.AUDIT:
            changes = counted(result.counts)
            log_change("desk.audit_pack", made.desk, by=made.by, changes=changes)
        else:
            record(made.desk, result.counts, by=made.by)
        transaction.on_commit(partial(_tidy, folder_of(made), made.file), robust=True)
    else:
        made.parts += [list(part) for part in result.parts]
        made.rows += result.rows
        made.section = result.place.section if result.place else None
        made.last_key = result.place.last_key if result.place else 0
        # A step that was made is no failed attempt, however many an export needs.
        request(made)
        nudge(DeskExport.task_name, made.pk)
    made.save()


def _tidy(folder: Path, kept: str) -> None:
    """Leave the file alone of what steps and killed workers wrote."""
    for path in folder.iterdir():
        if path.name != kept:
            path.unlink(missing_ok=True)


def folder_of(made: DeskExport) -> Path:
    return Path(file_store().path(f"{FOLDER}/{made.public_id}"))


def downloadable(made: DeskExport) -> bool:
    return made.finished_at is not None and made.expires_at > clock.now()


def file_of(made: DeskExport) -> Path:
    return folder_of(made) / made.file


def downloaded(made: DeskExport, *, by: User, whole: bool) -> None:
    """Put on record who took it: all of a desk leaves the house. Of
    parts the first: whoever goes on with a download is on record.
    """
    before = AuditEntry.objects.filter(
        object_type=made._meta.label_lower,
        object_id=object_id_of(made),
        action="desk_export.download",
    )
    if whole or not before.filter(actor_id=by.pk).exists():
        with transaction.atomic():
            log_change("desk_export.download", made, by=by)


def delete_expired() -> int:
    """Delete the files of exports whose time is over, and of those that
    nobody went on with.
    """
    over = DeskExport.objects.filter(expires_at__lte=clock.now()).exclude(job_state__in=UNFINISHED)
    deleted = 0
    # The folder goes first: a row that forgot it would leave it behind for good.
    for made in over.exclude(file="", parts=[]):
        shutil.rmtree(folder_of(made), ignore_errors=True)
        made.file, made.parts = "", []
        # One that stopped half-way begins anew when it is run again.
        made.section, made.last_key, made.rows = 0, 0, 0
        made.save(update_fields=["file", "parts", "section", "last_key", "rows"])
        deleted += 1
    return deleted
