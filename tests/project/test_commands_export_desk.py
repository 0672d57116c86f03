"""export_desk: everything of a desk in one file, and what it brings back."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.choices import Origin
from claims.desk.queries import Question, open_query
from claims.exchange.importing.running import Begun, begin, choose, read, start
from claims.exchange.verification import findings
from claims.models import ImportedFactCheck
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests import factories
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
    told = b"".join(whole.read(name) for name in whole.namelist())
    for secret in ("Counsel says no.", "A goal.", WORDS.text, WORDS.email):
        assert secret.encode() not in told
    manifest = json.loads(whole.read("manifest.json"))
    assert set(manifest["sha256"]) == set(whole.namelist()) - {"manifest.json"}
    entry = AuditEntry.objects.get(action="desk.export")
    assert entry.changes["claims"] == [0, 2]
    again = _exported(desk, tmp_path)
    assert json.loads(again.read("manifest.json"))["sha256"] == manifest["sha256"]


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
