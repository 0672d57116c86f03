"""How long the API takes on newsrooms of two sizes, and how many articles it takes in:
`.venv/bin/python -m benchmarks.api --database 1000=URL --database 100000=URL`.

Each database was filled by `manage.py seed`. Each gets a gunicorn as the image starts
it, with one process; the requests go over loopback, one at a time, and take turns
between the sizes. The articles go to the first of them, where two workers read them.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.desk_pages import COMMAND, WARMED, Samples, machine, table
from benchmarks.slow_clients import ROOT, Server

WORKER = [
    "-m", "celery", "-A", "factcheck", "worker", "--queues", "extraction", "--concurrency", "2",
    "--loglevel", "warning",
]  # fmt: skip
PATIENCE = 600  # seconds for the last article to be read
LISTS = {
    "claims": "claims/",
    "claims, 100 with all that expands": (
        "claims/?page_size=100&expand=article,desk,evidence,verdict"
    ),
    "claims, two fields": "claims/?fields=id,status",
    "claims, search": "claims/?q=bridge",
    "claims in review": "claims/?status=in_review",
    "claims of the last hour": "claims/?updated_since={hour_ago}",
    "articles": "articles/",
    "suggestions": "suggestions/",
    "verdicts with their claims": "verdicts/?expand=claim",
    "rechecks": "rechecks/",
    "events": "events/",
}


class Desk:
    """A server over one database, and who calls it."""

    def __init__(self, size: int, url: str, data: Path, rate: str) -> None:
        self.size = size
        self.env = os.environ | {
            "DATABASE_URL": url,
            "PYTHONPATH": str(ROOT),
            "FACTCHECK_API_RATE": rate,
        }
        self.env.setdefault("FACTCHECK_ENV", "demo")
        self.env.setdefault("FACTCHECK_DATA_DIR", str(data))
        self.env.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
        asked = [sys.executable, "-m", "benchmarks.api_site"]
        found = subprocess.run(
            asked, cwd=ROOT, env=self.env, check=True, capture_output=True, text=True
        )
        told = json.loads(found.stdout.splitlines()[-1])
        self._tokens, self._claim = told["tokens"], told["claim"]
        self._made = 0
        self._server = Server(COMMAND, self.env, sys.executable, data / f"api-{size}.log")
        self._client = http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=60)

    def ask(
        self, role: str, method: str, path: str, body: dict[str, Any] | None = None
    ) -> tuple[dict[str, float], Any]:
        headers = {
            "Host": "localhost",
            "Authorization": f"Bearer {self._tokens[role]}",
            "Content-Type": "application/json",
        }
        sent = None if body is None else json.dumps(body)
        begun = time.perf_counter()
        self._client.request(method, f"/api/v1/{path}", sent, headers)
        answer = self._client.getresponse()
        read = answer.read()
        whole = time.perf_counter() - begun
        if answer.status not in {200, 201}:
            raise ValueError(f"{answer.status} at {path}: {read[:300]!r}")
        cost: dict[str, float] = json.loads(answer.headers["X-Cost"])
        cost |= {"whole": whole, "bytes": len(read), "load": os.getloadavg()[0]}
        return cost, json.loads(read)

    def round(self) -> dict[str, dict[str, float]]:
        """Each operation once."""
        hour_ago = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 3600))
        costs = {
            name: self.ask("editor", "GET", path.format(hour_ago=hour_ago))[0]
            for name, path in LISTS.items()
        }
        costs["one claim"], _claim = self.ask("editor", "GET", f"claims/{self._claim}/")
        self._made += 1
        said = {"text": f"The port counted {self._made} ships at {time.time():.6f}."}
        costs["create a claim"], claim = self.ask("checker", "POST", "claims/", said)
        move = {"action": "take", "version": claim["version"]}
        costs["take it"], _moved = self.ask(
            "checker", "POST", f"claims/{claim['id']}/transitions/", move
        )
        return costs

    def stop(self) -> None:
        self._client.close()
        self._server.stop()


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument(
        "--database", action="append", required=True, metavar="CLAIMS=URL", help="twice"
    )
    parser.add_argument("--rounds", type=int, default=30, help="of each request at each size")
    parser.add_argument("--articles", type=int, default=0, help="sent and read at the end")
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "measured")
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    desks: list[Desk] = []
    try:
        for one in options.database:
            size, _, url = one.partition("=")
            desks.append(Desk(int(size), url, options.data, "1000000/min"))
        print(machine(), flush=True)
        if options.rounds:
            print(table(_measured(desks, options.rounds)), flush=True)
        if options.articles:
            print(articles(desks[0], options.articles, options.data))
    finally:
        for desk in desks:
            desk.stop()
    print(f"load {os.getloadavg()[0]:.1f} afterwards")


def _measured(desks: list[Desk], rounds: int) -> Samples:
    samples: Samples = {desk.size: defaultdict(list) for desk in desks}
    for number in range(-WARMED, rounds):
        # In turns, so that a busy minute of the machine falls on all alike.
        for desk in desks:
            for name, cost in desk.round().items():
                if number >= 0:
                    samples[desk.size][name].append(cost)
    return samples


def articles(desk: Desk, count: int, data: Path) -> str:
    """Sent one after the other while two workers read, until suggestions of all are
    stored.
    """
    with (data / "api-worker.log").open("ab") as log:
        worker = subprocess.Popen(
            [sys.executable, *WORKER], cwd=ROOT, env=desk.env, stdout=log, stderr=log
        )
    try:
        begun = time.perf_counter()
        sent = {}
        for number in range(count):
            said = f"The port counted {number + 3} ships in 2025, {number + 1} more than before."
            body = {
                "text": f"Report of {time.time():.6f}\n\n{said}",
                "external_id": f"measured-{time.time_ns()}",
            }
            cost, article = desk.ask("checker", "POST", "articles/", body)
            sent[article["id"]] = (time.perf_counter(), cost["whole"])
        filed = time.perf_counter() - begun
        waits = _read(desk, sent)
    finally:
        worker.terminate()
        worker.wait(60)
    whole = time.perf_counter() - begun
    posts = quantiles([cost for _at, cost in sent.values()], n=20)[-1] * 1000
    return (
        f"{count} articles: filed in {filed:.1f} s (p95 {posts:.0f} ms), all read after"
        f" {whole:.1f} s, {count / whole:.1f} a second; {len(waits)} with suggestions, the last"
        f" {max(waits):.1f} s after it was filed"
    )


def _read(desk: Desk, sent: dict[str, tuple[float, float]]) -> list[float]:
    """The seconds from filing to stored suggestions, as `job` says; looked at from the
    oldest on.
    """
    waits, open_until = [], time.perf_counter() + PATIENCE
    for public_id, (at, _cost) in sent.items():
        while time.perf_counter() < open_until:
            _spent, article = desk.ask("checker", "GET", f"articles/{public_id}/?fields=job")
            if article["job"]["state"] == "done":
                waits.append(time.perf_counter() - at)
                break
            if article["job"]["state"] == "failed":
                raise ValueError(f"{public_id}: {article['job']['error']}")
            time.sleep(0.1)
    if len(waits) < len(sent):
        raise TimeoutError(f"{len(sent) - len(waits)} articles were not read.")
    return waits


if __name__ == "__main__":
    main()
