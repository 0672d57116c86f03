"""Making and finding API tokens; the plain text exists only in the answer that creates it."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from factcheck.ledger import change_context, clock
from factcheck.newsroom.choices import PERSONAL_SCOPES
from factcheck.newsroom.models import ApiToken, User

PREFIX = "fc_"
LAST_USED_INTERVAL = timedelta(minutes=5)


def issue(
    owner: User, *, by: User, name: str, scopes: Iterable[str], expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token and its plain text, which nobody can read again.

    Whoever makes a token has seen it. So a token that signs or publishes is made by its owner
    alone: otherwise one person could hold two people's signatures.
    """
    wanted = sorted(set(scopes))
    if by.pk != owner.pk and PERSONAL_SCOPES & set(wanted):
        raise ValidationError(
            f"A token that submits, approves or publishes acts in {owner}'s name: only {owner} can"
            " make it. Leave those scopes out, or ask them to make the token."
        )
    plain = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        owner=owner,
        name=name,
        prefix=plain[:8],
        digest=_digest(plain),
        scopes=wanted,
        expires_at=expires_at,
        made_by=by,
    )
    with transaction.atomic(), change_context.acting_as(by):
        token.full_clean()
        token.save()
    return token, plain


def find(plain: str) -> ApiToken | None:
    """The usable token with this text, or None; notes its use at most every five minutes."""
    now = clock.now()
    token = (
        ApiToken.objects.usable(now).select_related("owner").filter(digest=_digest(plain)).first()
    )
    if token and (token.last_used_at is None or now - token.last_used_at > LAST_USED_INTERVAL):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def revoke(token: ApiToken, *, by: User) -> None:
    """The token opens nothing from now on; revoking it again changes nothing."""
    with transaction.atomic(), change_context.acting_as(by):
        row = ApiToken.objects.select_for_update(of=("self",), no_key=True).get(pk=token.pk)
        if row.revoked_at is None:
            row.revoked_at = clock.now()
            row.save(update_fields=["revoked_at"])


def _digest(plain: str) -> str:
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
