"""Encrypt everything anew with the first key of FACTCHECK_ENCRYPTION_KEYS; exit 1 if
some of it could not be decrypted.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck.ledger.encryption import DecryptionError
from factcheck.ledger.key_rotation import rotate


class Command(BaseCommand):
    help = (
        "Encrypt everything anew with the first key of FACTCHECK_ENCRYPTION_KEYS. Safe while people"
        " work, after a stop, and to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for name, count in rotate():
            failed += count.failed
            self.stdout.write(
                f"{name}: {count.reencrypted} encrypted anew, {count.unchanged} had the first key"
                f" already, {count.failed} could not be decrypted"
            )
        if failed:
            raise CommandError(f"{failed} left as they were. {DecryptionError()}")
