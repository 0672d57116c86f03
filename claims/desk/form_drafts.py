"""Drafts of forms: kept while somebody types, given back to them on
any machine, and deleted when the form is saved, after `KEPT`, or when
their writer no longer sees the claim.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from claims.models import Claim, FormDraft
from claims.models.form_draft import LONGEST_NAME
from claims.querysets.claims import ClaimQuerySet
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where

KEPT = timedelta(days=14)
# The longest form: a transcript, as it was and as it is now.
LONGEST = 400_000
MOST_FIELDS = 60
MOST_OF_PERSON = 200
# Who a source or a reader is. Pages do not send these; nobody else may.
_NEVER_KEPT = frozenset({"real_name", "contact", "tip_name", "tip_contact", "tip_message"})
_NAME = re.compile(rf"[a-z0-9_-]{{1,{LONGEST_NAME}}}", re.ASCII)

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """`base` is what the form said before `typed` was typed into it."""

    form: str
    at: datetime
    # Kept out of what a traceback or a log might print of this.
    base: Words = field(repr=False)
    typed: Words = field(repr=False)

    @property
    def stamp(self) -> str:
        """By which a page knows whether this is the draft that it knows."""
        return self.at.isoformat()


class DraftConflictError(Exception):
    """Another tab of the form has kept other words (409)."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(_("Another tab of this form has kept other words."))
        self.draft = draft


def keep(
    claim: Claim | None,
    form: str,
    *,
    by: User,
    base: object,
    typed: object,
    seen: str | None = None,
) -> Draft | None:
    """The draft in place of the one before; None where there is nothing
    to keep, which deletes that one.

    `seen` is the stamp of the one before as the page knows it, empty
    for none: raises DraftConflictError where there is another one with
    other words. None compares nothing.

    `claim` None is the form of a new claim. Raises Claim.DoesNotExist
    for a claim they may not see, ValidationError for anything but
    fields with texts.
    """
    _check_access(claim, by)
    if not _NAME.fullmatch(form):
        raise ValidationError(_("Unknown form."))
    before, now = _words(base), _words(typed)
    words = json.dumps({"base": before, "typed": now}, ensure_ascii=False)
    if len(words) > LONGEST:
        raise ValidationError(_("This is too long to be kept as a draft. Save the form."))
    with transaction.atomic():
        own = FormDraft.objects.select_for_update().filter(user=by, claim=claim, form=form).first()
        earlier = _read(own) if own and seen is not None else None
        if earlier and (earlier.base, earlier.typed) == (before, now):
            # Not stamped anew, or a tab with the same words would count as another one.
            return earlier
        if earlier and earlier.stamp != seen and earlier.typed != now:
            raise DraftConflictError(earlier)
        # A note about a confidential source is nowhere before it is signed.
        if now == before or now.get("confidential=on"):
            discard(claim, form, by=by)
            return None
        others = FormDraft.objects.filter(user=by).exclude(claim=claim, form=form)
        if others.count() >= MOST_OF_PERSON:
            others.first().delete()  # type: ignore[union-attr]
        row, _new = FormDraft.objects.update_or_create(
            user=by,
            claim=claim,
            form=form,
            defaults={"words": words, "at": clock.now()},
        )
    return _read(row)


def of(claim: Claim | None, by: User) -> list[Draft]:
    """Their own. The caller has found the claim among those they see."""
    rows = FormDraft.objects.filter(user=by, claim=claim)
    return [_read(row) for row in rows]


def _read(row: FormDraft) -> Draft:
    return Draft(row.form, row.at, **json.loads(row.words))


def with_drafts(claims: ClaimQuerySet, user: User) -> ClaimQuerySet:
    """Annotate `has_drafts`: pages without any need not ask for them."""
    rows = FormDraft.objects.filter(user=user, claim=OuterRef("pk"))
    return claims.annotate(has_drafts=Exists(rows))


def discard(claim: Claim | None, form: str, *, by: User) -> None:
    # A name that no draft has is not asked for: PostgreSQL refuses some, such as a NUL,
    # and what the form did is done by now.
    if _NAME.fullmatch(form):
        FormDraft.objects.filter(user=by, claim=claim, form=form).delete()


def delete_due() -> int:
    """Delete old ones, and those whose writer no longer sees the claim."""
    deleted, _rows = FormDraft.objects.filter(at__lt=clock.now() - KEPT).delete()
    writers = FormDraft.objects.order_by().values("user").distinct()
    for writer in User.objects.filter(pk__in=writers):
        deleted += delete_out_of_reach(writer)
    return deleted


def delete_out_of_reach(user: User) -> int:
    """What somebody typed about claims that they no longer see."""
    seen = Claim.objects.visible_to(user).order_by().values("pk")
    own = FormDraft.objects.filter(user=user)
    deleted, _rows = own.exclude(claim=None).exclude(claim__in=seen).delete()
    if not desks_where(user, "claim.create"):
        deleted += own.filter(claim=None).delete()[0]
    return deleted


def _check_access(claim: Claim | None, by: User) -> None:
    if claim is not None:
        Claim.objects.visible_to(by).get(pk=claim.pk)
    elif not desks_where(by, "claim.create"):
        raise PermissionDenied(_("Your role does not include adding claims."))


def _words(sent: object) -> dict[str, str]:
    fields: dict[Any, Any] = sent if isinstance(sent, dict) else {"": None}
    texts = all(isinstance(text, str) for text in fields.values())
    if not texts or len(fields) > MOST_FIELDS:
        raise ValidationError(_("A draft is a list of fields with their texts."))
    return {name: text for name, text in fields.items() if name not in _NEVER_KEPT}
