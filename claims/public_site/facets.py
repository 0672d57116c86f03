"""By what else a list can be narrowed: the values that occur in it, with counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Topic
from claims.public_site.published import Filters
from claims.querysets.listings import ListingQuerySet
from sources.models import Claimant

# Counted among the newest alone, or a list of all verdicts would read all of them.
COUNTED = 1_000
OFFERED = 12
_TITLES: dict[str, str | Promise] = {
    "rating": _("Rating"),
    "topic": _("Topic"),
    "claimant": _("Claimant"),
    "publisher": _("Publisher"),
    "article": _("Article"),
    "language": _("Language"),
}
_COLUMNS = ("rating", "topic_id", "claimant_id", "host", "appearance", "language")


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    number: int
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    title: str | Promise
    choices: list[Choice]


def facets_of(rows: ListingQuerySet, filters: Filters) -> list[Facet]:
    """What narrows the list further; filters that are set already are
    left out, and so are those that all rows are alike in.
    """
    newest = list(rows.values_list(*_COLUMNS)[:COUNTED])
    counters = {
        name: Counter(value for value in values if value)
        for name, values in zip(_TITLES, zip(*newest, strict=True), strict=False)
        if not getattr(filters, name)
    }
    for name, read in (("topic", _topics), ("claimant", _claimants)):
        if name in counters:
            counters[name] = read(counters[name])
    return [
        Facet(_TITLES[name], _choices(name, counter, filters))
        for name, counter in counters.items()
        if len(counter) > 1
    ]


def _choices(name: str, counter: Counter[Any], filters: Filters) -> list[Choice]:
    """The most frequent, by their names: to sort people by how often
    they were checked would make a league table of them.
    """
    choices = []
    for value, number in counter.most_common(OFFERED):
        # a topic and a claimant are a pair of label and public ID
        label, asked = value if isinstance(value, tuple) else (value, value)
        choices.append(Choice(label, number, filters.query(**{name: asked})))
    return sorted(choices, key=lambda choice: choice.label.casefold())


def _topics(counter: Counter[Any]) -> Counter[Any]:
    rows = Topic.objects.filter(name__in=Topic.objects.filter(pk__in=counter).values("name"))
    named = {row.name: str(row.public_id) for row in rows.order_by("-pk")}
    names = dict(rows.values_list("pk", "name"))
    return _summed((((names[key], named[names[key]]), n) for key, n in counter.items()))


def _claimants(counter: Counter[Any]) -> Counter[Any]:
    rows = Claimant.objects.in_bulk(list(counter))
    # Versions of one claimant share the ID; the newest name stands for all.
    labels = {rows[key].public_id: rows[key].name for key in sorted(counter)}
    return _summed(
        ((labels[rows[key].public_id], str(rows[key].public_id)), n) for key, n in counter.items()
    )


def _summed(pairs: Iterable[tuple[tuple[str, str], int]]) -> Counter[Any]:
    summed: Counter[Any] = Counter()
    for value, number in pairs:
        summed[value] += number
    return summed
