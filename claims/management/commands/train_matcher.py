"""Train the weights of the matcher from texts and what they repeat."""

import datetime
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.management import matcher_training, matching_sets
from claims.management.matcher_training import Example
from claims.matching import meaning, model

# Of closeness, where the measure on pairs of our own puts them (docs/matching.md).
THRESHOLDS = {"same": 0.55, "similar": 0.4, "related": 0.25}


class Command(BaseCommand):
    help = (
        "Train the ranking of matches and store the weights: numbers with their provenance, no"
        " word of the data. --data takes a folder of CheckThat! 2020 task 2 or 2022 task 2A, 2B;"
        " give it several times for several sets. --parts names what of each is learned from."
        " Needs the extra `training` (scikit-learn)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", action="append", required=True, metavar="PATH", type=Path)
        parser.add_argument("--parts", nargs="+", default=["train", "dev"])
        parser.add_argument(
            "--output",
            metavar="FILE",
            type=Path,
            help="default: the weights in use",
        )
        parser.add_argument(
            "--words-only",
            action="store_true",
            help="without meaning, for those who have not installed the extra `matching`",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not matcher_training.available():
            raise CommandError(matcher_training.NEEDED)
        with_meaning = meaning.available() and not options["words_only"]
        output = options["output"] or model.file(with_meaning=with_meaning)
        today = datetime.datetime.now(tz=datetime.UTC).date()
        examples: list[Example] = []
        sets = []
        try:
            for path in options["data"]:
                found = examples_of(
                    matching_sets.read(path), options["parts"], with_meaning=with_meaning
                )
                sets.append({"name": path.name, "parts": options["parts"], "texts": len(found)})
                examples += found
            trained = matcher_training.fit(
                examples,
                provenance={"date": today.isoformat(), "sets": sets},
                thresholds=THRESHOLDS,
            )
        except (matching_sets.DatasetError, matcher_training.TrainingError, OSError) as error:
            raise CommandError(str(error)) from error
        model.save(output, trained)
        names = ", ".join(str(one["name"]) for one in sets)
        self.stdout.write(f"Trained on {len(examples)} texts of {names}. Wrote {output}.")


def examples_of(
    of: matching_sets.MatchingSet, parts: list[str], *, with_meaning: bool = False
) -> list[Example]:
    corpus = matching_sets.Corpus(of.documents)
    examples = []
    for part in parts:
        for query, answers in of.parts.get(part, {}).items():
            if query not in of.queries:
                continue
            found, features = corpus.compare(of.queries[query], with_meaning=with_meaning)
            right = [corpus.documents[number].key in answers for number in found]
            examples.append(Example(features, right))
    return examples
