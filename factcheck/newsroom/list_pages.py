"""The page of a list: its filters as one form, those that are on as a
line above the rows, and what a person used last.
"""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.admin.views.main import (
    ALL_VAR,
    ERROR_FLAG,
    PAGE_VAR,
    SEARCH_VAR,
    ChangeList,
)
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from factcheck.newsroom import saved_views
from factcheck.newsroom.list_settings import VIEW
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import desks_where

# Sent by the form, and by the links that take one filter away: what somebody chose is
# remembered, what a link of another page asks for is not.
CHOSEN = "_filter"
# As the view of an address: the list without any.
EVERYTHING = "all"
# What is no filter, and no part of a view.
PASSING = (CHOSEN, VIEW, PAGE_VAR, ERROR_FLAG, ALL_VAR)


def narrowing(given: QueryDict) -> str:
    """What narrows and sorts the list, as a query string: without empty
    fields, the page, and the name of a view.
    """
    kept = [
        (name, value)
        for name, values in given.lists()
        for value in values
        if name not in PASSING and value.strip()
    ]
    return urlencode(kept)


class NewsroomChangeList(ChangeList):
    """Django's list, with a word on filters that make no sense in place
    of its whole rows.
    """

    filter_specs: list[Any]
    # Filters of a saved view that the list has no more.
    gone: frozenset[str] = frozenset()

    def get_filters_params(
        self,
        params: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        asked = super().get_filters_params(params)
        if asked.pop(VIEW, None) is None:
            return asked
        self.gone = frozenset(name for name in asked if not self._has(name))
        return {name: values for name, values in asked.items() if name not in self.gone}

    def _has(self, name: str) -> bool:
        filters = {getattr(one, "parameter_name", one) for one in self.list_filter}
        columns = {field.name for field in self.opts.get_fields()}
        return name in filters or name.split("__")[0] in columns

    def get_queryset(
        self,
        request: HttpRequest,
        exclude_parameters: Any = None,
    ) -> QuerySet[Any]:
        rows = super().get_queryset(request, exclude_parameters)
        return rows.none() if self.gone else rows

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.multi_page:
            return
        # Which rows are on the page is found by keys and the columns they are sorted
        # by; only those are read whole, with what is joined to them. A common word of a
        # search stands in thousands. In two statements: PostgreSQL keeps the order of
        # more than eight joined tables, and would join all rows first.
        keys = list(self.result_list.values_list("pk", flat=True))
        shown = self.root_queryset.filter(pk__in=keys)
        ordering = self.queryset.query.order_by
        self.result_list = self.apply_select_related(shown).order_by(*ordering)

    @property
    def form_filters(self) -> list[Any]:
        return [one for one in self.filter_specs if hasattr(one, "widget")]

    @property
    def stock_filters(self) -> list[Any]:
        return [one for one in self.filter_specs if not hasattr(one, "widget")]

    @property
    def problems(self) -> list[dict[str, str]]:
        refused = [
            {"title": str(one.title), "text": one.problem}
            for one in self.form_filters
            if one.problem
        ]
        text = _("This filter no longer exists. Save the view again without it.")
        return [*refused, *({"title": name, "text": text} for name in sorted(self.gone))]

    def chips(self) -> list[dict[str, str]]:
        """What is on, each with the address without it."""
        searched = [
            {"title": _("search"), "text": words, "href": self._without(SEARCH_VAR, words)}
            for words in [self.query]
            if words.strip()
        ]
        return searched + [
            {"title": str(one.title), "text": text, "href": self._without(name, value)}
            for one in self.form_filters
            for name in [one.parameter_name]
            for value, text in one.chips()
        ]

    def _without(self, name: str, value: str) -> str:
        kept = [one for one in self._asked() if one != (name, value)]
        return f"?{urlencode([*kept, (CHOSEN, '1')])}"

    def _asked(self) -> list[tuple[str, str]]:
        return [
            (key, one)
            for key, values in self.filter_params.items()
            for one in values
            if key not in PASSING and key not in self.gone
        ]

    @property
    def clear_href(self) -> str:
        return f"?{CHOSEN}=1"

    @property
    def notes(self) -> list[dict[str, str]]:
        """What the list leaves out, and the address with it."""
        return [
            {"text": one.note, "href": f"?{urlencode([*self._asked(), one.widest])}"}
            for one in self.form_filters
            if one.note
        ]

    def kept_by_search(self) -> list[tuple[str, str]]:
        """Hidden fields of the search form: everything but the words."""
        return self._hidden(SEARCH_VAR, VIEW)

    def kept_by_filters(self) -> list[tuple[str, str]]:
        """Hidden fields of the filter form: what it has no field for."""
        return self._hidden(VIEW, *(one.parameter_name for one in self.form_filters))

    def _hidden(self, *left_out: str) -> list[tuple[str, str]]:
        return [
            (name, value)
            for name, values in self.filter_params.items()
            for value in values
            if name not in left_out
        ]


def elsewhere(request: HttpRequest, screen: str) -> str | None:
    """The query that the request should have come with: what was chosen
    just now, without empty fields; or, on a list that is opened without
    asking for anything, what the person used last.
    """
    if request.method != "GET":
        return None
    if CHOSEN in request.GET:
        chosen = narrowing(request.GET)
        saved_views.remember(person_of(request), screen, chosen)
        return chosen or f"{VIEW}={EVERYTHING}"
    if ERROR_FLAG in request.GET:
        # Django leads here from an address that it cannot read.
        saved_views.forget(person_of(request), screen)
    if request.GET:
        return None
    return saved_views.opening(person_of(request), screen)


def forget(request: HttpRequest, screen: str) -> None:
    """Filters that cannot be applied are shown once, and not again when
    the list is next opened.
    """
    saved_views.forget(person_of(request), screen, narrowing(request.GET))


def views_of(request: HttpRequest, screen: str) -> dict[str, Any]:
    """What the page shows of saved views: those there are, which is
    open, and the form that keeps what is on.
    """
    user = person_of(request)
    rows = list(saved_views.visible_to(user).filter(screen=screen).select_related("desk", "owner"))
    current = next((one for one in rows if str(one.public_id) == request.GET.get(VIEW)), None)
    setting = saved_views.setting_of(user, screen)
    desks = Desk.objects.filter(pk__in=desks_where(user, "saved_view.share"))
    query = narrowing(request.GET)
    return {
        "views": rows[: saved_views.MOST_SHOWN],
        "view": current,
        "view_default": setting.default_view_id if setting else None,
        "view_removable": current and saved_views.may_remove(current, user),
        # Nothing to keep where nothing is on.
        "view_query": query,
        "view_screen": screen,
        "view_desks": desks if query else [],
        "view_everything": f"?{VIEW}={EVERYTHING}",
    }


def person_of(request: HttpRequest) -> User:
    # admin_base.person() checks this; it imports this module.
    return cast("User", request.user)
