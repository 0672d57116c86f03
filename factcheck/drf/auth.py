"""Authentication, scopes and rate limits of API tokens."""

from typing import TYPE_CHECKING, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

from factcheck.newsroom import tokens
from factcheck.newsroom.choices import PERSONAL_SCOPES, SERVICE_SCOPES
from factcheck.newsroom.models import ApiToken, User
from factcheck.newsroom.permissions import remember_roles

# rest_framework.views imports the classes that settings name, this module among them:
# importing it here would be circular.
if TYPE_CHECKING:
    from rest_framework.views import APIView


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer fc_…`. The request acts as the token's owner, who must
    still be active.
    """

    def authenticate(
        self,
        request: HttpRequest | Request,
    ) -> tuple[User, ApiToken] | None:
        header = request.META.get("HTTP_AUTHORIZATION", "")
        # None, not a refusal: the permission class then answers 401 with a
        # WWW-Authenticate header.
        if not header:
            return None
        scheme, _separator, plain = header.partition(" ")
        if scheme.lower() != "bearer" or not plain.strip():
            raise AuthenticationFailed(_("Send the token in the header Authorization: Bearer fc_…"))
        token = tokens.find(plain.strip())
        # One answer for all three: which of them it is would help somebody who guesses.
        if token is None:
            raise AuthenticationFailed(
                _(
                    "This token is unknown, expired or revoked. Ask an admin of your desk for a"
                    " new one."
                )
            )
        if request.method in SAFE_METHODS:
            # Only where nothing is done: see remember_roles.
            remember_roles(token.owner)
        return token.owner, token

    def authenticate_header(self, request: HttpRequest | Request) -> str:
        return 'Bearer realm="factcheck"'


def caller(request: Request) -> User:
    """The owner of the token. HasScope has refused everybody else."""
    if not isinstance(request.user, User):
        raise TypeError("A view without HasScope asked who is calling.")
    return request.user


def token_of(request: Request) -> ApiToken:
    if not isinstance(request.auth, ApiToken):
        raise TypeError("A view without HasScope asked for the token.")
    return request.auth


def require(request: Request, *scopes: str) -> None:
    """Raise PermissionDenied if the token lacks a scope. What its owner may do is
    checked later, by `may`.
    """
    missing_scopes = [scope for scope in scopes if not token_of(request).allows(scope)]
    if caller(request).is_service and set(missing_scopes) - SERVICE_SCOPES:
        raise PermissionDenied(
            _(
                "A service account never has these scopes: %(missing_scopes)s. This takes the"
                " token of a person."
            )
            % {"missing_scopes": ", ".join(missing_scopes)}
        )
    if missing_scopes:
        raise PermissionDenied(
            _("This token lacks a required scope: %(missing_scopes)s. Use one that has it.")
            % {"missing_scopes": ", ".join(missing_scopes)}
        )


def is_own_token(request: Request) -> bool:
    """Whether the owner made the token. One that an admin issued has none of these
    scopes, and must not give the admin access to what only a few people may read.
    """
    return any(token_of(request).allows(scope) for scope in PERSONAL_SCOPES)


class HasScope(BasePermission):
    """Requires the scopes that the view names for the method. A method it does not name
    is refused, unless the view answers it with 405.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not isinstance(request.auth, ApiToken):
            return False
        method = "GET" if request.method == "HEAD" else str(request.method)
        needed: dict[str, tuple[str, ...]] = getattr(view, "scopes", {})
        if method not in needed:
            # A handler without scopes is a mistake and stays closed; no handler at all
            # is a 405.
            return method.lower() not in view.http_method_names or not hasattr(view, method.lower())
        require(request, *needed[method])
        return True


class TokenThrottle(SimpleRateThrottle):
    """Limits the requests of each token per minute, counted in the default cache."""

    scope = "token"
    now: float
    history: list[float]
    num_requests: int
    duration: int
    attribute: ClassVar[str] = "rate_limit"

    def get_rate(self) -> str | None:
        return str(api_settings.DEFAULT_THROTTLE_RATES[self.scope])

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        # By digest: the cache must not hold a token that still works.
        return f"api-rate-{request.auth.digest}" if isinstance(request.auth, ApiToken) else None

    def allow_request(self, request: Request, view: "APIView") -> bool:
        allowed = super().allow_request(request, view)
        if isinstance(request.auth, ApiToken):
            # DRF keeps the newest time first and drops those older than `duration`.
            oldest = self.history[-1] if self.history else self.now
            remaining = max(self.num_requests - len(self.history), 0)
            setattr(
                view,
                self.attribute,
                (self.num_requests, remaining, round(self.duration - (self.now - oldest))),
            )
        return allowed
