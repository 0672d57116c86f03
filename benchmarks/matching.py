"""How well and how fast known claims are found, on sets of CheckThat!
task 2.

    python -m benchmarks.matching --data FOLDER [FOLDER ...]

For each part of a set but “train”: MAP@5 of the words of the index
alone; of the weights in use, with the names of the sets they were
trained on; and of a model that learned from the part “train” of this set
and from nothing else, where it has one. The latter two also with
meaning, where the extra `matching` is installed, beside its embeddings
by cosine alone and, where that is installed, bm25s. The tweets of 2020
stand in the parts of 2022: what learned from one says nothing about the
other.
"""

import argparse
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import django

Ranking = Callable[[str], list[int]]


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
    from claims.management import matching_sets  # noqa: PLC0415

    of = matching_sets.read(folder)
    begun = time.process_time()
    corpus = matching_sets.Corpus(of.documents)
    print(f"{of.name}: {len(of.documents)} documents, read in {time.process_time() - begun:.0f} s")
    rankings = _rankings(of, corpus)
    for part in sorted(of.parts.keys() - {"train"}):
        asked = {key: right for key, right in of.parts[part].items() if key in of.queries}
        print(f" {part}, {len(asked)} queries")
        for name, ranking in rankings.items():
            begun, total = time.process_time(), 0.0
            for query, right in asked.items():
                first = [corpus.documents[number].key for number in ranking(of.queries[query])[:5]]
                total += matching_sets.map_at_5(first, right)
            spent = 1000 * (time.process_time() - begun) / len(asked)
            print(f"  MAP@5 {total / len(asked):.4f}  {name}  ({spent:.0f} ms each)")


def _rankings(of: Any, corpus: Any) -> dict[str, Ranking]:
    from claims.management import matcher_training  # noqa: PLC0415
    from claims.management.commands.train_matcher import THRESHOLDS, examples_of  # noqa: PLC0415
    from claims.matching import meaning, model, words  # noqa: PLC0415

    found: dict[str, Ranking] = {
        "words alone": lambda text: corpus.candidates(words.terms(words.of(text)))
    }
    for with_meaning in (False, True)[: 1 + meaning.available()]:
        beside = " and meaning" if with_meaning else ""
        in_use = model.load(model.file(with_meaning=with_meaning))
        sets = ", ".join(
            f"{one['name']} {'+'.join(one['parts'])}" for one in in_use.provenance["sets"]
        )
        found[f"weights in use{beside}, trained on {sets}"] = partial(
            _ranked, corpus, in_use, with_meaning
        )
        if "train" in of.parts:
            examples = examples_of(of, ["train"], with_meaning=with_meaning)
            own = matcher_training.fit(examples, provenance={}, thresholds=THRESHOLDS)
            found[f"trained on {of.name} train{beside}"] = partial(
                _ranked, corpus, own, with_meaning
            )
    if meaning.available():
        found["meaning alone"] = _by_cosine(corpus)
    return found | _bm25s(corpus)


def _ranked(corpus: Any, by: Any, with_meaning: bool, text: str) -> list[int]:
    compared, features = corpus.compare(text, with_meaning=with_meaning)
    scores = dict(zip(compared, map(by.score, features), strict=True))
    return sorted(scores, key=lambda number: -scores[number])


def _by_cosine(corpus: Any) -> Ranking:
    """The embeddings over all documents, without a word of the index."""
    import numpy  # noqa: PLC0415

    from claims.matching import meaning  # noqa: PLC0415

    documents = numpy.stack([meaning.vector(one.whole) for one in corpus.documents])
    return lambda text: list(numpy.argsort(-(documents @ meaning.vector(text)))[:5])


def _bm25s(corpus: Any) -> dict[str, Ranking]:
    """With its own words, where it is installed."""
    try:
        import bm25s  # type: ignore[import-not-found]  # noqa: PLC0415
    except ImportError:
        return {}
    retriever = bm25s.BM25()
    texts = bm25s.tokenize(
        [one.whole for one in corpus.documents], stopwords="en", show_progress=False
    )
    retriever.index(texts, show_progress=False)

    def ranking(text: str) -> list[int]:
        asked = bm25s.tokenize([text], stopwords="en", show_progress=False)
        return [int(one) for one in retriever.retrieve(asked, k=5, show_progress=False)[0][0]]

    return {"bm25s alone": ranking}


if __name__ == "__main__":
    main()
