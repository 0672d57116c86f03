"""What browsers are told: cookies, TLS, and what a page may load."""

from csp.constants import NONCE, NONE, SELF

from factcheck import env
from factcheck.settings.environment import PRODUCTION

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
