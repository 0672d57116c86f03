"""Fifty slow clients against a web server:
`.venv/bin/python -m benchmarks.slow_clients`.

Each server runs the product over the data of a demo that ran before
(`python3 quickstart.py demo --once`), in rounds that take turns. While
the slow ones hold their connections, a reader opens a verdict and a
load balancer asks /healthz/live, on a connection of their own each
time.
"""

import contextlib
import json
import os
import platform
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from benchmarks.odd_requests import manners
from demo.children import free_port

ROOT = Path(__file__).resolve().parent.parent
Figures = dict[str, list[float]]
CLIENTS = 50
PATIENCE = 4.0  # seconds until an answer counts as none
START = 60.0  # for the first answers of a server
SAMPLES = 3
APP = "benchmarks.slow_site:application"
GUNICORN = [
    "-m",
    "gunicorn",
    APP,
    "--bind",
    "127.0.0.1:{port}",
    "--workers",
    "2",
    "--no-control-socket",
    "--preload",
]
SERVERS = {
    "gthread": [*GUNICORN, "--threads", "4"],
    "gevent": [*GUNICORN[:-1], "-k", "gevent"],
    "granian": [
        "-m", "granian", APP, "--interface", "wsgi", "--host", "127.0.0.1", "--port", "{port}",
        "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
    ],
    "granian-many": [
        "-m", "granian", APP, "--interface", "wsgi", "--host", "127.0.0.1", "--port", "{port}",
        "--workers", "2", "--blocking-threads", "64", "--no-ws", "--log-level", "warning",
    ],
    "waitress": [
        "-m", "waitress", "--listen", "127.0.0.1:{port}", "--threads", "8",
        "--connection-limit", "1000", "--asyncore-use-poll", APP,
    ],
    "hypercorn": ["-m", "hypercorn", "wsgi:" + APP, "--bind", "127.0.0.1:{port}", "--workers", "2"],
    "cheroot": ["-m", "cheroot", APP, "--bind", "127.0.0.1:{port}", "--threads", "8"],
    "shipped": [
        "-m", "gunicorn", APP, "--config", "python:factcheck.serving.config",
        "--workers", "2", "--threads", "4", "--bind", "127.0.0.1:{port}",
    ],
}  # fmt: skip


class Server:
    """One that runs, with the connections that were opened to it."""

    def __init__(
        self,
        command: list[str],
        env: dict[str, str],
        python: str,
        log: Path,
    ) -> None:
        self.port = free_port()
        with log.open("ab") as said:
            self.process = subprocess.Popen(
                [python, *(part.format(port=self.port) for part in command)],
                cwd=ROOT, env=env, stdout=said, stderr=said, start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                if b" 200 " in self.ask(b"/healthz/live")[:20]:
                    return
            time.sleep(0.2)
        self.stop()
        raise TimeoutError("The server did not start.")

    def connect(self, *, small: bool = False) -> socket.socket:
        client = socket.socket()
        if small:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(PATIENCE)
        client.connect(("127.0.0.1", self.port))
        return client

    def ask(self, path: bytes, *, patience: float = PATIENCE) -> bytes:
        head = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        return self.say(b"GET " + path + head, patience=patience)

    def say(self, request: bytes, *, patience: float = PATIENCE) -> bytes:
        """All that comes back until the server closes."""
        with self.connect() as client:
            client.settimeout(patience)
            with contextlib.suppress(ConnectionError):
                client.sendall(request)
            parts = []
            with contextlib.suppress(TimeoutError, ConnectionError):
                while part := client.recv(65536):
                    parts.append(part)
            return b"".join(parts)

    def memory(self) -> float:
        """MB of all its processes, what they share counted once."""
        total = 0.0
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, IndexError):
                if os.getsid(int(folder.name)) == self.process.pid:
                    found = re.search(r"^Pss:\s+(\d+)", (folder / "smaps_rollup").read_text(), re.M)
                    total += int(found[1]) / 1024 if found else 0
        return total

    def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


# --- what is done to it ---


def slow_bodies(server: Server) -> list[socket.socket]:
    """A POST that announces a thousand bytes and sends one. Without the
    cookie Django refuses it before it reads the body.
    """
    head = b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
    head += b"Cookie: csrftoken=" + b"a" * 32 + b"\r\n"
    head += b"Content-Type: application/x-www-form-urlencoded\r\n\r\nu"
    return _hold(server, head)


