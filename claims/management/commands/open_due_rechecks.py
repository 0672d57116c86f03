"""Open a review of every published verdict whose date to be looked at again has come. The beat does
the same.
"""

from typing import Any

from django.core.management.base import BaseCommand

from claims.publication.rechecks import open_due


class Command(BaseCommand):
    help = (
        "Open a review of each published verdict that is due for another look. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        opened = open_due()
        self.stdout.write(f"{opened} review{'' if opened == 1 else 's'} opened.")
