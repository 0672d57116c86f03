"""Which verdicts readers may see, newest first, and narrowed by what
they ask for: the one query of the lists, of search, and of what is made
of lists for machines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.models import Listing, Topic, Verdict
from claims.models.listing import LONGEST_APPEARANCE
from claims.models.verdict import PUBLIC
from claims.querysets.listings import ListingQuerySet
from factcheck.ledger.full_text import LONGEST_QUERY, matching, newest_keys, phrases
from factcheck.newsroom.bounded_lists import MOST_COUNTED
from sources.canonical_urls import UrlError, canonical_url
from sources.models import Claimant


@dataclass(frozen=True, slots=True)
class Filters:
    """What an address asks for. Its names are those of the address, and
    all that is given must hold. "" asks for nothing.
    """

    q: str = ""
    # Public IDs. Topics of one name are one to readers, whatever desks they are of.
    topic: str = ""
    claimant: str = ""
    rating: str = ""
    # The host of the page on which the claim appeared, and the address of that page.
    publisher: str = ""
    article: str = ""
    language: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> Self:
        """Raise ValidationError where a value cannot be meant."""
        filters = cls(**{name: asked.get(name, "").strip() for name in cls.__slots__})
        filters._check()
        return filters

    def _check(self) -> None:
        if len(self.q) > LONGEST_QUERY:
            message = _("Search for at most %(count)s characters.")
            raise ValidationError({"q": message % {"count": LONGEST_QUERY}})
        if self.q and not phrases(self.q):
            raise ValidationError({"q": _("Enter a word or a number to search for.")})
        for name, value in self.given().items():
            if "\0" in value or len(value) > LONGEST_APPEARANCE:
                message = _("“%(name)s” in the address of this page is too long or damaged.")
                raise ValidationError({name: message % {"name": name}})
        if self.article:
            try:
                canonical_url(self.article)
            except UrlError as refused:
                raise ValidationError({"article": str(refused)}) from None
        for name, value in (("topic", self.topic), ("claimant", self.claimant)):
            if value and public_id(value) is None:
                message = _("“%(name)s” in the address of this page is no valid ID.")
                raise ValidationError({name: message % {"name": name}})

    def given(self) -> dict[str, str]:
        """What is asked for, by the names in the address."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in values.items() if value}

    def query(self, **changed: str) -> str:
        """As it stands in an address, with some of it changed."""
        return urlencode(replace(self, **changed).given())


def published(filters: Filters = Filters()) -> ListingQuerySet:
    """What people may see, newest first. Machines narrow it by
    `citable()`.
    """
    rows = Listing.objects.readable().filter(_narrowed(filters))
    # The index of words hands out keys. In their order the newest are at hand; in that
    # of another column, all that a common word finds would be sorted first.
    return rows.order_by("-pk") if filters.q else rows.newest_first()


def _narrowed(filters: Filters) -> Q:
    conditions: dict[str, Any] = {
        "rating": filters.rating,
        "host": filters.publisher.lower().removeprefix("www."),
        "appearance": filters.article and canonical_url(filters.article),
        "language": filters.language,
    }
    narrowed = Q(**{name: value for name, value in conditions.items() if value})
    # By their keys, read first: with one key, the index gives the rows in their order.
    if filters.topic:
        names = Topic.objects.filter(public_id=UUID(filters.topic)).values("name")
        topics = Topic.objects.filter(name__in=names)
        narrowed &= Q(topic__in=list(topics.values_list("pk", flat=True)))
    if filters.claimant:
        versions = Claimant.objects.filter(public_id=UUID(filters.claimant))
        narrowed &= Q(claimant__in=list(versions.values_list("pk", flat=True)))
    if filters.q:
        narrowed &= matching("verdict", filters.q)
    return narrowed


def older_than(
    rows: ListingQuerySet, last: Verdict, filters: Filters = Filters()
) -> ListingQuerySet:
    """Those that follow a verdict in the list of these filters. It need
    not stand in it any more: it may have been corrected or retracted
    meanwhile.
    """
    if filters.q:
        return rows.filter(pk__lt=last.pk)
    at = last.first_published_at
    return rows.filter(
        Q(first_published_at__lt=at) | Q(first_published_at=at, pk__lt=last.pk),
        # Said once more, so that the index is entered at that time.
        first_published_at__lte=at,
    )


def place_in_list(before: str) -> Verdict | None:
    """The verdict that a page of a list goes on from, by its public ID."""
    key = public_id(before)
    found = Verdict.objects.filter(public_id=key, state__in=PUBLIC) if key else None
    return (
        found.only("first_published_at", "published_at", "retracted_at").first()
        if found is not None
        else None
    )


def count(rows: ListingQuerySet) -> int:
    """How many there are, up to one more than MOST_COUNTED."""
    return rows.order_by().values("pk")[: MOST_COUNTED + 1].count()


def keys_of(rows: ListingQuerySet, filters: Filters) -> list[int]:
    """As many as `count` tells apart, in the order of the list. To look
    a frequent word up takes longer than to read the keys of all that it
    finds: whoever needs the rows, their number and what narrows them
    looks it up once.
    """
    if filters.given().keys() == {"q"}:
        found = newest_keys("verdict", filters.q, MOST_COUNTED + 1)
        keys = list(narrow(rows, found).values_list("pk", flat=True))
        if len(found) <= MOST_COUNTED or len(keys) == len(found):
            return keys
        # There are more behind some that nobody may read.
    return list(rows.values_list("pk", flat=True)[: MOST_COUNTED + 1])


def narrow(rows: ListingQuerySet, keys: Sequence[int]) -> ListingQuerySet:
    """Those of the keys that readers may see, in the order of `rows`."""
    return Listing.objects.readable().filter(pk__among=keys).order_by(*rows.query.order_by)


def public_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
