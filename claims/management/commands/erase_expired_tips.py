"""Erase who sent claims in, where their days are over. The beat does the same every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from claims.intake import tips


class Command(BaseCommand):
    help = (
        "Erase the names, contacts and messages of people who sent claims in, where their days are"
        " over. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        while erased := tips.erase_due():
            total += erased
        self.stdout.write(f"{total} erased.")
