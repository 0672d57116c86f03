"""Publishers by what people type: a domain, or the name of a person or
organisation without one.
"""

import re
from dataclasses import dataclass

from django.db.models import F

from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import Desk, User
from sources.choices import PublisherKind
from sources.cited_links import publisher_of
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
        """Log the new publishers. Call it last: it locks the head of the audit log."""
        for made in self.new:
            log_change("publisher.add", made, by=by, changes={"name": ["", made.name]})


def get_or_create_publishers(*words: str, desk: Desk) -> Named:
    """The publisher of each name or domain, created if new; None for an
    empty name.

    Call it in the transaction of the change. A new publisher is its own
    owner until an editor sets another. One without a domain may be a
    source who talked to us, so only this desk sees it.
    """
    names = [" ".join(word.split())[:LONGEST_NAME] for word in words]
    # Sorted: two people who name the same new publishers create them in one order, or
    # deadlock.
    by_name = {name: _named(name, desk) for name in sorted(set(names), key=str.casefold) if name}
    return Named(
        tuple(by_name[name][0] if name else None for name in names),
        tuple(made for made, new in by_name.values() if new),
    )


def _named(name: str, desk: Desk) -> tuple[Publisher, bool]:
    listed = _listed.fullmatch(name)
    if listed and (publisher := Publisher.objects.filter(domain=listed["domain"]).first()):
        return publisher, False
    if _domain.fullmatch(name):
        return publisher_of(f"https://{name}"), False
    publisher = (
        Publisher.objects.known_to(desk)
        .filter(name__iexact=name)
        .order_by(F("desk").asc(nulls_last=True), "pk")
        .first()
    )
    if publisher:
        return publisher, False
    owner = (
        Owner.objects.filter(name=name, desk=None).first()
        or Owner.objects.get_or_create(name=name, desk=desk)[0]
    )
    return Publisher.objects.get_or_create(
        name=name, domain=None, desk=desk, defaults={"owner": owner, "kind": PublisherKind.PRIMARY}
    )
