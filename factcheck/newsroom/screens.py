"""What all admin screens share: `may` decides, nobody deletes, and every save is in the audit chain."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.admin import ModelAdmin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from factcheck.ledger.record import changed, record
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may_anywhere


def person(request: HttpRequest) -> User:
    """The signed-in person; the admin site lets nobody else in."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("The admin site let in somebody who is not signed in.")
    return user


class NewsroomAdmin(ModelAdmin[Any]):
    """`view_action` and `change_action` name rules of permissions.RULES. A superuser gets nothing by being one.

    An empty `change_action` makes a read-only screen. Rows start from `visible_to` where the model has it.
    """

    view_action: ClassVar[str] = ""
    add_action: ClassVar[str] = ""
    change_action: ClassVar[str] = ""
    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_anywhere(request.user, self.view_action) or self.has_change_permission(request, obj)  # type: ignore[arg-type]

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(self.add_action) and may_anywhere(request.user, self.add_action)  # type: ignore[arg-type]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(self.change_action) and may_anywhere(request.user, self.change_action)  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        visible: Callable[[User], QuerySet[Any]] | None = getattr(rows, "visible_to", None)
        return visible(person(request)) if visible else rows

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm[Any], change: bool) -> None:
        before = _readable(type(obj)._default_manager.get(pk=obj.pk), form.changed_data) if change else {}
        super().save_model(request, obj, form, change)
        after = _readable(obj, form.changed_data)
        record(f"{obj._meta.model_name}.{'change' if change else 'add'}", obj, by=person(request), changes=changed(before, after))


def _readable(obj: Model, fields: list[str]) -> dict[str, str]:
    names = {field.name for field in obj._meta.concrete_fields} & set(fields)
    return {name: str(getattr(obj, name)) for name in sorted(names) if name != "password"}
