"""Bring an export to a desk: its claims as imported claims, its fact
checks of others as such, its files to the file store, and all else as
lines that go along with the next export.
"""

import uuid
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from claims.choices import ImportForm, ImportPhase, Origin
from claims.exchange.desk_export.sections import (
    CLAIMS,
    FACT_CHECKS,
    MEMBERS,
    fact_check_line,
)
from claims.exchange.desk_import.reading import ExportFile, document, opened_export
from claims.exchange.importing.claim_reviews import FIELDS_READ, ITEM
from claims.exchange.importing.row_values import Values, values_of
from claims.models import BroughtExport, BroughtRecord, Import, ImportedClaim, ImportedFactCheck
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.canonical_json import sha256
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may_on_desk
from sources.filestore import file_store

AT_ONCE = 500
Json = dict[str, Any]


def bring(desk: Desk, path: Path, *, by: User) -> tuple[BroughtExport, bool]:
    """Returns the export and whether anything was written. One that was
    cut off goes on; the same file once more changes nothing. Raises
    ExportFileError before anything is written.
    """
    if not may_on_desk(by, "fact_check.import", desk.pk):
        raise PermissionDenied(
            _("Only an editor of %(desk)s brings an export there. Ask one of them.")
            % {"desk": desk}
        )
    with opened_export(path) as file:
        file.check()
        brought = _begun(desk, file, by)
        if brought.finished_at:
            return brought, False
        store = file_store()
        for _name, _digest, content in file.stored_files():
            store.keep(content)
        # Each batch is written whole, and what is there already is passed over: after a
        # cut the same file is read again from its beginning.
        for member in MEMBERS:
            lines = file.lines(member)
            while batch := list(islice(lines, AT_ONCE)):
                _write(brought, member, batch)
        _finish(brought)
    return brought, True


def _begun(desk: Desk, file: ExportFile, by: User) -> BroughtExport:
    told, now = file.manifest, clock.now()
    with transaction.atomic():
        brought, new = BroughtExport.objects.get_or_create(
            desk=desk,
            manifest_sha256=told.sha256,
            defaults={
                "by": by,
                "desk_id_there": told.desk_id,
                "desk_name_there": told.desk_name,
                "made_at": told.made_at,
                "brought_at": now,
            },
        )
        if new:
            log_change("brought_export.begin", brought, by=by)
    return brought


def _write(brought: BroughtExport, member: str, lines: list[tuple[int, str]]) -> None:
    with transaction.atomic():
        if member == CLAIMS:
            fresh = _new(ImportedClaim.objects.filter(desk=brought.desk), lines)
            ImportedClaim.objects.bulk_create(
                _claim(brought, number, line) for line, number in fresh.items()
            )
        elif member == FACT_CHECKS:
            _write_fact_checks(brought, lines)
        else:
            of_member = BroughtRecord.objects.filter(desk=brought.desk, member=member)
            BroughtRecord.objects.bulk_create(
                BroughtRecord(
                    desk=brought.desk,
                    came_with=brought,
                    member=member,
                    digest=sha256(line),
                    document=line,
                )
                for line in _new(of_member, lines)
            )


def _new(rows: QuerySet[Any], lines: list[tuple[int, str]]) -> dict[str, int]:
    """Those lines that are not here yet, each once, with their numbers."""
    digests = {line: sha256(line) for _number, line in lines}
    known = set(rows.filter(digest__in=digests.values()).values_list("digest", flat=True))
    return {line: number for number, line in lines if digests[line] not in known}


