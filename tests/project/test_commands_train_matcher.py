"""manage.py train_matcher: texts and what they repeat in, a few numbers out."""

import gzip
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.management import matcher_training, matching_sets
from claims.matching import meaning, model

pytestmark = pytest.mark.skipif(
    not matcher_training.available(), reason="needs the extra `training`"
)
THINGS = ("boats", "trams", "lindens", "schools", "wells", "bridges", "ferries", "kilns")
PLACES = ("Largo", "Evers", "Tornhamn", "Lunde")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set as CheckThat! 2022 publishes them, with sentences of our own."""
    said = {
        f"c{number}": f"The town of {place} bought {number + 12} {thing} in the spring."
        for number, (thing, place) in enumerate((a, b) for a in THINGS for b in PLACES)
    }
    documents = tmp_path / "set_vclaims.jsonl.gz"
    with gzip.open(documents, "wt", encoding="utf-8") as lines:
        for key, text in said.items():
            lines.write(json.dumps({"vclaim_id": key, "vclaim": text, "title": "Towns buy"}) + "\n")
    queries = [f"{key}q\tIs it true: {text.replace('bought', 'has')}" for key, text in said.items()]
    (tmp_path / "CT-EN-Train-Test_Queries.tsv").write_text("\n".join(queries), "utf-8")
    for part, keys in (("Train", list(said)[:24]), ("Dev-Test", list(said)[24:])):
        rows = "\n".join(f"{key}q\t0\t{key}\t1" for key in keys)
        (tmp_path / f"CT-EN-{part}_QRELs.tsv").write_text(rows, "utf-8")
    return tmp_path


@pytest.mark.parametrize("further", [["--words-only"], []])
def test_what_was_repeated_stands_first(
    folder: Path, further: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not further:
        pytest.importorskip("wordllama", reason="needs the extra `matching`")
        monkeypatch.setattr(meaning, "available", lambda: True)
    output = folder / "weights.json"
    asked = ["--data", str(folder), "--parts", "train", "--output", str(output)]
    call_command("train_matcher", *asked, *further)
    made = model.load(output)
    assert made.names == (model.NAMES if further else model.WITH_MEANING)
    assert made.provenance["sets"] == [{"name": folder.name, "parts": ["train"], "texts": 24}]
    assert "Largo" not in output.read_text("utf-8")
    of = matching_sets.read(folder)
    corpus = matching_sets.Corpus(of.documents)
    assert set(of.parts) == {"train", "dev-test"}
    for query, right in of.parts["dev-test"].items():
        found, features = corpus.compare(of.queries[query], with_meaning=not further)
        best = max(range(len(found)), key=lambda at: made.score(features[at]))
        assert {of.documents[found[best]].key} == right


def test_too_little_or_nothing_is_refused(folder: Path) -> None:
    output = folder / "weights.json"
    asked = ("--output", str(output), "--words-only")
    with pytest.raises(CommandError, match="at least 20 texts"):
        call_command("train_matcher", "--data", str(folder), "--parts", "dev-test", *asked)
    for path in folder.glob("*vclaims*"):
        path.unlink()
    with pytest.raises(CommandError, match="holds no set"):
        call_command("train_matcher", "--data", str(folder), *asked)
    assert not output.exists()


def test_weights_of_another_version_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "weights.json"
    other.write_text('{"format": 1, "weights": {"first": 1}}', "utf-8")
    with pytest.raises(model.WeightsError, match="Train again"):
        model.load(other)
