"""The page of what a person has been told, and its buttons."""

import re
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.desk.notifications import reading
from claims.desk.notifications.sentences import address, claim_words, sentence
from claims.models import Notification
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.badges import ago

PAGE_LENGTH = 50
_key = re.compile(r"[0-9]{1,18}", re.ASCII)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All or the unread ones, newest first."""
    by, before = person(request), request.GET.get("before", "")
    unread = request.GET.get("show") == "unread"
    wrong = bool(before) and not _key.fullmatch(before)
    rows = reading.of(by).unread() if unread else reading.of(by)
    if before and not wrong:
        rows = rows.filter(pk__lt=int(before))
    # One more than shown says whether there are more.
    found = [] if wrong else list(rows[: PAGE_LENGTH + 1])
    shown = found[:PAGE_LENGTH]
    context = {
        **admin.site.each_context(request),
        "title": _("Notifications"),
        "rows": [_row(told) for told in shown],
        "any_unread": any(told.read_at is None for told in shown),
        "unread_only": unread,
        "newest": shown[0].pk if shown else "",
        "older": shown[-1].pk if len(found) > PAGE_LENGTH else "",
        "refused": _("There is no such page. Start again from the newest.") if wrong else "",
    }
    status = 400 if wrong else 200
    return render(request, "admin/notifications/page.html", context, status=status)


def _row(told: Notification) -> dict[str, Any]:
    return {
        "id": told.public_id,
        "sentence": sentence(told),
        "claim": claim_words(told),
        "url": address(told),
        "moment": ago(told.at),
        "unread": told.read_at is None,
    }


@require_POST
def read(request: HttpRequest, notification: UUID) -> HttpResponse:
    rows = Notification.objects.visible_to(person(request))
    told = rows.filter(public_id=notification).first()
    if told is None:
        raise Http404(_("Notification not found, or you do not have access to it."))
    reading.mark_read(told)
    return _back()


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    newest = request.POST.get("newest", "")
    until = int(newest) if _key.fullmatch(newest) else None
    reading.mark_all_read(person(request), until=until)
    return _back()


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("notifications:page"))
