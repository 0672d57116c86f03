"""The commands that README.md, CONTRIBUTING.md and docs/*.md show."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.project.newcomer import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMENT = re.compile(r"^#.*| +# .*")
# In the middle of a sentence only what begins like a command of this project is one.
INLINE = re.compile(
    r"`((?:\w+=\S* )*(?:curl|python3?|\S*/python|(?:\./)?manage\.py|quickstart\.py) [^`]+)`"
)
LANGUAGES = {"sh", "text", "mermaid"}


class Command(NamedTuple):
    page: str
    line: str


def commands() -> list[Command]:
    return [Command(page.name, line) for page in PAGES for line in lines(page.read_text("utf-8"))]


def lines(text: str) -> Iterator[str]:
    """Those in fences in the order of the page, then those in sentences."""
    for language, body in FENCE.findall(text):
        if language == "sh":
            yield from filter(None, (COMMENT.sub("", line).strip() for line in body.splitlines()))
    yield from INLINE.findall(FENCE.sub("", text))


def languages() -> set[str]:
    return {language for page in PAGES for language, _ in FENCE.findall(page.read_text("utf-8"))}
