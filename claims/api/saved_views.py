"""Saved views of the desk's lists over the API: keep, share, open with and remove
them.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.saved_views import (
    OpenWithIn,
    SavedViewIn,
    SavedViewOut,
    SavedViewQuery,
)
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.repeats import status_of
from factcheck.drf.serializers import EmptyBody, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom import saved_views
from factcheck.newsroom.list_exports import as_asked, list_of
from factcheck.newsroom.list_pages import narrowing
from factcheck.newsroom.models import Desk, ListSetting, SavedView, User
from factcheck.newsroom.permissions import desks_where
from factcheck.newsroom.saved_views import NamedView


def _visible(user: User) -> QuerySet[SavedView]:
    return saved_views.visible_to(user).select_related("owner", "desk")


def _opening(user: User) -> set[int]:
    rows = ListSetting.objects.filter(user=user).exclude(default_view=None)
    return {pk for pk in rows.values_list("default_view", flat=True) if pk}


def _answer(user: User, view: SavedView, *, status: int = 200) -> Response:
    return Response(SavedViewOut(view, context={"opening": _opening(user)}).data, status=status)


def _desk(user: User, public_id: UUID | None) -> Desk | None:
    if public_id is None:
        return None
    offered = desks_where(user, "saved_view.share")
    desk = Desk.objects.filter(pk__in=offered, public_id=public_id).first()
    if desk is None:
        raise PermissionDenied(_("Choose a desk that you may share views with."))
    return desk


def _list(name: str) -> ModelAdmin[Any]:
    try:
        return list_of(name)
    except Http404:
        raise bad_field(
            "screen",
            _(
                "There is no list “%(name)s”. Name it as its page's address does, such as"
                " claims.claim for /admin/claims/claim/."
            )
            % {"name": name[:60]},
        ) from None


class SavedViews(ClaimsView):
    scopes = {"GET": ("read",), "POST": ("claims:write",)}
    query: ClassVar[type[Strict]] = SavedViewQuery

    @extend_schema(
        operation_id="list_saved_views",
        parameters=[SavedViewQuery],
        responses=page_shape(SavedViewOut),
    )
    def get(self, request: Request) -> Response:
        """Your saved views and those shared with your desks, newest first."""
        user = caller(request)
        rows = _visible(user)
        if screen := self.query_params.get("screen"):
            rows = rows.filter(screen=screen)
        return self.page_of(rows, SavedViewOut, opening=_opening(user))

    @extend_schema(
        operation_id="save_view",
        request=SavedViewIn,
        responses={201: SavedViewOut, 200: SavedViewOut},
    )
    def post(self, request: Request) -> Response:
        """Keep filters and order of a list under a name. One of this name that you have
        already gets the new ones, and is answered with 200.
        """
        user, data = caller(request), self.validated(SavedViewIn)
        screen = _list(data["screen"])
        if not screen.has_view_permission(as_asked(user)):
            raise PermissionDenied(_("Your role does not include this list."))
        query = narrowing(QueryDict(data["query"]))
        named = NamedView(data["screen"], data["name"], query, _desk(user, data.get("desk")))
        view = saved_views.save(named, by=user)
        return _answer(user, view, status=status_of(view))


class OneSavedView(ClaimsView):
    @extend_schema(operation_id="read_saved_view", responses=SavedViewOut)
    def get(self, request: Request, saved_view: UUID) -> Response:
        """One saved view."""
        user = caller(request)
        return _answer(user, get_or_404(_visible(user), saved_view))


class OpenWithView(ClaimsView):
    http_method_names = ["put"]
    scopes = {"PUT": ("claims:write",)}

    @extend_schema(operation_id="open_list_with_view", request=OpenWithIn, responses=SavedViewOut)
    def put(self, request: Request, saved_view: UUID) -> Response:
        """Have your list open with this view, or as you left it."""
        user, data = caller(request), self.validated(OpenWithIn)
        view = get_or_404(_visible(user), saved_view)
        saved_views.open_with(view if data["on"] else None, view.screen, by=user)
        return _answer(user, view)


class RemoveView(ClaimsView):
    scopes = {"POST": ("claims:write",)}

    @extend_schema(operation_id="remove_saved_view", request=EmptyBody, responses=SavedViewOut)
    def post(self, request: Request, saved_view: UUID) -> Response:
        """Remove it: its owner may, and an editor of the desk it is shared with. Once
        removed it is a 404.
        """
        self.validated(EmptyBody)
        user = caller(request)
        view = get_or_404(_visible(user), saved_view)
        saved_views.remove(view, by=user)
        return _answer(user, view)