def _claim(brought: BroughtExport, number: int, line: str) -> ImportedClaim:
    found = document(CLAIMS, number, line)
    claim, verdict = found["claim"], _last_published(found["verdicts"])
    return ImportedClaim(
        desk=brought.desk,
        came_with=brought,
        id_there=claim["id"][:64],
        newsroom=claim["desk"]["name"][:200] or brought.desk_name_there,
        text=claim["text"],
        claimant=_text(_object(claim.get("claimant")), "name")[:200],
        stated_date=_date(claim.get("stated_date")),
        appearance_url=claim["appearance"][:2000],
        language=claim["language"][:16],
        status=claim["status"][:16],
        rating=_text(_object(verdict.get("rating")), "name")[:200],
        short_answer=_text(verdict, "short_answer"),
        explanation=_text(verdict, "explanation"),
        published_at=_moment(_object(verdict.get("published")).get("at")),
        digest=sha256(line),
        document=line,
    )


def _last_published(verdicts: list[Any]) -> Json:
    found = [one for one in map(_object, verdicts) if one.get("published")]
    return found[-1] if found else {}


# Columns are read out of what somebody else wrote: what has another type says nothing.
def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _text(value: Json, name: str) -> str:
    text = value.get(name)
    return text if isinstance(text, str) else ""


def _date(text: Any) -> date | None:
    try:
        return parse_date(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _moment(text: Any) -> datetime | None:
    try:
        moment = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _write_fact_checks(brought: BroughtExport, lines: list[tuple[int, str]]) -> None:
    """As an import from a file would, each with whose it was there."""
    found = [(line, document(FACT_CHECKS, number, line)) for number, line in lines]
    keys = {sha256(str(one["address"])) for _line, one in found}
    there = list(ImportedFactCheck.objects.filter(desk=brought.desk, key__in=keys))
    known, parts = {fact_check_line(row) for row in there}, Counter(row.key for row in there)
    imports = {
        origin: _import_of(brought, origin) for origin in {_origin(one) for _line, one in found}
    }
    rows = []
    for line, one in found:
        if line in known or not (values := _values(one)):
            continue
        key = sha256(str(values["address"]))
        parts[key] += 1
        rows.append(
            ImportedFactCheck(
                desk=brought.desk,
                origin=_origin(one),
                key=key,
                part=parts[key],
                imported_by=brought.by,
                imported_at=brought.brought_at,
                came_with=imports[_origin(one)],
                **values,
            )
        )
    ImportedFactCheck.objects.bulk_create(rows)


def _values(found: Json) -> Values | None:
    """None where the import of a file would refuse it, too."""
    record = {name: str(found[name]) for name in FIELDS_READ if found.get(name)}
    if found.get("record"):
        record[ITEM] = found["record"]
    # A day in hand: somewhere it is tomorrow already.
    today = clock.now().date() + timedelta(days=1)
    mapping = {name: name for name in FIELDS_READ}
    defaults = {"publisher": "", "language": "", "day_order": ""}
    values, faults = values_of(record, mapping, defaults, today=today)
    return None if faults else values


def _origin(found: Json) -> str:
    known = found["origin"] in Origin.values
    return str(found["origin"]) if known else Origin.OTHER_NEWSROOM


def _import_of(brought: BroughtExport, origin: str) -> Import:
    """Which every imported fact check has: here the export it came in."""
    return Import.objects.get_or_create(
        public_id=uuid.uuid5(brought.public_id, origin),
        defaults={
            "desk": brought.desk,
            "by": brought.by,
            "name": brought.desk_name_there,
            "form": ImportForm.JSON_LINES,
            "origin": origin,
            "phase": ImportPhase.DONE,
            "job_state": "done",
            "made_at": brought.brought_at,
            "finished_at": brought.brought_at,
            "expires_at": brought.brought_at,
        },
    )[0]


def _finish(brought: BroughtExport) -> None:
    with transaction.atomic():
        brought.finished_at = clock.now()
        brought.counts = {
            "claims": brought.claims.count(),
            "records": brought.records.count(),
        }
        brought.save(update_fields=["finished_at", "counts"])
        changes = {name: [0, number] for name, number in brought.counts.items()}
        log_change("brought_export.finish", brought, by=brought.by, changes=changes)
