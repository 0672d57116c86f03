"""The product's settings under test: same databases, same Redis, cheap passwords."""

import os

os.environ.setdefault("FACTCHECK_ENV", "test")
os.environ.setdefault("FACTCHECK_FETCH_ALLOW", "127.0.0.0/8")
os.environ.setdefault("FACTCHECK_HOST_DELAY", "0")  # a test that is about politeness sets its own

from factcheck.settings import *  # noqa: F403 (the environment must be set first)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # nobody collects static files before a test
