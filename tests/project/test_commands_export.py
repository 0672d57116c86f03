"""export_claim and verify_content: what was signed can be recomputed from a file
alone.
"""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.exchange.export import export
from claims.models import Claim
from factcheck.ledger.canonical_json import sha256
from factcheck.newsroom.models import User
from tests import factories

Edit = Callable[[dict[str, Any]], object]


def _run(*args: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command(*args, stdout=out)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def exported(tmp_path: Path, checker: User, editor: User, second_editor: User) -> Path:
    claim, file = factories.corrected(checker, editor, second_editor), tmp_path / "claim.json"
    assert _run("export_claim", str(claim.public_id), "--out", str(file)) == (0, "")
    return file


def _edited(file: Path, edit: Edit) -> Path:
    data = json.loads(file.read_text())
    edit(data["verdicts"][1])
    file.write_text(json.dumps(data))
    return file


def test_it_writes_to_a_file_or_to_the_terminal(exported: Path) -> None:
    claim = Claim.objects.get()
    assert _run("export_claim", claim.public_id.hex) == (0, exported.read_text())
    assert exported.read_text() == export(claim) + "\n"


def test_every_version_is_recomputed(exported: Path) -> None:
    code, said = _run("verify_content", str(exported))
    hashes = [verdict["content_hash"] for verdict in json.loads(exported.read_text())["verdicts"]]
    assert (code, said) == (
        0,
        f"version 1 (superseded): ok, {hashes[0]}\nversion 2 (published): ok, {hashes[1]}\n",
    )


def test_it_reads_standard_input_and_no_database(
    exported: Path, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(exported.read_bytes())))
    with django_assert_num_queries(0):
        assert _run("verify_content", "-")[0] == 0


def _reword(verdict: dict[str, Any]) -> None:
    verdict["content"] = verdict["content"].replace("It planted half.", "It planted all.")


def _reword_with_its_hash(verdict: dict[str, Any]) -> None:
    _reword(verdict)
    verdict["content_hash"] = sha256(verdict["content"])


def _space_out(verdict: dict[str, Any]) -> None:
    verdict["content"] = verdict["content"].replace(",", ", ")
    digest = verdict["content_hash"] = sha256(verdict["content"])
    for signed in verdict["signatures"].values():
        signed["hash"] = digest


@pytest.mark.parametrize(("edit", "message"), [
    (_reword, "MISMATCH: the recorded hash is"),
    (_reword_with_its_hash, "MISMATCH: the hash that the author signed is"),
    (lambda verdict: verdict["signatures"]["approver"].update(hash="0" * 64), (
        "MISMATCH: the hash"
        " that the approver signed is"
    )),
    (lambda verdict: verdict["signatures"].update(approver=None), (
        "MISMATCH: no signature of the"
        " approver"
    )),
    (lambda verdict: verdict.update(content=""), "the content has none"),
    (_space_out, "NOT CANONICAL"),
    (lambda verdict: verdict.update(content=verdict["content"] + " "), "NOT CANONICAL"),
    (lambda verdict: verdict.update(content="nothing"), "NOT CANONICAL"),
])  # fmt: skip
def test_what_does_not_fit_is_told_of_its_version_alone(
    exported: Path, edit: Edit, message: str
) -> None:
    code, said = _run("verify_content", str(_edited(exported, edit)))
    first, second = said.splitlines()
    assert code == 1 and first.startswith("version 1 (superseded): ok") and message in second


def test_a_version_that_nobody_signed_is_no_mismatch(tmp_path: Path, checker: User) -> None:
    file = tmp_path / "claim.json"
    file.write_text(export(factories.ready(checker)))
    assert _run("verify_content", str(file)) == (0, "version 1 (working): not signed\n")
    file.write_text(export(factories.claim(checker)))
    assert _run("verify_content", str(file)) == (0, "There is no verdict in this export.\n")


@pytest.mark.parametrize("text", [
    b"", b"no json", b"[]", b"{}", b'"' + b"[" * 9, b"[" * 100_000, b"\xff\xfe", b'{"kind":"factcheck.claim","schema":1}',
    b'{"kind":"factcheck.claim","schema":99,"verdicts":[]}', b'{"kind":"factcheck.claim","schema":1,"verdicts":[7]}',
    b'{"kind":"factcheck.claim","schema":1,"verdicts":[{"number":1}]}',
])  # fmt: skip
def test_a_file_that_is_no_export_is_refused_with_2(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "other.json"
    file.write_bytes(text)
    with pytest.raises(CommandError, match="other") as refused:
        _run("verify_content", str(file))
    assert refused.value.returncode == 2


def test_a_file_that_is_not_there_is_refused_with_2(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read") as refused:
        _run("verify_content", str(tmp_path))
    assert refused.value.returncode == 2


def test_a_wrong_id_or_place_is_named(db: None, exported: Path, tmp_path: Path) -> None:
    for wrong in ("seven", "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(CommandError, match="id"):
            _run("export_claim", wrong)
    with pytest.raises(CommandError, match="cannot be written"):
        _run("export_claim", str(Claim.objects.get().public_id), "--out", str(tmp_path))
