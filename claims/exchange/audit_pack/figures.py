"""The tables of a pack, counted from its lines."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claims.choices import Category, DeclineReason, SelectionDecision
from claims.intake.selection_log import FEW
from claims.querysets.verdicts import RETRACTION
from factcheck.newsroom.choices import PEOPLE_ROLES, Role
from factcheck.newsroom.models import Desk, Membership

Json = dict[str, Any]
# What the CSV tables say where nothing is written, so not translated.
NOT_RECORDED = "not recorded"
BALANCE_COLUMNS = ("by", "name", "offered", *SelectionDecision.values[1:], "per_cent", "note")
# As CSV files have them; the pages of a pack say the same in its language.
FEW_NOTE = "few: may be chance"


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """What was decided of all that was offered under one name."""

    name: str
    decisions: Counter[str]

    @property
    def offered(self) -> int:
        return self.decisions.total()

    @property
    def per_cent(self) -> int:
        return round(100 * self.decisions[SelectionDecision.ACCEPTED] / self.offered)

    @property
    def is_few(self) -> bool:
        return self.offered < FEW


def balances(decisions: Iterable[Json], by: str) -> list[Balance]:
    """By affiliation or topic, the most offered first; by month, in order."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for one in decisions:
        counted[one[by]][one["decision"]] += 1
    rows = [Balance(name, counts) for name, counts in counted.items()]
    if by == "month":
        return sorted(rows, key=lambda row: row.name)
    return sorted(rows, key=lambda row: (-row.offered, row.name))


def balance_table(title: str, rows: Sequence[Balance]) -> Table:
    columns = [
        _("Name"),
        _("Offered"),
        _("Selected"),
        _("Declined"),
        _("Already checked"),
        _("Passed over"),
        _("Per cent selected"),
        _("Note"),
    ]
    return Table(
        title,
        columns,
        [
            [
                row.name or _("not recorded"),
                row.offered,
                *(row.decisions[decision] for decision in SelectionDecision.values[1:]),
                row.per_cent,
                _("few: may be chance") if row.is_few else "",
            ]
            for row in rows
        ],
    )


def balance_lines(by: str, rows: Iterable[Balance]) -> Iterable[Sequence[Any]]:
    for row in rows:
        counts = (row.decisions[decision] for decision in SelectionDecision.values[1:])
        note = FEW_NOTE if row.is_few else ""
        yield (by, row.name or NOT_RECORDED, row.offered, *counts, row.per_cent, note)


def reasons(decisions: Iterable[Json]) -> Table:
    """Why claims were declined, by whose they are."""
    declined = SelectionDecision.DECLINED
    counted = Counter(
        (one["reason"], one["affiliation"]) for one in decisions if one["decision"] == declined
    )
    labels = dict(DeclineReason.choices)
    rows = [
        [str(labels.get(reason, reason)), affiliation or _("not recorded"), number]
        for (reason, affiliation), number in sorted(
            counted.items(), key=lambda item: (-item[1], item[0])
        )
    ]
    return Table(_("Why claims were declined"), [_("Reason"), _("Affiliation"), _("Number")], rows)


def verdicts_by(title: str, verdicts: Iterable[Json], name: Callable[[Json], str]) -> Table:
    counted = Counter(name(one) for one in verdicts)
    rows = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    total = counted.total()
    return Table(
        title,
        [_("Name"), _("Verdicts")],
        [[key or _("not recorded"), number] for key, number in rows],
        _("few: may be chance") if total < FEW else "",
    )


def ratings(verdicts: Iterable[Json]) -> Table:
    """Those that were given, with what each means, as it was signed."""
    meant = {(one["rating"], one["definition"]): None for one in verdicts}
    return Table(_("Ratings in use"), [_("Rating"), _("Meaning")], sorted(map(list, meant)))


def change_labels() -> dict[str, str]:
    return {
        **{category.value: str(category.label) for category in Category},
        RETRACTION: _("Retraction"),
    }


def changes(kinds: Counter[str], verdicts: int) -> Table:
    labels = change_labels()
    rows: list[list[Any]] = [[labels[kind], kinds[kind]] for kind in labels if kinds[kind]]
    if verdicts:
        corrected = kinds.total() - kinds[RETRACTION]
        rate = round(100 * corrected / verdicts, 1)
        rows.append([_("corrections per 100 verdicts"), rate])
    note = _("few: may be chance") if verdicts < FEW else ""
    return Table(_("Corrections and retractions"), [_("Kind"), _("Number")], rows, note)


def roles(desk: Desk) -> list[tuple[Role, int]]:
    """(role, people who hold it today): numbers, no names."""
    counted = Counter(Membership.objects.current().filter(desk=desk).values_list("role", flat=True))
    return [(role, counted[role]) for role in PEOPLE_ROLES if counted[role]]


def signers(verdicts: Iterable[Json]) -> list[tuple[str, int, int]]:
    """(name, checked, approved) of those whose names readers have."""
    checked, approved = Counter[str](), Counter[str]()
    for one in verdicts:
        checked[one["author"]] += 1
        approved[one["approver"]] += 1
    names = sorted(checked.keys() | approved.keys())
    return [(name, checked[name], approved[name]) for name in names]
