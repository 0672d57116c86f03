"""`manage.py import_desk FILE --desk NAME --by USERNAME`: bring an export here."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from claims.exchange.desk_import.bringing import bring
from claims.exchange.desk_import.reading import ExportFileError
from factcheck.newsroom.models import Desk, User


class Command(BaseCommand):
    help = (
        "Bring an export of a desk to a desk of this newsroom. Its claims become imported claims,"
        " without signatures of ours. A file that is cut off while it is read is read again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="The ZIP that export_desk or the page “Exports” made.")
        parser.add_argument("--desk", required=True, help="The name of the desk here.")
        parser.add_argument("--by", required=True, help="The user name of an editor of the desk.")

    def handle(self, *args: Any, **options: Any) -> None:
        desk = Desk.objects.filter(name=options["desk"]).first()
        if desk is None:
            names = ", ".join(Desk.objects.order_by("name").values_list("name", flat=True))
            raise CommandError(f"There is no desk {options['desk']!r}. Choose one of: {names}.")
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            raise CommandError(f"There is nobody with the user name {options['by']!r}.")
        try:
            brought, new = bring(desk, Path(options["file"]), by=by)
        except (ExportFileError, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        counts = brought.counts
        said = f"{counts['claims']} claims, {counts['records']} other lines"
        self.stdout.write(f"{said}: {'brought to' if new else 'already on'} {desk}")
