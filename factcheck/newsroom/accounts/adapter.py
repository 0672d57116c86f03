"""allauth's hooks: what differs from its defaults."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import Login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from factcheck.ledger.encryption import decrypt, encrypt
from factcheck.newsroom import languages, sign_in_limits
from factcheck.newsroom.accounts import notices
from factcheck.newsroom.accounts.single_sign_on import admit
from factcheck.newsroom.models import User

SOON = 600  # seconds


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return sign_in_limits.client_address(request)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        named = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, **context}
        return super().render_mail(template_prefix, email, named, headers)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Through our outbox, which waits for a mail server that is
        away. The sentence that says what changed is allauth's.
        """
        # A changed password is told by whoever saves it, also outside these pages.
        if template_prefix.startswith("account/email/password_"):
            return
        with languages.speaking_to(user):
            told = render_to_string(f"{template_prefix}_message.txt", context or {}, self.request)
        notices.tell_of_change(self.request, user, told.strip())

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: SignInForm counts failures, in all processes together."""

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **more)
        if not sign_in_limits.is_known_browser(request, user.get_username()):
            notices.tell_of_browser(request, user)
        sign_in_limits.remember_browser(request, response, user.get_username())
        return response

    def add_message(self, request: HttpRequest, *args: Any, **more: Any) -> None:
        # A newsroom knows that it has signed in; the other messages are of use.
        if "account/messages/logged_in.txt" in args:
            return
        super().add_message(request, *args, **more)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """With a second factor only that: who has found an open session
        and the password must not be able to take the factor away.
        """
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        factors = [method for method in methods if method["id"].startswith("mfa_")]
        has_app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
        # The first is where people are led: to the app, or else to the key.
        return (factors if has_app else factors[::-1]) or methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Without a password and a factor there is nothing to confirm
        with: whoever has just come from the single sign-on adds their
        first factor right away.
        """
        if self.get_reauthentication_methods(self.request.user):
            return super().is_reauthentication_required(app=app, **kwargs)
        came = [
            record["at"]
            for record in get_authentication_records(self.request, self.request.user)
            if record.get("method") == "socialaccount"
        ]
        return time.time() - max(came, default=0) > SOON

    def is_login_by_code_required(self, login: Login) -> bool:
        return False


class MfaAdapter(DefaultMFAAdapter):
    """Second factors are stored encrypted: a copy of the database signs nobody in."""

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def generate_authenticator_name(self, user: User, type: str) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Key %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SITE_NAME}


class SocialAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        admit(request, sociallogin)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
