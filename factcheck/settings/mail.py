"""The server that letters go to."""

from urllib.parse import urlsplit

from factcheck import env
from factcheck.settings.environment import DATA_DIR, PRODUCTION, SITE_URL

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
