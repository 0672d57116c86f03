"""The locks fit pyproject.toml, pin by hash, and name no index and no machine."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.project.test_settings import ROOT

PIN = "django==5.2.19 \\\n    --hash=sha256:00\n    # via factcheck (pyproject.toml)\n"


@pytest.fixture(scope="module")
def check() -> ModuleType:
    pytest.importorskip("packaging")
    spec = importlib.util.spec_from_file_location("check", ROOT / "requirements" / "check.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_locks_are_fit(check: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main() == 0, capsys.readouterr().err


def test_a_pin_that_fits_is_no_problem(check: ModuleType) -> None:
    assert check.problems("base", PIN, ["django>=5.2,<5.3"]) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PIN.replace("5.2.19", "5.1.1"), "wants"),
        ("", "lacks django"),
        ("django==5.2.19\n", "no hash"),
        (f"--index-url https://packages.example/simple\n{PIN}", "names an address"),
        (f"{PIN}    # from /home/someone/wheels\n", "names an address or a path"),
    ],
)
def test_a_lock_that_does_not_fit_is_refused(check: ModuleType, text: str, message: str) -> None:
    assert any(message in problem for problem in check.problems("base", text, ["django>=5.2,<5.3"]))


def test_no_lock_names_a_folder_of_a_machine() -> None:
    for lock in Path(ROOT / "requirements").glob("*.txt"):
        assert "/home/" not in lock.read_text("utf-8")
        assert str(ROOT) not in lock.read_text("utf-8")
