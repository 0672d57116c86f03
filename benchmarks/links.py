"""How fast links are checked: `.venv/bin/python benchmarks/links.py
--peers FOLDER [--postgres URL]`.

Against lychee, LinkChecker and django-linkcheck, in rounds that take
turns, all at the same sites on loopback. Ours writes what it finds: the
row of the link and its history. FOLDER gets an environment with the
others' wheels; URL is of an empty PostgreSQL database, which is filled
and left to you.
"""

import contextlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.linkfarm import ENDLESS, HOSTS, LATENCY, TIMEOUT, addresses, kind_of, number_of
from benchmarks.linkpeers import Peers, Run
from demo.children import free_port

ROOT = Path(__file__).resolve().parent.parent
SERVERS = 2
ALIVE = {"ok", "redirected_permanent", "redirected_temporary", "content_changed"}
DEAD = {
    "not_found",
    "gone",
    "server_error",
    "timeout",
    "dns_failure",
    "connection_error",
    "tls_error",
    "too_many_redirects",
}


class Ours:
    """The stream over one database."""

    def __init__(
        self,
        name: str,
        database: str,
        work: Path,
        port: int,
        *,
        processes: int,
    ) -> None:
        self.name = name
        self.processes = processes
        self.work = work
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "FACTCHECK_ENV": "test",
            "FACTCHECK_DATA_DIR": str(work),
            "DATABASE_URL": database,
            "FACTCHECK_FETCH_ALLOW": "127.0.0.0/8",
            "FACTCHECK_FETCH_PORTS": str(port),
            "FACTCHECK_HOST_DELAY": "0",
        }
        self._call(["manage.py", "migrate", "--verbosity", "0"])

    def make(self, count: int, port: int) -> None:
        self._call(["-m", "benchmarks.linkstream", "make", str(count), str(port)])

    def run(self, count: int, connections: int, *, first: bool) -> Run:
        """From the moment that all workers were told to go."""
        self._call(["-m", "benchmarks.linkstream", "due", str(int(first))])
        command = [
            sys.executable,
            "-m",
            "benchmarks.linkstream",
            "run",
            str(connections // self.processes),
        ]
        workers = [
            subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(self.processes)
        ]
        for worker in workers:
            _line(worker)
        began = time.monotonic()
        for worker in workers:
            if worker.stdin:
                worker.stdin.write("go\n")
                worker.stdin.flush()
        reports = [json.loads(_line(worker)) for worker in workers]
        took = time.monotonic() - began
        for worker in workers:
            worker.communicate()
        written = sum(one["written"] for one in reports)
        if written != count:
            raise SystemExit(f"{self.name}: {written} of {count} links were written: {reports}")
        return Run(
            count, took, sum(one["cpu"] for one in reports), max(one["mb"] for one in reports)
        )

    def check_links(self, urls: list[str]) -> Run:
        """The command as it comes, from the start of its process."""
        (self.work / "urls").write_text("\n".join(urls))
        command = [sys.executable, "manage.py", "check_links", "--file", str(self.work / "urls")]
        command += ["--timeout", str(TIMEOUT)]
        began = time.monotonic()
        with (self.work / "lines").open("wb") as lines:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=lines, stderr=subprocess.DEVNULL
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        took = time.monotonic() - began
        count = len((self.work / "lines").read_bytes().splitlines())
        if process.returncode or count != len(urls):
            raise SystemExit(f"check_links: {process.returncode}, {count} of {len(urls)} lines")
        return Run(count, took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)

    def capture(self) -> str:
        told = json.loads(self._call(["-m", "benchmarks.linkstream", "capture", "100"]))
        return (
            f"{self.name}: first capture of a page of {told['kB'][0]} to {told['kB'][1]} kB"
            f" {told['ms']:.1f} ms in the median, {told['read']:.1f} of them for reading,"
            f" {told['most']:.1f} at most"
        )

    def link_states(self) -> tuple[dict[str, str], int]:
        counts = json.loads(self._call(["-m", "benchmarks.linkstream", "link_states"]))
        return counts["states"], counts["checks"]

    def _call(self, arguments: list[str]) -> str:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
        ).stdout


def main() -> int:
    options = _options()
    _machine()
    with tempfile.TemporaryDirectory() as folder, _farm(free_port()) as port:
        work = Path(folder)
        databases = {"SQLite": f"sqlite:///{work / 'links.sqlite3'}"} | (
            {"PostgreSQL": options.postgres} if options.postgres else {}
        )
        ours = [
            Ours(f"ours, {name}", url, work, port, processes=options.processes)
            for name, url in databases.items()
        ]
        peers = Peers(options.peers.resolve(), work) if options.peers else None
        print(
            f"{options.urls} URLs, {HOSTS} hosts, {LATENCY[0]}-{LATENCY[1]} s latency,"
            f" {options.connections} connections, timeout {TIMEOUT} s"
        )
        print(
            f"ours in {options.processes} process{'' if options.processes == 1 else 'es'}; one more"
            " try for what may heal, host delay 0 for all;"
            f" {peers.versions() if peers else 'no peers'}\n",
            flush=True,
        )
        for one in ours:
            one.make(options.urls, port)
        seen = _rounds(
            ours,
            peers,
            addresses(options.urls, port),
            options.connections,
            options.rounds,
            slow=not options.lychee_only,
        )
        print()
        for one in ours:
            print(one.capture())
        for one in ours:
            states, checks = one.link_states()
            print(
                f"\n{one.name}: {checks} checks in the history of {options.urls} links,"
                f" {2 * options.rounds} runs"
            )
            if seen:
                _agreement(states, seen)
    return 0


