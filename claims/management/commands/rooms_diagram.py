"""`manage.py rooms_diagram`: the picture of docs/architecture.md. A test fails when the one there
is another.
"""

from typing import Any

from django.core.management.base import BaseCommand

from claims.management.rooms import diagram


class Command(BaseCommand):
    help = "Print the rooms of the project and who imports whom, for docs/architecture.md."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(diagram())
