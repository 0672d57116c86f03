"""`manage.py export_claim ID`: one claim as JSON, which `verify_content` can check."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from claims.exchange.export import export
from claims.models import Claim


class Command(BaseCommand):
    help = (
        "Write one claim with its evidence, queries, verdicts and history as JSON. Nothing"
        " privileged is included."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "public_id", help="The id of the claim, as the API and its page show it."
        )
        parser.add_argument(
            "--out", metavar="FILE", help="Where to write it; the terminal if left out."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        text = export(_claim(options["public_id"]))
        if not options["out"]:
            self.stdout.write(text)
            return
        try:
            Path(options["out"]).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(
                f"{options['out']} cannot be written: {error.strerror}. Choose another file."
            ) from error


def _claim(public_id: str) -> Claim:
    try:
        claim_id = UUID(public_id)
    except ValueError:
        raise CommandError(
            f"{public_id!r} is not a claim id. One looks like 123e4567-e89b-12d3-a456-426614174000."
        ) from None
    claim = (
        Claim.objects.select_related("desk", "claimant", "assignee", "created_by", "merged_into")
        .filter(public_id=claim_id)
        .first()
    )
    if claim is None:
        raise CommandError(f"There is no claim with the id {claim_id}.")
    return claim
