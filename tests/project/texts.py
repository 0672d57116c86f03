"""Finds texts on screens that are not sent through gettext, in templates and in
Python.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

SHOWN_ATTRIBUTES = {"title", "aria-label", "placeholder", "alt"}
NOT_PROSE = {"script", "style", "code", "kbd"}
# Words that stand on a page as they are, in every language.
UNTRANSLATED = {
    "UTC": "the name of the time zone",
    "SHA": "the name of a hash, SHA-256",
    "KB": "a unit",
    "MB": "a unit",
    "API": "an abbreviation used in every language",
    "factcheck": "the name of this software",
    "ClaimReview": "the name of a schema.org type",
}

# Errors whose text a person reads. Errors of commands, of settings and of programming
# are not.
SHOWN_ERRORS = {
    "ValidationError",
    "PermissionDenied",
    "Http404",
    "WorkflowError",
    "StaleError",
    "ContentChangedError",
    "GateError",
    "FileError",
    "NotFound",
    "Problem",
    "TooLarge",
    "bad_field",
}
LABELS = {"label", "help_text", "empty_label"}  # of forms; the API's are for its OpenAPI document
NAMES = {
    "verbose_name",
    "verbose_name_plural",
    "short_description",
    "violation_error_message",
}
MESSAGE_LEVELS = {"debug", "info", "success", "warning", "error"}
NO_SCREEN = {"migrations", "management"}

Offence = tuple[int, str]


def in_template(source: str) -> Iterator[Offence]:
    """(line, text) of each text node and shown attribute outside of translate and
    blocktranslate.
    """
    parser = _Page()
    parser.feed(_markup(source))
    parser.close()
    for line, text in parser.texts:
        if _needs_translation(text):
            yield line, " ".join(text.split())
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.VAR:
            for literal in re.findall(r"default(?:_if_none)?:[\"']([^\"']+)", token.contents):
                # a lone lower-case word is a code, such as a language or a CSS class
                if _needs_translation(literal) and not re.fullmatch(r"[a-z_-]+", literal):
                    yield token.lineno or 0, literal


def _markup(source: str) -> str:
    """The template without its tags and translated texts, each line where it was."""
    parts, inside = [], ""
    for token in Lexer(source).tokenize():
        words = token.contents.split()
        name = words[0] if token.token_type == TokenType.BLOCK and words else ""
        if inside:
            inside = "" if name == f"end{inside}" else inside
        elif name in {"blocktranslate", "comment"}:
            inside = name
        elif token.token_type == TokenType.TEXT:
            parts.append(token.contents)
            continue
        parts.append("\n" * token.contents.count("\n"))
    return "".join(parts)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[Offence] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [
            (self.getpos()[0], value) for name, value in attrs if name in SHOWN_ATTRIBUTES and value
        ]
        if tag in NOT_PROSE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.open:
            first = self.getpos()[0]
            self.texts += [(first + n, line) for n, line in enumerate(data.split("\n"))]


def in_python(source: str, path: Path) -> Iterator[Offence]:
    """(line, text) of each label, message, choice and error that is a bare string."""
    for node in ast.walk(ast.parse(source)):
        for value in _shown(node, is_api=bool({"api", "drf"} & {*path.parts, path.stem})):
            text = "…".join(_bare(value))
            if _needs_translation(text):
                yield value.lineno, text


def _shown(node: ast.AST, *, is_api: bool) -> Iterator[ast.expr]:
    """The expressions in this node that a person will read."""
    if isinstance(node, ast.Call):
        name = _name(node.func)
        labels = NAMES | (LABELS if name.endswith("Field") and not is_api else set())
        labels |= {"description"} if name in {"display", "action"} else set()
        yield from (keyword.value for keyword in node.keywords if keyword.arg in labels)
        is_message = isinstance(node.func, ast.Attribute) and (
            name == "message_user"
            or (name in MESSAGE_LEVELS and _name(node.func.value) == "messages")
        )
        if is_message and len(node.args) > 1:
            yield node.args[1]
        if isinstance(node.func, ast.Attribute) and _name(node.func.value) == "models":
            is_named = name.endswith("Field") and not name.startswith(("ManyTo", "OneTo"))
            yield from node.args[:1] if is_named else []
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        name = _name(node.exc.func)
        # bad_field(field, text) makes the ValidationError of one field
        yield from node.exc.args[name == "bad_field" :] if name in SHOWN_ERRORS else []
    if isinstance(node, ast.Assign) and {_name(target) for target in node.targets} & NAMES:
        yield node.value
    if isinstance(node, ast.ClassDef) and any(_name(b).endswith("Choices") for b in node.bases):
        members = (item.value for item in node.body if isinstance(item, ast.Assign))
        yield from (value.elts[1] for value in members if _is_pair(value))


def _is_pair(value: ast.expr) -> bool:
    return isinstance(value, ast.Tuple) and len(value.elts) > 1


def _name(node: ast.expr) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


def _bare(value: ast.expr) -> Iterator[str]:
    """The string literals of an expression that no call translates."""
    if isinstance(value, ast.Constant):
        if isinstance(value.value, str):
            yield value.value
    elif isinstance(value, ast.Dict):
        for item in value.values:
            yield from _bare(item)
    elif isinstance(
        value, ast.BinOp | ast.IfExp | ast.BoolOp | ast.JoinedStr | ast.List | ast.Tuple
    ):
        for child in ast.iter_child_nodes(value):
            if isinstance(child, ast.expr) and child is not getattr(value, "test", None):
                yield from _bare(child)


def _needs_translation(text: str) -> bool:
    return any(word not in UNTRANSLATED for word in re.findall(r"[^\W\d_]+", text))
