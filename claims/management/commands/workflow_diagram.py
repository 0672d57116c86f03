"""`manage.py workflow_diagram`: the state diagram of docs/workflow.md. A test fails when the one
there is another.
"""

from typing import Any

from django.core.management.base import BaseCommand

from claims.workflow.diagram import diagram


class Command(BaseCommand):
    help = "Print the states of a claim and the moves between them, for docs/workflow.md."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(diagram())
