"""The selection log: every suggestion and manual claim offered to a
desk, and what was decided.

A suggestion and the claim made of it are one entry, with the latest
decision: an accepted suggestion whose claim was declined afterwards
counts as declined, with that reason.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
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
from django.utils.translation import gettext as _

from claims.choices import Action, SelectionDecision, Status, SuggestionState
from claims.intake.selection_filter import SelectionFilter
from claims.models import Claim, Suggestion, Transition
from factcheck.newsroom.csv_lines import csv_line
from factcheck.newsroom.models import User
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
    "chosen",
)
# Keys of the totals in the API and in the CSV file, so not translated.
NOBODY, NO_TOPIC = "nobody named", "no topic"
# A rate of fewer decisions says more about chance than about the desk.
FEW = 20
# Accepted as a suggestion, and its claim declined afterwards.
_DECLINED_LATER = Q(claim__status=Status.DECLINED, state=SuggestionState.ACCEPTED)
Row = dict[str, Any]
Place = tuple[datetime, str, int]  # at, offer and row of the last entry of a page


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts by decision: overall, for each claimant and for each
    topic, as in a yearly report.
    """

    decisions: dict[str, int]
    claimants: list[tuple[str, dict[str, int]]]
    topics: list[tuple[str, dict[str, int]]]


def entries(
    user: User, selection: SelectionFilter, *, after: Place | None = None
) -> QuerySet[Any, Any]:
    """The entries this person may see, newest first; `after` is the
    last one of the page before.
    """
    # Filtered before the union: Django refuses filter() on a combined query.
    first, second = (
        half.filter(_after_position(after, offer)) if after else half
        for offer, half in offers(user, selection).items()
    )
    return (
        first.values(*COLUMNS)
        .union(second.values(*COLUMNS), all=True)
        .order_by("-at", "offer", "-row")
    )


def totals(user: User, selection: SelectionFilter) -> Totals:
    """Counted in the database, one query for each part of the log."""
    decisions: Counter[str] = Counter()
    claimants: dict[str, Counter[str]] = {}
    topics: dict[str, Counter[str]] = {}
    suggestions, by_hand = _offered(user)
    # What was accepted and declined as a claim stands apart: with its transition looked
    # up in every row, PostgreSQL counts them all in one process.
    parts = (
        _of_claims(by_hand),
        _of_suggestions(suggestions.filter(_DECLINED_LATER)),
        _of_suggestions(suggestions.exclude(_DECLINED_LATER), none_declined_later=True),
    )
    for half in (part.filter(**selection.lookups()) for part in parts):
        for decision, claimant_name, about, number in (
            # A column of the default order would join GROUP BY and split the groups.
            half.order_by()
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


def _ranked(counts_by_name: dict[str, Counter[str]]) -> list[tuple[str, dict[str, int]]]:
    ranked = sorted(counts_by_name.items(), key=lambda item: (-item[1].total(), item[0]))
    return [
        (name, {value: count[value] for value in SelectionDecision.values})
        for name, count in ranked
    ]


def as_csv(rows: QuerySet[Any, Any]) -> Iterator[str]:
    """Lines of a CSV file, made one at a time so that a long log is
    never held in memory.
    """
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
        "chosen",
    )
    yield csv_line(
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
            "chosen by",
        )
    )
    for row in rows.iterator():
        yield csv_line(row[name] for name in names)


def totals_csv(counted: Totals) -> Iterator[str]:
    yield csv_line(("by", "name", *SelectionDecision.values))
    for kind, lines in (("claimant", counted.claimants), ("topic", counted.topics)):
        for name, counts in lines:
            yield csv_line((kind, name, *map(str, counts.values())))


def _after_position(after: Place, offer: str) -> Q:
    """Entries behind this place in the order of `entries`.

    Seeking by value and not by OFFSET: entries that arrive meanwhile
    shift no page.
    """
    at, last_offer, row = after
    same = Q(row__lt=row) if offer == last_offer else Q() if offer > last_offer else Q(pk__in=[])
    return Q(at__lt=at) | (Q(at=at) & same)


