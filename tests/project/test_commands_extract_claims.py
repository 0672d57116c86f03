"""manage.py extract_claims: texts in, JSON lines out, no database."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.extraction import articles, extract
from sources.plaintext import stored_text

TEXT = (
    "City hall counts its trees\n\n"
    "The mayor, Mira Halloway, said on Monday that the city planted 4,200 trees in 2025.\n\n"
    "“We spent 3 million euros on them,” Halloway told the council.\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "trees.txt"
    made.write_text(TEXT, encoding="utf-8")
    return made


def _lines(capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, object]], str]:
    captured = capsys.readouterr()
    return [json.loads(line) for line in captured.out.splitlines()], captured.err


def test_each_candidate_is_one_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("extract_claims", str(file))
    lines, errors = _lines(capsys)
    assert lines == json.loads(
        json.dumps([{"file": str(file), **one.to_json()} for one in extract(TEXT)])
    )
    assert lines and not errors


def test_articles_are_listed_on_request(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("extract_claims", str(file), "--articles")
    lines, _ = _lines(capsys)
    assert lines == json.loads(
        json.dumps([{"file": str(file), **one.to_json()} for one in articles(TEXT)])
    )
    assert lines


def test_offsets_count_the_stored_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = ("\ufeffCafe\u0301 costs\r\n\r\n" + TEXT.replace("\n", "\r\n")).encode()
    (tmp_path / "odd.txt").write_bytes(raw)
    call_command("extract_claims", str(tmp_path / "odd.txt"))
    text = stored_text(raw)
    lines, _ = _lines(capsys)
    assert lines
    assert all(text[line["start"] : line["end"]] == line["text"] for line in lines)  # type: ignore[index]


@pytest.mark.parametrize(("content", "remedy"), [
    (None, "Check the path"), (b"\xff\xfe\x00bad", "UTF-8"), (b"%PDF-1.7", "plain text"), (b"  \n", "empty"), (b"a\x00b", "NUL"),
])  # fmt: skip
def test_a_bad_file_is_named_with_its_remedy_and_the_others_are_read(
    file: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, remedy: str
) -> None:
    bad = file.parent / "bad.txt"
    if content is not None:
        bad.write_bytes(content)
    with pytest.raises(CommandError, match="1 of 2 files") as ended:
        call_command("extract_claims", str(bad), str(file))
    lines, errors = _lines(capsys)
    assert ended.value.returncode == 2
    assert {line["file"] for line in lines} == {str(file)}
    assert str(bad) in errors and remedy in errors


def test_a_folder_is_refused_as_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError):
        call_command("extract_claims", str(tmp_path))
    assert "Check the path" in _lines(capsys)[1]


def test_a_second_run_says_the_same(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("extract_claims", str(file))
    first = _lines(capsys)
    call_command("extract_claims", str(file))
    assert _lines(capsys) == first
