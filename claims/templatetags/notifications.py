"""The bell in the header of the staff pages."""

from typing import Any

from django import template
from django.template import Context

from claims.admin.notifications.bell import UNREAD
from claims.desk.notifications import reading

register = template.Library()


@register.inclusion_tag("includes/_bell.html", takes_context=True)
def bell(context: Context) -> dict[str, Any]:
    numbers = context.get("home_numbers") or {}
    count = numbers.get(UNREAD)
    if count is None:
        count = reading.unread_count(context["user"])
    most = reading.MOST_COUNTED
    return {"count": count, "shown": f"{most}+" if count > most else str(count)}
