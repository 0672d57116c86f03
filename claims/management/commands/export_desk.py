"""`manage.py export_desk NAME --out FILE.zip`: everything of a desk, to leave with."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.exchange.desk_export.packing import write
from factcheck.newsroom.models import Desk


class Command(BaseCommand):
    help = (
        "Write all claims, imported fact checks and stored files of a desk as one ZIP. Nothing"
        " privileged, no confidential source and no tip is in it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("desk", help="The name of the desk.")
        parser.add_argument("--out", metavar="FILE", required=True, help="Where to write it.")

    def handle(self, *args: Any, **options: Any) -> None:
        desk = Desk.objects.filter(name=options["desk"]).first()
        if desk is None:
            names = ", ".join(Desk.objects.order_by("name").values_list("name", flat=True))
            raise CommandError(f"There is no desk {options['desk']!r}. Choose one of: {names}.")
        target = Path(options["out"])
        part = target.with_name(f".{target.name}.part")
        try:
            # Whole or not at all: who finds the file may trust it.
            with part.open("wb") as file:
                counts = write(desk, file, by=None)
            part.replace(target)
        except OSError as error:
            raise CommandError(
                f"{target} cannot be written: {error.strerror}. Choose another file."
            ) from error
        finally:
            part.unlink(missing_ok=True)
        said = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
        self.stdout.write(f"{target}: {said}")
