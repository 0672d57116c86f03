"""The dashboard's numbers as tables: each with the links to the lists
it counts, and with what of it a chart shows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.admin.claim_filters import ALL
from claims.admin.stored_words import as_shown
from claims.choices import Age, Due, SelectionDecision, Status, SuggestionState
from claims.desk import dashboard
from claims.desk.dashboard import Scope
from claims.intake import selection_log
from claims.intake.selection_filter import WITHOUT, SelectionFilter
from claims.intake.selection_log import FEW, NO_TOPIC, NOBODY
from claims.querysets.claims import UNFINISHED
from sources.choices import LinkState

MOST_ROWS = 20
BALANCE = ("claimants", "topics")
Text = str | Promise


@dataclass(frozen=True, slots=True)
class Cell:
    value: int | float | Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` hold a name and then the cells; `charted` is the column
    that the chart shows, 0 for none.
    """

    name: str
    title: Text
    columns: Sequence[Text]
    rows: Sequence[Sequence[Cell]]
    note: Text = ""
    charted: int = 1
    over_time: bool = False

    @property
    def chart(self) -> list[tuple[str, float]]:
        shown = [(str(row[0].value), row[self.charted].value) for row in self.rows]
        return [(name, value) for name, value in shown if isinstance(value, int | float)]


def backlog(scope: Scope) -> Table:
    columns = [_("Status"), _("Claims"), _("Overdue"), *(str(age.label) for age in Age)]
    rows = []
    for status, counted in sorted(dashboard.backlog(scope).items(), key=_place_of_status):
        number, late, *ages = counted
        rows.append(
            [
                Cell(Status(status).label),
                Cell(number, _claims(scope, status__exact=status)),
                Cell(late, _claims(scope, status__exact=status, due=Due.OVERDUE.value)),
                *(
                    Cell(each, _claims(scope, status__exact=status, age=age.value))
                    for age, each in zip(Age, ages, strict=True)
                ),
            ]
        )
    note = _("Unfinished claims today, by the days since they were received.")
    return Table("backlog", _("Backlog"), columns, rows, note)


def _place_of_status(row: tuple[str, Any]) -> int:
    return Status.values.index(row[0])


def turnaround(scope: Scope) -> Table:
    form = pgettext("date", "M Y") if scope.by_month else pgettext("date", "j M")
    columns = [_("From"), _("Median hours"), _("Claims")]
    rows = [
        [
            Cell(formats.date_format(day, form)),
            Cell(round(hours, 1)),
            Cell(number, _published(scope, *dashboard.days_of(scope, day))),
        ]
        for day, number, hours in dashboard.turnaround(scope)
    ]
    note = _("From the moment a claim was received until its first verdict was published.")
    title = _("Time to publication")
    return Table("turnaround", title, columns, rows, note, over_time=True)


def load(scope: Scope) -> Table:
    rows = [
        [
            Cell(str(person)),
            Cell(number, _claims(scope, **of, status__exact=UNFINISHED)),
            Cell(late, _claims(scope, **of, due=Due.OVERDUE.value)),
        ]
        for person, number, late in dashboard.load(scope)
        for of in [{"assignee__id__exact": person.pk}]
    ]
    columns = [_("Person"), _("Unfinished"), _("Overdue")]
    return Table("load", _("Work per person"), columns, rows, _("Claims assigned today."))


def reliability(scope: Scope) -> Table:
    found = dashboard.reliability(scope)
    rate = found.per_hundred
    rows = [
        [
            Cell(_("verdicts published")),
            Cell(found.published, _published(scope, scope.first, scope.last)),
        ],
        [Cell(_("corrections published")), Cell(found.corrected)],
        [Cell(_("retractions")), Cell(found.retracted)],
        [Cell(_("corrections per 100 verdicts")), Cell("" if rate is None else round(rate, 1))],
    ]
    note = _few(found.published)
    columns = [_("In the period"), _("Number")]
    return Table("corrections", _("Corrections"), columns, rows, note, charted=0)


def link_health(scope: Scope) -> Table:
    list_of = "admin:sources_link_changelist"
    rows = [
        [
            Cell(LinkState(state).label),
            Cell(number, _list(list_of, scope, {"state__exact": state, "cited": "published"})),
        ]
        for state, number in dashboard.link_health(scope)
    ]
    note = _("Links that published verdicts cite, today.")
    return Table("links", _("Cited links"), [_("State"), _("Links")], rows, note)


