"""Issues, finds and revokes API tokens. Only the response that issues
one has its plain text.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from factcheck.ledger import change_context, clock
from factcheck.newsroom import second_factor
from factcheck.newsroom.choices import PERSONAL_SCOPES, SERVICE_SCOPES, SHARED_SCOPES
from factcheck.newsroom.managed import manageable_people, manageable_services
from factcheck.newsroom.models import ApiToken, User
from factcheck.newsroom.permissions import desks_where

PREFIX = "fc_"
# Writing on every request would turn each read of the API into an UPDATE of one row.
LAST_USED_INTERVAL = timedelta(minutes=5)


def issue(
    owner: User,
    *,
    by: User | None,
    name: str,
    scopes: Iterable[str],
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """A new token and its plain text, which nobody can read again. `by`
    is None for a command, which issues tokens of service accounts only.

    Raises ValidationError where `by` asks for scopes that only the
    owner may issue, and what second_factor.require_for_token raises for
    a token that signs or publishes.
    """
    scope_names = sorted(set(scopes))
    if owner.is_service:
        _check_service(owner, by, scope_names)
    # Whoever issues a token has seen it. With a token that decides or signs in another
    # person's name they would work as two people.
    elif by is None or (by.pk != owner.pk and set(scope_names) - SHARED_SCOPES):
        raise ValidationError(
            _(
                "Only %(owner)s can create a token that decides, writes or signs in their name."
                " A token for somebody else reads and submits articles. Remove those scopes, or"
                " ask them to create the token."
            )
            % {"owner": owner}
        )
    if by and PERSONAL_SCOPES & set(scope_names):
        second_factor.require_for_token(by)
    plain = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        owner=owner,
        name=name,
        prefix=plain[:8],
        digest=_digest(plain),
        scopes=scope_names,
        expires_at=expires_at,
        made_by=by or owner,
    )
    with transaction.atomic(), change_context.acting_as(by):
        token.full_clean()
        token.save()
    return token, plain


def _check_service(account: User, by: User | None, scopes: Iterable[str]) -> None:
    if by and not manageable_services(by).filter(pk=account.pk).exists():
        raise PermissionDenied(_("Only admins of its desk issue tokens of a service account."))
    if not User.objects.filter(pk=account.pk, is_active=True).exists():
        raise ValidationError(_("This service account was ended. Create another one."))
    if refused := sorted(set(scopes) - SERVICE_SCOPES):
        raise ValidationError(
            _(
                "A service account never has these scopes: %(refused)s. Choose among %(known)s, or"
                " issue a token of a person."
            )
            % {"refused": ", ".join(refused), "known": ", ".join(sorted(SERVICE_SCOPES))}
        )


def find(plain: str) -> ApiToken | None:
    """The usable token with this plain text, or None. Updates
    `last_used_at` now and then.
    """
    now = clock.now()
    rows = ApiToken.objects.lasting(now).select_related("owner").filter(digest=_digest(plain))
    token = rows.first()
    # Asked of tokens for others alone: it costs as much as all else of the sign-in.
    if token and token.made_by_id != token.owner_id:
        token = rows.exclude(pk__in=ApiToken.objects.with_excess_scopes()).first()
    if token and (token.last_used_at is None or now - token.last_used_at > LAST_USED_INTERVAL):
        # Without save(): a use is no change of the token, and the audit log should not
        # hold it.
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def owners_managed_by(by: User) -> QuerySet[User]:
    """Whose tokens `by` may see and revoke: their own, as an admin those
    of the people and service accounts they manage.
    """
    if not desks_where(by, "people.manage"):
        return User.objects.filter(pk=by.pk)
    people, services = manageable_people(by), manageable_services(by)
    return User.objects.filter(Q(pk__in=people.values("pk")) | Q(pk__in=services.values("pk")))


def revoke(token: ApiToken, *, by: User) -> None:
    """Make the token useless from now on; revoking it again changes nothing."""
    with transaction.atomic(), change_context.acting_as(by):
        row = ApiToken.objects.select_for_update(of=("self",), no_key=True).get(pk=token.pk)
        if row.revoked_at is None:
            row.revoked_at = clock.now()
            row.save(update_fields=["revoked_at"])


def _digest(plain: str) -> str:
    # A fast hash is enough for 256 random bits; a salt would prevent finding the row by
    # it.
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
