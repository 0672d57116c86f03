"""`manage.py workflow_diagram`: the diagram of docs/workflow.md; a test
keeps it current.
"""

from typing import Any

from django.core.management.base import BaseCommand

from claims.workflow.diagram import diagram


class Command(BaseCommand):
    help = "Print the statuses of a claim and the actions between them, for docs/workflow.md."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(diagram())