def _options() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--peers",
        type=Path,
        help="folder of the environment with the others; made where it is missing",
    )
    parser.add_argument("--postgres", help="address of an empty PostgreSQL database")
    parser.add_argument("--urls", type=int, default=4000)
    parser.add_argument("--connections", type=int, default=128)
    parser.add_argument(
        "--processes", type=int, default=1, help="processes of ours, which share the connections"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--lychee-only", action="store_true", help="leave out the two slow peers: 8 minutes less"
    )
    return parser.parse_args()


def _rounds(
    ours: list[Ours],
    peers: Peers | None,
    urls: list[str],
    connections: int,
    rounds: int,
    *,
    slow: bool,
) -> dict[str, str]:
    runs: dict[str, list[Run]] = {}
    seen: dict[str, str] = {}
    # The two slow ones end no endless page, so they are spared those. Every twelfth of
    # the rest holds each kind about as often as the list does.
    sample = [url for url in urls if kind_of(number_of(url)) not in ENDLESS][::12]
    for number in range(1, rounds + 1):
        print(f"\nround {number}, load {os.getloadavg()[0]:.1f}", flush=True)
        for one in ours:
            for look in ("first", "second"):
                run = one.run(len(urls), connections, first=look == "first")
                _note(runs, f"{one.name}, {look} look", run)
        _note(runs, "ours, check_links", ours[0].check_links(urls))
        if peers:
            run, seen = peers.lychee(urls, connections=connections)
            _note(runs, "lychee", run)
        if peers and slow:
            _note(
                runs, "LinkChecker, every 12th", peers.linkchecker(sample, connections=connections)
            )
            _note(runs, "django-linkcheck, every 12th", peers.linkcheck(sample))
    print("\nmedians")
    middle = {name: _median(several) for name, several in runs.items()}
    speeds = {name: run.urls / run.seconds for name, run in middle.items()}
    for name, run in middle.items():
        print(run.line(name))
    for mine, speed in speeds.items():
        for name in speeds if mine.startswith("ours") else ():
            if not name.startswith("ours"):
                times = speed / speeds[name]
                print(f"{mine} is {times:.2f} times as fast as {name.partition(',')[0]}")
    return seen


def _median(several: list[Run]) -> Run:
    """Each figure's own."""
    return Run(
        several[0].urls,
        median(one.seconds for one in several),
        median(one.cpu for one in several),
        median(one.mb for one in several),
    )


def _note(runs: dict[str, list[Run]], name: str, run: Run) -> None:
    runs.setdefault(name, []).append(run)
    print(run.line(name), flush=True)


def _agreement(states: dict[str, str], lychee: dict[str, str]) -> None:
    """Kinds of page, what we call them, and what lychee does."""
    outcomes = Counter(
        (
            kind_of(number_of(url)),
            states[url],
            _verdict(states[url]),
            "alive" if lychee[url] == "alive" else "dead",
        )
        for url in lychee
    )
    same = sum(count for (_, _, ours, theirs), count in outcomes.items() if ours == theirs)
    print(f"same as lychee: {same} of {len(lychee)}")
    for (kind, state, ours, theirs), count in sorted(outcomes.items()):
        print(
            f"  {'' if ours == theirs else '!':1} {count:5} x {kind:10} ours: {state} ({ours}),"
            f" lychee: {theirs}"
        )


def _verdict(state: str) -> str:
    return "alive" if state in ALIVE else "dead" if state in DEAD else "unknown"


def _machine() -> None:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        "?",
    )
    print(
        f"{platform.system()} {platform.release()}, {os.cpu_count()} processors ({model}), Python"
        f" {platform.python_version()}"
    )


def _line(process: subprocess.Popen[str]) -> str:
    return process.stdout.readline() if process.stdout else ""


@contextlib.contextmanager
def _farm(port: int) -> Iterator[int]:
    """The sites, in processes of their own."""
    command = [sys.executable, "-m", "benchmarks.linkfarm", str(port)]
    servers = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(SERVERS)
    ]
    try:
        for server in servers:
            _line(server)
        yield port
    finally:
        for server in servers:
            server.kill()
            server.communicate()


if __name__ == "__main__":
    sys.exit(main())
