"""What the code never does, read from the code itself: it runs no text, hands nothing
to a shell, hashes with SHA-256 alone, and puts no text into a page as markup.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("factcheck", "claims", "sources")
RUNS_TEXT = {"eval", "exec", "__import__"}
# Modules that read objects, run programs through a shell, or parse XML with entities.
CLOSED = {"pickle", "marshal", "shelve", "yaml", "pty", "xml", "xmlrpc", "tarfile", "zipfile"}
SHELLS = {"system", "popen", "getoutput", "getstatusoutput"}
HASHES = {"sha256"}
SQL_IN_PIECES = {"raw", "extra", "RawSQL"}
TEMPLATES_OF_TEXT = {"Template", "from_string"}
# The name of a table of ours; the words are parameters, and the tests of search send
# quotation marks and operators.
READS_AN_INDEX = ("factcheck/ledger/full_text.py", "RawSQL")
# One writes it. The other opens what anybody may have made: names, sizes and hashes are
# checked before anything is written, and nothing is unpacked into a folder.
ZIPS = {
    ("claims/exchange/desk_export/archive.py", "zipfile"),
    ("claims/exchange/desk_import/reading.py", "zipfile"),
}
# Each cleans or escapes every piece itself; tests of markup stand beside them.
MARKED_SAFE = {
    "claims/templatetags/reading.py",
    "claims/admin/dashboard/charts.py",
    "claims/admin/marked_text.py",
    "claims/admin/triage/highlights.py",
    "claims/exchange/claimreview.py",
}
IN_SCRIPTS = re.compile(
    r"(?:inner|outer)HTML\s*\+?=(?!=)|insertAdjacentHTML|document\.(?:write|domain|cookie)"
    r"|\beval\b|new Function|set(?:Timeout|Interval)\(\s*[\"'`]|postMessage|\bonmessage\b"
    r"|[\"']message[\"']|localStorage|__proto__|Object\.assign|\]\s*=(?!=)|createElement\(\s*[\"']script"
)
# Help texts are our own words, and those of passwords a list that Django has made.
IN_TEMPLATES = re.compile(
    r"(?<!help_text)\|\s*safe\b|autoescape\s+off|\son(?:click|load|error|submit|change|input|focus|key\w+|mouse\w+)=|javascript:|<style|\sstyle="
)


def findings(source: str, name: str) -> Iterator[str]:
    """What this Python source does that ours must not."""
    for node in ast.walk(ast.parse(source)):
        where = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [alias.name for alias in node.names]
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            yield from (
                f"{where} {one}"
                for one in modules
                if one.split(".")[0] in CLOSED and (name, one) not in ZIPS
            )
        if isinstance(node, ast.Name) and node.id == "mark_safe" and name not in MARKED_SAFE:
            yield f"{where} mark_safe"
        if isinstance(node, ast.Call):
            yield from (f"{where} {one}" for one in _of_call(node) if (name, one) != READS_AN_INDEX)


def _of_call(call: ast.Call) -> Iterator[str]:
    name = ast.unparse(call.func)
    module, _, last = name.rpartition(".")
    if name in RUNS_TEXT or last in SQL_IN_PIECES | TEMPLATES_OF_TEXT | SHELLS:
        yield name
    if module == "hashlib" and last not in HASHES:
        yield name
    if module == "subprocess" and not (call.args and isinstance(call.args[0], ast.List)):
        yield f"{name} without a list of words"
    if any(keyword.arg == "shell" for keyword in call.keywords):
        yield f"{name} with a shell"


def _sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")


def test_the_python_code_does_none_of_it() -> None:
    found = [
        finding
        for path in _sources()
        for finding in findings(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "eval(text)",
        "import pickle",
        "from xml.etree import ElementTree",
        "os.system(text)",
        "subprocess.run(text)",
        "subprocess.run([text], shell=True)",
        "hashlib.md5(content)",
        "Claim.objects.raw(text)",
        "mark_safe(text)",
        "Template(text)",
    ],
)
def test_that_reading_finds_what_it_looks_for(source: str) -> None:
    assert list(findings(source, "claims/some.py"))


def test_scripts_put_text_into_a_page_as_text_alone() -> None:
    scripts = sorted((ROOT / "static").glob("*.js"))
    assert scripts
    found = [
        f"{path.name}: {IN_SCRIPTS.findall(path.read_text('utf-8'))}"
        for path in scripts
        if IN_SCRIPTS.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_templates_escape_everything_and_hold_nothing_inline() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for match in IN_TEMPLATES.finditer(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("script", ["a.innerHTML = b", "eval(a)", "parent.postMessage(a, '*')"])
def test_that_reading_of_scripts_finds_it_too(script: str) -> None:
    assert IN_SCRIPTS.search(script)
