"""The filters of `GET claims/`: what each means is a method of the claims' queryset, by
which the list of the desk is narrowed too.
"""

from collections.abc import Mapping
from typing import Any, cast

from django.db.models import Q

from claims.choices import Age, Due, Priority
from claims.desk.tags import key_of
from claims.querysets.claims import ClaimQuerySet, aged
from factcheck.drf.lists import changed_since, found, in_range
from factcheck.ledger import clock
from factcheck.newsroom.models import User

DEAD, ME, NONE = "dead", "me", "none"
ZONE = "desk__time_zone"
# By one column each.
LOOKUPS = {
    "status": "status",
    "desk": "desk__public_id",
    "article": "suggestion__article__public_id",
    "claimant": "claimant__name__icontains",
}


def narrowed(rows: ClaimQuerySet, asked: Mapping[str, Any], user: User) -> ClaimQuerySet:
    """The claims that were asked for."""
    lookups = {lookup: asked[name] for name, lookup in LOOKUPS.items() if asked.get(name)}
    rows = _by_people(_by_values(rows.filter(**lookups), asked), asked, user)
    rows = _by_verdict(_by_sources(rows, asked, user), asked)
    for name, column, zone in (
        ("received", "created_at", ZONE),
        ("due", "due_at", ZONE),
        ("stated", "stated_date", ""),
    ):
        rows = cast("ClaimQuerySet", in_range(rows, asked, name, column, zone))
    rows = cast("ClaimQuerySet", changed_since(rows, asked.get("updated_since")))
    return cast("ClaimQuerySet", found(rows, "claim", asked))


def _by_values(rows: ClaimQuerySet, asked: Mapping[str, Any]) -> ClaimQuerySet:
    if word := asked.get("priority"):
        rows = rows.filter(priority=Priority.of(word))
    if tier := asked.get("risk"):
        rows = rows.filter(risk="" if tier == NONE else tier)
    if topic := asked.get("topic"):
        rows = rows.filter(topic=None) if topic == NONE else rows.filter(topic__name=topic)
    if language := asked.get("language"):
        rows = rows.in_language(language)
    if tag := asked.get("tag"):
        rows = rows.tagged(key_of(" ".join(tag.split())))
    if due := asked.get("due"):
        rows = rows.due(Due(due), clock.now())
    return rows.filter(aged(Age(asked["age"]), clock.now())) if asked.get("age") else rows


def _by_people(rows: ClaimQuerySet, asked: Mapping[str, Any], user: User) -> ClaimQuerySet:
    if name := asked.get("assignee"):
        nobody = name == NONE
        rows = rows.filter(assignee=None) if nobody else rows.filter(assignee=_person(name, user))
    if name := asked.get("checker"):
        known = _person(name, user)
        rows = rows.checked_by(known) if known else rows.none()
    return rows


def _person(name: str, user: User) -> User | None:
    # Nobody's claims are a user's whose name is unknown: -1 is no key.
    known = user if name == ME else User.objects.filter(username=name).first()
    return known or User(pk=-1)


def _by_sources(rows: ClaimQuerySet, asked: Mapping[str, Any], user: User) -> ClaimQuerySet:
    if name := asked.get("publisher"):
        at_domain = Q(link__publisher__domain__icontains=name)
        rows = rows.citing(user, Q(link__publisher__name__icontains=name) | at_domain)
    if state := asked.get("link_state"):
        dead = Q(link__dead_since__isnull=False)
        rows = rows.citing(user, dead if state == DEAD else Q(link__state=state))
    return rows


def _by_verdict(rows: ClaimQuerySet, asked: Mapping[str, Any]) -> ClaimQuerySet:
    if rating := asked.get("rating"):
        rows = rows.rated_as(rating)
    first, last = asked.get("published_from"), asked.get("published_to")
    return rows.first_published(first, last) if first or last else rows