def balance(scope: Scope, selection: SelectionFilter) -> Iterator[Table]:
    """Who and what is selected for checking, of what was offered."""
    counted = selection_log.totals(scope.user, selection)
    claimants, topics = BALANCE
    by_claimant = [
        (name, decisions, _log(selection, claimant=f'"{"" if name == NOBODY else name}"'))
        for name, decisions in counted.claimants[:MOST_ROWS]
    ]
    by_topic = [
        (name, decisions, _log(selection, topic=WITHOUT if name == NO_TOPIC else name))
        for name, decisions in counted.topics[:MOST_ROWS]
    ]
    yield _selected(claimants, _("Selection by claimant"), by_claimant)
    yield _selected(topics, _("Selection by topic"), by_topic)


def _selected(
    name: str,
    title: str,
    counted: Sequence[tuple[str, Mapping[str, int], str]],
) -> Table:
    rows = []
    for of, decisions, log in counted:
        offered = sum(decisions.values())
        taken = decisions.get(SelectionDecision.ACCEPTED, 0)
        share = round(100 * taken / offered)
        rows.append(
            [
                Cell(as_shown(of)),
                Cell(offered, log),
                Cell(taken, f"{log}&decision={SelectionDecision.ACCEPTED.value}"),
                Cell(share),
                Cell(_few(offered)),
            ]
        )
    columns = [_("Name"), _("Offered"), _("Selected"), _("Per cent"), ""]
    return Table(name, title, columns, rows)


def acceptance(scope: Scope) -> Table:
    rows = []
    for row in dashboard.acceptance(scope):
        accepted, declined = int(row["accepted"]), int(row["declined"])
        decided = accepted + declined
        share = round(100 * accepted / decided) if decided else 0
        name = f"{as_shown(row['band'])} ({row['extractor']} {row['extractor_version']})"
        rows.append(
            [
                Cell(name),
                Cell(share),
                Cell(accepted, _suggestions(scope, row, SuggestionState.ACCEPTED)),
                Cell(declined, _suggestions(scope, row, SuggestionState.DECLINED)),
                Cell(_few(decided)),
            ]
        )
    columns = [_("Score"), _("Per cent accepted"), _("Accepted"), _("Declined"), ""]
    note = _("Suggestions of articles received in the period.")
    return Table("acceptance", _("Suggestions accepted"), columns, rows, note)


def repeated(scope: Scope) -> Table:
    found = dashboard.repeated(scope)
    rows = [[Cell(claimant), Cell(number)] for claimant, number in found[:MOST_ROWS]]
    columns = [_("Claimant"), _("Repetitions")]
    return Table("repeated", _("Repeated claims"), columns, rows, _("Confirmed in the period."))


def _few(number: int) -> str:
    return "" if number >= FEW else _("few: may be chance")


def _claims(scope: Scope, **asked: Any) -> str:
    return _list("admin:claims_claim_changelist", scope, asked)


def _published(scope: Scope, first: date, last: date) -> str:
    # Those that were retracted since count too.
    return _claims(scope, status__exact=ALL, published_from=first, published_to=last)


def _suggestions(scope: Scope, row: Mapping[str, Any], state: SuggestionState) -> str:
    asked = {
        "state__exact": state.value,
        "score": row["band"],
        "extractor": f"{row['extractor']} {row['extractor_version']}",
        "received_from": scope.first,
        "received_to": scope.last,
    }
    return _list("admin:claims_suggestion_changelist", scope, asked)


def _log(selection: SelectionFilter, **asked: str) -> str:
    days: dict[str, Any] = {"first": selection.first, "last": selection.last}
    desk = {"desk": selection.desk.pk} if selection.desk else {}
    query = urlencode({**days, **desk, **asked})
    return f"{reverse('admin:claims_suggestion_selection_log')}?{query}"


def _list(name: str, scope: Scope, asked: dict[str, Any]) -> str:
    """The list, narrowed like the number; empty where it would show
    more: who reads the claims of other desks too chooses one desk.
    """
    if len(scope.desks) == 1:
        asked["desk"] = next(iter(scope.desks))
    elif scope.desks != dashboard.desks_read(scope.user):
        return ""
    return f"{reverse(name)}?{urlencode(asked, doseq=True)}"


_BUILDERS: dict[str, Callable[[Scope], Table]] = {
    "backlog": backlog,
    "turnaround": turnaround,
    "load": load,
    "corrections": reliability,
    "links": link_health,
    "acceptance": acceptance,
    "repeated": repeated,
}


def all_of(scope: Scope, selection: SelectionFilter) -> Iterator[Table]:
    for build in _BUILDERS.values():
        yield build(scope)
    yield from balance(scope, selection)


def named(name: str, scope: Scope, selection: SelectionFilter) -> Table | None:
    """One of them alone: a file needs no other number."""
    if name in _BUILDERS:
        return _BUILDERS[name](scope)
    if name not in BALANCE:
        return None
    return next(table for table in balance(scope, selection) if table.name == name)
