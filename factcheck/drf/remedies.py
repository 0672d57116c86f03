"""What to send instead, behind the sentences in which DRF refuses a value."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import fields
from rest_framework.exceptions import ErrorDetail
from rest_framework.serializers import BaseSerializer
from rest_framework.settings import api_settings

# The names of six hundred time zones would hide the sentence that they explain.
MOST_CHOICES = 40
_plus_lost = re.compile(r":\d\d(\.\d+)? \d\d:?\d\d$")


def with_remedies(detail: Any, known: Mapping[str, Any], sent: Any) -> Any:
    """The errors of a serializer's fields, each with its remedy."""
    if not isinstance(detail, dict):
        return detail
    return {
        name: _explained(faults, known[name], sent.get(name)) if name in known else faults
        for name, faults in detail.items()
    }


def _explained(faults: Any, field: Any, value: Any) -> Any:
    if isinstance(faults, dict):
        return {key: _inside(key, inner, field, value) for key, inner in faults.items()}
    if isinstance(faults, list):
        return [_explained(fault, field, value) for fault in faults]
    remedy = _remedy(faults.code, field, value)
    return ErrorDetail(f"{faults} {remedy}", code=faults.code) if remedy else faults


def _inside(key: Any, faults: Any, field: Any, value: Any) -> Any:
    """Of an item of a list by its place, and of what is no object at all.
    The fields of an object inside have their remedies already.
    """
    if key == api_settings.NON_FIELD_ERRORS_KEY:
        return _explained(faults, field, value)
    if isinstance(key, int) and isinstance(value, list):
        return _explained(faults, field.child, value[key])
    return faults


def _remedy(code: str, field: Any, value: Any) -> str:
    if code == "null":
        return _("Send a value.") if field.required else _("Send a value, or leave the field out.")
    if code == "not_a_list":
        return _('Send a list, such as ["…"].')
    if code == "invalid_choice" and len(field.choices) <= MOST_CHOICES:
        names = ", ".join(str(choice) for choice in field.choices if choice)
        return _("Choose one of: %(names)s.") % {"names": names}
    return _remedy_of_type(field, value) if code == "invalid" else ""


def _remedy_of_type(field: Any, value: Any) -> str:
    if isinstance(field, BaseSerializer):
        shape = getattr(field, "child", field)
        # Whatever else an object as a whole is refused for says so itself.
        if isinstance(value, Mapping):
            return ""
        names = ", ".join(getattr(shape, "fields", ()))
        return _("Send an object with these fields: %(names)s.") % {"names": names}
    if isinstance(field, fields.UUIDField):
        if field.field_name == "desk":
            return _("GET /api/v1/me/ lists your desks with their ids.")
        return _("Send the id as an answer gave it.")
    if isinstance(field, fields.BooleanField):
        return _("Send true or false.")
    if isinstance(field, fields.DateTimeField):
        lost = isinstance(value, str) and _plus_lost.search(value)
        return _("In an address, write + as %2B.") if lost else ""
    if isinstance(field, fields.CharField) and not isinstance(value, str):
        return _("Send it as text, in quotation marks.")
    return ""
