"""How well and how fast known claims are found, on the development sets
of CheckThat! task 2.

    python -m benchmarks.matching --data FOLDER [FOLDER ...]

For each set: MAP@5 of its part “dev” by BM25 alone (bm25s, where it is
installed), by the words of the index alone, and by the model, trained
on the part “train” of the same set and of nothing else. One set alone is
reported by its own training: the tweets of 2020 stand in the training
part of 2022, so a model of one may not be measured on the other.
"""

import argparse
import os
import time
from pathlib import Path

import django


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", nargs="+", required=True, type=Path, metavar="FOLDER")
    options = parser.parse_args()
    os.environ.setdefault("FACTCHECK_ENV", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()
    for folder in options.data:
        _measure(folder)


def _measure(folder: Path) -> None:
    # Django must be set up before anything of claims is imported.
    from claims.management import matcher_training, matching_sets  # noqa: PLC0415
    from claims.management.commands.train_matcher import THRESHOLDS, examples_of  # noqa: PLC0415
    from claims.matching import words  # noqa: PLC0415

    of = matching_sets.read(folder)
    begun = time.process_time()
    corpus = matching_sets.Corpus(of.documents)
    print(f"{of.name}: {len(of.documents)} documents, read in {time.process_time() - begun:.0f} s")
    trained = matcher_training.fit(examples_of(of, ["train"]), provenance={}, thresholds=THRESHOLDS)
    answers = {key: right for key, right in of.parts["dev"].items() if key in of.queries}
    totals = {"words alone": 0.0, f"model, trained on {of.name} train": 0.0}
    lexical, learned = totals
    begun = time.process_time()
    for query, right in answers.items():
        text = of.queries[query]
        found = corpus.candidates(words.terms(words.of(text)))
        totals[lexical] += _map(corpus, found, right)
        compared, features = corpus.compare(text)
        scores = dict(zip(compared, map(trained.score, features), strict=True))
        ranked = sorted(scores, key=lambda number: -scores[number])
        totals[learned] += _map(corpus, ranked, right)
    spent = (time.process_time() - begun) / len(answers)
    totals |= _bm25s(corpus, of, answers)
    for name, total in totals.items():
        print(f"  MAP@5 {total / len(answers):.4f}  {name}")
    print(f"  {len(answers)} queries, {1000 * spent:.0f} ms of the processor each")


def _map(corpus: object, found: list[int], right: set[str]) -> float:
    from claims.management.matching_sets import map_at_5  # noqa: PLC0415

    return map_at_5([corpus.documents[number].key for number in found[:5]], right)  # type: ignore[attr-defined]


def _bm25s(corpus: object, of: object, answers: dict[str, set[str]]) -> dict[str, float]:
    """The same queries by bm25s with its own words, where it is installed."""
    try:
        import bm25s  # type: ignore[import-not-found]  # noqa: PLC0415
    except ImportError:
        return {}
    texts = [f"{one.text} {one.wording}" for one in corpus.documents]  # type: ignore[attr-defined]
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(texts, stopwords="en", show_progress=False), show_progress=False)
    total = 0.0
    for query, right in answers.items():
        asked = bm25s.tokenize([of.queries[query]], stopwords="en", show_progress=False)  # type: ignore[attr-defined]
        found, _ = retriever.retrieve(asked, k=5, show_progress=False)
        total += _map(corpus, [int(one) for one in found[0]], right)
    return {"bm25s alone": total}


if __name__ == "__main__":
    main()
