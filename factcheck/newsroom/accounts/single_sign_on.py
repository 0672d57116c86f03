"""Signing in with the newsroom's own identity provider, by OpenID
Connect.

allauth trusts an identity token that it fetched itself over TLS, and
sends no nonce. Here its signature, issuer, audience, age and nonce are
checked all the same: a provider or a proxy in between that is set up
wrongly must not let a stranger in.
"""

from http import HTTPStatus
from typing import Any

import jwt
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare, get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from factcheck.newsroom.models import User

PROVIDER = "newsroom"
_NONCE = "single_sign_on_nonce"
# Named here: a token must not choose how it is checked.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
_REQUIRED = ["iss", "aud", "sub", "exp", "iat"]
_CLOCKS_APART = 60  # seconds


class Adapter(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if config.get("issuer", "").rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
            raise OAuth2Error("The provider calls itself by another name.")
        return config

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any
    ) -> SocialLogin:
        claims = self._checked_claims(app, kwargs["response"].get("id_token") or "")
        nonce = request.session.pop(_NONCE, "")
        if not nonce or not constant_time_compare(str(claims.get("nonce", "")), nonce):
            raise OAuth2Error("The identity token was not made for this sign-in.")
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _checked_claims(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            key = self._key(jwt.get_unverified_header(id_token).get("kid"))
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key,
                algorithms=_ALGORITHMS,
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                leeway=_CLOCKS_APART,
                options={"require": _REQUIRED},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("Invalid identity token") from error
        # A token for several parties names the one that asked for it.
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The identity token was made for somebody else.")
        return claims

    def _key(self, kid: str | None) -> Any:
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(response.json()).keys
        if kid is None and len(keys) == 1:
            return keys[0]
        return next(key for key in keys if key.key_id == kid)


@never_cache
@require_GET
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider."""
    adapter = _adapter(request, provider_id)
    nonce = request.session[_NONCE] = get_random_string(32)
    try:
        # Before anybody is sent away: allauth itself does not compare the issuer.
        _ = adapter.openid_config
        return adapter.get_provider().redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=get_next_redirect_url(request),
            auth_params={"nonce": nonce},
        )
    except (OAuth2Error, OSError, ValueError, KeyError):
        return refused(request, HTTPStatus.BAD_GATEWAY)


@never_cache
@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends people back to."""
    return OAuth2CallbackView.adapter_view(_adapter(request, provider_id))(request)


def _adapter(request: HttpRequest, provider_id: str) -> Adapter:
    if not settings.OIDC_ISSUER or provider_id != PROVIDER:
        raise Http404
    return Adapter(request, provider_id)


def refused(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    return render(request, "account/sso_refused.html", status=status)


def admit(request: HttpRequest, sign_in: SocialLogin) -> None:
    """Let in somebody who has an account already: one that this
    identity was used with before, or the active one with the address
    that the provider has verified. Nobody is created.
    """
    # The rest of what the provider says is not needed.
    sign_in.account.extra_data = {}
    if sign_in.is_existing:
        return
    verified = [address.email for address in sign_in.email_addresses if address.verified]
    people = list(User.objects.filter(email__iexact=verified[0])) if verified else []
    # Two accounts with one address: neither, as nobody knows which is meant.
    if len(people) != 1 or not people[0].is_active:
        raise ImmediateHttpResponse(refused(request, HTTPStatus.FORBIDDEN))
    sign_in.connect(request, people[0])
