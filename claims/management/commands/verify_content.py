"""`manage.py verify_content FILE`: check the signed content of an
export without a database.

Exits 0 when every signed content has the hash that was signed, 1 when
one has not, and 2 when the file is no export.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.exchange.verification import NoExportError, findings


class Command(BaseCommand):
    help = (
        "Recompute the SHA-256 of every signed content in an export of a claim; exits 1 if one does"
        " not match."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="What export_claim wrote, or - for standard input."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            results = findings(_read(options["file"]))
        except NoExportError as error:
            raise CommandError(f"{options['file']}: {error}", returncode=2) from error
        for finding in results:
            self.stdout.write(str(finding))
        if not results:
            self.stdout.write("There is no verdict in this export.")
        # sys.exit and not CommandError: the findings are the output, there is no error
        # to print.
        if any(finding.faults for finding in results):
            sys.exit(1)


def _read(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode()
    except OSError as error:
        raise NoExportError(f"It cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise NoExportError(
            "This is not UTF-8 text. Give the file that export_claim wrote."
        ) from error
