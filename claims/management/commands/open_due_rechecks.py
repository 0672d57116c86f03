"""Open a recheck for each published verdict past its recheck date. The
beat does the same.
"""

from typing import Any

from django.core.management.base import BaseCommand

from claims.publication.rechecks import open_due


class Command(BaseCommand):
    help = "Open a recheck for each published verdict past its recheck date. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        opened = open_due()
        self.stdout.write(f"{opened} recheck{'' if opened == 1 else 's'} opened.")
