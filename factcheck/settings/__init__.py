"""Django settings; what a deployment chooses comes from the
environment, see docs/settings.md.
"""

import django_stubs_ext

from factcheck import env
from factcheck.settings.accounts import *  # noqa: F403
from factcheck.settings.api import *  # noqa: F403
from factcheck.settings.browsers import *  # noqa: F403
from factcheck.settings.databases import *  # noqa: F403
from factcheck.settings.environment import *  # noqa: F403
from factcheck.settings.environment import (
    BASE_DIR,
    BRAND_STATIC,
    BRAND_TEMPLATES,
    DATA_DIR,
    PRODUCTION,
    SITE_URL,
)
from factcheck.settings.languages import *  # noqa: F403
from factcheck.settings.logs import *  # noqa: F403
from factcheck.settings.mail import *  # noqa: F403

# Allows ModelAdmin[Claim] at runtime, not only in annotations.
django_stubs_ext.monkeypatch()

DEBUG = False
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
    "drf_spectacular_sidecar",
    "factcheck.ledger",
    "factcheck.newsroom",
    "sources",
    "claims",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Right after security: static files need no session and no database.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside of everything that may write, so that each audit entry has a request id.
    "factcheck.ledger.middleware.ChangeContextMiddleware",
    # Around all that a page for readers is made by: it is kept with its headers.
    "claims.public_site.page_cache.PageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "factcheck.newsroom.accounts.stored_sessions.SessionCookieMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Of the person, so after who it is is known, and around all that speaks to them.
    "factcheck.newsroom.languages.LanguageMiddleware",
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
        "DIRS": [*BRAND_TEMPLATES, BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "factcheck.newsroom.context.site",
                "factcheck.newsroom.context.account_pages",
            ]
        },
    }
]
FORM_RENDERER = "factcheck.newsroom.form_renderer.FormRenderer"

TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [*BRAND_STATIC, BASE_DIR / "static"]
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
TIPS_DESK = env.text("FACTCHECK_TIPS_DESK")
# "access:secret" of an account of the Internet Archive. Without it, it is not asked.
PUBLIC_ARCHIVE_KEYS = env.text("FACTCHECK_PUBLIC_ARCHIVE_KEYS")
PUBLIC_ARCHIVE = env.text("FACTCHECK_PUBLIC_ARCHIVE", "https://web.archive.org").rstrip("/")
# How long the file of an export of a desk is kept for download.
EXPORT_DAYS = env.number("FACTCHECK_EXPORT_DAYS", 7, low=1, high=90)
EVENT_DAYS = env.number("FACTCHECK_EVENT_DAYS", 30, low=30, high=3650)
# How many may follow events by one process, and for how long before they connect again.
EVENT_STREAMS = env.number("FACTCHECK_EVENT_STREAMS", 1, low=0, high=64)
LIVE_STREAMS = env.number("FACTCHECK_LIVE_STREAMS", 1, low=0, high=64)
EVENT_STREAM_SECONDS = env.number("FACTCHECK_EVENT_STREAM_SECONDS", 25, low=1, high=1800)
DATA_LICENSE = env.text("FACTCHECK_DATA_LICENSE")
EXTRACTOR = env.text("FACTCHECK_EXTRACTOR", "claims.extraction.rules")
LEASE_SECONDS = env.number("FACTCHECK_LEASE_SECONDS", 120, low=1, high=3600)
SWEEP_SECONDS = env.number("FACTCHECK_SWEEP_SECONDS", 15, low=1, high=60)
RENUDGE_SECONDS = env.number("FACTCHECK_RENUDGE_SECONDS", 60, low=1, high=3600)
