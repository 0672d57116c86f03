"""`manage.py rooms_diagram`: the diagram of docs/architecture.md, which
a test keeps current.
"""

from typing import Any

from django.core.management.base import BaseCommand

from claims.management.rooms import diagram


class Command(BaseCommand):
    help = "Print the packages of the project and their imports, for docs/architecture.md."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(diagram())
