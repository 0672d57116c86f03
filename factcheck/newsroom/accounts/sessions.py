"""Sessions end: by themselves after a time, and with a role, a password or a factor."""

import time
from collections.abc import Callable

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from factcheck.ledger import clock
from factcheck.ledger.encryption import TOKEN_START
from factcheck.newsroom.models import User

STAFF = ("/admin/", "/accounts/")
SIGNED_IN_AT, USED_AT = "signed_in_at", "used_at"
# The time of use is stored about once a minute: a page of the workbench that renews
# itself would otherwise write with every request.
_RESOLUTION = 60
# What waits for a second factor longer than this is dropped.
WAITING_SECONDS = 3600


def end_sessions(user: User, *, keep: str | None = "") -> None:
    """Sign the person out everywhere, except in the session with the key `keep`."""
    get_adapter().end_sessions(
        list(UserSession.objects.filter(user_id=user.pk).exclude(session_key=keep or ""))
    )


def delete_ended() -> None:
    """Nobody comes back to them, so nothing else would."""
    ended = Q(expire_date__lt=clock.now()) | ~Q(session_data__startswith=TOKEN_START)
    Session.objects.filter(ended).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


class SessionTimeoutMiddleware:
    """Ends sessions that are too old or were not used for too long.
    Only the screens of staff are asked: other pages know no session,
    and reading one would keep them out of caches.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(STAFF) and request.user.is_authenticated:
            self._check(request)
        return self.get_response(request)

    def _check(self, request: HttpRequest) -> None:
        now = time.time()
        # A session without a time is older than this rule.
        signed_in_at = request.session.get(SIGNED_IN_AT, 0)
        used_at = request.session.get(USED_AT, 0)
        too_old = now - signed_in_at > settings.SESSION_HOURS * 3600
        if too_old or now - used_at > settings.SESSION_IDLE_MINUTES * 60:
            logout(request)
            messages.info(request, _("You were signed out. Sign in again to go on."))
        elif now - used_at > _RESOLUTION and not renews_itself(request):
            request.session[USED_AT] = now
        _drop_what_waited(request, now)


def _drop_what_waited(request: HttpRequest, now: float) -> None:
    waiting = request.session.get(STATE_SESSION_KEY)
    if waiting is None:
        return
    if "since" not in waiting:
        # The first page after it, which asks for the factor.
        request.session[STATE_SESSION_KEY] = {**waiting, "since": now}
    elif now - waiting["since"] > WAITING_SECONDS:
        del request.session[STATE_SESSION_KEY]
        messages.info(request, _("What you sent waited too long for your proof. Send it again."))


def renews_itself(request: HttpRequest) -> bool:
    """A page that asks for its own news is no sign of a person in front of it."""
    return request.headers.get("X-Renews") == "1"
