"""Encrypt everything anew with the first key of
FACTCHECK_ENCRYPTION_KEYS; exit 1 if some of it could not be decrypted.
With --check, exit 1 if the other keys are still needed.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.ledger.encryption import DecryptionError
from factcheck.ledger.key_rotation import Count, inspect, rotate


class Command(BaseCommand):
    help = (
        "Encrypt everything anew with the first key of FACTCHECK_ENCRYPTION_KEYS. Safe while people"
        " work, after a stop, and to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing, and say whether the other keys are still needed",
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if check:
            self._check()
        else:
            self._rotate()

    def _rotate(self) -> None:
        failed = 0
        for name, count in rotate():
            failed += count.failed
            self.stdout.write(
                f"{name}: {count.reencrypted} encrypted anew, {count.unchanged} had the first key"
                f" already, {count.failed} could not be decrypted"
            )
        if failed:
            raise CommandError(f"{failed} left as they were. {DecryptionError()}")

    def _check(self) -> None:
        total = Count()
        for name, count in inspect():
            total.add(count)
            self.stdout.write(
                f"{name}: {count.unchanged} with the first key, {count.reencrypted} with another,"
                f" {count.failed} with none of them"
            )
        if total.failed:
            raise CommandError(f"{total.failed} cannot be read. {DecryptionError()}")
        if total.reencrypted:
            raise CommandError(
                f"{total.reencrypted} still need another key than the first. Run manage.py"
                " rotate_encryption_keys before you remove one."
            )
        self.stdout.write(
            "All have the first key. The other keys can be removed; keep them for as long as you"
            " keep backups from before."
        )
