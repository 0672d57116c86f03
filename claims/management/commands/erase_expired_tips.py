"""Erase reader tips past their retention period. The beat does the same every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from claims.intake import tips


class Command(BaseCommand):
    help = (
        "Erase the names, contacts and messages of reader tips past their retention period. Safe"
        " to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # Batch by batch until a batch is empty: each tip has its own short transaction.
        total = 0
        while erased := tips.erase_due():
            total += erased
        self.stdout.write(f"{total} erased.")
