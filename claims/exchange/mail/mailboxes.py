"""Making a mailbox, its secret, and opening it."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.models import Mailbox
from factcheck.ledger import change_context, clock
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where, may_on_desk

OVERLAP = timedelta(hours=24)
ACTION = "webhook.manage"


def managed_by(user: User) -> QuerySet[Mailbox]:
    rows = Mailbox.objects.filter(desk__in=desks_where(user, ACTION))
    return rows.select_related("desk")


def create(desk: Desk, *, by: User) -> tuple[Mailbox, str]:
    """The mailbox of the desk and its secret, which is not shown again.
    Raises ValidationError where the desk has one.
    """
    _check(desk, by)
    secret = _new_secret()
    row = Mailbox(desk=desk, secret_hash=_hash(secret))
    with transaction.atomic(), change_context.acting_as(by):
        row.validate_unique()
        row.save(force_insert=True)
    return row, secret


def rotate(mailbox: Mailbox, *, by: User) -> str:
    """A new secret, not shown again. The one before opens it for a day."""
    secret = _new_secret()
    with transaction.atomic(), change_context.acting_as(by):
        row = _locked(mailbox, by)
        row.previous_hash, row.previous_until = row.secret_hash, clock.now() + OVERLAP
        row.secret_hash = _hash(secret)
        row.save(update_fields=["secret_hash", "previous_hash", "previous_until"])
    return secret


def switch(mailbox: Mailbox, *, by: User, active: bool) -> None:
    with transaction.atomic(), change_context.acting_as(by):
        row = _locked(mailbox, by)
        row.active = active
        row.save(update_fields=["active"])


def opened(public_id: UUID, secret: str) -> Mailbox | None:
    """The mailbox that this secret opens. One that does not exist and a
    wrong secret are the same answer, in the same time.
    """
    row = Mailbox.objects.select_related("desk").filter(public_id=public_id).first()
    given = _hash(secret)
    known = [row.secret_hash if row else _hash("")]
    if row and row.previous_until and clock.now() < row.previous_until:
        known.append(row.previous_hash)
    matches = [hmac.compare_digest(given, one) for one in known]
    return row if row and row.active and secret and any(matches) else None


def _locked(mailbox: Mailbox, by: User) -> Mailbox:
    rows = Mailbox.objects.select_related("desk").select_for_update(no_key=True, of=("self",))
    row = rows.get(pk=mailbox.pk)
    _check(row.desk, by)
    return row


def _check(desk: Desk, by: User) -> None:
    if not may_on_desk(by, ACTION, desk.pk):
        message = _("Only editors and admins of %(desk)s manage its mailbox. Ask one of them.")
        raise PermissionDenied(message % {"desk": desk})


def _new_secret() -> str:
    # Letters and digits: it stands in an address, before the @.
    return secrets.token_hex(24)


def _hash(secret: str) -> str:
    # A fast hash is enough for 192 random bits.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
