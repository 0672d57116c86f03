"""What the formatter cannot know of the templates: which elements show their white
space, and that a tag it cannot break is still too long.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

MOST_COLUMNS = 120
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
# The classes that the style sheets give white-space: pre-wrap.
_class = re.compile(r'class="[^"]*\b(?:words|copy-text|clip)\b[^"]*"')
_name = re.compile(r"<(\w+)")
_rest_of_tag = re.compile(r"(?:[^>{]|\{\{[^}]*\}\}|\{%[^%]*%\})*>")
_not_text = re.compile(r"\{%[^%]*%\}|\{\{[^}]*\}\}|<[^>]*>")


def _broken(text: str) -> list[str]:
    """The elements that would show a line break which only the template has."""
    found = []
    for shown in _class.finditer(text):
        opening = text.rindex("<", 0, shown.start())
        name, rest = _name.match(text, opening), _rest_of_tag.match(text, shown.end())
        assert name and rest, text[opening:]
        body = text[rest.end() : text.index(f"</{name[1]}", rest.end())]
        if "\n" in _not_text.sub("", body):
            found.append(body)
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_white_space_that_shows_is_not_made_by_the_layout(path: Path) -> None:
    assert not _broken(path.read_text("utf-8"))


def test_a_line_break_in_such_an_element_is_found() -> None:
    assert _broken('<p class="words" dir="auto">\n  {{ text }}\n</p>')
    assert _broken('<q\n  class="passage words"\n>{{ one }}\n{{ two }}</q>')
    assert not _broken('<p\n  class="words"\n>{{ one }}<mark\n  id="quote"\n>{{ two }}</mark></p>')


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_line_is_too_long(path: Path) -> None:
    long = [line for line in path.read_text("utf-8").splitlines() if len(line) > MOST_COLUMNS]
    assert not long
