"""Erase reader tips past their retention period, and delete drafts.
The beat does the same every hour.
"""

from typing import Any

from django.core.management.base import BaseCommand

from claims.desk import form_drafts
from claims.intake import tips


class Command(BaseCommand):
    help = (
        "Erase the names, contacts and messages of reader tips past their retention period, and"
        " delete drafts that are old or out of their writer's reach. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # Batch by batch until a batch is empty: each tip has its own short transaction.
        total = 0
        while erased := tips.erase_due():
            total += erased
        form_drafts.delete_due()
        self.stdout.write(f"{total} erased.")
