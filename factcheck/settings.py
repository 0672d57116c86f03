"""Django settings; what a deployment chooses comes from the
environment, see docs/settings.md.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import django_stubs_ext
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from factcheck import env

# Allows ModelAdmin[Claim] at runtime, not only in annotations.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = env.one_of("FACTCHECK_ENV", ("demo", "test", "production"), "production")
PRODUCTION = ENVIRONMENT == "production"
DATA_DIR = Path(env.text("FACTCHECK_DATA_DIR", str(BASE_DIR / "var")))

DEBUG = False
SHORTEST_SECRET = 50
SECRET_KEY = env.text("FACTCHECK_SECRET_KEY")
if not SECRET_KEY and not PRODUCTION:
    SECRET_KEY = f"{ENVIRONMENT}-only-secret-that-production-refuses-to-start-with"
if PRODUCTION and (
    len(SECRET_KEY) < SHORTEST_SECRET or "only-secret" in SECRET_KEY or len(set(SECRET_KEY)) < 10
):
    raise ImproperlyConfigured(
        f"FACTCHECK_SECRET_KEY is missing, short or a default. Set it to at least {SHORTEST_SECRET}"
        " random characters: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'. To try"
        " things on this machine run python3 quickstart.py demo, and commands as python3"
        " quickstart.py manage COMMAND; commands that need no database do with FACTCHECK_ENV=demo."
    )

# Names of confidential sources and what readers sent are encrypted with the first key
# and decrypted with any. The default one is in the source code, so it protects nothing.
_default_key = "ZGVtby1rZXktcHJvZHVjdGlvbi1yZWZ1c2VzLWl0ISE="
ENCRYPTION_KEYS = env.fernet_keys("FACTCHECK_ENCRYPTION_KEYS", "" if PRODUCTION else _default_key)
if not ENCRYPTION_KEYS or (PRODUCTION and _default_key in ENCRYPTION_KEYS):
    raise ImproperlyConfigured(
        "FACTCHECK_ENCRYPTION_KEYS is missing or holds the key of the demo. Make a key, set it, and"
        f" keep a copy apart from the backups of the database: {env.MAKE_FERNET_KEY}"
    )

ALLOWED_HOSTS = env.words(
    "FACTCHECK_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver"
)
SITE_URL = env.text("FACTCHECK_SITE_URL", "http://localhost:8000").rstrip("/")
SITE_NAME = env.text("FACTCHECK_SITE_NAME", "Fact-check desk")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "factcheck.newsroom.adminconfig.NewsroomAdminConfig",
    "factcheck.newsroom.refused_commands",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # allauth's lists of keys and sessions say how long ago
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "drf_spectacular",
    "factcheck.ledger",
    "factcheck.newsroom",
    "sources",
    "claims",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Right after security: static files need no session and no database.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Outside of everything that may write, so that each audit entry has a request id.
    "factcheck.ledger.middleware.ChangeContextMiddleware",
    "factcheck.newsroom.accounts.stored_sessions.SessionCookieMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "factcheck.newsroom.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "factcheck.newsroom.accounts.sessions.SessionTimeoutMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "factcheck.newsroom.browser_copies.BrowserCopiesMiddleware",
]
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "factcheck.newsroom.context.site",
                "factcheck.newsroom.context.account_pages",
            ]
        },
    }
]

# A newsroom sets DATABASE_URL to PostgreSQL; without it everything runs on one SQLite
# file. IMMEDIATE takes the write lock at BEGIN: by default, two transactions that both
# read before they write end in "database is locked".
_database: dict[str, Any] = dict(
    dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'factcheck.sqlite3'}"),
        conn_health_checks=True,
    )
)
EMBEDDED = _database["ENGINE"] == "django.db.backends.sqlite3"
if EMBEDDED:
    Path(_database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # INSERT OR REPLACE fires DELETE triggers only with recursive_triggers; a guard
        # calls SHA256, a function of Django's, which needs trusted_schema. The default
        # cache of 2 MB is too small for a batch of links, whose pages would be written
        # and read again.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;"
            " PRAGMA trusted_schema=ON; PRAGMA cache_size=-20000;"
        ),
    }
else:
    _database["CONN_MAX_AGE"] = 60
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Failed sign-ins, counted across all processes. Short timeouts: the sign-in page
    # must not hang while Redis is down.
    "sign_ins": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "factcheck",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    },
}

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

# English is the source language of all gettext texts.

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Uploaded evidence: outside every folder that is served over HTTP.
    "files": {
        "BACKEND": "sources.filestore.FileStore",
        "OPTIONS": {
            "location": DATA_DIR / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site uses our style sheets

# Django parses a body before anybody is authenticated, so few files are allowed.
DATA_UPLOAD_MAX_NUMBER_FILES = 2
# A pasted article of sources.plaintext.LIMIT characters must fit, at up to four bytes
# each.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20
FILE_UPLOAD_HANDLERS = [
    "sources.filestore.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FETCH_ALLOWED_NETWORKS = env.networks("FACTCHECK_FETCH_ALLOW")
FETCH_PORTS = env.ports("FACTCHECK_FETCH_PORTS", frozenset({80, 443}))
FETCH_CA_FILE = env.text("FACTCHECK_FETCH_CA_FILE")
# Seconds between two requests to one host, across all workers. 0 is for machines of
# one's own; it also switches off the coordination through Redis.
HOST_DELAY = env.seconds("FACTCHECK_HOST_DELAY", 1, high=3600)
STREAM_CONNECTIONS = env.number("FACTCHECK_STREAM_CONNECTIONS", 64, low=1, high=1000)
CONTACT = env.text("FACTCHECK_CONTACT", SITE_URL)
EXTRACTOR = env.text("FACTCHECK_EXTRACTOR", "claims.extraction.rules")
LEASE_SECONDS = env.number("FACTCHECK_LEASE_SECONDS", 120, low=1, high=3600)
SWEEP_SECONDS = env.number("FACTCHECK_SWEEP_SECONDS", 15, low=1, high=60)
RENUDGE_SECONDS = env.number("FACTCHECK_RENUDGE_SECONDS", 60, low=1, high=3600)

# For how long whoever gave a person access may not sign beside them. 0 switches the
# rule off.
ACCESS_GRANT_DAYS = env.number("FACTCHECK_GRANT_DAYS", 30, low=0, high=3650)

# How long the link of an invitation can be used.
INVITATION_HOURS = env.number("FACTCHECK_INVITATION_HOURS", 72, low=1, high=24 * 30)

EMAIL_HOST = env.text("FACTCHECK_SMTP_HOST")
EMAIL_PORT = env.number("FACTCHECK_SMTP_PORT", 587, low=1, high=65535)
EMAIL_HOST_USER = env.text("FACTCHECK_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("FACTCHECK_SMTP_PASSWORD")
_smtp_tls = env.one_of("FACTCHECK_SMTP_TLS", ("starttls", "implicit", "none"), "starttls")
EMAIL_USE_TLS, EMAIL_USE_SSL = _smtp_tls == "starttls", _smtp_tls == "implicit"
# Shorter than the time limit of a task.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("FACTCHECK_MAIL_FROM") or (
    f"factcheck@{urlsplit(SITE_URL).hostname or 'localhost'}"
)
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
elif PRODUCTION:
    EMAIL_BACKEND = "factcheck.newsroom.mail.NoMailServer"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

SECURE_PROXY = env.flag("FACTCHECK_BEHIND_TLS_PROXY", PRODUCTION)
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    # Load balancers ask for health over plain HTTP.
    SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
    SECURE_HSTS_SECONDS = 31_536_000
    # Both bind the other hosts of a newsroom's domain, and preloading for months: a
    # choice of theirs.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("FACTCHECK_HSTS_SUBDOMAINS", False)
    SECURE_HSTS_PRELOAD = env.flag("FACTCHECK_HSTS_PRELOAD", False)
    SILENCED_SYSTEM_CHECKS = [
        "security.W005",  # FACTCHECK_HSTS_SUBDOMAINS
        "security.W021",  # FACTCHECK_HSTS_PRELOAD
    ]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # The __Host- prefix makes browsers refuse a cookie set by another subdomain.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
if SECURE_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "factcheck.newsroom.accounts.stored_sessions"
# A working day, and a browser left alone for two hours: then people sign in again.
SESSION_HOURS = env.number("FACTCHECK_SESSION_HOURS", 12, low=1, high=24 * 30)
SESSION_IDLE_MINUTES = env.number("FACTCHECK_SESSION_IDLE_MINUTES", 120, low=2, high=24 * 60)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
# By default a message goes into a cookie of its own, readable and without a prefix.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Nothing inline and nothing from other hosts: stored text that reaches a page cannot
# run.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["factcheck.drf.auth.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["factcheck.drf.auth.HasScope"],
    "DEFAULT_PAGINATION_CLASS": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["factcheck.drf.parsing.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "factcheck.drf.schema.Schema",
    "DEFAULT_THROTTLE_CLASSES": ["factcheck.drf.auth.TokenThrottle"],
    "DEFAULT_THROTTLE_RATES": {"token": env.text("FACTCHECK_API_RATE", "600/min")},
    "EXCEPTION_HANDLER": "factcheck.drf.errors.problem",
    "DEFAULT_VERSIONING_CLASS": None,
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "factcheck",
    "DESCRIPTION": "Articles in, signed verdicts out. Errors are problem+json (RFC 9457).",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    # Without these drf-spectacular names equal-looking enums by hashes that change with
    # a value.
    "ENUM_NAME_OVERRIDES": {
        "ArticleKind": "sources.choices.ArticleKind",
        "CaptureKind": "sources.choices.CaptureKind",
        "JobState": "factcheck.ledger.due_work.JobState",
        "SuggestionState": "claims.choices.SuggestionState",
        "VerdictState": "claims.choices.VerdictState",
        "LinkState": "sources.choices.LinkState",
        "ClaimStatus": "claims.choices.Status",
        "DeclineReason": "claims.choices.DeclineReason",
        "Action": "claims.choices.Action",
        "Stance": "claims.choices.Stance",
        "QuoteAccuracy": "claims.choices.QuoteAccuracy",
        "SelectionDecision": "claims.choices.SelectionDecision",
        "QuoteState": "claims.choices.QuoteState",
        "QuoteKind": "claims.choices.QuoteKind",
        "ClaimantKind": "sources.choices.ClaimantKind",
        "SourceChangeDecision": "claims.choices.SourceChangeDecision",
        "RecheckDecision": "claims.choices.RecheckDecision",
        "Reliability": "sources.choices.Reliability",
        "Role": "factcheck.newsroom.choices.Role",
        "Scope": "factcheck.newsroom.choices.Scope",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "factcheck.ledger.logs.JsonFormatter"}},
    "filters": {"refused_requests": {"()": "factcheck.ledger.logs.RefusedRequests"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["refused_requests"],
        },
        "stdout": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "stream": "ext://sys.stdout",
        },
    },
    "root": {"handlers": ["stderr"], "level": env.text("FACTCHECK_LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # One line a request, from factcheck.serving.
        "factcheck.access": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
    },
}
