"""A skip that nobody explained fails the run; the counts are printed."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import tally
from tests.project.test_settings import ROOT
from tests.tally import explained

# Other plugins have no part in this, and take seconds to load.
PLAIN = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def run(tmp_path: Path, body: str, *more: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "test_it.py").write_text(body)
    (tmp_path / "conftest.py").touch()
    options = [
        "-p",
        "tests.tally",
        "-p",
        "no:cacheprovider",
        "-c",
        str(tmp_path / "none.ini"),
        "--rootdir",
        str(tmp_path),
    ]
    (tmp_path / "none.ini").write_text("[pytest]\n")
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, *more, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=PLAIN,
    )


def test_the_counts_are_printed_and_pytest_closes(tmp_path: Path) -> None:
    done = run(tmp_path, "def test_a(): pass\ndef test_b(): pass\n")
    assert done.returncode == 0
    *_, counts, closing = done.stdout.strip().splitlines()
    assert counts == "collected 2, passed 2, failed 0, skipped 0, deselected 0"
    assert "2 passed" in closing


@pytest.mark.parametrize(
    "body",
    [
        "import pytest\ndef test_a(): pytest.skip('no time')\n",
        "import pytest\npytest.skip('no time', allow_module_level=True)\n",
        "import pytest\n@pytest.mark.skip(reason='no time')\ndef test_a(): pass\n",
    ],
    ids=["in the test", "of a module", "by marker"],
)
def test_an_unexplained_skip_fails_the_run(tmp_path: Path, body: str) -> None:
    done = run(tmp_path, body)
    assert done.returncode == 1
    assert "SKIPPED WITHOUT AN EXPLANATION" in done.stdout
    assert "no time" in done.stdout


def test_with_workers_the_counts_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "test_module.py").write_text(
        "import pytest\npytest.skip('no time', allow_module_level=True)\n"
    )
    body = (
        "import pytest\n"
        "def test_a(): pass\ndef test_b(): assert False\ndef test_c(): pass\n"
        "def test_d(): pytest.skip('no hands')\n"
    )
    for told in ("0", "2"):
        done = run(tmp_path, body, "-p", "xdist.plugin", "-n", told, "-k", "not test_c")
        assert done.returncode == 1
        counts = "collected 4, passed 1, failed 1, skipped 2, deselected 1"
        assert counts in done.stdout, done.stdout
        assert done.stdout.count("SKIPPED WITHOUT AN EXPLANATION") == 2


@pytest.mark.parametrize(
    ("files", "option", "several"),
    [
        (tally.FEW_FILES, {}, False),
        (tally.FEW_FILES + 1, {}, True),
        (tally.FEW_FILES + 1, {"keyword": "a word"}, False),
        (tally.FEW_FILES + 1, {"capture": "no"}, False),
    ],
    ids=["few files", "many files", "by a word", "looked on"],
)
def test_workers_are_for_long_runs(
    tmp_path: Path, files: int, option: dict[str, str], several: bool
) -> None:
    for number in range(files):
        (tmp_path / f"test_{number}.py").touch()
    fields = {"capture": "fd", "collectonly": False, "keyword": ""} | option
    config = SimpleNamespace(option=SimpleNamespace(**fields), args=[str(tmp_path)])
    workers = tally.pytest_xdist_auto_num_workers(config)  # type: ignore[arg-type]
    assert workers == (len(os.sched_getaffinity(0)) if several else 0)


def test_xdist_asks_the_tally_for_the_number(tmp_path: Path) -> None:
    done = run(tmp_path, "def test_a(): pass\n", "-p", "xdist.plugin", "-n", "auto")
    assert "with no workers" in done.stdout, done.stdout


def test_a_failure_stays_a_failure(tmp_path: Path) -> None:
    done = run(tmp_path, "def test_a(): assert False\n")
    assert done.returncode == 1
    assert "passed 0, failed 1" in done.stdout


def test_an_unknown_reason_is_not_explained() -> None:
    assert not explained("flaky")
