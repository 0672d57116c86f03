"""Pairs of a text and what it repeats, to train and to measure the
matcher on: sets as CheckThat! publishes them, and decisions of a desk.
"""

import csv
import gzip
import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from claims.matching import meaning, reading, words
from claims.matching.comparing import Asked, Known

# As many as a look-up compares.
COMPARED = 80
_K1, _B = 1.2, 0.75  # of BM25, as everybody has them


class DatasetError(ValueError):
    """The message says what is wrong with the folder."""


@dataclass(frozen=True, slots=True)
class Document:
    key: str
    text: str
    wording: str = ""

    @property
    def whole(self) -> str:
        return f"{self.text} {self.wording}".strip()


@dataclass(frozen=True, slots=True)
class MatchingSet:
    """`queries` by key, and the keys of what answers each, by part: as
    published train, dev, and test or dev-test.
    """

    name: str
    documents: list[Document]
    queries: dict[str, str]
    parts: dict[str, dict[str, set[str]]] = field(default_factory=dict)


def read(folder: Path) -> MatchingSet:
    """A set of CheckThat! 2020 task 2 or 2022 task 2A, 2B."""
    if (folder / "verified_claims.docs.tsv").exists():
        return _of_2020(folder)
    documents = next(iter(sorted(folder.glob("*vclaims*.jsonl.gz"))), None)
    if documents is None:
        raise DatasetError(f"{folder} holds no set of CheckThat! task 2.")
    with gzip.open(documents, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    known = [
        Document(
            row["vclaim_id"],
            row["vclaim"],
            " ".join(filter(None, (row["title"], row.get("speaker", "")))),
        )
        for row in rows
    ]
    queries = {row[0]: row[1] for path in folder.glob("*_Queries.tsv") for row in _tsv(path)}
    parts = {
        path.name.lower().removesuffix("_qrels.tsv").rpartition("-en-")[2]: _answers(path)
        for path in sorted(folder.glob("*_QRELs.tsv"))
    }
    return MatchingSet(folder.name, known, queries, parts)


def _of_2020(folder: Path) -> MatchingSet:
    rows = _tsv(folder / "verified_claims.docs.tsv")
    documents = [Document(row[0], row[1], row[2]) for row in rows][1:]
    queries: dict[str, str] = {}
    parts = {}
    for path in sorted(folder.glob("*/tweet-vclaim-pairs.qrels")):
        queries |= {row[0]: row[1] for row in _tsv(path.with_name("tweets.queries.tsv"))}
        parts[path.parent.name] = _answers(path)
    return MatchingSet(folder.name, documents, queries, parts)


def _tsv(path: Path) -> list[list[str]]:
    # The limit is the whole process's: others rely on a small one.
    usual = csv.field_size_limit(10**7)
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return [row for row in csv.reader(lines, delimiter="\t") if len(row) > 1]
    finally:
        csv.field_size_limit(usual)


def _answers(path: Path) -> dict[str, set[str]]:
    answers: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text("utf-8").splitlines():
        query, _, document, *_ = line.split()
        answers[query].add(document)
    return dict(answers)


class Corpus:
    """The documents of a set as the index would hold them, and BM25
    over their terms, as the door of SQLite has it.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = list(documents)
        self.known = [_known(one) for one in self.documents]
        self._lengths: list[int] = []
        self._standing: dict[str, list[int]] = defaultdict(list)
        self._words: dict[str, int] = defaultdict(int)
        for number, known in enumerate(self.known):
            terms = words.terms(known.whole.words)
            self._lengths.append(len(terms))
            for term in terms:
                self._standing[term].append(number)
        self._mean = sum(self._lengths) / (len(self._lengths) or 1)

    def weigh(self, term: str) -> float:
        count, size = len(self._standing.get(term, ())), len(self.documents)
        return math.log(1 + (size - count + 0.5) / (count + 0.5))

    def candidates(self, terms: frozenset[str], most: int = COMPARED) -> list[int]:
        scores: dict[int, float] = defaultdict(float)
        for term in terms:
            worth = self.weigh(term)
            for number in self._standing.get(term, ()):
                share = self._lengths[number] / self._mean
                scores[number] += worth * (_K1 + 1) / (1 + _K1 * (1 - _B + _B * share))
        return sorted(scores, key=lambda number: (-scores[number], number))[:most]

    def compare(
        self, text: str, *, with_meaning: bool = False
    ) -> tuple[list[int], list[list[float]]]:
        """The candidates of a text with the features of each."""
        read_text = reading.read(text)
        found = self.candidates(words.terms(read_text.words))
        asked = Asked(read_text, self.weigh)
        shared = {number: asked.shared(self.known[number]) for number in found}
        found.sort(key=lambda number: -shared[number])
        best = max(shared.values(), default=0.0)
        features = [
            asked.features(self.known[number], place=place, best=best)
            for place, number in enumerate(found)
        ]
        if not with_meaning:
            return found, features
        meant = meaning.features(text, [self.documents[number].whole for number in found])
        return found, [[*one, *more] for one, more in zip(features, meant, strict=True)]


def _known(document: Document) -> Known:
    text = reading.read(document.text)
    return Known(text, reading.read(document.whole) if document.wording else text)


def map_at_5(ranked: list[str], right: set[str]) -> float:
    """Average precision over the first five."""
    found, total = 0, 0.0
    for place, key in enumerate(ranked[:5], 1):
        if key in right:
            found += 1
            total += found / place
    return total / min(len(right), 5)
