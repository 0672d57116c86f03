"""A publisher as people name one: by its domain, or by the name of a person or an office that has none."""

import re

from factcheck.ledger.record import record
from factcheck.newsroom.models import User
from sources.choices import PublisherKind
from sources.ingest import publisher_of
from sources.models import Owner, Publisher

LONGEST_NAME = 200
_domain = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}", re.IGNORECASE)
_listed = re.compile(r".* \((?P<domain>[^() ]+)\)")


def named_publishers(*words: str, by: User) -> list[Publisher | None]:
    """For each name or domain its publisher, made if new; None for no words.

    Call it inside the transaction of the change. A new one is its own owner, until an editor knows better. Two people
    may name the same new ones at the same moment: so they are made in one order, and the audit head is taken last.
    """
    names = [" ".join(said.split())[:LONGEST_NAME] for said in words]
    found = {name: _named(name) for name in sorted(set(names), key=str.casefold) if name}
    for made, new in found.values():
        if new:
            record("publisher.add", made, by=by, changes={"name": ["", made.name]})
    return [found[name][0] if name else None for name in names]


def _named(name: str) -> tuple[Publisher, bool]:
    listed = _listed.fullmatch(name)
    if listed and (known := Publisher.objects.filter(domain=listed["domain"]).first()):
        return known, False
    if _domain.fullmatch(name):
        return publisher_of(f"https://{name}"), False
    known = Publisher.objects.filter(name__iexact=name).order_by("pk").first()
    if known:
        return known, False
    owner, _ = Owner.objects.get_or_create(name=name)
    return Publisher.objects.get_or_create(name=name, domain=None, defaults={"owner": owner, "kind": PublisherKind.PRIMARY})


def publisher_names() -> list[str]:
    """What a form offers to pick from."""
    return [str(publisher) for publisher in Publisher.objects.order_by("name")[:1000]]
