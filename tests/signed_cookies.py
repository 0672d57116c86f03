"""Django's test client sets and reads the cookie of a session itself, where a browser
gets it signed (newsroom.accounts.stored_sessions): so it has to sign, too.
"""

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.test import client

from factcheck.newsroom.accounts import stored_sessions


def sign_cookies_of_test_clients() -> None:
    set_login_cookies = client.ClientMixin._set_login_cookies

    def set_signed(self: Any, request: Any) -> None:
        set_login_cookies(self, request)
        cookie = self.cookies[settings.SESSION_COOKIE_NAME]
        self.cookies[settings.SESSION_COOKIE_NAME] = stored_sessions.cookie_value(cookie.value)

    client.ClientMixin._set_login_cookies = set_signed
    client.ClientMixin.session = property(_session)


def _session(self: Any) -> SessionBase:
    if cookie := self.cookies.get(settings.SESSION_COOKIE_NAME):
        return stored_sessions.SessionStore(stored_sessions.session_key(cookie.value))
    session = stored_sessions.SessionStore()
    session.save()
    key = stored_sessions.cookie_value(str(session.session_key))
    self.cookies[settings.SESSION_COOKIE_NAME] = key
    return session
