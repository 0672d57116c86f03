"""Saved views of lists: kept for oneself or shared with a desk, one of
them the default; and the filters that a person used last.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from factcheck.ledger import clock
from factcheck.newsroom.list_settings import (
    LONGEST_NAME,
    LONGEST_QUERY,
    ListSetting,
    SavedView,
)
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where, may_on_desk

MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class NamedView:
    """How a list's own page asks for a view to be kept."""

    screen: str
    name: str
    query: str
    desk: Desk | None = None


def visible_to(user: User) -> QuerySet[SavedView]:
    """One's own, and those shared with desks whose whole work one reads:
    the name of a view may tell what a desk is checking.
    """
    shared = Q(desk__in=desks_where(user, "claim.view"))
    return SavedView.objects.filter(Q(owner=user) | shared, removed_at=None)


def save(view: NamedView, *, by: User) -> SavedView:
    """Keep the view; one of this name that the person has already gets
    the new filters.
    """
    name = _kept_name(view.name)
    if not name or len(name) > LONGEST_NAME:
        raise ValidationError(
            {"name": _("Enter a name of at most %(count)d characters.") % {"count": LONGEST_NAME}}
        )
    if not view.query:
        raise ValidationError(_("Choose filters or an order first, then save them as a view."))
    if len(view.query) > LONGEST_QUERY:
        raise ValidationError(_("These are too many filters for one view."))
    if view.desk and not may_on_desk(by, "saved_view.share", view.desk.pk):
        raise PermissionDenied(
            _("Your role on %(desk)s does not include sharing views.") % {"desk": view.desk}
        )
    with transaction.atomic():
        # The owner's row is the lock: a second click finds the view of the first.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        own = SavedView.objects.filter(owner=by, screen=view.screen, name=name, removed_at=None)
        row = own.first() or SavedView(owner=by, screen=view.screen, name=name)
        row.query, row.desk = view.query, view.desk
        row.save()
    return row


def shared_with(view: NamedView, *, by: User) -> Desk | None:
    """The desk that the person's view of this name is shared with."""
    rows = SavedView.objects.filter(owner=by, screen=view.screen, removed_at=None)
    row = rows.filter(name=_kept_name(view.name)).select_related("desk").first()
    return row.desk if row else None


def _kept_name(typed: str) -> str:
    """PostgreSQL refuses a NUL in any text, asked for too."""
    return " ".join(typed.replace("\0", " ").split())


def remove(view: SavedView, *, by: User) -> None:
    """Its owner may, and an editor of the desk that it is shared with."""
    if not may_remove(view, by):
        raise PermissionDenied(
            _("Only %(owner)s or an editor of the desk can remove this view.")
            % {"owner": view.owner}
        )
    with transaction.atomic():
        ListSetting.objects.filter(default_view=view).update(default_view=None)
        if view.removed_at is None:
            view.removed_at = clock.now()
            view.save(update_fields=["removed_at"])


def may_remove(view: SavedView, by: User) -> bool:
    if view.owner_id == by.pk:
        return True
    return bool(view.desk_id) and may_on_desk(by, "saved_view.remove", view.desk_id or 0)


def open_with(view: SavedView | None, screen: str, *, by: User) -> None:
    """The person's list opens with this view, or with none."""
    ListSetting.objects.update_or_create(user=by, screen=screen, defaults={"default_view": view})


def remember(user: User, screen: str, query: str) -> None:
    """What somebody chose just now. What no screen could have sent is
    not kept.
    """
    if len(query) <= LONGEST_QUERY:
        ListSetting.objects.update_or_create(
            user=user, screen=screen, defaults={"last_query": query}
        )


def forget(user: User, screen: str, query: str | None = None) -> None:
    """What was chosen last, if it is this: it made no sense, and would
    greet the person each time.
    """
    rows = ListSetting.objects.filter(user=user, screen=screen)
    (rows if query is None else rows.filter(last_query=query)).update(last_query="")


def opening(user: User, screen: str) -> str | None:
    """The query that a list opens with: the default view's, or the last
    one. None for the whole list.
    """
    setting = setting_of(user, screen)
    if setting is None:
        return None
    default = setting.default_view_id
    # Asked anew: it may be shared no longer.
    view = visible_to(user).filter(pk=default).first() if default else None
    return view.asked if view else (setting.last_query or None)


def setting_of(user: User, screen: str) -> ListSetting | None:
    return ListSetting.objects.filter(user=user, screen=screen).first()
