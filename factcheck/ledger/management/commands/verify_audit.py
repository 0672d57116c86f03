"""Exit 0 and the head hash when the audit chain holds; exit 1 and the
first broken entry when it does not.
"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck.ledger.verify_chain import verify, verify_to

HASH_LENGTH = 64


class Command(BaseCommand):
    help = (
        "Verify the audit chain: prints one JSON object with its head; exits 1 at the first broken"
        " entry."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            metavar="HASH",
            help="a head hash kept from /audit/: the chain must hold it, and all before it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        published = (options.get("head") or "").strip().lower()
        if published and (
            len(published) != HASH_LENGTH or set(published) - set("0123456789abcdef")
        ):
            raise CommandError(
                "A head hash has 64 hexadecimal digits. Copy it whole from /audit/ as it was"
                " published."
            )
        chain = verify()
        if chain.broken_at is None and published:
            chain = verify_to(published)
        if chain.broken_at is None:
            self.stdout.write(
                json.dumps({"ok": True, "entries": chain.entries, "head_hash": chain.head_hash})
            )
            return
        self.stdout.write(
            json.dumps({"ok": False, "first_broken_entry": chain.broken_at, "reason": chain.reason})
        )
        sys.exit(1)
