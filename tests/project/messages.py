"""The texts of the code that are translated, and the files of their
translations. `python -m tests.project.messages` (make messages) brings
these up to date: new texts come in empty, texts that are gone go out.

Django's makemessages needs GNU gettext, and writes dates and places
that change with every commit.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.contrib import admin
from django.utils.functional import Promise
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
APPS = ("claims", "sources", "factcheck")
LANGUAGES = ("de", "fr")
# Per function, what its first arguments are.
_SINGLE, _PLURAL = ("id",), ("id", "plural")
FUNCTIONS = {
    "_": _SINGLE,
    "gettext": _SINGLE,
    "gettext_lazy": _SINGLE,
    "gettext_noop": _SINGLE,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": ("context", "id"),
    "pgettext_lazy": ("context", "id"),
    "npgettext": ("context", *_PLURAL),
    "npgettext_lazy": ("context", *_PLURAL),
}
_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(\w+)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)")

# Django's own, where its German is no newsroom's: it saves where we capture, and walks
# along crumbs of bread.
OF_DJANGO = ("Breadcrumbs", "Save and add another", "Save and continue editing", "Save as new")

# Context or None, the text, and its plural or an empty string.
Wanted = tuple[str | None, str, str]


@cache
def of_project() -> frozenset[Wanted]:
    pages = (ROOT / "templates").rglob("*.*")
    modules = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    found: set[Wanted] = set()
    for page in pages:
        found.update(in_template(page.read_text("utf-8")))
    for module in modules:
        found.update(in_python(module.read_text("utf-8")))
    found.update(in_models(), ((None, text, "") for text in OF_DJANGO))
    return frozenset(found)


def in_models() -> Iterator[Wanted]:
    """The names on screens that no code writes: see
    `factcheck.ledger.translated_names`.
    """
    models = (model._meta for model in admin.site._registry)
    for meta in models:
        if meta.app_config.name.partition(".")[0] in APPS:
            yield from _names(meta)


def _names(meta: Any) -> Iterator[Wanted]:
    names = [meta.verbose_name, meta.verbose_name_plural]
    # What a model names itself is found in the code, and what Django does in Django.
    names += [one.verbose_name for one in meta.local_fields if _is_unnamed(one)]
    yield from ((None, str(name), "") for name in names)


def _is_unnamed(field: Any) -> bool:
    return not isinstance(field._verbose_name, Promise)


def in_python(source: str) -> Iterator[Wanted]:
    if "gettext" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (names := FUNCTIONS.get(_name(node.func))):
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            yield from _message(names, texts)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def in_template(source: str) -> Iterator[Wanted]:
    for function, literals in _CALL.findall(templatize(source)):
        texts = [ast.literal_eval(one) for one in re.findall(_LITERAL, literals)]
        yield from _message(FUNCTIONS.get(function, ()), texts)


def _message(names: Iterable[str], texts: list[object]) -> Iterator[Wanted]:
    parts = dict(zip(names, map(str, texts), strict=False))
    if parts.get("id"):
        yield parts.get("context"), parts["id"], parts.get("plural", "")


def po_file(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def catalog_of(language: str) -> Catalog:
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def refresh(language: str) -> None:
    """The same file from the same texts on every machine."""
    known, fresh = catalog_of(language), Catalog(locale=language)
    for context, text, plural in sorted(of_project(), key=lambda one: not one[2]):
        old = known.get(text, context)
        same_kind = old is not None and isinstance(old.string, tuple) == bool(plural)
        fresh.add(
            (text, plural) if plural else text,
            old.string if old and same_kind else None,
            context=context,
            flags=old.flags & {"fuzzy"} if old else (),
            user_comments=old.user_comments if old else (),
        )
    with po_file(language).open("wb") as file:
        file.write(_header(fresh).encode())
        write_po(file, fresh, width=0, omit_header=True, sort_output=True)


def _header(catalog: Catalog) -> str:
    """Without the dates and names that Babel would write."""
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalog.locale_identifier}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )


# What a translation must take over: placeholders of both kinds, and markup.
_KEPT = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}|</?[a-z][^>]*>")


def problems(language: str) -> Iterator[str]:
    """What keeps this language from being complete."""
    catalog = catalog_of(language)
    wanted = {(context, text) for context, text, _plural in of_project()}
    present = {(one.context, _texts(one.id)[0]) for one in catalog if one.id}
    yield from (f"not in the file: {key}" for key in sorted(wanted - present, key=str))
    yield from (f"not in the code: {key}" for key in sorted(present - wanted, key=str))
    yield from (f"obsolete: {one.id}" for one in catalog.obsolete.values())
    for one in catalog:
        if one.id:
            yield from (f"{problem}: {one.id}" for problem in _problems_of(one))


def _problems_of(message: Message) -> Iterator[str]:
    texts, translations = _texts(message.id), _texts(message.string)
    if not all(translations) or len(translations) < len(texts):
        yield "not translated"
        return
    if message.fuzzy:
        yield "fuzzy"
    # A singular may say "one" where the source counts, as the source may itself.
    allowed = {tuple(sorted(_KEPT.findall(text))) for text in texts}
    for place, translation in enumerate(translations):
        kept = tuple(sorted(_KEPT.findall(translation)))
        if kept not in allowed if place == 0 else kept != tuple(sorted(_KEPT.findall(texts[-1]))):
            yield f"other placeholders or markup: {translation!r}"
        if _ends(translation) != _ends(texts[0]):
            yield f"other line breaks or spaces at an end: {translation!r}"


def _texts(text: str | Iterable[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _ends(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


if __name__ == "__main__":
    django.setup()
    for language in LANGUAGES:
        refresh(language)
