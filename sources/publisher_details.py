"""What is known of a publisher: its name, domain, owner and kind."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.ledger import change_context
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may_anywhere, may_on_desk
from sources.canonical_urls import canonical_url, site
from sources.models import Owner, Publisher

ACTION = "publisher.edit"


def registrable(typed: str) -> str:
    """The domain by which publishers are found: www.example.co.uk becomes
    example.co.uk, for two forms of one would count as two sources.
    Raises UrlError.
    """
    return site(canonical_url(typed if "://" in typed else f"https://{typed}"))


def hidden_owner(owner: Owner | None, desk: Desk | None) -> bool:
    """A publisher that others see must not reveal an owner that they do
    not.
    """
    if owner is None or owner.desk_id is None:
        return False
    return owner.desk_id != (desk.pk if desk else None)


def may_edit(by: User, publisher: Publisher) -> bool:
    """A row of one desk is changed by the role that they have there."""
    if publisher.desk_id:
        return may_on_desk(by, ACTION, publisher.desk_id)
    return may_anywhere(by, ACTION)


def change(publisher: Publisher, values: Mapping[str, Any], *, by: User) -> Publisher:
    """What is left out stays. `owner` is a name: the owner that the
    publisher's desk, or all, know by it, created if new.

    Raises PermissionDenied, UrlError for a domain, and ValidationError.
    """
    if not may_edit(by, publisher):
        raise PermissionDenied(_("Only checkers and editors of a desk edit publishers."))
    with transaction.atomic(), change_context.acting_as(by):
        row = Publisher.objects.select_for_update(of=("self",), no_key=True).get(pk=publisher.pk)
        given = dict(values)
        if "domain" in given:
            given["domain"] = _domain(row, given["domain"])
        if "owner" in given:
            given["owner"] = _owner(given["owner"], row.desk)
        for name, value in given.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()
    return row


def _domain(row: Publisher, typed: str | None) -> str | None:
    if typed and typed.strip():
        return registrable(typed.strip())
    if row.domain:
        # Without it the next link to that domain would create a second publisher, which
        # would count as a second independent source.
        raise ValidationError({"domain": _("A publisher that has a domain keeps one.")})
    return None


def _owner(name: str, desk: Desk | None) -> Owner:
    line = " ".join(name.split())
    if not line:
        raise ValidationError({"owner": _("Name the owner.")})
    known = Owner.objects.filter(name=line)
    # The desk's own before the shared one, which everybody sees.
    own = known.filter(desk=desk).first() if desk else None
    return own or known.filter(desk=None).first() or Owner.objects.create(name=line, desk=desk)
