"""Read all entries of the index of known claims anew."""

from typing import Any

from django.core.management.base import BaseCommand

from claims.matching import index


class Command(BaseCommand):
    help = (
        "Read all claims, published verdicts, confirmed repetitions and imported fact checks into"
        " the index of known claims. Safe at any time, also beside workers: it never needs to be"
        " run for what was changed, only after an upgrade that reads differently."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{index.rebuild()} entries.")
