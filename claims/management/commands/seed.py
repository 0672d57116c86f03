"""`manage.py seed --claims N`: fill a database with a newsroom of N
claims, to try it out and to measure.
"""

import random
import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Max, Model

from claims.management.seed import newsroom
from claims.management.seed.copies import Seeding
from claims.models import Claim
from factcheck.ledger import clock
from factcheck.newsroom import second_factor
from sources.fetching.pages import Warc
from sources.filestore import file_store
from sources.models import Article, Link

# One web archive file is enough: every capture names it by its hash.
ARCHIVE = b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
UNCHECKED = timedelta(days=3650)


class Command(BaseCommand):
    help = "Fill the database with a made-up newsroom. Not for a real one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--claims", type=int, required=True, help="how many claims to write")
        parser.add_argument(
            "--seed", type=int, default=1, help="another number makes other claims (default: 1)"
        )
        parser.add_argument(
            "--add", action="store_true", help="add them to the claims that are there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count = options["claims"]
        _check(count, add=options["add"])
        began = time.monotonic()
        # Beside claims that are there, the same seed must not make the same ones again.
        first = _last(Claim) + _last(Article)
        last_link = _last(Link)
        rng = random.Random(f"{options['seed']} {first}")  # noqa: S311 (nothing secret)
        with transaction.atomic():
            room = newsroom.prepare(count, rng)
        warc = Warc(file_store().keep(ARCHIVE), len(ARCHIVE))
        seeding = Seeding(room, warc=warc, first=first, rng=rng)
        seeding.write(count, told=lambda done: self._progress(done, count, options["verbosity"]))
        # Their hosts do not exist: the first check would call every source dead.
        Link.objects.filter(pk__gt=last_link).update(next_attempt_at=clock.now() + UNCHECKED)
        self.stdout.write(
            f"{count} claims and {seeding.entries} audit entries in"
            f" {time.monotonic() - began:.0f} s."
        )

    def _progress(self, done: int, count: int, verbosity: int) -> None:
        if verbosity > 1:
            self.stderr.write(f"{done} of {count}")


def _last(model: type[Model]) -> int:
    return model._default_manager.aggregate(last=Max("pk"))["last"] or 0


def _check(count: int, *, add: bool) -> None:
    """Raise CommandError where made-up claims would do harm."""
    if settings.ENVIRONMENT == "production":
        raise CommandError(
            "This newsroom is a real one (FACTCHECK_ENV=production), and claims cannot be deleted"
            " again. Seed another database, with FACTCHECK_ENV=demo."
        )
    if second_factor.anybody_has_one():
        # Whatever the environment says: claims would be signed in the names of the
        # people who are there.
        raise CommandError(
            "This newsroom is a real one: its people sign with a second factor. Seed another"
            " database."
        )
    if count < 1:
        raise CommandError("Give a number of claims from 1: --claims 60.")
    if not add and Claim.objects.exists():
        raise CommandError(
            "This database has claims already. Add --add to write more beside them, or choose an"
            " empty database."
        )
