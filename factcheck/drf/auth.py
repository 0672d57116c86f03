"""Who calls the API: a token, what it may be used for, and how often."""

from typing import TYPE_CHECKING, ClassVar

from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

from factcheck.newsroom import tokens
from factcheck.newsroom.choices import PERSONAL_SCOPES
from factcheck.newsroom.models import ApiToken, User

if (
    TYPE_CHECKING
):  # rest_framework.views reads the settings that name this module, so it cannot come first
    from rest_framework.views import APIView


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer fc_…`. The request acts as the token's owner, who must still be
    active.
    """

    def authenticate(self, request: HttpRequest | Request) -> tuple[User, ApiToken] | None:
        header = request.META.get("HTTP_AUTHORIZATION", "")
        if not header:
            return None
        scheme, _, plain = header.partition(" ")
        if scheme.lower() != "bearer" or not plain.strip():
            raise AuthenticationFailed("Send the token as: Authorization: Bearer fc_…")
        token = tokens.find(plain.strip())
        if token is None:
            raise AuthenticationFailed(
                "This token is unknown, expired or revoked. Ask an admin of your desk for a new"
                " one."
            )
        return token.owner, token

    def authenticate_header(self, request: HttpRequest | Request) -> str:
        return 'Bearer realm="factcheck"'


def caller(request: Request) -> User:
    """The owner of the token; HasScope lets nobody else in."""
    if not isinstance(request.user, User):
        raise TypeError("A view without HasScope asked who is calling.")
    return request.user


def token_of(request: Request) -> ApiToken:
    if not isinstance(request.auth, ApiToken):
        raise TypeError("A view without HasScope asked for the token.")
    return request.auth


def require(request: Request, *scopes: str) -> None:
    """Refuse a token that lacks one of the scopes. What its owner may is `may`'s to say, later."""
    lacking = [scope for scope in scopes if not token_of(request).allows(scope)]
    if lacking:
        raise PermissionDenied(
            f"This token lacks the scope {' and '.join(lacking)}. Use a token that has it."
        )


def is_own_token(request: Request) -> bool:
    """Did the owner make the token? One that an admin made for them has none of these scopes, and
    must not read for the admin what is between a few people.
    """
    return any(token_of(request).allows(scope) for scope in PERSONAL_SCOPES)


class HasScope(BasePermission):
    """The view's `scopes` say what each method needs; a method they do not name is refused, unless
    it answers 405.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not isinstance(request.auth, ApiToken):
            return False
        method = "GET" if request.method == "HEAD" else str(request.method)
        needed: dict[str, tuple[str, ...]] = getattr(view, "scopes", {})
        if method not in needed:
            return method.lower() not in view.http_method_names or not hasattr(view, method.lower())
        require(request, *needed[method])
        return True


class TokenThrottle(SimpleRateThrottle):
    """So many requests a minute for each token. Every process counts in the cache the settings
    name.
    """

    scope = "token"
    now: float
    history: list[float]
    num_requests: int
    duration: int
    attribute: ClassVar[str] = "rate_limit"

    def get_rate(self) -> str | None:
        return str(api_settings.DEFAULT_THROTTLE_RATES[self.scope])

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        return f"api-rate-{request.auth.digest}" if isinstance(request.auth, ApiToken) else None

    def allow_request(self, request: Request, view: "APIView") -> bool:
        allowed = super().allow_request(request, view)
        if isinstance(request.auth, ApiToken):
            oldest = self.history[-1] if self.history else self.now
            left = max(self.num_requests - len(self.history), 0)
            setattr(
                view,
                self.attribute,
                (self.num_requests, left, round(self.duration - (self.now - oldest))),
            )
        return allowed
