#!/usr/bin/env python3
"""Everything with one command, and nothing but Python to begin with.

    python3 quickstart.py demo [--port 8000] [--once]
        a newsroom on this machine, and the main job done in it
    python3 quickstart.py manage COMMAND [arguments]
        a command of manage.py, with the settings and the database of the demo
    python3 quickstart.py test [pytest arguments]
        the test suite

Makes .venv, installs the hash-pinned lock into it, and runs. Touches
nothing outside this folder.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

from demo import kept
from demo.children import ChildError, Children, free_port, listen, valkey_command, wait_for_port
from demo.environment import PYTHON, ROOT, SetupError, install
from demo.kept import DATA

APPS = ("claims", "sources", "factcheck")
MAIL = DATA / "mail"
# How many workers "auto" means says tests/tally.py; a -n among the arguments is heard
# instead.
TESTING = ("-p", "tests.tally", "-n", "auto", "--dist", "worksteal")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    demo_parser = commands.add_parser("demo", help="a newsroom on this machine")
    demo_parser.add_argument("--port", type=int, default=8000, help="where the site answers (8000)")
    demo_parser.add_argument(
        "--once", action="store_true", help="do the job, check the result over HTTP, stop"
    )
    passed_on = {"manage": manage, "test": test}
    commands.add_parser("manage", help="a command of manage.py; further arguments go to it")
    commands.add_parser("test", help="the test suite; further arguments go to pytest")
    if arguments and arguments[0] in passed_on:
        run = passed_on[arguments[0]]
        return _guarded(lambda: run(arguments[1:]))
    options = parser.parse_args(arguments)
    return _guarded(lambda: demo(options.port, once=options.once))


def prepare(lock: str) -> int:
    """Only the environment, for CI."""
    return _guarded(lambda: install(lock))


def _guarded(work: Callable[[], int]) -> int:
    for stop_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop_signal, _stop)
    try:
        return work()
    except (SetupError, ChildError, TimeoutError) as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped before it was ready; nothing is left running.", file=sys.stderr)
    return 1


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


# --- the demo ---


def demo(port: int, *, once: bool) -> int:
    listener = _port_of_ours(port)
    install("base")
    DATA.mkdir(parents=True, exist_ok=True)
    # The letters hold links that let people in.
    MAIL.mkdir(mode=0o700, exist_ok=True)
    with listener, kept.alone(), Children(logs=DATA / "logs") as children:
        site = f"http://127.0.0.1:{port}"
        with kept.in_turn():
            pages_port, broker = kept.port_of_pages(), _broker(children, DATA)
            env = kept.settings_of_demo(site, pages_port, broker)
            _migrate(env)
            kept.write_addresses(site, pages_port, broker)
        _start(children, env, listener=listener.fileno(), pages_port=pages_port)
        _manage(env, "create_newsroom", "--demo")
        wait_for_port(pages_port, children=children)
        _wait_for_site(port, children=children)
        logins = json.loads((DATA / "logins.json").read_text("utf-8"))
        code = _story(children, env, site=site, pages_port=pages_port)
        if code or once:
            return code
        _fill(env)
        _show(site, logins)
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                children.check()
                time.sleep(0.5)
        print("\nStopping …", flush=True)
    return 0


def _port_of_ours(port: int) -> socket.socket:
    """Held from here on and handed to the web server: a program of
    somebody else that took the port meanwhile would be told the demo's
    passwords.
    """
    try:
        return listen(port)
    except PermissionError:
        reason, other = "is kept for the system's own programs", port + 8000
    except OverflowError:
        reason, other = "does not exist", 8000
    except OSError:
        reason, other = "is taken by another program", port + 1
    raise SetupError(
        f"Port {port} {reason}. Choose another one: python3 quickstart.py demo --port {other}"
    )


def _wait_for_site(port: int, *, children: Children, seconds: float = 60) -> None:
    """Connections are taken before anybody answers them, for the port
    is ours already.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        children.check()
        with (
            contextlib.suppress(OSError, HTTPException),
            contextlib.closing(HTTPConnection("127.0.0.1", port, timeout=2)) as connection,
        ):
            connection.request("GET", "/healthz/live")
            if connection.getresponse().status == HTTPStatus.OK:
                return
        time.sleep(0.05)
    raise TimeoutError(f"The site does not answer on port {port}. See the logs in var/demo/logs.")


def _broker(children: Children, folder: Path) -> str:
    """The address of the Redis that is given, or of a Valkey of our own
    that keeps its queue in `folder`.
    """
    if redis_url := os.environ.get("REDIS_URL"):
        return redis_url
    port = free_port()
    children.start(
        "valkey", valkey_command(PYTHON, folder=folder / "valkey", port=port), env=dict(os.environ)
    )
    wait_for_port(port, children=children)
    return f"redis://127.0.0.1:{port}/0"


