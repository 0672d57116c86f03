"""The project as somebody has it who has just downloaded it: a folder of its own, with
nothing made in it but the packages.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from demo import environment
from demo.children import free_port
from demo.client import Person
from demo.environment import ROOT

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "var", "staticfiles", "node_modules", "__pycache__", ".*_cache"
)
PATIENCE = 300  # seconds: a machine busy with other tests is no failure


@dataclass(frozen=True)
class Checkout:
    """A copy of the project. What a command makes or overwrites is the copy's."""

    folder: Path
    home: Path

    @property
    def env(self) -> dict[str, str]:
        """No setting of the tests, nor of a newsroom on this machine."""
        others = ("FACTCHECK_", "DATABASE_", "REDIS_", "DJANGO_", "PYTHON")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
        return kept | {"HOME": str(self.home)}

    def run(
        self,
        *command: str,
        cwd: Path | None = None,
        given: str = "",
        more: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=cwd or self.folder,
            env=self.env | (more or {}),
            input=given,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def shell(
        self, line: str, *, more: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return self.run("bash", "-o", "pipefail", "-c", line, more=more)

    def manage(self, *arguments: str, **how: Any) -> subprocess.CompletedProcess[str]:
        script = str(self.folder / "quickstart.py")
        return self.run("python3", script, "manage", *arguments, **how)


def downloaded(folder: Path) -> Checkout:
    """The packages are those of the environment that runs the tests; nothing is
    installed.
    """
    made = Checkout(folder / "factcheck", folder)
    shutil.copytree(ROOT, made.folder, ignore=LEFT_OUT)
    venv = made.folder / ".venv"
    venv.mkdir()
    for part in Path(sys.prefix).iterdir():
        if part.name != environment.STAMP.name:
            (venv / part.name).symlink_to(part)
    stamp = environment._stamp("base").replace(f" {ROOT}\n", f" {made.folder}\n")
    (venv / environment.STAMP.name).write_text(stamp)
    return made


class Demo:
    """`python3 quickstart.py demo` of a checkout, up while the context lasts."""

    def __init__(self, checkout: Checkout) -> None:
        self.checkout, self.port = checkout, free_port()
        self.site = f"http://localhost:{self.port}"

    def __enter__(self) -> "Demo":
        command = ["python3", "quickstart.py", "demo", "--port", str(self.port)]
        self._process = subprocess.Popen(
            command,
            cwd=self.checkout.folder,
            env=self.checkout.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        assert self._process.stdout
        for line in self._process.stdout:
            self.said += line
            if "Ctrl-C stops everything" in line:
                return self
        raise AssertionError(f"The demo did not start:\n{self.said}")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.send_signal(signal.SIGINT)
        assert self._process.wait(PATIENCE) == 0
        if self._process.stdout:
            self._process.stdout.close()

    @property
    def published(self) -> str:
        """The address of the verdict that the demo publishes, without the site."""
        found = re.search(r"^Verdict  http://[^/]+/verdicts/([^/]+)/", self.said, re.MULTILINE)
        assert found, self.said
        return found[1]

    @property
    def pages(self) -> str:
        """Where the pages are served that the demo's evidence cites."""
        port = (self.checkout.folder / "var/demo/pages-port").read_text()
        return f"http://127.0.0.2:{port}/waterboard"

    def token(self, username: str) -> str:
        logins = json.loads((self.checkout.folder / "var/demo/logins.json").read_text())["people"]
        return next(str(one["token"]) for one in logins if one["username"] == username)

    def person(self, username: str) -> Person:
        return Person(username, self.token(username), site=self.site)
