"""How people sign in, and what they need to sign a verdict."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from factcheck import env
from factcheck.settings.environment import BASE_DIR, PRODUCTION, SITE_NAME, SITE_URL

AUTH_USER_MODEL = "newsroom.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "factcheck.newsroom.accounts.passwords.MaximumLengthValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.CommonPasswordValidator",
        # Django's list has hardly any of the length that is asked for.
        "OPTIONS": {
            "password_list_path": BASE_DIR / "factcheck/newsroom/accounts/common-passwords.txt.gz"
        },
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
# allauth's backend is Django's, and also finds people by their e-mail address.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

ACCOUNT_ADAPTER = "factcheck.newsroom.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "factcheck.newsroom.accounts.forms.SignInForm",
    "reauthenticate": "factcheck.newsroom.accounts.forms.ConfirmPasswordForm",
    "reset_password": "factcheck.newsroom.accounts.reset.ForgottenPasswordForm",
    "change_password": "factcheck.newsroom.accounts.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_ENABLED = False  # people are invited, see docs/architecture.md
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
# Every address is proven before it is used: the invitation goes to it.
ACCOUNT_EMAIL_VERIFICATION = "none"
# One answer whether an account exists or not, and no mail to strangers.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_URL.startswith("https://") else "http"
# allauth counts in the default cache, which each process has for itself, and fails
# without it: newsroom.sign_in_limits counts instead, for all processes together.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = True  # the time-outs of sessions are ours
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session goes on, all others end
ACCOUNT_USERNAME_VALIDATORS = None
ACCOUNT_REAUTHENTICATION_METHODS = {"password", "mfa"}
# Signing and publishing need a second factor, shown within the last hours.
REQUIRE_MFA = env.flag("FACTCHECK_REQUIRE_MFA", PRODUCTION)
MFA_HOURS = env.number("FACTCHECK_MFA_HOURS", 12, low=1, high=720)
MFA_FORMS = {
    "authenticate": "factcheck.newsroom.accounts.forms.CodeForm",
    "reauthenticate": "factcheck.newsroom.accounts.forms.ConfirmCodeForm",
    "add_webauthn": "factcheck.newsroom.accounts.forms.AddKeyForm",
    "authenticate_webauthn": "factcheck.newsroom.accounts.forms.KeyForm",
    "login_webauthn": "factcheck.newsroom.accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "factcheck.newsroom.accounts.forms.ConfirmKeyForm",
}
# A passkey alone signs in, so it asks for its PIN or a fingerprint each time.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ADAPTER = "factcheck.newsroom.accounts.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # telephones' clocks are half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODE_DIGITS = 10
# Chromium takes http://localhost for a secure origin; allauth has to be told.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ADAPTER = "factcheck.newsroom.accounts.adapter.SocialAdapter"
# Single sign-on with the newsroom's own identity provider.
OIDC_ISSUER = env.text("FACTCHECK_OIDC_ISSUER")
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_ISSUER:
    if PRODUCTION and not OIDC_ISSUER.startswith("https://"):
        raise ImproperlyConfigured(
            f"FACTCHECK_OIDC_ISSUER is {OIDC_ISSUER!r}; it must begin with https://."
        )
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "newsroom",
                "name": env.text("FACTCHECK_OIDC_NAME", "Single sign-on"),
                "client_id": env.text("FACTCHECK_OIDC_CLIENT_ID"),
                "secret": env.text("FACTCHECK_OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_ISSUER.rstrip("/"), "oauth_pkce_enabled": True},
            }
        ]
    }

# For how long whoever gave a person access may not sign beside them. 0 switches the
# rule off.
ACCESS_GRANT_DAYS = env.number("FACTCHECK_GRANT_DAYS", 30, low=0, high=3650)

# How long the link of an invitation can be used.
INVITATION_HOURS = env.number("FACTCHECK_INVITATION_HOURS", 72, low=1, high=24 * 30)
