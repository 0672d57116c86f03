"""Train the weights of the extractor from sentences that people rated."""

import datetime
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.extraction import scoring_model
from claims.management import datasets, decisions, training


class Command(BaseCommand):
    help = (
        "Train check-worthiness from rated sentences and store the weights: numbers with their"
        " provenance, no word of the data. --data takes a JSON list of {text, label} (as"
        " ClaimBuster is published) or tab-separated columns with a label; give it several times"
        " for several sets. --decisions adds what this newsroom accepted and declined, and is the"
        " only part that needs the database; --desk keeps to one desk. Needs the extra `training`"
        " (scikit-learn). Raise EXTRACTOR_VERSION when new weights are put to use: what was read"
        " once is not read again otherwise."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", action="append", default=[], metavar="PATH", type=Path)
        parser.add_argument(
            "--decisions",
            action="store_true",
            help="learn from the suggestions people decided, too",
        )
        parser.add_argument(
            "--desk", default="", metavar="NAME", help="with --decisions: of this desk alone"
        )
        parser.add_argument(
            "--output",
            metavar="FILE",
            type=Path,
            default=scoring_model.FILE,
            help="default: the weights in use",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not training.available():
            raise CommandError(training.NEEDED)
        sets: list[Path] = options["data"]
        if not (sets or options["decisions"]):
            raise CommandError(
                "There is nothing to learn from. Give --data PATH, or --decisions, or both."
            )
        try:
            decided = decisions.read(options["desk"]) if options["decisions"] else []
            lines = [line for path in sets for line in datasets.read(path)] + decided
            trained = training.fit(lines)
        except (datasets.DatasetError, training.TrainingError) as error:
            raise CommandError(str(error)) from error
        today = datetime.datetime.now(tz=datetime.UTC).date()
        training.save(
            trained, options["output"], sets=sets, decisions=len(decided), made_on=today.isoformat()
        )
        names = ", ".join(
            [path.name for path in sets]
            + ([f"{len(decided)} decisions"] if options["decisions"] else [])
        )
        self.stdout.write(
            f"Trained on {len(lines)} sentences of {names}: F1 {trained.f1:.3f}. Wrote"
            f" {options['output']}."
        )
