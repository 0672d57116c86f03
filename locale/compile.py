#!/usr/bin/env python3
"""Compile the translations that are newer than what was made of them.

Run at set-up, by quickstart and in the Dockerfile. Babel does it, not
msgfmt: the machine needs no package of its own for that, and compiled
files in git would conflict at each merge.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent


def compile_all(*, folder: Path = LOCALE) -> list[Path]:
    return [made for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if (made := _made(source))]


def _made(source: Path) -> Path | None:
    """The compiled file, or None where it was up to date."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return None
    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parent.parent.name)
    # Renamed into place: another process may be reading the old one.
    part = target.with_name(f"{target.name}.{os.getpid()}")
    with part.open("wb") as file:
        write_mo(file, catalog)
    part.replace(target)
    return target


if __name__ == "__main__":
    compile_all()
    sys.exit(0)
