"""Exit 0 and the head hash when the audit chain holds; exit 1 and the first broken entry when it does not."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from factcheck.ledger.verify import verify


class Command(BaseCommand):
    help = "Verify the audit chain: prints one JSON object; exits 1 at the first broken entry."

    def handle(self, *args: Any, **options: Any) -> None:
        chain = verify()
        if chain.broken_at is None:
            self.stdout.write(json.dumps({"ok": True, "entries": chain.entries, "head_hash": chain.head_hash}))
            return
        self.stdout.write(json.dumps({"ok": False, "first_broken_entry": chain.broken_at, "reason": chain.reason}))
        sys.exit(1)
