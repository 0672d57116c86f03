"""Which newsroom this is, and its secrets."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from factcheck import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = env.one_of("FACTCHECK_ENV", ("demo", "test", "production"), "production")
PRODUCTION = ENVIRONMENT == "production"
DATA_DIR = Path(env.text("FACTCHECK_DATA_DIR", str(BASE_DIR / "var")))

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
ENCRYPTION_KEYS = env.secret_keys("FACTCHECK_ENCRYPTION_KEYS", "" if PRODUCTION else _default_key)
if not ENCRYPTION_KEYS or (PRODUCTION and _default_key in ENCRYPTION_KEYS):
    raise ImproperlyConfigured(
        "FACTCHECK_ENCRYPTION_KEYS is missing or holds the key of the demo. Make a key, set it, and"
        f" keep a copy apart from the backups of the database: {env.MAKE_KEY}"
    )
# Receipts of published verdicts are signed with the first key; readers verify them with
# the public part of any. Without one there are no receipts.
RECEIPT_KEYS = env.secret_keys("FACTCHECK_RECEIPT_KEYS", "" if PRODUCTION else _default_key)
if PRODUCTION and _default_key in RECEIPT_KEYS:
    raise ImproperlyConfigured(
        "FACTCHECK_RECEIPT_KEYS holds the key of the demo, with which anybody can sign. Make a key:"
        f" {env.MAKE_KEY}"
    )

ALLOWED_HOSTS = env.words(
    "FACTCHECK_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver"
)
SITE_URL = env.text("FACTCHECK_SITE_URL", "http://localhost:8000").rstrip("/")
SITE_NAME = env.text("FACTCHECK_SITE_NAME", "Fact-check desk")
# The look of the pages for readers. Its folder may have templates/ and static/, whose
# files stand before those of the project.
BRAND_FOLDER = env.folder("FACTCHECK_BRAND_FOLDER")
BRAND_TEMPLATES, BRAND_STATIC = (
    [path for path in (BRAND_FOLDER / name,) if path.is_dir()] if BRAND_FOLDER else []
    for name in ("templates", "static")
)
BRAND_LOGO = env.text("FACTCHECK_BRAND_LOGO")
BRAND_COLOUR = env.colour("FACTCHECK_BRAND_COLOUR")
BRAND_COLOUR_DARK = env.colour("FACTCHECK_BRAND_COLOUR_DARK")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []
