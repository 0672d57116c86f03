"""In the place of Django's command of this name: nobody types another
person's password, the operator neither.
"""

from argparse import ArgumentParser
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Refused: people choose their own passwords. See recover_account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", nargs="?")
        parser.add_argument("--database")

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        raise CommandError(
            "Nobody sets another person's password here. To give somebody back their account:"
            " manage.py recover_account NAME --reason …, which sends them a link and tells their"
            " editors."
        )
