"""Sessions, stored so that a copy of the database neither says what is
in them nor opens one: they hold what waits for a second factor as it
was typed, tokens of reset links, and the proof that a factor was shown.

The data is encrypted, and signed for its own key, so that it is worth
nothing in another row. The cookie is the key with a signature that the
database does not hold.
"""

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from factcheck.ledger.encryption import DecryptionError, decrypt, encrypt
from factcheck.ledger.key_rotation import of_column, register

register("sessions.session.session_data", of_column(Session, "session_data"))


class SessionStore(db.SessionStore):
    @property
    def key_salt(self) -> str:
        return f"{super().key_salt}:{self.session_key}"

    def encode(self, session_dict: dict[str, Any]) -> str:
        return encrypt(super().encode(session_dict))

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        try:
            signed = decrypt(str(session_data))
        except DecryptionError:
            # From before the encryption, or the key is gone: people sign in again.
            return {}
        return super().decode(signed)


class SessionCookieMiddleware(SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if cookie := request.COOKIES.pop(settings.SESSION_COOKIE_NAME, ""):
            request.COOKIES[settings.SESSION_COOKIE_NAME] = session_key(cookie)
        super().process_request(request)

    def process_response(
        self,
        request: HttpRequest,
        response: HttpResponse,
    ) -> HttpResponse:
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie and cookie.value:
            # Its attributes stay.
            response.cookies[settings.SESSION_COOKIE_NAME] = cookie_value(cookie.value)
        return response


def cookie_value(key: str) -> str:
    return _signer().sign(key)


def session_key(cookie: str) -> str:
    """Empty where we did not sign the cookie."""
    try:
        return _signer().unsign(cookie)
    except BadSignature:
        return ""


def _signer() -> Signer:
    return Signer(salt="newsroom.session_cookie")
