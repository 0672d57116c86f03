"""Copies of the published verdicts of a seeded database, as if they had
been published before: `FACTCHECK_ENV=demo DATABASE_URL=… .venv/bin/python
-m benchmarks.web_fill --verdicts N`. PostgreSQL only.

To sign 100,000 verdicts takes hours, and lists read neither signatures
nor evidence. The copies are unsigned work in a database that is good for
measuring alone: the page of a copy has no evidence to show.
"""

import os
from argparse import ArgumentParser

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
django.setup()

from django.conf import settings  # noqa: E402 (after the setup)
from django.db import connection, models, transaction  # noqa: E402

from claims.models import Claim, Listing, Verdict  # noqa: E402
from factcheck.ledger import full_text, kept_tables, triggers  # noqa: E402

HOURS = 1 / 20  # between one copy and the next


def fill(verdicts: int) -> None:
    missing = verdicts - Listing.objects.count()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        triggers.remove("default")
        cursor.execute(
            "CREATE TEMPORARY TABLE copied ON COMMIT DROP AS"
            f" SELECT row_number() OVER () AS n, v.id AS verdict, v.claim_id AS claim,"
            f" nextval(pg_get_serial_sequence('{_table(Verdict)}', 'id')) AS new_verdict,"
            f" nextval(pg_get_serial_sequence('{_table(Claim)}', 'id')) AS new_claim"
            f" FROM {_table(Verdict)} v, generate_series(1, %s)"
            " WHERE v.state = 'published' AND v.number = 1 LIMIT %s",
            [verdicts, missing],
        )
        _copy(Claim, id="new_claim", public_id="gen_random_uuid()", suggestion_id="NULL")
        before = f"first_published_at - n * interval '{HOURS} hours'"
        own = {"id": "new_verdict", "claim_id": "new_claim", "public_id": "gen_random_uuid()"}
        _copy(Verdict, **own, first_published_at=before, published_at=before)
        full_text.install("default")
        kept_tables.install("default")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _copy(model: type[models.Model], **changed: str) -> None:
    names = [str(field.column) for field in model._meta.concrete_fields]
    values = ", ".join(changed.get(name, f't."{name}"') for name in names)
    of = "claim" if model is Claim else "verdict"
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_table(model)} ({columns}) SELECT {values}"
            f" FROM copied JOIN {_table(model)} t ON t.id = copied.{of}"
        )


def _table(model: type[models.Model]) -> str:
    return str(model._meta.db_table)


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--verdicts", type=int, required=True)
    if settings.ENVIRONMENT == "production":
        raise SystemExit("Not beside real claims. Set FACTCHECK_ENV=demo.")
    fill(parser.parse_args().verdicts)
