"""What all admin screens share: `may` decides, and nobody deletes. What they save is `Audited`."""

from collections.abc import Callable
from typing import Any, ClassVar, NoReturn
from urllib.parse import urlencode

from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DataError
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst

from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where_assigned, desks_where_related, may_anywhere
from factcheck.newsroom.stale_forms import SEEN, StaleCheckForm, opened_values


def person(request: HttpRequest) -> User:
    """The signed-in person; the admin site lets nobody else in."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("The admin site let in somebody who is not signed in.")
    return user


def allowed(request: HttpRequest, action: str) -> bool:
    """`may_anywhere`, asked once a request: a page with its menu asks the same for every model it
    names.
    """
    return _once(request, action, may_anywhere)


def allowed_for_own(request: HttpRequest, action: str) -> bool:
    """Could there be objects this person may do it to because they stand in a relation to them?"""
    ask = lambda user, _: bool(  # noqa: E731
        desks_where_related(user, action) or desks_where_assigned(user, action)
    )
    return _once(request, f"{action} of their own", ask)


def _once(request: HttpRequest, action: str, ask: Callable[[User, str], bool]) -> bool:
    known: dict[str, bool] = vars(request).setdefault("_allowed", {})
    if action not in known:
        known[action] = ask(person(request), action)
    return known[action]


class NewsroomAdmin(ModelAdmin[Any]):
    """`view_action` and `change_action` name rules of permissions.RULES. A superuser gets nothing
    by being one.

    An empty `change_action` makes a read-only screen. Rows start from `visible_to` where the model
    has it. A `shared` table has no rows of one's own: a role for assigned work alone does not open
    it.
    """

    shared: ClassVar[bool] = False

    view_action: ClassVar[str] = ""
    add_action: ClassVar[str] = ""
    change_action: ClassVar[str] = ""
    list_per_page = 50
    show_full_result_count = False
    actions = None
    form = StaleCheckForm

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return (
            allowed(request, self.view_action)
            or (not self.shared and allowed_for_own(request, self.view_action))
            or self.has_change_permission(request)
        )

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(self.add_action) and allowed(request, self.add_action)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(self.change_action) and allowed(request, self.change_action)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        visible: Callable[[User], QuerySet[Any]] | None = getattr(rows, "visible_to", None)
        return visible(person(request)) if visible else rows

    def seen(self, request: HttpRequest, pk: str | int) -> Any:
        """The row, if this person may see it; else 404, so that nobody learns what exists."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404(f"There is no such {self.opts.verbose_name}, or it is not yours to see.")
        return row

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # PostgreSQL refuses a NUL in any string, and stock Django passes a filter's value through:
        # a 500.
        if any(
            "\0" in name or "\0" in value
            for name, values in request.GET.lists()
            for value in values
        ):
            raise BadRequest("A filter contains a NUL character. Remove it from the address.")
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(
            request, {"title": title, "subtitle": None} | (extra_context or {})
        )

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """A value that fits its field's form and not its column (a number of forty digits) is a
        filter gone wrong.
        """
        try:
            return super().get_changelist_instance(request)
        except (DataError, OverflowError, ValueError) as error:
            raise IncorrectLookupParameters(str(error)) from error

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> NoReturn:
        raise Http404(f"There is no such {opts.verbose_name}, or it is not yours to see.")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One history: the audit chain, for those who may read it."""
        row = self.seen(request, object_id)
        asked = {
            "object_type": row._meta.label_lower,
            "object_id": str(getattr(row, "public_id", row.pk)),
        }
        return HttpResponseRedirect(
            f"{reverse('admin:ledger_auditentry_changelist')}?{urlencode(asked)}"
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
            context[SEEN] = opened_values(row)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Model, form: ModelForm[Any], change: bool
    ) -> None:
        """Of a row that was there only what was typed: the rest of it may have changed since it was
        read.
        """
        if change:
            obj.save(
                update_fields=sorted(
                    {field.name for field in obj._meta.concrete_fields} & set(form.changed_data)
                )
            )
        else:
            super().save_model(request, obj, form, change)
