"""The selection ledger: what the desk did with everything that was offered to it, an article's
sentence or a claim by hand.

A suggestion and the claim made of it are one offer. Its decision is the last word: an accepted one
whose claim was declined afterwards counts as declined, with that reason.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateTimeField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from claims.choices import Action, SelectionDecision, Status, SuggestionState
from claims.models import Claim, Suggestion, Transition
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where

COLUMNS = (
    "at",
    "offer",
    "row",
    "decision",
    "reason",
    "words",
    "claimant_name",
    "about",
    "found_in",
    "article_row",
    "claim_row",
    "decider",
    "desk_name",
)
NOBODY, NO_TOPIC = "nobody named", "no topic"
_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # the last four are full width
Row = dict[str, Any]
Place = tuple[datetime, str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the ledger somebody wants to see; empty is everything. Both dates count."""

    desk: Desk | None = None
    decision: str = ""
    reason: str = ""
    claimant: str = ""
    topic: str = ""
    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise ValidationError({"last": "The last day comes after the first."})
        for name, day in (("first", self.first), ("last", self.last)):
            if day and not 1900 <= day.year < 3000:
                raise ValidationError({name: "Choose a day between 1900 and 2999."})

    def lookups(self) -> dict[str, Any]:
        """From the first minute of the first day to before the day after the last, where the desk
        is.
        """
        zone = ZoneInfo(self.desk.time_zone if self.desk else "UTC")
        found = {
            "desk_row": self.desk and self.desk.pk,
            "decision": self.decision,
            "reason": self.reason,
            "claimant_name__icontains": self.claimant.strip(),
            "about": self.topic.strip(),
            "at__gte": self.first and datetime.combine(self.first, time.min, zone),
            "at__lt": self.last and datetime.combine(self.last, time.min, zone) + timedelta(days=1),
        }
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts by decision, of all, for each claimant and each topic: what a desk tells about its
    choices once a year.
    """

    decisions: dict[str, int]
    claimants: list[tuple[str, dict[str, int]]]
    topics: list[tuple[str, dict[str, int]]]


def ledger(user: User, asked: Asked, *, after: Place | None = None) -> QuerySet[Any, Any]:
    """The rows this person may see, newest first; `after` is where a page of the API goes on."""
    first, second = (
        side.filter(_beyond(after, offer)) if after else side for offer, side in _sides(user, asked)
    )
    return (
        first.values(*COLUMNS)
        .union(second.values(*COLUMNS), all=True)
        .order_by("-at", "offer", "-row")
    )


def totals(user: User, asked: Asked) -> Totals:
    decisions: Counter[str] = Counter()
    claimants: dict[str, Counter[str]] = {}
    topics: dict[str, Counter[str]] = {}
    for _, side in _sides(user, asked):
        for decision, claimant_name, about, number in (
            side.order_by()
            .values_list("decision", "claimant_name", "about")
            .annotate(number=Count("pk"))
        ):
            decisions[decision] += number
            claimants.setdefault(claimant_name or NOBODY, Counter())[decision] += number
            topics.setdefault(about or NO_TOPIC, Counter())[decision] += number
    return Totals(
        {value: decisions[value] for value in SelectionDecision.values},
        _ranked(claimants),
        _ranked(topics),
    )


def _ranked(counted: dict[str, Counter[str]]) -> list[tuple[str, dict[str, int]]]:
    most = sorted(counted.items(), key=lambda item: (-item[1].total(), item[0]))
    return [
        (name, {value: count[value] for value in SelectionDecision.values}) for name, count in most
    ]


def as_csv(rows: QuerySet[Any, Any]) -> Iterator[str]:
    """Line by line. A cell that a spreadsheet would take for a formula gets an apostrophe before
    it.
    """
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    names = (
        "at",
        "offer",
        "decision",
        "reason",
        "words",
        "claimant_name",
        "about",
        "found_in",
        "decider",
        "desk_name",
    )
    yield writer.writerow(
        (
            "when",
            "offer",
            "decision",
            "reason",
            "text",
            "claimant",
            "topic",
            "article",
            "by",
            "desk",
        )
    )
    for row in rows.iterator():
        yield writer.writerow([plain_cell(row[name]) for name in names])


def totals_csv(found: Totals) -> Iterator[str]:
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield writer.writerow(("by", "name", *SelectionDecision.values))
    for kind, lines in (("claimant", found.claimants), ("topic", found.topics)):
        for name, counts in lines:
            yield writer.writerow((kind, plain_cell(name), *counts.values()))


def plain_cell(value: Any) -> str:
    text = value.isoformat() if isinstance(value, datetime) else str(value or "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


class _Echo:
    """A file that hands back the line it is given."""

    def write(self, line: str) -> str:
        return line


def _beyond(after: Place, offer: str) -> Q:
    at, last_offer, row = after
    same = Q(row__lt=row) if offer == last_offer else Q() if offer > last_offer else Q(pk__in=[])
    return Q(at__lt=at) | (Q(at=at) & same)


def _sides(user: User, asked: Asked) -> tuple[tuple[str, QuerySet[Any, Any]], ...]:
    desks = desks_where(user, "selection_log.view")
    if not desks:
        raise PermissionDenied(
            "Editors and auditors read what their desk selected. Ask an admin for that role."
        )
    suggestions = Suggestion.objects.visible_to(user).filter(article__desk__in=desks)
    by_hand = Claim.objects.visible_to(user).filter(desk__in=desks, suggestion=None)
    sides = (("claim", _of_claims(by_hand)), ("suggestion", _of_suggestions(suggestions)))
    return tuple((offer, side.filter(**asked.lookups())) for offer, side in sides)


def _declined(claim: str, value: Any) -> Subquery:
    """Something about the last time this claim was declined."""
    moves = Transition.objects.filter(claim=OuterRef(claim), action=Action.DECLINE).order_by(
        "-number"
    )
    return Subquery(moves.annotate(wanted=value).values("wanted")[:1])


def _text(value: Any) -> Cast:
    """One type on both sides of the union, whatever the length of its column."""
    return Cast(
        Coalesce(Cast(value, TextField()), Value("", output_field=TextField())), TextField()
    )


def _first(*values: str) -> Coalesce:
    return Coalesce(*(Cast(F(value), TextField()) for value in values))


def _of_suggestions(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    declined = Q(claim__status=Status.DECLINED)
    passed = Q(state=SuggestionState.PROPOSED, done__isnull=False)
    decision = Case(
        When(declined, then=Value(SelectionDecision.DECLINED.value)),
        When(passed, then=Value(SelectionDecision.PASSED_OVER.value)),
        When(state=SuggestionState.PROPOSED, then=Value(SelectionDecision.UNDECIDED.value)),
        default=Cast(F("state"), TextField()),
        output_field=TextField(),
    )
    reason = Case(
        When(declined, then=_declined("claim__pk", KT("data__reason"))),
        default=Cast(F("decline_reason"), TextField()),
        output_field=TextField(),
    )
    by = Case(
        When(declined, then=_declined("claim__pk", F("by__username"))),
        When(passed, then=F("done__by__username")),
        default=F("decided_by__username"),
        output_field=TextField(),
    )
    at = Case(
        When(declined, then=_declined("claim__pk", F("at"))),
        When(passed, then=F("done__at")),
        default=Coalesce("decided_at", "extraction__created_at"),
        output_field=DateTimeField(),
    )
    told: QuerySet[Any, Any] = rows.order_by().annotate(
        at=at,
        offer=_text(Value("suggestion")),
        row=F("pk"),
        decision=_text(decision),
        reason=_text(reason),
        words=_text(_first("claim__text", "text")),
        claimant_name=_text(
            _first("checked_in__claimant__name", "claim__claimant__name", "speaker")
        ),
        about=_text(_first("checked_in__topic__name", "claim__topic__name")),
        found_in=_text(_first("article__title", "article__url")),
        article_row=F("article_id"),
        claim_row=Coalesce("claim__pk", "checked_in_id"),
        decider=_text(by),
        desk_name=_text(F("article__desk__name")),
        desk_row=F("article__desk_id"),
    )
    return told


def _of_claims(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    declined = Q(status=Status.DECLINED)
    decision = Case(
        When(declined, then=Value(SelectionDecision.DECLINED.value)),
        default=Value(SelectionDecision.ACCEPTED.value),
        output_field=TextField(),
    )
    reason = Case(
        When(declined, then=_declined("pk", KT("data__reason"))),
        default=Value(""),
        output_field=TextField(),
    )
    by = Case(
        When(declined, then=_declined("pk", F("by__username"))),
        default=F("created_by__username"),
        output_field=TextField(),
    )
    at = Case(
        When(declined, then=_declined("pk", F("at"))),
        default=F("created_at"),
        output_field=DateTimeField(),
    )
    told: QuerySet[Any, Any] = rows.order_by().annotate(
        at=at,
        offer=_text(Value("claim")),
        row=F("pk"),
        decision=_text(decision),
        reason=_text(reason),
        words=_text(F("text")),
        claimant_name=_text(F("claimant__name")),
        about=_text(F("topic__name")),
        found_in=_text(Value("")),
        article_row=Cast(Value(None), BigIntegerField()),
        claim_row=F("pk"),
        decider=_text(by),
        desk_name=_text(F("desk__name")),
        desk_row=F("desk_id"),
    )
    return told


def told(row: Row) -> Row:
    """A row as a file or a client of the API is given it."""
    names = {
        "offer": "offer",
        "decision": "decision",
        "reason": "reason",
        "words": "text",
        "claimant_name": "claimant",
        "about": "topic",
        "found_in": "article",
        "decider": "by",
        "desk_name": "desk",
    }
    return {"at": row["at"].isoformat(), **{name: row[column] for column, name in names.items()}}
