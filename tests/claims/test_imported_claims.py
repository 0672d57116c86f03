"""Exports that come back: equal when they are exported again, without a signature of
ours, taken up as claims of the desk, and refused whole where they are hostile.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from claims.exchange.desk_export.packing import write
from claims.exchange.desk_import import bringing
from claims.exchange.desk_import.bringing import bring
from claims.exchange.desk_import.reading import ExportFileError
from claims.models import BroughtExport, BroughtRecord, Claim, ImportedClaim, Verdict
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.export_cases import full_desk
from tests.claims.import_cases import BRIDGE, TREES, imported
from tests.project.api import Api

Members = dict[str, bytes]
CLAIM = {
    "kind": "factcheck.claim",
    "schema": 1,
    "claim": {
        "id": "0b0e7b5e-6d0c-4d56-9a2c-0e4b6a0d1f11",
        "desk": {"id": "x", "name": "City desk"},
        "text": "The bridge is closed.",
        "status": "published",
        "language": "en",
        "appearance": "javascript:alert(1)",
        "claimant": {"name": "The mayor"},
        "stated_date": "2026-05-03",
        "address": "",
    },
    "evidence": [{"publisher": "Harbour office", "url": "javascript:alert(2)", "quote": "shut"}],
    "verdicts": [
        {"rating": {"name": "False"}, "published": {"at": "2026-05-04T10:00:00Z"},
         "short_answer": "It is open.", "explanation": "We went there."}
    ],
}  # fmt: skip


def _members() -> Members:
    content = b"A minute.\n"
    return {
        "claims.jsonl": json.dumps(CLAIM).encode() + b"\n",
        f"files/{hashlib.sha256(content).hexdigest()}": content,
    }


def _manifest(members: Members, **more: Any) -> bytes:
    told = {
        "kind": "factcheck.desk",
        "schema": 2,
        "desk": {"id": "x", "name": "City desk"},
        "made_at": "2026-06-01T10:00:00Z",
        "counts": {"claims": 1},
        "sha256": {name: hashlib.sha256(raw).hexdigest() for name, raw in members.items()},
    }
    return json.dumps(told | more).encode()


def _zip(folder: Path, members: Members, manifest: bytes | None = None) -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, raw in members.items():
            file.writestr(name, raw)
        file.writestr("manifest.json", _manifest(members) if manifest is None else manifest)
    return path


def _exported(desk: Desk, folder: Path) -> tuple[Path, dict[str, Any]]:
    path = folder / f"{desk.name}.zip"
    with path.open("wb") as file:
        write(desk, file, by=None)
    return path, json.loads(zipfile.ZipFile(path).read("manifest.json"))


def test_what_is_brought_is_exported_equal_after_a_cut_and_without_signatures(
    desk: Desk, checker: User, editor: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_desk(checker, editor)
    imported(desk, editor, BRIDGE, TREES)
    path, first = _exported(desk, tmp_path)
    there = factories.desk("Sports")
    runner = factories.person("runner", there, "editor")
    verdicts = Verdict.objects.count()
    with monkeypatch.context() as cut:
        cut.setattr(bringing, "_finish", lambda brought: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bring(there, path, by=runner)
    assert ImportedClaim.objects.count() == 2
    # Nothing is shown before all of it is here.
    assert not ImportedClaim.objects.visible_to(runner).exists()
    for new in (True, False):
        assert bring(there, path, by=runner)[1] is new
    assert ImportedClaim.objects.visible_to(runner).count() == 2
    assert not Claim.objects.filter(desk=there).exists() and Verdict.objects.count() == verdicts
    second = _exported(there, tmp_path)[1]
    assert second["sha256"] == first["sha256"] and second["counts"] == first["counts"]
    assert second["counts"]["web_archives"] == 1


def test_what_comes_back_to_where_it_was_made_is_exported_once(
    desk: Desk, checker: User, editor: User, tmp_path: Path
) -> None:
    """The same topics, publishers and captures stand there twice then."""
    full_desk(checker, editor)
    path, first = _exported(desk, tmp_path)
    bring(desk, path, by=editor)
    path, second = _exported(desk, tmp_path)
    assert {**second["counts"], "claims": 0} == {**first["counts"], "claims": 0}
    there = factories.desk("Sports")
    bring(there, path, by=factories.person("runner", there, "editor"))
    third = _exported(there, tmp_path)[1]
    assert third["sha256"] == second["sha256"]


def test_a_line_that_stands_there_twice_is_kept_once(
    desk: Desk, editor: User, tmp_path: Path
) -> None:
    line = json.dumps(CLAIM).encode() + b"\n"
    members = _members() | {"claims.jsonl": line * 2, "topics.jsonl": b'{"name": "A"}\n' * 2}
    brought, new = bring(desk, _zip(tmp_path, members), by=editor)
    assert (new, brought.counts) == (True, {"claims": 1, "records": 1})


def test_a_claim_is_found_read_and_taken_up_once(
    desk: Desk, checker: User, editor: User, reporter: User, outsider: User, client: Client,
    tmp_path: Path,
) -> None:  # fmt: skip
    said = io.StringIO()
    path = _zip(tmp_path, _members())
    options = {"desk": desk.name, "by": editor.username, "stdout": said}
    call_command("import_desk", str(path), **options)
    assert "1 claims" in said.getvalue()
    with pytest.raises(CommandError, match="Only an editor of Metro"):
        call_command("import_desk", str(path), **options | {"by": checker.username})
    one = ImportedClaim.objects.get()
    page = reverse("admin:claims_importedclaim_change", args=[one.pk])
    client.force_login(checker)
    shown = client.get(page).text
    assert "The bridge is closed." in shown and "not signed here" in shown
    assert "javascript:" not in shown
    found = client.get("/admin/search/", {"q": "bridge closed"}).text
    assert page in found
    take_up = reverse("admin:claims_importedclaim_take_up", args=[one.pk])
    claims = [client.post(take_up).url for _twice in range(2)]
    claim = Claim.objects.get()
    assert set(claims) == {reverse("admin:claims_claim_change", args=[claim.pk])}
    assert (claim.text, str(claim.stated_date), claim.appearance_url) == (
        "The bridge is closed.", "2026-05-03", ""
    )  # fmt: skip
    assert claim.claimant and claim.claimant.name == "The mayor"
    assert not claim.verdicts.exclude(author=None).exists()
    api = Api(checker)
    (told,) = api.get("imported-claims/", q="bridge").json()["results"]
    assert told["rating"] == "False" and told["taken_up_as"] == str(claim.public_id)
    again = api.post(f"imported-claims/{one.public_id}/take-up/", {})
    assert (again.status_code, again.json()) == (200, {"claim": str(claim.public_id)})
    for who in (reporter, outsider):
        assert Api(who).get(f"imported-claims/{one.public_id}/").status_code == 404
        client.force_login(who)
        assert client.post(take_up).status_code in {403, 404}


def _with(name: str, raw: bytes) -> Callable[[Path], Path]:
    return lambda folder: _zip(folder, _members() | {name: raw})


def _line(**more: Any) -> Callable[[Path], Path]:
    line = json.dumps(CLAIM | more).encode()
    return _with("claims.jsonl", json.dumps(CLAIM).encode() + b"\n" + line + b"\n")


def _changed(folder: Path) -> Path:
    told = _manifest(_members())
    return _zip(folder, _members() | {"claims.jsonl": b"{}\n"}, told)


def _missing(folder: Path) -> Path:
    members = _members()
    told = _manifest(members)
    del members["claims.jsonl"]
    return _zip(folder, members, told)


def _cut_off(folder: Path) -> Path:
    path = _zip(folder, _members())
    path.write_bytes(path.read_bytes()[:-40])
    return path


def _manifest_of(**more: Any) -> Callable[[Path], Path]:
    return lambda folder: _zip(folder, _members(), _manifest(_members(), **more))


def _no_zip(folder: Path) -> Path:
    path = folder / "export.zip"
    path.write_bytes(b"Not at all.")
    return path


HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "no ZIP": (_no_zip, "the ZIP is broken"),
    "cut off": (_cut_off, "the ZIP is broken"),
    "no manifest": (lambda folder: _zip(folder, _members(), b""), "no manifest.json"),
    "no JSON": (lambda folder: _zip(folder, _members(), b"{"), "not that of an export"),
    "another kind": (_manifest_of(kind="other"), "not that of an export"),
    "no time": (_manifest_of(made_at="soon"), "not that of an export"),
    "newer": (_manifest_of(schema=99), "newer version .schema 99"),
    "older": (_manifest_of(schema=1), "older version .schema 1"),
    "changed": (_changed, "claims.jsonl is not as the manifest says"),
    "missing": (_missing, "claims.jsonl is missing"),
    "a path out": (_with("../../etc/passwd", b"x"), "does not belong"),
    "an absolute path": (_with("/etc/passwd", b"x"), "does not belong"),
    "a program": (_with("run.sh", b"x"), "does not belong"),
    "another file": (_with(f"files/{'0' * 64}", b"x"), "not the file that its name says"),
    "a bomb": (_with("articles.jsonl", b" " * (17 * 2**20)), "would grow to 17 MB"),
    "no object": (_with("claims.jsonl", b"[]\n"), "claims.jsonl, line 1"),
    "no UTF-8": (_with("topics.jsonl", b"\xff\n"), "topics.jsonl, line 1: the line is not UTF-8"),
    "a newer claim": (_line(schema=2), "claims.jsonl, line 2: .* another schema"),
    "no text": (_line(claim={}), "claims.jsonl, line 2: the claim says too little"),
    "a NUL": (_with("topics.jsonl", b'{"name": "a\\u0000"}\n'), "topics.jsonl, line 1"),
    "half a character": (_with("topics.jsonl", b'{"\\ud800": 1}\n'), "topics.jsonl, line 1"),
    "a deep line": (_with("topics.jsonl", b"[" * 100_000 + b"\n"), "topics.jsonl, line 1"),
    "a broken WACZ": (_with("captures.wacz", b"PK"), "the ZIP is broken"),
}


def test_hostile_files_are_refused_whole(desk: Desk, editor: User, tmp_path: Path) -> None:
    for name, (made, message) in HOSTILE.items():
        with pytest.raises(ExportFileError, match=message):
            bring(desk, made(tmp_path), by=editor)
        assert not BroughtExport.objects.exists(), name
    assert not ImportedClaim.objects.exists() and not BroughtRecord.objects.exists()
