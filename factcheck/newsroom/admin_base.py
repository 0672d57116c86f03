"""What all admin screens share: permissions come from `may`, and nobody
deletes a row.
"""

import re
from collections.abc import Callable
from typing import Any, ClassVar, NoReturn, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import DataError
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from factcheck.ledger import full_text
from factcheck.ledger.audit_log import object_id_of
from factcheck.newsroom import list_pages
from factcheck.newsroom.bounded_lists import BoundedPaginator
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where_assigned, desks_where_related, may_anywhere
from factcheck.newsroom.stale_forms import OPENED_VALUES, StaleCheckForm, opened_values

# Primary keys are whole numbers; one of more than 18 digits fits no column.
_KEY = re.compile(r"[0-9]{1,18}", re.ASCII)


def person(request: HttpRequest) -> User:
    """The signed-in person; the admin site lets nobody else in."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("The admin site served a page to somebody who is not signed in.")
    return user


def allowed(request: HttpRequest, action: str) -> bool:
    """`may_anywhere`, evaluated once a request: the menu of a page
    needs it for every model.
    """
    return _once(request, action, may_anywhere)


def allowed_for_own(request: HttpRequest, action: str) -> bool:
    """May this person do it to objects that are theirs by assignment or authorship?"""
    return _once(request, f"{action} of their own", lambda user, _: _may_for_own(user, action))


def _may_for_own(user: User, action: str) -> bool:
    return bool(desks_where_related(user, action) or desks_where_assigned(user, action))


def _once(
    request: HttpRequest,
    key: str,
    evaluate: Callable[[User, str], bool],
) -> bool:
    # Kept on the request, not on the user: roles may change between two requests.
    cache: dict[str, bool] = vars(request).setdefault("_allowed", {})
    if key not in cache:
        cache[key] = evaluate(person(request), key)
    return cache[key]


def not_visible(opts: Any) -> str:
    # One text for a missing row and a hidden one.
    return _("%(model)s not found, or you do not have access to it.") % {
        "model": capfirst(str(opts.verbose_name))
    }


class NewsroomAdmin(ModelAdmin[Any]):
    """`view_action`, `add_action` and `change_action` name rules of
    permissions.RULES; an empty one allows nobody. Being a superuser
    grants nothing.

    Rows start from `visible_to` where the model has it. A `shared`
    table belongs to no desk: an assigned-only membership does not open
    it.
    """

    shared: ClassVar[bool] = False

    view_action: ClassVar[str] = ""
    add_action: ClassVar[str] = ""
    change_action: ClassVar[str] = ""
    # Columns that the list neither filters nor shows, and pages link to it by.
    linked_by: ClassVar[tuple[str, ...]] = ()
    # The full text index that the list's search asks, in place of a scan of all rows.
    search_index: ClassVar[str] = ""
    # The columns of the list as a CSV file: name -> path of attributes.
    csv_columns: ClassVar[dict[str, str]] = {}
    # Where rows come from, for who opens the list before there are any.
    when_empty: ClassVar[str | Promise] = ""
    list_per_page = 50
    paginator = BoundedPaginator
    # The full count would be a second COUNT over the whole table on each filtered list.
    show_full_result_count = False
    # The only stock action deletes; screens with actions of their own name them in
    # get_actions.
    actions = None
    form = StaleCheckForm

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only by what the list filters, shows or is linked by. Django
        allows every column, and one that is hidden, such as the hash of
        a password or of a token, would be told letter by letter.
        """
        filters = [
            one if isinstance(one, str) else getattr(one, "parameter_name", "")
            for one in self.get_list_filter(request)
        ]
        shown = map(str, self.get_list_display(request))
        columns = {name.split("__")[0] for name in (*filters, *self.linked_by, *shown)}
        return lookup.split("__")[0] in columns and super().lookup_allowed(lookup, value, request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> bool:
        return (
            allowed(request, self.view_action)
            or (not self.shared and allowed_for_own(request, self.view_action))
            or self.has_change_permission(request)
        )

    def has_add_permission(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> bool:
        return bool(self.add_action) and allowed(request, self.add_action)

    def has_change_permission(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> bool:
        return bool(self.change_action) and allowed(request, self.change_action)

    def has_delete_permission(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> bool:
        # Rows are ended, retracted or withdrawn, never deleted: the audit log refers to
        # them.
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        visible: Callable[[User], QuerySet[Any]] | None = getattr(rows, "visible_to", None)
        return visible(person(request)) if visible else rows

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By whole words and their beginnings, where the rows have an index."""
        if not self.search_index:
            return super().get_search_results(request, queryset, search_term)
        if not search_term.strip():
            return queryset, False
        # In an order that somebody chose no index may lead through the rows.
        chosen = ORDER_VAR in request.GET
        words = full_text.matching if chosen else full_text.met_in_order
        found = queryset.filter(full_text.counted(self.search_index, search_term))
        request.found_by_search = found  # type: ignore[attr-defined]
        return queryset.filter(words(self.search_index, search_term)), False

    def get_paginator(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **options: Any
    ) -> BoundedPaginator:
        pages = cast("BoundedPaginator", super().get_paginator(request, queryset, *args, **options))
        if not queryset.query.is_empty():
            # Whoever counts meets all rows anyway, in no order.
            pages.found = getattr(request, "found_by_search", None)
        return pages

    def visible_row(self, request: HttpRequest, pk: str | int) -> Any:
        """The row, if this person may see it; else 404, so that nobody
        learns what exists.

        Raises PermissionDenied where the whole screen is closed to
        them.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404(not_visible(self.opts))
        return row

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # PostgreSQL refuses a NUL in any string, and Django passes a filter's value
        # through: a 500.
        if any(
            "\0" in name or "\0" in value
            for name, values in request.GET.lists()
            for value in values
        ):
            raise BadRequest(_("A filter contains a NUL character. Remove it from the address."))
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = list_pages.elsewhere(request, self.opts.label_lower)
        if query is not None:
            return HttpResponseRedirect(f"{request.path}?{query}")
        # Django's own title is “Select claim to change”, also where nobody may change
        # one.
        title = capfirst(str(self.opts.verbose_name_plural))
        try:
            page = super().changelist_view(
                request, {"title": title, "subtitle": None} | (extra_context or {})
            )
        except SuspiciousOperation:
            # A field that the list does not filter by.
            list_pages.forget(request, self.opts.label_lower)
            raise
        context: dict[str, Any] = getattr(page, "context_data", None) or {}
        if "cl" in context and context["cl"].form_filters:
            context |= list_pages.views_of(request, self.opts.label_lower)
            context["csv_url"] = self.csv_columns and reverse(
                "admin:newsroom_listfile_of", args=[self.opts.label_lower]
            )
            if context["cl"].problems:
                list_pages.forget(request, self.opts.label_lower)
                page.status_code = 400
        return page

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return list_pages.NewsroomChangeList

    def response_action(  # type: ignore[override]
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        """The action for the rows that were ticked; a key that no row
        can have counts as not ticked.
        """
        # Django hands the keys to the database as they came: some of them are a 500.
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        keys = [key for key in ticked if _KEY.fullmatch(key)]
        if keys != ticked:
            sent = request.POST.copy()
            sent.setlist(ACTION_CHECKBOX_NAME, keys)
            request.POST = sent  # type: ignore[assignment]
        return super().response_action(request, queryset)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """A filter value that no column can hold leads back to the
        whole list with a warning.
        """
        # A number of forty digits passes Django's check of the value and fails in the
        # database.
        try:
            return super().get_changelist_instance(request)
        except (DataError, OverflowError, ValueError, IncorrectLookupParameters) as error:
            # Silently: a list that is made as a file has no page to say it on.
            messages.warning(
                request,
                _("The address asked for something that this list does not have."),
                fail_silently=True,
            )
            raise IncorrectLookupParameters(str(error)) from error

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> NoReturn:
        # Django redirects to the index with a message; a 404 says the same for each
        # hidden row.
        raise Http404(not_visible(opts))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The audit log filtered by the row, for those who may read it."""
        row = self.visible_row(request, object_id)
        filters = {
            "object_type": row._meta.label_lower,
            "object_id": object_id_of(row),
        }
        return HttpResponseRedirect(
            f"{reverse('admin:ledger_auditentry_changelist')}?{urlencode(filters)}"
        )

    def log_addition(  # type: ignore[override]
        self, request: HttpRequest, obj: Model, message: Any
    ) -> None:
        """Nothing: the admin's own log would be a second history, outside the chain."""

    def log_change(  # type: ignore[override]
        self, request: HttpRequest, obj: Model, message: Any
    ) -> None:
        """Nothing: see log_addition."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = context.get("original")
        if row is not None:
            context.setdefault(OPENED_VALUES, opened_values(row))
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Model, form: ModelForm[Any], change: bool
    ) -> None:
        """An existing row is saved field by field: only those that the form changed."""
        # Saving the whole row would write back what others changed since this one was
        # read.
        if change:
            obj.save(
                update_fields=sorted(
                    {field.name for field in obj._meta.concrete_fields} & set(form.changed_data)
                )
            )
        else:
            super().save_model(request, obj, form, change)
