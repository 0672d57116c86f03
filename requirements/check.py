"""Do the locks still fit pyproject.toml? Asks no network: names and
versions are compared, and every pin has a hash.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"base": (), "test": ("test",), "dev": ("test", "dev")}
_pin = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?P<rest>.*?)(?=^[A-Za-z0-9]|\Z)",
    re.MULTILINE | re.DOTALL,
)
_stray = re.compile(
    r"https?://|file:|--(?:extra-)?index-url|--find-links|--trusted-host|(?<![\w/.])/[\w.]+/"
)


def pins(text: str) -> dict[str, Version]:
    return {canonicalize_name(pin["name"]): Version(pin["version"]) for pin in _pin.finditer(text)}


def problems(lock: str, text: str, requirements: list[str]) -> list[str]:
    """What is wrong with this lock, in words; empty if nothing is."""
    versions = pins(text)
    errors = [
        f"{lock}.txt: {pin['name']} has no hash."
        for pin in _pin.finditer(text)
        if "--hash=sha256:" not in pin["rest"]
    ]
    errors += [
        f"{lock}.txt names an address or a path: {line.strip()[:80]}"
        for line in text.splitlines()
        if _stray.search(line)
    ]
    for requirement in map(Requirement, requirements):
        version = versions.get(canonicalize_name(requirement.name))
        if version is None:
            errors.append(f"{lock}.txt lacks {requirement.name}.")
        elif not requirement.specifier.contains(version, prereleases=True):
            errors.append(
                f"{lock}.txt has {requirement.name} {version}; pyproject.toml wants"
                f" {requirement.specifier}."
            )
    return errors


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    texts = {lock: (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8") for lock in LOCKS}
    errors: list[str] = []
    for lock, extras in LOCKS.items():
        requirements = [
            *project["dependencies"],
            *(line for extra in extras for line in project["optional-dependencies"][extra]),
        ]
        errors += problems(lock, texts[lock], requirements)
    errors += problems("uv", (ROOT / "requirements" / "uv.txt").read_text("utf-8"), ["uv"])
    for smaller, larger in (("base", "test"), ("test", "dev")):
        versions = pins(texts[larger])
        errors += [
            f"{larger}.txt has another {name} than {smaller}.txt."
            for name, version in pins(texts[smaller]).items()
            if versions.get(name) != version
        ]
    for line in errors:
        print(line, file=sys.stderr)  # noqa: T201 (a program for a terminal)
    if errors:
        print("Make the locks again: make lock", file=sys.stderr)  # noqa: T201
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
