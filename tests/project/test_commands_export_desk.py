"""export_desk: everything of a desk in one file, and what it brings back."""

import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from warcio.archiveiterator import ArchiveIterator

from claims.choices import Origin
from claims.desk.queries import Question, open_query
from claims.exchange.importing.running import Begun, begin, choose, read, start
from claims.exchange.verification import findings
from claims.models import ImportedFactCheck
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.export_cases import HTML, PAGE, full_desk
from tests.claims.import_cases import BRIDGE, DEFAULTS, TREES, imported
from tests.claims.tip_cases import WORDS, sent


def _exported(desk: Desk, folder: Path) -> zipfile.ZipFile:
    out, target = io.StringIO(), folder / f"{desk.name}.zip"
    call_command("export_desk", desk.name, "--out", str(target), stdout=out)
    assert str(target) in out.getvalue()
    return zipfile.ZipFile(target)


def test_a_desk_leaves_with_everything_but_what_is_confidential(
    desk: Desk, checker: User, editor: User, tmp_path: Path
) -> None:
    claim = factories.published(checker, editor)
    asked = Question(text="Counsel says no.", passage=claim.text, privileged=True)
    open_query(claim, by=editor, question=asked)
    factories.claim(checker, text="=1+1 is two.")
    elsewhere = factories.desk("Sports")
    factories.claim(factories.person("runner", elsewhere, "checker"), on=elsewhere, text="A goal.")
    sent(desk)
    whole = _exported(desk, tmp_path)
    lines = whole.read("claims.jsonl").decode().splitlines()
    assert len(lines) == 2 and json.loads(lines[0])["claim"]["id"] == str(claim.public_id)
    # What was signed can be verified from the file alone.
    assert [one.faults for one in findings(lines[0])] == [()]
    assert b'"\'=1+1 is two."' in whole.read("claims.csv")
    assert b'"It planted fewer."' in whole.read("verdicts.csv")
    told = b"".join(whole.read(name) for name in whole.namelist())
    for secret in ("Counsel says no.", "A goal.", WORDS.text, WORDS.email):
        assert secret.encode() not in told
    manifest = json.loads(whole.read("manifest.json"))
    assert set(manifest["sha256"]) == set(whole.namelist()) - {"manifest.json"}
    entry = AuditEntry.objects.get(action="desk.export")
    assert entry.changes["claims"] == [0, 2]
    again = _exported(desk, tmp_path)
    assert json.loads(again.read("manifest.json"))["sha256"] == manifest["sha256"]


def test_pages_come_as_a_web_archive_that_others_read(
    desk: Desk, checker: User, editor: User, tmp_path: Path
) -> None:
    claim = full_desk(checker, editor)
    whole = _exported(desk, tmp_path)
    manifest = json.loads(whole.read("manifest.json"))
    assert {name for name, number in manifest["counts"].items() if not number} == {
        "imported_fact_checks", "missing_files"
    }  # fmt: skip
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256(whole.read(name)).hexdigest() == digest
    (article,) = map(json.loads, whole.read("articles.jsonl").splitlines())
    version, suggestion = article["versions"][0], article["suggestions"][0]
    span = version["text"][suggestion["start"] : suggestion["end"]]
    assert suggestion["text"] == span and suggestion["state"] == "proposed"
    (topic,) = map(json.loads, whole.read("topics.jsonl").splitlines())
    assert topic["claims"] == [str(claim.public_id)]
    publishers = [json.loads(line) for line in whole.read("publishers.jsonl").splitlines()]
    named = sorted(one["domain"] or one["name"] for one in publishers)
    assert named[0] == "City archive" and named[-1].endswith("press.example")
    pages = zipfile.ZipFile(io.BytesIO(whole.read("captures.wacz")))
    # What a player relies on: nothing is compressed twice, each file has the hash that
    # is said of it, and the index leads to the record.
    package = json.loads(pages.read("datapackage.json"))
    assert {one["path"] for one in package["resources"]} | {
        "datapackage.json", "datapackage-digest.json"
    } == set(pages.namelist())  # fmt: skip
    for one in package["resources"]:
        content = pages.read(one["path"])
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert one["bytes"] == len(content)
    assert {one.compress_type for one in pages.infolist()} == {zipfile.ZIP_STORED}
    signed = json.loads(pages.read("datapackage-digest.json"))["hash"]
    assert signed == f"sha256:{hashlib.sha256(pages.read('datapackage.json')).hexdigest()}"
    index = gzip.decompress(pages.read("indexes/index.cdx.gz")).decode()
    key, _moment, entry = index.split(" ", 2)
    assert key == "example,press)/trees?year=2026"
    where = json.loads(entry)
    content = pages.read(f"archive/{where['filename']}")
    start, length = int(where["offset"]), int(where["length"])
    record = next(iter(ArchiveIterator(io.BytesIO(content[start : start + length]))))
    assert record.rec_headers.get_header("WARC-Target-URI") == where["url"] == PAGE
    assert record.content_stream().read() == HTML.encode()
    (page,) = [json.loads(line) for line in pages.read("pages/pages.jsonl").splitlines()][1:]
    assert (page["url"], page["title"]) == (PAGE, "The count")


def test_what_was_imported_comes_back_equal(desk: Desk, editor: User, tmp_path: Path) -> None:
    imported(desk, editor, BRIDGE, TREES, TREES.replace("No tree", "=No hedge"))
    first = _exported(desk, tmp_path)
    other = factories.desk("Sports")
    runner = factories.person("runner", other, "editor")
    for name in ("imported_fact_checks.jsonl", "imported_fact_checks.csv"):
        content = first.read(name)
        begun = Begun(name, Origin.OTHER_NEWSROOM, DEFAULTS)
        made = begin(other, read(content), begun, by=runner)
        tried = choose(made, by=runner, mapping=made.mapping, defaults=made.defaults)
        if name.endswith("jsonl"):
            start(tried, by=runner)
            assert _exported(other, tmp_path).read(name) == content
    assert ImportedFactCheck.objects.filter(desk=other).count() == 3


def test_an_unknown_desk_and_a_folder_that_is_not_there(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Choose one of: Metro"):
        call_command("export_desk", "Nowhere", "--out", str(tmp_path / "a.zip"))
    with pytest.raises(CommandError, match="Choose another file"):
        call_command("export_desk", "Metro", "--out", str(tmp_path / "no" / "a.zip"))
    assert not list(tmp_path.iterdir())
