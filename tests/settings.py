"""The product's settings under test: same databases, same Redis, cheap passwords."""

import os
from urllib.parse import urlsplit, urlunsplit

os.environ.setdefault("FACTCHECK_ENV", "test")
os.environ.setdefault("FACTCHECK_FETCH_ALLOW", "127.0.0.0/8")
os.environ.setdefault("FACTCHECK_HOST_DELAY", "0")  # a test that is about politeness sets its own

# Each worker of a run counts and queues in a database of its own, on the one Redis.
if WORKER := os.environ.get("PYTEST_XDIST_WORKER", ""):
    _redis = urlsplit(os.environ.get("REDIS_URL", "redis://127.0.0.1:6379"))
    os.environ["REDIS_URL"] = urlunsplit(_redis._replace(path=f"/{WORKER.removeprefix('gw')}"))

from factcheck.settings import *  # noqa: F403 (the environment must be set first)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # nobody collects static files before a test
# A test asks right after it changed something.
PUBLIC_VERSION_SECONDS = 0
