"""manage.py evaluate_extraction: files of shared tasks in, one object a line out, no
database.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.extraction import rate

_CHECKED = "We cut the debt of the harbour by 12 percent and created 4,000 jobs in 2019."
_TALK = "Thank you, thank you all so much."
_NEWS = (
    "The quays of Largo\n\nMayor Ada Brandt said on Monday that the quay lost 40 jobs.\n\n“We will"
    " rebuild it,” she added.\n"
)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    "content",
    [
        f"1\tBRANDT\t{_CHECKED}\n2\tHOST\t{_TALK}\n",
        f"1\tBRANDT\t{_CHECKED}\t1\n2\tHOST\t{_TALK}\t0\n",
        f"Sentence_id\tText\n71\t{_CHECKED}\n72\t{_TALK}\n",
        f"Sentence_id\tText\tclass_label\r\n71\t{_CHECKED}\tYes\r\n72\t{_TALK}\tNo\r\n",
    ],
    ids=["lines", "labelled lines", "header", "labelled header"],
)
def test_every_line_gets_its_score_in_file_order(tmp_path: Path, content: str) -> None:
    (tmp_path / "debate.tsv").write_bytes(content.encode())
    call_command(
        "evaluate_extraction",
        "--format",
        "checkthat",
        str(tmp_path / "debate.tsv"),
        "--output",
        str(tmp_path / "out"),
    )
    assert _read(tmp_path / "out" / "debate.tsv.jsonl") == [
        {"score": rate(_CHECKED)},
        {"score": rate(_TALK)},
    ]


def test_half_divides_what_is_checked_from_talk() -> None:
    assert rate(_TALK) < 0.5 < rate(_CHECKED)


def test_an_unbalanced_quote_mark_swallows_no_line(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(f'1\tA\t"{_TALK}\n2\tA\t{_CHECKED}\n', encoding="utf-8")
    call_command("evaluate_extraction", "--format", "checkthat", str(tmp_path / "a.tsv"))
    assert len(_read(tmp_path / "a.tsv.jsonl")) == 2


def test_each_attribution_has_its_spans(tmp_path: Path) -> None:
    (tmp_path / "quays.txt").write_text(_NEWS, encoding="utf-8")
    call_command(
        "evaluate_extraction",
        "--format",
        "polnear",
        str(tmp_path / "quays.txt"),
        "--output",
        str(tmp_path / "out"),
    )
    first, second = _read(tmp_path / "out" / "quays.txt.jsonl")
    words = [
        {name: _NEWS[slice(*one[name])] for name in ("cue", "source", "content")}
        for one in (first, second)
    ]
    assert words == [
        {
            "cue": "said",
            "source": "Mayor Ada Brandt",
            "content": "on Monday that the quay lost 40 jobs",
        },
        {"cue": "added", "source": "she", "content": "“We will rebuild it,”"},
    ]
    assert first["file"] == "quays.txt"


def test_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "quays.txt").write_text(_NEWS, encoding="utf-8")
    written = []
    for _ in range(2):
        call_command("evaluate_extraction", "--format", "polnear", str(tmp_path / "quays.txt"))
        written.append((tmp_path / "quays.txt.jsonl").read_bytes())
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (b"1\tA\n", "2 columns"),
        (b"1\tA\tWell.\tperhaps\n", "'perhaps'"),
        (b"\xff\xfe", "UTF-8"),
        (b"topic\tlabel\nx\t1\n", "no Text column"),
    ],
)
def test_a_bad_file_is_named_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, remedy: str
) -> None:
    (tmp_path / "bad.tsv").write_bytes(content)
    (tmp_path / "good.tsv").write_text(f"1\tA\t{_TALK}\n", encoding="utf-8")
    with pytest.raises(CommandError, match="1 of 2"):
        call_command(
            "evaluate_extraction",
            "--format",
            "checkthat",
            str(tmp_path / "bad.tsv"),
            str(tmp_path / "good.tsv"),
        )
    assert remedy in capsys.readouterr().err
    assert len(_read(tmp_path / "good.tsv.jsonl")) == 1
    assert not (tmp_path / "bad.tsv.jsonl").exists()


def test_two_files_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.tsv").write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match=r"x\.tsv"):
        call_command(
            "evaluate_extraction",
            "--format",
            "checkthat",
            "--output",
            str(tmp_path),
            str(tmp_path / "a" / "x.tsv"),
            str(tmp_path / "b" / "x.tsv"),
        )
