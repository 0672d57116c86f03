"""`manage.py permission_matrix`: who may do what. A test compares it
with the reviewed list.
"""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from claims.management.matrix import as_text, cells


class Command(BaseCommand):
    help = (
        "Print role, relation, action, object and state with the answer of the code; states left"
        " out are “may not”."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] == "json":
            self.stdout.write(
                json.dumps([{**asdict(cell), "object": cell.object} for cell in cells()], indent=0)
            )
            return
        matrix = list(cells())
        self.stdout.write(as_text())
        self.stdout.write(
            f"# {len(matrix)} cells, {sum(cell.allowed for cell in matrix)} of them allowed."
        )