def slow_headers(server: Server) -> list[socket.socket]:
    return _hold(server, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-One: ")


def slow_readers(server: Server) -> list[socket.socket]:
    """They ask for 12 MB and read a byte a second."""
    return _hold(server, b"GET /measured/large HTTP/1.1\r\nHost: localhost\r\n\r\n", small=True)


def kept_alive(server: Server) -> list[socket.socket]:
    """One answer each, and then nothing."""
    return _hold(server, b"GET /healthz/live HTTP/1.1\r\nHost: localhost\r\n\r\n")


def silent(server: Server) -> list[socket.socket]:
    return _hold(server, b"")


ATTACKS = (slow_bodies, slow_headers, slow_readers, kept_alive, silent)


Attack = Callable[[Server], list[socket.socket]]


def _hold(server: Server, first: bytes, *, small: bool = False) -> list[socket.socket]:
    held = []
    for _ in range(CLIENTS):
        client = server.connect(small=small)
        client.sendall(first)
        held.append(client)
    return held


@contextlib.contextmanager
def _dripping(
    held: list[socket.socket],
    attack: Callable[..., object],
) -> Iterator[None]:
    """A byte a second, in the direction that is slow."""
    over = threading.Event()

    def drip() -> None:
        while not over.wait(1):
            for client in held:
                client.settimeout(0.01)
                with contextlib.suppress(OSError):
                    if attack is slow_readers:
                        client.recv(1)
                    elif attack in (slow_bodies, slow_headers):
                        client.send(b"x")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        for client in held:
            client.close()


def under(server: Server, attack: Attack, verdict: bytes) -> dict[str, float]:
    """Seconds that a verdict and the health check needed meanwhile: the
    worst of each.
    """
    seconds: dict[str, list[float]] = defaultdict(list)
    with _dripping(attack(server), attack):
        time.sleep(1)
        for _ in range(SAMPLES):
            for name, path in (("verdict", verdict), ("live", b"/healthz/live")):
                begun = time.monotonic()
                answered = b" 200 " in server.ask(path)[:20]
                seconds[name].append(time.monotonic() - begun if answered else PATIENCE)
            if max(seconds["verdict"]) >= PATIENCE and len(seconds["verdict"]) > 1:
                break
    return {name: max(values) for name, values in seconds.items()}


def throughput(
    server: Server, verdict: bytes, *, each: int = 25, at_once: int = 8
) -> dict[str, float]:
    request = b"GET " + verdict + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    times: list[float] = []

    def read() -> None:
        client = server.connect()
        for _ in range(each):
            begun = time.monotonic()
            try:
                client.sendall(request)
                _one_answer(client)
            except (OSError, ValueError):
                client.close()
                client = server.connect()
                continue
            times.append(time.monotonic() - begun)
        client.close()

    threads = [threading.Thread(target=read) for _ in range(at_once)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.monotonic() - begun
    times.sort()
    return {
        "per_second": len(times) / spent,
        "p50": times[len(times) // 2],
        "p99": times[int(len(times) * 0.99)],
    }


def _one_answer(client: socket.socket) -> None:
    said = b""
    while b"\r\n\r\n" not in said:
        if not (part := client.recv(65536)):
            raise ValueError("closed")
        said += part
    head, _, body = said.partition(b"\r\n\r\n")
    if found := re.search(rb"content-length: (\d+)", head, re.I):
        while len(body) < int(found[1]):
            body += client.recv(65536)
    else:
        while not body.endswith(b"0\r\n\r\n"):
            body += client.recv(65536)


def graceful(server: Server) -> str:
    """Whether a request that is under way at SIGTERM gets its answer."""
    said: list[bytes] = []
    waiting = threading.Thread(target=lambda: said.append(server.ask(b"/measured/wait/2")))
    waiting.start()
    time.sleep(0.7)
    begun = time.monotonic()
    server.process.terminate()
    waiting.join()
    answered = b"waited" in said[0]
    try:
        server.process.wait(15)
        return f"answered {answered}, ended after {time.monotonic() - begun:.1f} s"
    except subprocess.TimeoutExpired:
        return f"answered {answered}, still there after 15 s"


# --- the rounds ---


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--servers", nargs="*", default=["gthread", "shipped"], choices=SERVERS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--python", default=sys.executable, help="of an environment with the others"
    )
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "demo")
    parser.add_argument("--json", type=Path, help="where the raw figures go")
    options = parser.parse_args()
    env = os.environ | {
        "FACTCHECK_ENV": "demo",
        "FACTCHECK_DATA_DIR": str(options.data),
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "PYTHONPATH": str(ROOT),
    }
    figures: dict[str, Figures] = defaultdict(lambda: defaultdict(list))
    words: dict[str, dict[str, str]] = {}
    print(f"{platform.platform()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    for number in range(1, options.rounds + 1):
        print(f"round {number}, load {os.getloadavg()[0]:.1f}", flush=True)
        for name in options.servers:
            try:
                _round(name, env, options.python, figures[name], words, options.data)
            except (TimeoutError, OSError) as error:
                print(f"  {name}: {error!r}", flush=True)
            if options.json:
                options.json.write_text(json.dumps({"figures": figures, "words": words}, indent=1))
    _show(figures, words)


def _round(
    name: str,
    env: dict[str, str],
    python: str,
    figures: Figures,
    words: dict[str, dict[str, str]],
    data: Path,
) -> None:
    server = Server(SERVERS[name], env, python, data / f"measured-{name}.log")
    try:
        page = server.ask(b"/verdicts/", patience=START)
        found = re.search(rb'href="(?:https?://[^/"]+)?(/verdicts/[^/"]+-[0-9a-f]{8}/)"', page)
        if not found:
            raise TimeoutError("no verdict is published; run a demo first")
        server.ask(found[1], patience=START)
        for figure, value in throughput(server, found[1]).items():
            figures[figure].append(value)
        figures["memory"].append(server.memory())
        for attack in ATTACKS:
            for who, seconds in under(server, attack, found[1]).items():
                figures[f"{attack.__name__} {who}"].append(seconds)
        if name not in words:
            words[name] = manners(server.say) | {"stop": graceful(server)}
    finally:
        server.stop()


def _show(figures: dict[str, Figures], words: dict[str, dict[str, str]]) -> None:
    for name, values in figures.items():
        print(f"\n{name}")
        for figure, rounds in values.items():
            each = " ".join(f"{value:.3f}" for value in rounds)
            print(f"  {figure:<24} {median(rounds):8.3f}   {each}")
        for oddity, answer in words.get(name, {}).items():
            print(f"  {oddity:<24} {answer}")


if __name__ == "__main__":
    main()
