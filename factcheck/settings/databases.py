"""Where rows are kept, and what all processes count together."""

from pathlib import Path
from typing import Any

import dj_database_url

from factcheck import env
from factcheck.settings.environment import DATA_DIR

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
    # Compiling a statement takes PostgreSQL half a second, and no page runs long enough
    # to win that back. A page read at random costs an SSD as much as the next one; with
    # the planner's default, meant for disks, it reads whole tables to find ten rows.
    _database.setdefault("OPTIONS", {}).setdefault("options", "-c jit=off -c random_page_cost=1.1")
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
    # Pages for readers (claims.public_site.kept_pages), for all processes of a server;
    # and in each process those that it was asked for last.
    "pages": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "factcheck-page",
        "OPTIONS": {
            "serializer": "claims.public_site.kept_pages.Unchanged",
            "socket_timeout": 0.25,
            "socket_connect_timeout": 0.25,
        },
    },
    "pages_at_hand": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}
# Where no change is counted, as when a link was only checked again, a page for readers
# is this old at most.
PAGE_SECONDS = 60
# For so long a process takes it that nothing was published, corrected or retracted.
PUBLIC_VERSION_SECONDS = 0.2