def _migrate(env: dict[str, str], *, unless_done: bool = False) -> None:
    """Bring the demo's database to the state of this code."""
    migrations = [path for app in APPS for path in (ROOT / app).glob("**/migrations/0*.py")]
    migration_names = "\n".join(sorted(str(path.relative_to(ROOT)) for path in migrations))
    marker, database = DATA / "migrated", DATA / "factcheck.sqlite3"
    if (
        unless_done
        and database.exists()
        and marker.exists()
        and marker.read_text() == migration_names
    ):
        return
    print("Preparing the database …", file=sys.stderr)
    _manage(env, "migrate", "--verbosity", "0")
    marker.write_text(migration_names)


def _manage(env: dict[str, str], *command: str) -> None:
    process = subprocess.run(
        [str(PYTHON), "manage.py", *command],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode:
        raise SetupError(f"manage.py {' '.join(command)} failed:\n{process.stdout}{process.stderr}")


def _start(
    children: Children,
    env: dict[str, str],
    *,
    listener: int,
    pages_port: int,
) -> None:
    print("Starting the web server, the workers and the beat …", flush=True)
    python = str(PYTHON)
    worker = [
        python,
        "-m",
        "celery",
        "-A",
        "factcheck",
        "worker",
        "--loglevel",
        "warning",
        "--without-gossip",
        "--without-mingle",
    ]
    children.start("pages", [python, "-m", "demo.serve_pages", str(pages_port)], env=env)
    web = [python, "-m", "gunicorn", "--config", "python:factcheck.serving.config"]
    children.start(
        "web", web, env=env | {"FACTCHECK_BIND": f"fd://{listener}"}, pass_fds=[listener]
    )
    queues = "extraction,links,webhooks,default"
    children.start("worker", [*worker, "--queues", queues, "--concurrency", "2"], env=env)
    # A stream goes on for minutes: it must not take the place of an article that
    # somebody waits for.
    children.start(
        "stream",
        [*worker, "--queues", "stream", "--concurrency", "1", "--hostname", "stream@%h"],
        env=env,
    )
    children.start(
        "beat",
        [python, "-m", "celery", "-A", "factcheck", "beat", "--loglevel", "warning", "--pidfile="],
        env=env,
    )


def _story(
    children: Children,
    env: dict[str, str],
    *,
    site: str,
    pages_port: int,
) -> int:
    print(flush=True)
    arguments = [
        "--site",
        site,
        "--pages-port",
        str(pages_port),
        "--logins",
        str(DATA / "logins.json"),
    ]
    story = children.start(
        "story", [str(PYTHON), "-m", "demo.story", *arguments], env=env, front=True
    )
    while story.poll() is None:
        children.check()
        time.sleep(0.05)
    children.end("story")
    return story.returncode


def _fill(env: dict[str, str]) -> None:
    """A desk at work beside the claim of the story, at the first start
    of this folder.
    """
    marker = DATA / "filled"
    if not marker.exists():
        print("\nAdding 60 made-up claims …", flush=True)
        _manage(env, "seed", "--claims", "60", "--add")
        marker.touch()


def _show(site: str, logins: dict[str, list[dict[str, str]]]) -> None:
    print(f"\nAdmin    {site}/admin/")
    print(f"API      {site}/api/v1/   (schema at {site}/api/v1/schema/)")
    print(f"Webhooks {kept.RECEIVER}   (where a program of yours may take them)")
    mail = MAIL.relative_to(ROOT)
    print(f"Mail     {mail}/   (invitations and notices; nothing leaves this machine)\n\nLogins")
    for login in logins["people"]:
        print(
            f"  {login['username']:<10} {login['password']:<20} {login['roles']:<10} token"
            f" {login['token']}"
        )
    print("\nOnly this machine can reach it. Ctrl-C stops everything.", flush=True)


# --- a command ---


def manage(arguments: list[str]) -> int:
    """Become manage.py, so that its input, output, signals and exit
    code are those of the caller. The folder stays the caller's too:
    files are named from there.
    """
    install("base")
    DATA.mkdir(parents=True, exist_ok=True)
    with kept.in_turn():
        env = kept.settings_of_demo(*kept.addresses())
        _migrate(env, unless_done=True)
    sys.stderr.flush()
    os.execve(PYTHON, [str(PYTHON), str(ROOT / "manage.py"), *arguments], env)  # noqa: S606


# --- the tests ---


def test(arguments: list[str]) -> int:
    install("test")
    env = dict(os.environ)
    # Every worker, and every process that a test starts, would compile Django and the
    # tests anew.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    folder = ROOT / "var" / "test" / str(os.getpid())
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        children = stack.enter_context(Children(logs=folder))
        env["REDIS_URL"] = _broker(children, folder)
        return _pytest(children, env, arguments)


def _pytest(children: Children, env: dict[str, str], arguments: list[str]) -> int:
    run = children.start(
        "pytest",
        [str(PYTHON), "-m", "pytest", *TESTING, *arguments],
        env=env,
        front=True,
    )
    try:
        return run.wait()
    except KeyboardInterrupt:
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.send_signal(signal.SIGINT)
            run.wait(10)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
