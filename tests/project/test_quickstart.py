"""One command makes and starts everything, and nothing of it outlives that command."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import quickstart
from demo import children, environment, kept

ROOT = Path(quickstart.__file__).parent
# A parent with a child and a grandchild that ignore TERM; all of them hold the pipe
# that the test reads to its end.
FAMILY = """
import os, sys, time
from pathlib import Path
from demo.children import Children
child = (
    "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork(); "
    "os.write(1, bytes((117, 112, 10))); time.sleep(30)"
)
with Children(logs=Path(sys.argv[1])) as children:
    children.start("child", [sys.executable, "-c", child], env=dict(os.environ), front=True)
    time.sleep(30)
"""


@pytest.fixture
def family(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", FAMILY, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        try:
            assert parent.stdout
            assert [parent.stdout.readline() for _ in range(2)] == ["up\n", "up\n"]
            yield parent
        finally:
            parent.kill()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "quickstart.py", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.faults
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_children_and_grandchildren_die_with_a_killed_parent(
    family: subprocess.Popen[str], how: signal.Signals
) -> None:
    os.kill(family.pid, how)
    assert family.stdout
    assert family.stdout.read() == ""  # the end of the pipe comes when nobody holds it any more
    assert family.wait(10) != 0


def test_a_stream_of_links_takes_no_other_works_place() -> None:
    started: dict[str, list[str]] = {}

    class RecordedCheck:
        def start(self, name: str, command: list[str], **_: object) -> None:
            started[name] = command

    quickstart._start(RecordedCheck(), {}, listener=1, pages_port=2)  # type: ignore[arg-type]
    queues = {
        name: command[command.index("--queues") + 1]
        for name, command in started.items()
        if "--queues" in command
    }
    assert queues == {"worker": "extraction,links,webhooks,default", "stream": "stream"}
    assert "stream@%h" in started["stream"], "two workers of one name would answer for each other"


def test_a_busy_port_is_refused_with_the_option_that_helps() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        refused = run("demo", "--port", str(port))
    assert refused.returncode == 1
    assert (
        refused.stderr
        == f"Port {port} is taken by another program. Choose another one: python3 quickstart.py"
        f" demo --port {port + 1}\n"
    )


@pytest.mark.parametrize(("port", "why"), [("99999", "does not exist"), ("-1", "does not exist")])
def test_a_port_that_is_none_is_refused_with_one_that_is(port: str, why: str) -> None:
    refused = run("demo", "--port", port)
    assert refused.returncode == 1
    assert f"Port {port} {why}. Choose another one" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_port_once_held_is_nobody_elses() -> None:
    with children.listen(0) as held:
        port = held.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            children.listen(port)


def test_an_unknown_option_is_refused() -> None:
    refused = run("demo", "--prot", "8001")
    assert refused.returncode == 2
    assert "--prot" in refused.stderr


def test_a_python_without_venv_is_told_which_package_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "no-python")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(environment.SetupError, match="apt install python3-venv"):
        environment._make_environment()


def test_a_larger_lock_serves_for_a_smaller_one_and_a_changed_lock_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp")
    assert environment._installed() == -1
    (tmp_path / "stamp").write_text(environment._stamp("test"))
    assert environment._installed() == environment.LOCKS.index("test")
    assert environment.install("base") == 0  # safe twice: nothing is asked of the network
    (tmp_path / "stamp").write_text("test of last week")
    assert environment._installed() == -1


@pytest.mark.parametrize("has_uv", [True, False])
def test_what_uv_cannot_do_pip_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_uv: bool
) -> None:
    asked: list[list[str]] = []

    def ran(command: list[str], *, quiet: bool = False) -> bool:
        asked.append([part.rsplit("/", 1)[-1] for part in command])
        return has_uv if command[-1].endswith("uv.txt") else "uv" not in command[0]

    monkeypatch.setattr(environment, "_ran", ran)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert environment.install("base") == 0
    asked = [command for command in asked if command[-1].endswith(".txt")]
    assert [command[-1] for command in asked] == ["uv.txt", *["base.txt"] * (1 + has_uv)]
    assert all("--require-hashes" in command for command in asked) and "pip" in asked[-1]


def test_a_real_newsrooms_settings_stay_out_of_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "DATA", tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgres://newsroom/real")
    monkeypatch.setenv("FACTCHECK_MEDIA_ROOT", "/srv/real")
    env = kept.settings_of_demo("http://127.0.0.1:8000", 9, "redis://127.0.0.1:1/0")
    assert "DATABASE_URL" not in env
    assert "FACTCHECK_MEDIA_ROOT" not in env
    assert env["FACTCHECK_ENV"] == "demo"
    # Where docs/integrations.md has a developer take the demo's webhooks.
    assert env["FACTCHECK_FETCH_PORTS"] == "9,8080"
    again = kept.settings_of_demo("http://127.0.0.1:8000", 9, "redis://127.0.0.1:1/0")
    assert env["FACTCHECK_SECRET_KEY"] == again["FACTCHECK_SECRET_KEY"]
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
