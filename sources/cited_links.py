"""Cited URLs: one link per URL and desk, and one publisher per site,
however often it is cited.
"""

from django.db import transaction

from factcheck.ledger import change_context, due_work
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.nudge import nudge
from factcheck.newsroom.models import Desk, User
from sources.canonical_urls import canonical_url, site
from sources.models import Link, Owner, Publisher


def cite(url: str, *, desk: Desk, by: User) -> Link:
    """The desk's link to this URL, checked regularly from its first
    citation on. Raises UrlError.
    """
    address = canonical_url(url)
    with transaction.atomic(), change_context.acting_as(by):
        link, new = Link.objects.get_or_create(
            desk=desk,
            url=address,
            defaults={"publisher": publisher_of(address), **due_work.nudged_now()},
        )
        if new:
            nudge(Link.task_name, link.pk)
            log_change("link.cite", link, by=by, changes={"url": ["", address]})
    return link


def publisher_of(url: str) -> Publisher:
    """The publisher of a URL, by registrable domain. A new one is its
    own owner until an editor sets another. Raises UrlError.
    """
    domain = site(url)
    publisher = Publisher.objects.filter(domain=domain).first()
    if publisher:
        return publisher
    owner, _ = Owner.objects.get_or_create(name=domain, desk=None)
    return Publisher.objects.get_or_create(
        domain=domain, defaults={"name": domain, "owner": owner}
    )[0]
