"""The trained part of the score: its file, and what it does to sentences."""

import json
import time
from pathlib import Path

import pytest

from claims.extraction import features, rate, scoring_model

_WORDS = "The ministry of Largo cut its debt by 12 percent in 2019."


def _made(path: Path, **changed: object) -> Path:
    hashed = [0.0] * (2 * features.SIZE)
    hashed[min(features.of(_WORDS).words)] = 2.0
    scoring_model.save(
        path, hashed=hashed, bias=-0.5, indicators={"figure": 1.0}, provenance={"sets": []}
    )
    head, _, body = path.read_bytes().partition(b"\n")
    path.write_bytes(json.dumps({**json.loads(head), **changed}).encode() + b"\n" + body)
    return path


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    read = scoring_model.load(_made(tmp_path / "w.bin"))
    assert (read.bias, read.signal("figure"), read.signal("nothing")) == (-0.5, 1.0, 0.0)
    assert read.wording(_WORDS) > 0 == read.wording("")


@pytest.mark.parametrize("changed", [{"format": 99}, {"size": 7}])
def test_weights_of_another_version_are_refused_with_the_remedy(
    tmp_path: Path, changed: dict[str, object]
) -> None:
    with pytest.raises(scoring_model.WeightsError, match="train_extractor"):
        scoring_model.load(_made(tmp_path / "w.bin", **changed))


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"{}\nabc"])
def test_what_is_no_file_of_weights_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "w.bin").write_bytes(content)
    with pytest.raises(scoring_model.WeightsError):
        scoring_model.load(tmp_path / "w.bin")


def test_the_shipped_weights_say_where_they_come_from_and_stay_small() -> None:
    told = scoring_model.shipped().provenance
    assert (
        told["date"]
        and told["metric"]["value"] > 0.75
        and [one["name"] for one in told["sets"]] == ["kfold_25ncs.json"]
    )
    assert scoring_model.FILE.stat().st_size < 2_000_000


def test_words_and_not_only_figures_move_the_score() -> None:
    assert rate("We have the highest unemployment of any country.") > rate(
        "I am happy about the music of my town."
    )


def test_a_figure_counts_by_its_form_and_not_by_its_value() -> None:
    assert features.of("It cost 4,512 euros") == features.of("It cost 9,873 euros")


def test_a_feature_is_only_a_number_in_range() -> None:
    seen = features.of("Ünïcode 🚢 قارب und so weiter!")
    assert all(0 <= number < features.SIZE for number in seen.words | seen.letters)


@pytest.mark.parametrize("piece", ["a", "a ", "'", "1", "é1 ", "1."])
def test_a_megabyte_of_one_thing_is_rated_at_once(piece: str) -> None:
    before = time.process_time()
    assert 0 <= rate(piece * (1_000_000 // len(piece))) <= 1
    assert time.process_time() - before < 5
