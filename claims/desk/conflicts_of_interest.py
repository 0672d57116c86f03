"""People say themselves what they have to do with whom; what is over they end, and nobody takes it
out of the record.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from claims.models import Interest
from factcheck.ledger import change_context, clock
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may_anywhere
from sources.models import Claimant, Owner


@dataclass(frozen=True, slots=True)
class DeclaredInterest:
    """`claimant` and `owner` are names: an interest may come before anybody has checked a claim of
    theirs.
    """

    about: str
    claimant: str = ""
    description: str = ""
    owner: str = ""
    note: str = ""


def declare(*, by: User, said: DeclaredInterest) -> tuple[Interest, bool]:
    """(interest, is it new). The same while it lasts is the first one again."""
    if not may_anywhere(by, "interest.declare"):
        raise PermissionDenied("Only people with a role in the newsroom declare interests.")
    about, note = said.about.strip(), said.note.strip()
    if not about:
        raise ValidationError({"about": "Say what you have to do with them, in a sentence."})
    with transaction.atomic(), change_context.acting_as(by):
        User.objects.select_for_update(no_key=True).get(
            pk=by.pk
        )  # of two equal requests at once the second one waits here
        parties = {"claimant": _claimant(said), "owner": _owner(said.owner)}
        again = Interest.objects.current().filter(user=by, about=about, **parties).first()
        if again:
            return again, False
        interest = Interest(
            user=by, about=about, note=note, declared_date=clock.now().date(), **parties
        )
        clean_values(interest)
        interest.save(force_insert=True)
    return interest, True


def end(interest: Interest, *, by: User) -> Interest:
    """It is over from today; ending it again changes nothing."""
    with transaction.atomic(), change_context.acting_as(by):
        row = (
            Interest.objects.visible_to(by)
            .select_for_update(of=("self",), no_key=True)
            .get(pk=interest.pk)
        )
        if row.user_id != by.pk:
            raise PermissionDenied(f"Only {row.user} can say that this interest has ended.")
        if row.ended_date is None:
            row.ended_date = clock.now().date()
            row.save(update_fields=["ended_date"])
    return row


def _claimant(said: DeclaredInterest) -> Claimant | None:
    name, description = " ".join(said.claimant.split()), " ".join(said.description.split())
    if len(name) > 200 or len(description) > 200:
        raise ValidationError({"claimant": "A name has at most 200 characters."})
    return Claimant.objects.get_or_create(name=name, description=description)[0] if name else None


def _owner(name: str) -> Owner | None:
    clean = " ".join(name.split())
    if len(clean) > 200:
        raise ValidationError({"owner": "A name has at most 200 characters."})
    return Owner.objects.get_or_create(name=clean, desk=None)[0] if clean else None
