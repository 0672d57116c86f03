"""From gathered lines to the ZIP of a pack: pages that a browser opens
without a network, and tables for a spreadsheet.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.exchange.audit_pack import figures
from claims.exchange.audit_pack.criteria import Criterion, criteria, missing_statements
from claims.exchange.audit_pack.figures import Json, Table
from claims.exchange.audit_pack.rows import CHANGES, SELECTION, VERDICTS, Pack
from claims.exchange.desk_export.archive import Archive
from claims.exchange.desk_export.collecting import Part
from claims.models import Methodology
from factcheck.ledger import clock
from factcheck.ledger.canonical_json import canonical_json
from factcheck.newsroom.csv_lines import csv_line
from factcheck.newsroom.languages import of_rows

KIND, SCHEMA = "factcheck.audit-pack", 1
TEMPLATES = "claims/audit_pack"
VERDICT_COLUMNS = (
    "published", "rating", "claim", "claimant", "affiliation", "topic", "language", "sources",
    "independent_sources", "replies", "author", "approver", "version", "address",
)  # fmt: skip
CHANGE_COLUMNS = ("day", "kind", "claim", "reason", "address")
SELECTION_COLUMNS = ("month", "decision", "reason", "affiliation", "topic")


@dataclass(frozen=True, slots=True)
class _Gathered:
    """All lines of a pack."""

    pack: Pack
    verdicts: list[Json]
    changes: list[Json]
    decisions: list[Json]

    @property
    def by_month(self) -> dict[str, list[Json]]:
        months: dict[str, list[Json]] = defaultdict(list)
        for one in self.verdicts:
            months[one["published"][:7]].append(one)
        return dict(sorted(months.items()))

    @property
    def kinds(self) -> Counter[str]:
        return Counter(one["kind"] for one in self.changes)


def pack_audit(
    pack: Pack, folder: Path, parts: Iterable[Part], archive: Archive, *, language: str
) -> dict[str, int]:
    """Returns how many there are of each."""
    lines: dict[str, list[Json]] = defaultdict(list)
    for member, file in parts:
        with (folder / file).open(encoding="utf-8") as source:
            lines[member] += map(json.loads, source)
    gathered = _Gathered(
        pack,
        sorted(lines[VERDICTS], key=lambda one: (one["published"], one["address"])),
        sorted(lines[CHANGES], key=lambda one: (one["day"], one["address"])),
        # By all that a line says: the order of keys would tell which belong together.
        sorted(lines[SELECTION], key=lambda one: [one[name] for name in SELECTION_COLUMNS]),
    )
    with translation.override(language):
        _add_pages(archive, gathered, language)
    with of_rows():
        for name, table in _tables(gathered):
            archive.lines(name, map(csv_line, table))
    counts = {
        "verdicts": len(gathered.verdicts),
        "changes": len(gathered.changes),
        "decisions": len(gathered.decisions),
        "missing_texts": len(missing_statements()),
    }
    manifest = {
        "kind": KIND,
        "schema": SCHEMA,
        "desk": {"id": pack.desk.public_id, "name": pack.desk.name},
        "first": pack.first,
        "last": pack.last,
        "language": language,
        "made_at": clock.now(),
        "counts": counts,
        "sha256": archive.hashes,
    }
    archive.lines("manifest.json", [canonical_json(manifest)])
    return counts


def _add_pages(archive: Archive, gathered: _Gathered, language: str) -> None:
    asked = criteria()
    shared = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "desk": gathered.pack.desk.name,
        "first": gathered.pack.first,
        "last": gathered.pack.last,
        "made_at": clock.now(),
        "language": language,
        "criteria": asked,
        "months": [
            (date_format(_first_day(month), "F Y"), f"verdicts-{month}.html", len(rows))
            for month, rows in gathered.by_month.items()
        ],
    }

    def add(name: str, template: str, **values: Any) -> None:
        page = render_to_string(f"{TEMPLATES}/{template}", shared | values)
        archive.lines(name, [page])

    add("style.css", "style.css")
    add("index.html", "index.html", missing=missing_statements())
    for criterion in asked:
        tables = _of_criterion(criterion, gathered)
        add(criterion.file, "criterion.html", criterion=criterion, tables=tables)
    for month, rows in gathered.by_month.items():
        title = date_format(_first_day(month), "F Y")
        add(f"verdicts-{month}.html", "verdicts.html", month=title, verdicts=rows)
        archive.alive()
    kinds = figures.change_labels()
    changes = [one | {"label": kinds[one["kind"]]} for one in gathered.changes]
    add("corrections.html", "corrections.html", changes=changes)


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _of_criterion(criterion: Criterion, gathered: _Gathered) -> list[Table]:
    """The figures that stand on its page."""
    verdicts, decisions = gathered.verdicts, gathered.decisions
    match criterion.number:
        case 1:
            titles = {
                "affiliation": _("Selection by affiliation"),
                "topic": _("Selection by topic"),
                "month": _("Selection by month"),
            }
            return [
                *(
                    figures.balance_table(title, figures.balances(decisions, by))
                    for by, title in titles.items()
                ),
                figures.reasons(decisions),
                figures.verdicts_by(
                    _("Verdicts by affiliation and rating"),
                    verdicts,
                    lambda one: f"{one['affiliation'] or _('not recorded')}: {one['rating']}",
                ),
            ]
        case 2:
            return [
                figures.verdicts_by(
                    _("Verdicts by number of independent sources"),
                    verdicts,
                    lambda one: str(one["independent_sources"]),
                )
            ]
        case 3:
            return _people(gathered)
        case 4:
            return [figures.ratings(verdicts)]
        case _:
            return [figures.changes(gathered.kinds, len(verdicts))]


def _people(gathered: _Gathered) -> list[Table]:
    held = figures.roles(gathered.pack.desk)
    names = figures.signers(gathered.verdicts)
    return [
        Table(
            _("Roles"),
            [_("Role"), _("People")],
            [[str(role.label), number] for role, number in held],
            _("Today, on this desk. One person may hold several."),
        ),
        Table(
            _("Who signed the verdicts of the period"),
            [_("Name"), _("Checked"), _("Approved")],
            [list(row) for row in names],
            _("As readers see the names on each verdict."),
        ),
    ]


def _tables(gathered: _Gathered) -> Iterator[tuple[str, Iterator[Sequence[Any]]]]:
    """(file, lines with their head) of each CSV file."""
    yield "verdicts.csv", _table(VERDICT_COLUMNS, gathered.verdicts)
    yield "corrections.csv", _table(CHANGE_COLUMNS, gathered.changes)
    yield "selection.csv", _table(SELECTION_COLUMNS, gathered.decisions)
    yield "balance.csv", _balance(gathered.decisions)
    yield "methodology.csv", _methodology()
    yield "people.csv", _roles(gathered)


def _table(columns: Sequence[str], rows: Iterable[Json]) -> Iterator[Sequence[Any]]:
    yield columns
    yield from ([row[name] for name in columns] for row in rows)


def _balance(decisions: Sequence[Json]) -> Iterator[Sequence[Any]]:
    yield figures.BALANCE_COLUMNS
    for by in ("affiliation", "topic", "month"):
        yield from figures.balance_lines(by, figures.balances(decisions, by))


def _methodology() -> Iterator[Sequence[Any]]:
    yield ("version", "in_force_from", "address")
    rows = Methodology.objects.in_force(clock.now()).order_by("number")
    for number, begins in rows.values_list("number", "in_force_from"):
        path = reverse("claims:methodology_version", args=[number])
        yield number, begins, settings.SITE_URL + path


def _roles(gathered: _Gathered) -> Iterator[Sequence[Any]]:
    yield ("role", "people", "name", "checked", "approved")
    for role, number in figures.roles(gathered.pack.desk):
        yield role.value, number, "", "", ""
    for name, checked, approved in figures.signers(gathered.verdicts):
        yield "", "", name, checked, approved
