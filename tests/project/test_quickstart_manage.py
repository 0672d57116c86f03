"""quickstart.py manage runs a command of manage.py as the demo would, and adds nothing
of its own.
"""

import contextlib
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from demo import kept
from tests.project.conftest import FirstCommand
from tests.project.newcomer import PATIENCE, Checkout

TEXT = "The mayor, Mira Halloway, said on Monday that the city planted 4,200 trees in 2025.\n"
REMEDIES = ("FACTCHECK_SECRET_KEY", "FACTCHECK_ENV=demo", "python3 quickstart.py manage COMMAND")


def test_it_may_be_the_first_thing_that_somebody_runs(first_command: FirstCommand) -> None:
    _checkout, done, again = first_command
    assert (done.returncode, done.stderr) == (0, "Preparing the database …\n")
    assert json.loads(done.stdout)["ok"], "standard output is the command's alone"
    assert (again.returncode, again.stdout, again.stderr) == (0, done.stdout, "")


def test_files_are_named_from_the_callers_folder(checkout: Checkout, tmp_path: Path) -> None:
    (tmp_path / "a text.txt").write_text(TEXT)
    done = checkout.manage("extract_claims", "a text.txt", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert {json.loads(line)["file"] for line in done.stdout.splitlines()} == {"a text.txt"}


def test_standard_input_is_the_commands(checkout: Checkout) -> None:
    claim = json.dumps({"kind": "factcheck.claim", "schema": 1, "verdicts": []})
    done = checkout.manage("verify_content", "-", given=claim)
    assert (done.returncode, done.stdout) == (0, "There is no verdict in this export.\n")


@pytest.mark.parametrize(("command", "code", "sentence"), [
    (["extract_claim"], 1, "Unknown command: 'extract_claim'. Did you mean extract_claims?"),
    (["extract_claims", "no-such-file"], 2, (
        "no-such-file: No such file or directory. Check the"
        " path"
    )),
    (["extract_claims"], 2, "the following arguments are required: FILE"),
    (["extract_claims", "--once", "a"], 2, "unrecognized arguments: --once"),
    (["export_claim", "seven"], 1, "'seven' is not a claim id."),
])  # fmt: skip
def test_a_wrong_command_gets_its_own_words_and_code(
    checkout: Checkout, command: list[str], code: int, sentence: str
) -> None:
    done = checkout.manage(*command)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr and "Traceback" not in done.stderr


def test_without_a_command_it_lists_them(checkout: Checkout) -> None:
    done = checkout.manage()
    assert done.returncode == 0 and "extract_claims" in done.stdout


def test_ctrl_c_ends_the_command_without_a_traceback(checkout: Checkout, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "endless.txt")
    with subprocess.Popen(
        ["python3", "quickstart.py", "manage", "extract_claims", str(tmp_path / "endless.txt")],
        cwd=checkout.folder,
        env=checkout.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        line = _opened_by_its_reader(tmp_path / "endless.txt", process)
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=PATIENCE)
        os.close(line)
    assert (process.returncode, out, error) == (130, "", "Stopped.\n")


def _opened_by_its_reader(pipe: Path, reader: subprocess.Popen[str]) -> int:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and reader.poll() is None:
        with contextlib.suppress(OSError):  # until somebody reads there
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.05)
    raise AssertionError("The command does not read its file.")


def test_two_commands_at_once_prepare_the_database_once(checkout: Checkout) -> None:
    (checkout.folder / "var/demo/migrated").unlink()
    both = [
        subprocess.Popen(
            ["python3", "quickstart.py", "manage", "verify_audit"],
            cwd=checkout.folder,
            env=checkout.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ended = [process.communicate(timeout=PATIENCE) for process in both]
    assert sorted(error for _, error in ended) == ["", "Preparing the database …\n"]
    assert [process.returncode for process in both] == [0, 0]


@pytest.mark.parametrize("command", [["extract_claims", "README.md"], ["migrate"], ["nonsense"]])
def test_without_any_setting_manage_py_names_the_remedies(
    checkout: Checkout, command: list[str]
) -> None:
    done = checkout.run(".venv/bin/python", "manage.py", *command)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert all(remedy in done.stderr for remedy in REMEDIES), done.stderr


@pytest.mark.parametrize("command", ["extract_claims README.md", "workflow_diagram"])
def test_a_command_that_needs_no_database_needs_no_secret_either(
    checkout: Checkout, tmp_path: Path, command: str
) -> None:
    setting = {"FACTCHECK_ENV": "demo", "FACTCHECK_DATA_DIR": str(tmp_path)}
    done = checkout.run("./manage.py", *command.split(), more=setting | _with_packages(checkout))
    assert (done.returncode, done.stderr) == (0, "") and done.stdout
    assert not list(tmp_path.iterdir()), "a database was opened"


def test_a_python_without_django_is_told_where_it_is(checkout: Checkout) -> None:
    done = checkout.run("python3", "-I", "-S", "manage.py", "extract_claims", "README.md")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "Django is not installed" in done.stderr
    assert "python3 quickstart.py manage" in done.stderr


def _with_packages(checkout: Checkout) -> dict[str, str]:
    return {"PATH": f"{checkout.folder / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"}


def test_the_broker_of_a_demo_that_runs_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "DATA", tmp_path)
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert kept.addresses()[2] == kept.NO_BROKER, "not the real one of this machine"
    kept.write_addresses("http://127.0.0.1:8001", 9, "redis://:word@127.0.0.1:5/0")
    assert kept.addresses() == ("http://127.0.0.1:8001", 9, "redis://:word@127.0.0.1:5/0")
    assert (tmp_path / kept.ADDRESSES).stat().st_mode & 0o077 == 0
    (tmp_path / kept.ADDRESSES).write_text("half a li")
    assert kept.addresses()[2] == kept.NO_BROKER
