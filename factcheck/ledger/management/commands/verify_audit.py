"""Exit 0 and the head hash when the audit chain holds; exit 1 and the
first broken entry when it does not. Starts at the newest checkpoint,
if one was ever set.
"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck.ledger.models import AuditHead
from factcheck.ledger.verify_chain import (
    BEGINNING,
    newest_checkpoint,
    set_checkpoint,
    verify,
    verify_to,
)

HASH_LENGTH = 64
TOLD_EVERY = 100_000


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
        parser.add_argument(
            "--whole",
            action="store_true",
            help="from the first entry, whatever was verified before",
        )
        parser.add_argument(
            "--checkpoint",
            action="store_true",
            help="then put on record how far it held, so that the next run starts there",
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
        start = BEGINNING if options["whole"] or published else newest_checkpoint()
        chain = verify(after=start, told=self._progress)
        verified = chain
        if chain.broken_at is None and published:
            chain = verify_to(published)
        if chain.broken_at is None:
            found = {"ok": True, "entries": chain.entries, "head_hash": chain.head_hash}
            since = {"verified_before": start.seq} if start.seq else {}
            self.stdout.write(json.dumps(found | since))
            if options["checkpoint"]:
                set_checkpoint(verified)
            return
        self.stdout.write(
            json.dumps({"ok": False, "first_broken_entry": chain.broken_at, "reason": chain.reason})
        )
        sys.exit(1)

    def _progress(self, count: int) -> None:
        if count % TOLD_EVERY == 0:
            self.stderr.write(f"{count:,} of {AuditHead.objects.get(pk=1).seq:,} entries")
