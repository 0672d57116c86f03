"""manage.py train_extractor: rated sentences in, a small file of numbers out."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.extraction import model
from claims.management import training

_needs_training = pytest.mark.skipif(not training.available(), reason="needs the extra `training`")


@pytest.fixture
def rated(tmp_path: Path) -> Path:
    told = [{"text": f"The town of Largo spent {number} million on boats.", "label": 1} for number in range(12)]
    told += [{"text": f"Thank you, friends of hall {number}.", "label": 0} for number in range(12)]
    made = tmp_path / "rated.json"
    made.write_text(json.dumps(told), encoding="utf-8")
    return made


@_needs_training
def test_training_separates_its_sentences_and_tells_its_provenance(rated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = rated.with_name("w.bin")
    call_command("train_extractor", "--data", str(rated), "--output", str(output))
    made = model.load(output)
    assert made.wording("The town of Largo spent money on boats.") > made.wording("Thank you, friends.")
    assert made.provenance["sets"][0]["name"] == "rated.json"
    assert "Trained on 24 sentences" in capsys.readouterr().out
    assert b"Largo" not in output.read_bytes() and b"boats" not in output.read_bytes()


@_needs_training
def test_training_twice_gives_the_same_bytes(rated: Path) -> None:
    written = []
    for name in ("a.bin", "b.bin"):
        call_command("train_extractor", "--data", str(rated), "--output", str(rated.with_name(name)))
        written.append(rated.with_name(name).read_bytes())
    assert written[0] == written[1]


@_needs_training
@pytest.mark.parametrize(("content", "remedy"), [("[]", "at least 4 sentences"), ("{", "JSON list"), ('[{"text": "a"}]', "text and label")])
def test_data_that_cannot_be_learned_from_is_refused(tmp_path: Path, content: str, remedy: str) -> None:
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=remedy):
        call_command("train_extractor", "--data", str(tmp_path / "x.json"), "--output", str(tmp_path / "w.bin"))
    assert not (tmp_path / "w.bin").exists()


@pytest.mark.skipif(training.available(), reason="scikit-learn is installed")
def test_without_scikit_learn_the_remedy_is_named(rated: Path) -> None:
    with pytest.raises(CommandError, match="training"):
        call_command("train_extractor", "--data", str(rated), "--output", str(rated.with_name("w.bin")))
    assert not rated.with_name("w.bin").exists()