def offers(user: User, selection: SelectionFilter) -> dict[str, QuerySet[Any, Any]]:
    """The two parts of the log by their offer, with its columns. Each
    has keys of its own, which the log as one has not.
    """
    suggestions, by_hand = _offered(user)
    halves = (("claim", _of_claims(by_hand)), ("suggestion", _of_suggestions(suggestions)))
    return {offer: half.filter(**selection.lookups()) for offer, half in halves}


def _offered(user: User) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """The suggestions, and the claims without one."""
    desks = desks_where(user, "selection_log.view")
    if not desks:
        raise PermissionDenied(
            _(
                "Only editors and auditors can see the selection log. Ask an admin for one of"
                " these roles."
            )
        )
    suggestions = Suggestion.objects.visible_to(user).filter(article__desk__in=desks)
    # The claim of a suggestion is part of the suggestion's entry, so only manual claims
    # come here.
    return suggestions, Claim.objects.visible_to(user).filter(desk__in=desks, suggestion=None)


def _declined(claim: str, value: Any) -> Subquery:
    """A value of the transition by which the claim was last declined."""
    transitions = Transition.objects.filter(claim=OuterRef(claim), action=Action.DECLINE).order_by(
        "-number"
    )
    return Subquery(transitions.annotate(value=value).values("value")[:1])


def _text(value: Any) -> Cast:
    """Text, never NULL.

    PostgreSQL wants one type on both sides of a union, and varchar(200)
    is not varchar(300).
    """
    return Cast(
        Coalesce(Cast(value, TextField()), Value("", output_field=TextField())), TextField()
    )


def _first(*values: str) -> Coalesce:
    return Coalesce(*(Cast(F(value), TextField()) for value in values))


def _of_suggestions(
    rows: QuerySet[Any, Any],
    *,
    none_declined_later: bool = False,
) -> QuerySet[Any, Any]:
    # Order matters: a declined claim overrides that its suggestion was accepted. One
    # that was taken back has a closed claim, and is undecided.
    def when_declined(value: Any) -> list[When]:
        return [] if none_declined_later else [When(_DECLINED_LATER, then=value)]

    passed = Q(state=SuggestionState.PROPOSED, finished_article__isnull=False)
    decision = Case(
        *when_declined(Value(SelectionDecision.DECLINED.value)),
        When(passed, then=Value(SelectionDecision.PASSED_OVER.value)),
        When(state=SuggestionState.PROPOSED, then=Value(SelectionDecision.UNDECIDED.value)),
        default=Cast(F("state"), TextField()),
        output_field=TextField(),
    )
    reason = Case(
        *when_declined(_declined("claim__pk", KT("data__reason"))),
        default=Cast(F("decline_reason"), TextField()),
        output_field=TextField(),
    )
    by = Case(
        *when_declined(_declined("claim__pk", F("by__username"))),
        When(passed, then=F("finished_article__by__username")),
        default=F("decided_by__username"),
        output_field=TextField(),
    )
    at = Case(
        *when_declined(_declined("claim__pk", F("at"))),
        When(passed, then=F("finished_article__at")),
        default=Coalesce("decided_at", "chosen_at", "extraction__created_at"),
        output_field=DateTimeField(),
    )
    annotated: QuerySet[Any, Any] = rows.order_by().annotate(
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
        chosen=_text(F("chosen_by__username")),
    )
    return annotated


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
    annotated: QuerySet[Any, Any] = rows.order_by().annotate(
        at=at,
        offer=_text(Value("claim")),
        row=F("pk"),
        decision=_text(decision),
        reason=_text(reason),
        words=_text(F("text")),
        claimant_name=_text(F("claimant__name")),
        about=_text(F("topic__name")),
        found_in=_text(Value("")),
        # A bare NULL has no type in PostgreSQL, which then refuses the union.
        article_row=Cast(Value(None), BigIntegerField()),
        claim_row=F("pk"),
        decider=_text(by),
        desk_name=_text(F("desk__name")),
        desk_row=F("desk_id"),
        chosen=_text(Value("")),
    )
    return annotated


def exported(row: Row) -> Row:
    """An entry under the names that the JSON file and the API use."""
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
        "chosen": "chosen_by",
    }
    return {"at": row["at"].isoformat(), **{name: row[column] for column, name in names.items()}}
