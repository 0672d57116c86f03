"""Claimants by what people type, their new versions, and sharing them
with all desks.
"""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from factcheck.ledger import change_context, clock
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where, may_anywhere, may_on_desk
from sources.choices import ClaimantKind
from sources.models import Claimant
from sources.models.claimant import ALREADY_THERE, replaced_with

WORDS = ("name", "kind", "description", "same_as")
# A desk's own row before a shared one.
OWN_FIRST = (F("desk").asc(nulls_last=True), "pk")


def get_or_create_claimant(
    name: str,
    description: str = "",
    *,
    desk: Desk,
    by: User,
    now: Claimant | None = None,
    **others: str,
) -> Claimant:
    """The claimant of exactly this name and description that the desk
    knows, its own before a shared one; created for the desk if there is
    none. `now`, which may be an older version, stays where it has these
    words and no current one does.

    Call it in the transaction of the change, so that a refused one
    creates nobody.
    """
    known = _offered(desk).filter(name=name, description=description).first()
    if known:
        return known
    if now and (now.name, now.description) == (name, description):
        return now
    # Creating one is audited by its save, which has no other way to know who did it.
    # get_or_create: two people may name the same claimant at once.
    with change_context.acting_as(by):
        return Claimant.objects.get_or_create(
            name=name, description=description, desk=desk, replaced_at=None, defaults=others
        )[0]


def claimant_labelled(
    label: str, *, desk: Desk, by: User, kind: str = ClaimantKind.PERSON
) -> Claimant:
    """The claimant that a form means: “name, description” as its list
    offers it, or a name alone; of two with that name, the one without a
    description. Created if new, as of this kind.
    """
    rows = _offered(desk)
    if desk.pk not in desks_where(by, "link.view"):
        # Who sees assigned work only must not learn from a name what the desk knows of
        # its bearer.
        rows = rows.filter(description="")
    name, _comma, description = label.partition(", ")
    existing = rows.filter(name=name, description=description).first() if description else None
    return (
        existing
        or rows.filter(name=label).order_by("description", *OWN_FIRST).first()
        or get_or_create_claimant(label, desk=desk, by=by, kind=kind)
    )


def _offered(desk: Desk) -> QuerySet[Claimant]:
    return Claimant.objects.known_to(desk).current().order_by(*OWN_FIRST)


def claimant_names(user: User, *, desk: Desk | None = None) -> QuerySet[Claimant]:
    """What forms offer for completion, on one desk or on all of a
    person's.

    Nothing to assigned-only members, who must not learn whom the desk
    writes about.
    """
    rows = Claimant.objects.current().order_by("name", "description")
    if desk is None:
        return rows.visible_to(user) if desks_where(user, "link.view") else rows.none()
    return rows.known_to(desk) if desk.pk in desks_where(user, "link.view") else rows.none()


def may_describe(by: User, claimant: Claimant) -> bool:
    """Checkers and editors of its desk; a shared one editors of any
    desk. What claims are signed with stays either way.
    """
    return (
        may_on_desk(by, "claimant.edit", claimant.desk_id)
        if claimant.desk_id
        else may_anywhere(by, "claimant.share")
    )


def describe(claimant: Claimant, *, by: User, words: Mapping[str, str]) -> Claimant:
    """Give a claimant other words: a new version, which claims name
    once somebody updates them. The same words change nothing.

    Raises PermissionDenied, or ValidationError where it was changed
    meanwhile or the words are taken.
    """
    with transaction.atomic(), change_context.acting_as(by):
        row = _locked(claimant, by)
        if not may_describe(by, row):
            raise PermissionDenied(
                _("Checkers and editors change the claimants of their desk, editors shared ones.")
            )
        _refuse_replaced(row)
        refuse_taken(words, desk=row.desk, but=row)
        new = replaced_with(row, words)
        if new.signed_fields == row.signed_fields:
            return row
        _replace(row)
        # Not its constraints: they were checked before the old version left the list.
        new.full_clean(validate_constraints=False)
        new.save(force_insert=True)
    return new


def refuse_taken(
    words: Mapping[str, str], *, desk: Desk | None, but: Claimant | None = None
) -> None:
    """Raise ValidationError where another claimant of the desk, or of
    the shared ones, has this name and description.
    """
    taken = (
        Claimant.objects.current()
        .filter(desk=desk, name=words["name"], description=words["description"])
        .first()
    )
    if taken and taken != but:
        raise ValidationError(ALREADY_THERE)


def share(claimant: Claimant, *, by: User) -> Claimant:
    """Show a claimant to all desks, for good; sharing it again changes
    nothing.

    Where a shared one with the same words exists, that one is returned,
    and takes the place of the desk's own. Raises PermissionDenied, or
    ValidationError where the shared one of this name says something
    else.
    """
    with transaction.atomic(), change_context.acting_as(by):
        row = _locked(claimant, by)
        if row.desk_id is None:
            return row
        if not may_on_desk(by, "claimant.share", row.desk_id):
            raise PermissionDenied(
                _("Only editors of %(desk)s can share this.") % {"desk": row.desk}
            )
        _refuse_replaced(row)
        shared = (
            Claimant.objects.current()
            .filter(desk=None, name=row.name, description=row.description)
            .first()
        )
        if shared is None:
            row.desk = None
            row.save(update_fields=["desk"])
            return row
        if shared.signed_fields != row.signed_fields:
            raise ValidationError(
                _(
                    "There is already a shared claimant with this name and description. Add to the"
                    " description if this is somebody else."
                )
            )
        _replace(row)
    return shared


def _replace(row: Claimant) -> None:
    row.replaced_at = clock.now()
    row.save(update_fields=["replaced_at"])


def _locked(claimant: Claimant, by: User) -> Claimant:
    return (
        Claimant.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .get(pk=claimant.pk)
    )


def _refuse_replaced(row: Claimant) -> None:
    if row.replaced_at is not None:
        raise ValidationError(
            _("Somebody changed this claimant meanwhile. Open its current entry from the list.")
        )
