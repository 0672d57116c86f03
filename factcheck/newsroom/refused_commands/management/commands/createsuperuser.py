"""In the place of Django's command of this name, which would make an
account with a password that its person did not choose.
"""

from argparse import ArgumentParser
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Refused: the first superuser is invited. See create_newsroom."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in ("--username", "--email", "--database"):
            parser.add_argument(name)
        parser.add_argument("--noinput", "--no-input", action="store_true")

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        raise CommandError(
            "Superusers are invited: manage.py create_newsroom --superuser NAME --email ADDRESS."
        )
