"""A publisher as people name one: by its domain, or by the name of a person or an office that has
none.
"""

import re
from dataclasses import dataclass

from django.db.models import F

from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import Desk, User
from sources.choices import PublisherKind
from sources.ingest import publisher_of
from sources.models import Owner, Publisher

LONGEST_NAME = 200
_domain = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}", re.IGNORECASE
)
_listed = re.compile(r".* \((?P<domain>[^() ]+)\)")


@dataclass(frozen=True, slots=True)
class Named:
    publishers: tuple[Publisher | None, ...]
    new: tuple[Publisher, ...]

    def log_changes(self, *, by: User) -> None:
        """At the end of the change: it takes the audit head, which comes after every other lock."""
        for made in self.new:
            log_change("publisher.add", made, by=by, changes={"name": ["", made.name]})


def get_or_create_publishers(*words: str, desk: Desk) -> Named:
    """For each name or domain its publisher, made if new; None for no words.

    Call it inside the transaction of the change. A new one is its own owner, until an editor knows
    better. One without a domain may be somebody who talked to us: it is known to this desk alone.
    Two people may name the same new ones at the same moment: so they are made in one order.
    """
    names = [" ".join(said.split())[:LONGEST_NAME] for said in words]
    found = {name: _named(name, desk) for name in sorted(set(names), key=str.casefold) if name}
    return Named(
        tuple(found[name][0] if name else None for name in names),
        tuple(made for made, new in found.values() if new),
    )


def _named(name: str, desk: Desk) -> tuple[Publisher, bool]:
    listed = _listed.fullmatch(name)
    if listed and (known := Publisher.objects.filter(domain=listed["domain"]).first()):
        return known, False
    if _domain.fullmatch(name):
        return publisher_of(f"https://{name}"), False
    known = (
        Publisher.objects.known_to(desk)
        .filter(name__iexact=name)
        .order_by(F("desk").asc(nulls_last=True), "pk")
        .first()
    )
    if known:
        return known, False
    owner = (
        Owner.objects.filter(name=name, desk=None).first()
        or Owner.objects.get_or_create(name=name, desk=desk)[0]
    )
    return Publisher.objects.get_or_create(
        name=name, domain=None, desk=desk, defaults={"owner": owner, "kind": PublisherKind.PRIMARY}
    )


def publisher_names(user: User) -> list[str]:
    """What a form offers to pick from."""
    return [
        str(publisher) for publisher in Publisher.objects.visible_to(user).order_by("name")[:1000]
    ]
