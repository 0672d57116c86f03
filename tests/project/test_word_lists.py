"""The files of words: a heading, a module that reads every list, and no word twice."""

import importlib.util
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import ItemsView, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from sources import word_lists

FILES = sorted(
    path for app in ("claims", "sources") for path in (settings.BASE_DIR / app).rglob("*.toml")
)
READ_AT_IMPORT = [
    path for path in FILES if "beside(__file__)" in path.with_suffix(".py").read_text("utf-8")
]
READ_WHEN_ASKED = {"page_words.toml"}


class Asked(dict[str, Any]):
    """Tables that know which of their lists nobody asked for."""

    def __init__(self, tables: dict[str, Any]) -> None:
        inner = {
            name: Asked(value) if isinstance(value, dict) else value
            for name, value in tables.items()
        }
        super().__init__(inner)
        self.unasked = set(inner)

    def __getitem__(self, name: str) -> Any:
        self.unasked.discard(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.unasked.discard(name)
        return super().get(name, default)

    def items(self) -> ItemsView[str, Any]:
        self.unasked.clear()
        return super().items()

    def __iter__(self) -> Iterator[str]:
        self.unasked.clear()
        return super().__iter__()

    def keys_unasked(self) -> Iterator[str]:
        yield from self.unasked
        for name, value in dict.items(self):
            if isinstance(value, Asked):
                yield from (f"{name}.{inner}" for inner in value.keys_unasked())


def _of(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _lists(tables: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    for name, value in tables.items():
        if isinstance(value, dict):
            yield from _lists(value)
        elif isinstance(value, str):
            yield name, value.split()
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            yield name, value
        elif isinstance(value, list):
            yield from ((name, run["words"].split()) for run in value if isinstance(run, dict))


def test_every_file_says_first_what_it_is_and_is_read_by_the_module_of_its_name():
    assert len(FILES) > 10
    assert [path.name for path in FILES if not path.read_text("utf-8").startswith("# ")] == []
    assert {path.name for path in FILES} - {path.name for path in READ_AT_IMPORT} == READ_WHEN_ASKED


def test_no_list_is_left_unread(monkeypatch):
    unread = []
    for path in READ_AT_IMPORT:
        asked = Asked(_of(path))
        monkeypatch.setattr(word_lists, "read", lambda module, asked=asked: asked)
        spec = importlib.util.spec_from_file_location("read_again", path.with_suffix(".py"))
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, "read_again", module)
        spec.loader.exec_module(module)
        # What is read for each language when a text in it is.
        for reads in vars(module).values():
            if hasattr(reads, "cache_info") and reads.__module__ == "read_again":
                for language in set(_of(path)) - {"everywhere"}:
                    reads(language)
        unread += [f"{path.name}: {name}" for name in asked.keys_unasked()]
    assert unread == []


def test_no_word_stands_twice_in_a_list():
    assert [
        f"{path.name}: {name}: {word}"
        for path in FILES
        for name, words in _lists(_of(path))
        # A word may have more than one opposite.
        if name != "opposites"
        for word, count in Counter(words).items()
        if count > 1
    ] == []


def test_all_is_written_in_composed_letters():
    texts = {path.name: path.read_text("utf-8") for path in FILES}
    assert [
        name for name, text in texts.items() if unicodedata.normalize("NFC", text) != text
    ] == []


def test_a_list_is_running_text_and_one_that_is_not_there_is_empty():
    words = word_lists.Words({"days": "monday\n tuesday", "units": {"km": "km kilometre"}})
    assert words.set("days") == {"monday", "tuesday"}
    assert words.ordered("days") == ("monday", "tuesday")
    assert words.by_word("units") == {"km": "km", "kilometre": "km"}
    assert words.set("months") == frozenset()
    assert words.by_word("months") == {}
