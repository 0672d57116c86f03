"""Erase reader tips past their retention period, and delete drafts.
The beat does the same every hour.
"""

from typing import Any

from django.core.management.base import BaseCommand

from claims.desk import form_drafts
from claims.intake import tip_erasure, tips


class Command(BaseCommand):
    help = (
        "Erase what readers sent in, their names and contacts, past its retention period, and"
        " delete drafts that are old or out of their writer's reach. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # Batch by batch until a batch is empty: each tip has its own short transaction.
        total = 0
        for erase_due in (tips.erase_due, tip_erasure.erase_due):
            while erased := erase_due():
                total += erased
        form_drafts.delete_due()
        self.stdout.write(f"{total} erased.")
