"""Desks, people and the rest that claims share: what is there is used,
the rest is added.
"""

from dataclasses import dataclass, field
from random import Random

from django.core.management import call_command

from claims.management.seed import words
from claims.management.seed.placeholders import PEOPLE
from claims.models import Rating, Topic
from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import Desk, Membership, User
from sources.choices import PublisherKind
from sources.models import Claimant, Owner, Publisher

DESKS = ("Metro", "World")
NEEDED_SOURCES = 2  # what the recorded histories bring
LEAST = {Role.REPORTER: 1, Role.CHECKER: 2, Role.EDITOR: 2, Role.LEGAL: 1}
# Everybody whose work is not part of a claim's history.
OTHERS = (Role.AUDITOR, Role.ADMIN)
CLAIMS_A_CHECKER, CLAIMS_A_CLAIMANT, CLAIMS_A_PUBLISHER = 2_000, 60, 100


@dataclass(slots=True)
class Place:
    """One desk with those who work there and whom it writes about."""

    desk: Desk
    people: dict[Role, list[User]] = field(default_factory=dict)
    topics: list[Topic] = field(default_factory=list)
    claimants: list[Claimant] = field(default_factory=list)

    def team(self, rng: Random) -> dict[str, User]:
        """Different people for the parts of a history, by the names it uses."""
        team: dict[str, User] = {}
        for role in LEAST:
            names = [name for name, of in PEOPLE if of == role]
            team |= dict(zip(names, rng.sample(self.people[role], len(names)), strict=True))
        return team


@dataclass(slots=True)
class Newsroom:
    places: list[Place]
    ratings: list[Rating]
    publishers: list[Publisher]


def prepare(count: int, rng: Random) -> Newsroom:
    """Everything that `count` claims need around them."""
    share = count // len(DESKS)
    places = [_place(name, share, rng) for name in DESKS]
    ratings = Rating.objects.filter(scale__in_use=True).select_related("scale")
    return Newsroom(places, list(ratings.order_by("pk")), _publishers(count, rng))


def _place(name: str, count: int, rng: Random) -> Place:
    desk = Desk.objects.filter(name=name).first()
    if desk is None:
        call_command("create_newsroom", desk=name, verbosity=0)
        desk = Desk.objects.get(name=name)
        desk.night_from, desk.night_until = "22:00", "06:00"
        desk.full_clean()
        desk.save()
    place = Place(desk)
    for role in (*LEAST, *OTHERS):
        extra = count // CLAIMS_A_CHECKER if role in {Role.CHECKER, Role.EDITOR} else 0
        place.people[role] = _people(desk, role, LEAST.get(role, 1) + extra, rng)
    place.topics = [Topic.objects.get_or_create(desk=desk, name=topic)[0] for topic in words.TOPICS]
    place.claimants = _claimants(desk, max(8, count // CLAIMS_A_CLAIMANT))
    return place


def _people(desk: Desk, role: Role, count: int, rng: Random) -> list[User]:
    """Those who hold the role alone: who holds two may not sign for both."""
    members = Membership.objects.current().filter(desk=desk, role=role, assigned_only=False)
    others = Membership.objects.filter(desk=desk).exclude(role=role)
    people = list(
        User.objects.filter(pk__in=members.values("user"))
        .exclude(pk__in=others.values("user"))
        .order_by("pk")
    )
    while len(people) < count:
        people.append(_hired(desk, role, len(people) + 1, rng))
    return people


def _hired(desk: Desk, role: Role, number: int, rng: Random) -> User:
    first, last = rng.choice(words.FIRST_NAMES), rng.choice(words.SURNAMES)
    user = User(
        username=f"{desk.name}.{role.value}.{number}".lower().replace(" ", "-"),
        first_name=first,
        last_name=last,
        byline=f"{first} {last}",
    )
    # Nobody signs in with an account of the seed before an admin invites them.
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, desk=desk, role=role)
    return user


def _claimants(desk: Desk, count: int) -> list[Claimant]:
    names = [f"{first} {last}" for last in words.SURNAMES for first in words.FIRST_NAMES]
    made = []
    for number in range(count):
        name = names[(number * 25 + len(desk.name)) % len(names)]
        office = words.OFFICES[number % len(words.OFFICES)]
        place = words.PLACES[number % len(words.PLACES)]
        row, _ = Claimant.objects.get_or_create(
            desk=desk,
            name=name,
            description=f"{office} of {place}",
            replaced_at=None,
        )
        made.append(row)
    return made


def _publishers(count: int, rng: Random) -> list[Publisher]:
    """A third belong to a house of several, as on the market."""
    made: list[Publisher] = []
    wanted = min(max(12, count // CLAIMS_A_PUBLISHER), 400)
    for number in range(wanted):
        place = words.PLACES[number % len(words.PLACES)]
        kind = words.PUBLISHER_KINDS[number // len(words.PLACES) % len(words.PUBLISHER_KINDS)]
        edition = number // (len(words.PLACES) * len(words.PUBLISHER_KINDS))
        name = f"{place} {kind}" + (f" {edition + 1}" if edition else "")
        domain = name.lower().replace(" ", "-") + ".example"
        house = f"{place} Press" if rng.random() < 0.3 else name
        existing = Publisher.objects.filter(domain=domain).first()
        if existing is None:
            owner, _ = Owner.objects.get_or_create(name=house, desk=None)
            existing = Publisher.objects.create(
                name=name,
                domain=domain,
                owner=owner,
                kind=PublisherKind.SECONDARY if kind in {"Courier", "Observer"} else "primary",
            )
        made.append(existing)
    return made
