"""PolNeAR's standoff files against our attributions: sentences that
hold a cue, and whose source it is.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from claims.extraction import AttributionSpans, fold, sentences

Span = tuple[int, int]
Gold = dict[str, list[Span]]
_LINE = re.compile(r"[^\n]+")


def rows(
    folder: Path, read: Callable[[str], tuple[AttributionSpans, ...]]
) -> Iterator[tuple[str, str, str]]:
    texts = sorted((folder / "text").glob("*"))
    if not texts:
        yield ("PolNeAR dev", "missing", "-")
        return
    correct = predicted = expected = overlapping = with_source = 0
    for path in texts:
        text = path.read_bytes().decode("utf-8")
        gold = _gold(folder, path)
        attributions = read(text)
        ends = _ends(text)
        ours = {_sentence(ends, one.cue[0]) for one in attributions}
        theirs = {_sentence(ends, start) for one in gold for start, _ in one["Cue"]}
        correct += len(ours & theirs)
        predicted += len(ours)
        expected += len(theirs)
        for overlaps in _sources(attributions, gold):
            overlapping += overlaps
            with_source += 1
    precision, recall = correct / max(1, predicted), correct / max(1, expected)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    yield ("PolNeAR dev, sentence has an attribution: precision", f"{precision:.3f}", "floor .95")
    yield ("PolNeAR dev, sentence has an attribution: recall", f"{recall:.3f}", "floor .43")
    yield ("PolNeAR dev, sentence has an attribution: F1", f"{f1:.3f}", "floor .59")
    yield (
        "PolNeAR dev, source overlaps where the cue does",
        f"{overlapping / max(1, with_source):.3f}",
        "floor .95",
    )


def _gold(folder: Path, text: Path) -> list[Gold]:
    spans: dict[str, list[Span]] = {}
    events: list[Gold] = []
    for file in sorted((folder / "attributions").glob(f"{text.stem}_*.ann"))[:1]:
        for line in file.read_text(encoding="utf-8").splitlines():
            name, annotation, *_ = line.split("\t")
            if name.startswith("T"):
                places = annotation.split(" ", 1)[1].split(";")
                spans[name] = [
                    (int(start), int(end)) for start, end in (place.split() for place in places)
                ]
            elif name.startswith("E"):
                events.append(_event(annotation, spans))
    return events


def _event(annotation: str, spans: dict[str, list[Span]]) -> Gold:
    event: Gold = defaultdict(list)
    for part in annotation.split():
        role, name = part.split(":")
        event[role.rstrip("0123456789")] += spans.get(name, [])
    return event


def _ends(text: str) -> list[int]:
    folded = fold.fold(text)
    return [
        end
        for line in _LINE.finditer(folded)
        for _, end in sentences.spans(line.group(), line.start())
    ]


def _sentence(ends: list[int], at: int) -> int:
    return next((number for number, end in enumerate(ends) if at < end), len(ends))


def _touch(one: Span, others: list[Span]) -> bool:
    return any(one[0] < end and start < one[1] for start, end in others)


def _sources(
    attributions: tuple[AttributionSpans, ...],
    gold: list[Gold],
) -> Iterator[bool]:
    for one in attributions:
        same = [event for event in gold if _touch(one.cue, event["Cue"])]
        places = [place for event in same for place in event["Source"]]
        if one.source and places:
            yield _touch(one.source, places)
