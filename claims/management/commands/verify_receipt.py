"""`manage.py verify_receipt RECEIPT --keys KEYS`: check the receipt of a
verdict without a database and without the network.

Exits 0 when the newsroom signed it, 1 when it did not or the content is
another, and 2 when a file is not what it should be.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.exchange.receipts import NoReceiptError, faults


class Command(BaseCommand):
    help = "Verify the signature of a receipt, and that a content is the one it is about."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("receipt", metavar="RECEIPT", help="The receipt.json of a verdict.")
        parser.add_argument(
            "--keys",
            metavar="KEYS",
            required=True,
            help="The newsroom's /.well-known/factcheck-keys.json.",
        )
        parser.add_argument("--content", metavar="CONTENT", help="The content.json of the verdict.")

    def handle(self, *args: Any, **options: Any) -> None:
        content = _read(options["content"]) if options["content"] else None
        try:
            found = faults(
                _read(options["receipt"]).decode(errors="replace"),
                _read(options["keys"]).decode(errors="replace"),
                content,
            )
        except NoReceiptError as error:
            raise CommandError(str(error), returncode=2) from error
        for fault in found:
            self.stdout.write(f"MISMATCH: {fault}")
        if found:
            sys.exit(1)
        self.stdout.write("ok: the newsroom signed this receipt")


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.", returncode=2) from error
