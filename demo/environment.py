"""The virtual environment of this folder: .venv, and the hash-pinned
lock that is installed in it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "factcheck.stamp"
STANDARD_ERROR = 2
LOCKS = ("base", "test", "dev")  # each holds the one before it
# uv trusts the certificates of this machine, as pip does: a company's proxy has its
# own. Its newer name of that, and its older one.
UV = {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}


class SetupError(Exception):
    """Something the reader can mend; the text says how."""


def install(lock: str) -> int:
    """Make .venv and install the lock into it, unless that was done already."""
    if sys.version_info < (3, 11):
        raise SetupError(
            f"This needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}. On"
            " Debian 12: python3."
        )
    if _installed() < LOCKS.index(lock):
        _install(lock)
    _compile_translations()
    return 0


def _install(lock: str) -> None:
    _make_environment()
    lock_file = ROOT / "requirements" / f"{lock}.txt"
    print(f"Installing {lock_file.relative_to(ROOT)} into .venv …", file=sys.stderr)
    start = time.monotonic()
    options = ["--require-hashes", "--only-binary", ":all:", "-r", str(lock_file)]
    quiet = ["--quiet", "--quiet", "--no-cache-dir", "--disable-pip-version-check"]
    uv = shutil.which("uv") or _own_uv(quiet)
    # uv does not read pip's settings: where it cannot reach an index, pip may.
    if not (
        uv
        and _ran([uv, "pip", "install", "--quiet", "--no-cache", "--python", str(PYTHON), *options])
    ) and not _ran([str(PYTHON), "-m", "pip", "install", *quiet, *options]):
        raise SetupError(
            "The packages could not be installed; the lines above say why. Delete .venv and start"
            " again."
        )
    STAMP.write_text(_stamp(lock))
    print(f"Installed in {time.monotonic() - start:.0f} s.", file=sys.stderr)


def _compile_translations() -> None:
    """After each change of them; without the compiled files all is English."""
    program = ROOT / "locale" / "compile.py"
    if any(map(_changed, program.parent.glob("*/LC_MESSAGES/*.po"))) and not _ran(
        [str(PYTHON), str(program)]
    ):
        raise SetupError("The translations could not be compiled; the lines above say why.")


def _changed(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def _own_uv(quiet: list[str]) -> str | None:
    """Ten times as fast as pip. Where there is no wheel of it for this
    machine, pip does it all.
    """
    options = [
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        str(ROOT / "requirements" / "uv.txt"),
    ]
    made = _ran([str(PYTHON), "-m", "pip", "install", *quiet, *options], quiet=True)
    return str(VENV / "bin" / "uv") if made else None


def _installed() -> int:
    """The place in LOCKS of what .venv holds, or -1."""
    stamp = STAMP.read_text() if STAMP.exists() and PYTHON.exists() else ""
    return next((place for place, lock in enumerate(LOCKS) if stamp == _stamp(lock)), -1)


def _stamp(lock: str) -> str:
    pinned = (ROOT / "requirements" / f"{lock}.txt").read_bytes()
    return f"{lock} {hashlib.sha256(pinned).hexdigest()} {ROOT}\n"


def _make_environment() -> None:
    if PYTHON.exists() and _ran([str(PYTHON), "-c", "import pip"], quiet=True):
        return
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetupError(
            "This Python cannot make a virtual environment. On Debian: apt install python3-venv"
            f" (or python{version}-venv)."
        )
    if not _ran([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise SetupError(
            "The virtual environment could not be made. On Debian: apt install python3-venv."
        )


def _ran(command: list[str], *, quiet: bool = False) -> bool:
    """Whether it ended well. Standard output belongs to the command
    that the reader asked for.
    """
    shown = subprocess.DEVNULL if quiet else STANDARD_ERROR
    process = subprocess.run(
        command, cwd=ROOT, check=False, stdout=shown, stderr=shown, env=os.environ | UV
    )
    return process.returncode == 0
