"""A page as a reader sees it: without what is hidden or struck out, and
with footnote marks, powers and fractions told apart. One pass over the
parsed tree, before any reader of articles. Runs in a reader only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from lxml import etree, html

from sources.readers import style_rules
from sources.readers.markup import BLOCKS, lines_of
from sources.superscripts import fraction, lowered, raised
from sources.word_lists import wordset

# Never on the screen, or only where scripts do not run. Scripts and styles are left to
# the readers of articles, which find names and dates in them.
_UNSEEN = wordset(
    "noscript template iframe object video audio canvas svg select datalist rp rt rtc"
    " annotation annotation-xml"
)
_STRUCK = frozenset(("del", "s", "strike"))
# Scripts show these late; nothing of the page would be left.
_WHOLE = frozenset(("html", "body", "main"))
# For ears only, or the names of pictures in a font of icons.
_UNSEEN_CLASSES = wordset(
    "sr-only visually-hidden visuallyhidden u-visually-hidden screen-reader-text screen-reader-only"
    " screenreader-only screen-reader element-invisible show-for-sr hidden-visually a11y-hidden"
    " offscreen material-icons material-icons-outlined material-symbols-outlined"
    " material-symbols-rounded"
)
# Classes of frameworks for what is not shown, unless another shows it on large screens.
_HIDDEN_CLASSES = wordset("hidden hide d-none is-hidden u-hidden display-none")
_shown_again = re.compile(
    r"(?:^|\s)(?:(?:sm|md|lg|xl|2xl):|d-(?:sm|md|lg|xl|xxl)-)(?:block|inline|flex|grid|table|contents)"
)
_for_ears = re.compile(r"(?:visually-?hidden|sr-only|screen-?reader-?(?:text|only))(?:\s|$)")
_STRUCK_CLASSES = wordset(
    "strikethrough strike-through line-through text-decoration-line-through struck-through"
)
_RAISED_CLASSES = wordset(
    "sup super superscript align-super footnote-ref footnoteref footnote-reference fnref fn-ref"
    " noteref note-ref endnote-ref"
)
_UNSHOWN_CLASSES = _UNSEEN_CLASSES | _STRUCK_CLASSES
_KNOWN_CLASSES = _UNSHOWN_CLASSES | _HIDDEN_CLASSES | _RAISED_CLASSES
_INLINE = wordset(
    "a abbr b bdi bdo big cite code data dfn em font i ins kbd label mark q ruby s samp small span"
    " strong sub sup time tt u var wbr"
)
_BLOCKS = BLOCKS.replace("h[1-6]", "h1|h2|h3|h4|h5|h6").split("|")
_block = re.compile(rf"(?:{BLOCKS})\b")
# Elements of the page's own, such as <section-card>.
_named_by_hyphen = etree.XPath("//*[contains(name(), '-')]")
_BEFORE_NUMBERS = "([/-\u2013"
LONGEST_RAISED = 60
STEPS_BACK = 20
DEEPEST = 60

_hiding = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|content-visibility\s*:\s*hidden|font-size\s*:\s*0[a-z%]*\s*(?:[!;]|$)"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?\b|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?:left|top|text-indent)\s*:\s*-(?:999|\d{4,}|\d{2,}(?=r?em)))",
    re.IGNORECASE,
)
_striking = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_raising = re.compile(
    r"vertical-align\s*:\s*(?:super|text-top|0?\.?[1-9][\d.]*(?:px|pt|em|ex|%))"
    r"|position\s*:\s*relative.*(?:top\s*:\s*-|bottom\s*:\s*0?\.?[1-9])",
    re.IGNORECASE,
)
_raised_by_rule = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_lowering = re.compile(r"vertical-align\s*:\s*(?:sub|text-bottom)", re.IGNORECASE)
_note = re.compile(
    r"(?:^|[\s_-])(?:(?:foot|end|side)?notes?(?:[\s_-]?ref\w*)?|fn\w*|ftn\w*|(?:back|note)ref"
    r"|references?|cite\w*|doc-noteref)(?:$|[\s_:\d-])",
    re.IGNORECASE,
)
# Cheaper than the whole patterns.
_named = re.compile("note|fn|ref", re.IGNORECASE)
_telling = re.compile("note|fn|ref|hidden|sr-only|reader", re.IGNORECASE)
_comment = re.compile(r"/\*.*?\*/")
_short_mark = re.compile(r"[\[(]?(?:\d{1,3}[a-z]?|[a-h]|[ivx]{1,4}|[*†‡§]{1,3})[\])]?")
_over = re.compile(r"\s*[/\u2044\u2215]\s*")


def parsed(page: str) -> html.HtmlElement | None:
    """The tree of a page; None if the parser cannot make one of it."""
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if len(tree) else None


def as_read(tree: html.HtmlElement) -> None:
    """Change the tree to what a reader sees."""
    unseen, changes = [], []
    rules = style_rules.rules_of(tree, _is_hiding, _is_raising)
    styled = _styled(tree, rules) if rules.hide else []
    for element in _candidates(tree, rules.raised):
        if _is_unseen(element):
            unseen.append(element)
        elif _is_left_out(element):
            styled.append(element)
        elif change := _change_of(element, rules.raised):
            changes.append((element, change))
    if styled and not _is_most_of(styled, tree):
        unseen += styled
    for element in unseen:
        _write(element, "")
    for element, change in changes:
        if element.getparent() is not None:
            change(element)
    for formula in [*tree.iter("math")]:
        _write(formula, formula.text_content())


def _candidates(tree: html.HtmlElement, raised_classes: set[str]) -> list[html.HtmlElement]:
    """The elements that may be hidden or written otherwise: one in
    fifty, so that only these are looked at one by one.
    """
    known = {*tree.iter(*_special), *_marked(tree), *_links(tree)}
    known_classes = _KNOWN_CLASSES | raised_classes
    names = {name for name in set(_classes(tree)) if _may_matter(name, known_classes)}
    if not known and not names:
        return []
    return [
        element
        for element in tree.iter(etree.Element)
        if element in known or element.get("class") in names
    ]


def _may_matter(classes: str, known: frozenset[str]) -> bool:
    return not known.isdisjoint(classes.split()) or bool(_telling.search(classes))


def _styled(
    tree: html.HtmlElement,
    rules: style_rules.Rules,
) -> list[html.HtmlElement]:
    return [
        element
        for element in tree.iter(etree.Element)
        if element.tag not in _WHOLE and rules.hides(element)
    ]


def _is_most_of(elements: list[html.HtmlElement], tree: html.HtmlElement) -> bool:
    """Whether the page is made to be shown by a script; then it is read as it is."""
    within, outer = set(elements), 0
    for element in elements:
        if not any(above in within for above in islice(element.iterancestors(), DEEPEST)):
            outer += len(element.text_content())
    return outer > len(tree.text_content()) // 2


def _is_left_out(element: html.HtmlElement) -> bool:
    """Whether a class says that it is not shown. As with rules of style,
    a page of nothing else is read as it is.
    """
    classes = element.attrib.get("class")
    if not classes or element.tag in _WHOLE or _HIDDEN_CLASSES.isdisjoint(classes.split()):
        return False
    return not _shown_again.search(classes)


def _is_raising(declarations: str) -> bool:
    return bool(_raised_by_rule.search(declarations))


def _is_hiding(declarations: str) -> bool:
    if "/*" in declarations:
        declarations = _comment.sub("", declarations)
    return bool(_hiding.search(declarations) or _striking.search(declarations))


def words_of(tree: html.HtmlElement) -> str:
    """As `bare_text` of its source, in a quarter of the time: every
    visible word, a line per block. It changes the tree.
    """
    for element in tree.iter("script", "style", "title"):
        _write(element, " ")
    own = [one for one in _named_by_hyphen(tree) if _block.match(one.tag)]
    for element in (*tree.iter(*_BLOCKS), *own):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    return lines_of(str(tree.text_content()))


def _is_unseen(element: html.HtmlElement) -> bool:
    tag = element.tag
    if tag in _UNSEEN or tag in _STRUCK:
        return True
    attributes = element.attrib
    if tag == "dialog" and "open" not in attributes:
        return True
    if not attributes or tag in _WHOLE:
        return False
    style = attributes.get("style")
    if style and _is_hiding(style):
        return True
    if attributes.get("hidden", "until-found").lower() != "until-found":
        return True
    if tag in _INLINE and "aria-hidden" in attributes:
        # Hidden from ears only; the reader of articles leaves it out.
        del attributes["aria-hidden"]
    classes = attributes.get("class")
    if not classes:
        return False
    return not _UNSHOWN_CLASSES.isdisjoint(classes.split()) or bool(_for_ears.search(classes))


def _change_of(
    element: html.HtmlElement, raised_classes: set[str]
) -> Callable[[html.HtmlElement], None] | None:
    tag, attributes = element.tag, element.attrib
    if tag in _CHANGES:
        return _CHANGES[tag]
    if tag not in _INLINE or not attributes:
        return None
    style = attributes.get("style")
    if style and (_raising.search(style) or _lowering.search(style)):
        return _raise if _raising.search(style) else _lower
    classes = attributes.get("class")
    words = classes.split() if classes else ()
    if not (_RAISED_CLASSES.isdisjoint(words) and raised_classes.isdisjoint(words)):
        return _raise
    if classes and _named.search(classes) and _note.search(classes):
        return _mark
    return _mark if tag == "a" and "#" in attributes.get("href", "") else None


def _raise(element: html.HtmlElement) -> None:
    content = element.text_content().strip()
    if len(content) > LONGEST_RAISED:
        return
    before = _text_before(element)
    below = element.getnext()
    if (
        content.isdigit()
        and below is not None
        and below.tag == "sub"
        and _over.fullmatch(element.tail or "")
        and (under := below.text_content().strip()).isdigit()
    ):
        element.tail = None
        _write(below, "")
        _write(element, fraction(content, under, before=before))
        return
    _write(element, raised(content, before=before, mark=_is_note(element)))


def _lower(element: html.HtmlElement) -> None:
    content = element.text_content()
    if len(content) <= LONGEST_RAISED:
        _write(element, lowered(content))


def _compute(element: html.HtmlElement) -> None:
    """A power, an index or a fraction in MathML."""
    if len(element) < 2:
        return
    first, second = element[0], element[1]
    above, below = first.text_content().strip(), second.text_content().strip()
    if element.tag == "mfrac":
        whole = f"{above}/{below}"
        if above.isdigit() and below.isdigit():
            whole = fraction(above, below, before=_text_before(element))
        _write(element, whole)
    elif element.tag == "msup":
        _write(second, raised(below, before=above))
    else:
        _write(second, lowered(below))


def _mark(link: html.HtmlElement) -> None:
    """A link to a note that is a mark, though nobody raised it."""
    content = link.text_content().strip()
    if not _short_mark.fullmatch(content):
        return
    before = _text_before(link)
    glued = bool(before) and not before[-1].isspace() and before[-1] not in _BEFORE_NUMBERS
    if glued or _is_note(link):
        # In a text, [1] behind a space may be what an editor put in.
        _close_up(link)
        _write(link, raised(content, before=before, mark=True))


def _close_up(element: html.HtmlElement) -> None:
    """Take away the space in front of an element, if nothing else stands there."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None and previous.tail:
        previous.tail = previous.tail.rstrip()
    elif previous is None and parent is not None and parent.text:
        parent.text = parent.text.rstrip()


def _is_note(element: html.HtmlElement) -> bool:
    """Whether the page says of it, or of the link around or in it, that it is one."""
    parent = element.getparent()
    near = [element, *element.iter("a")]
    alone = element.getprevious() is None and element.getnext() is None
    if parent is not None and alone and not _is_ink(parent.text, element.tail):
        near.append(parent)  # a link around more than the mark says nothing of it
    for one in near:
        named = (one.get(name, "") for name in ("class", "role", "id", "epub:type", "rel"))
        if any(map(_note.search, named)):
            return True
        target = one.get("href", "").partition("#")[2] if one.tag == "a" else ""
        if target and (one is not element or _note.search(target)):
            return True
    return False


def _is_ink(*texts: str | None) -> bool:
    return any(text and not text.isspace() for text in texts)


def _text_before(element: html.HtmlElement) -> str:
    """The end of the text in front of an element, in its line."""
    for _ in range(STEPS_BACK):
        previous = element.getprevious()
        parent = element.getparent()
        if previous is not None:
            words = previous.tail or ("" if previous.tag == "br" else previous.text_content())
            if words or previous.tag == "br":
                return str(words)[-LONGEST_RAISED:]
            element = previous
        elif parent is None or parent.text or parent.tag not in _INLINE:
            return str(parent.text or "")[-LONGEST_RAISED:] if parent is not None else ""
        else:
            element = parent
    return ""


def _write(element: html.HtmlElement, words: str) -> None:
    """Put words in the place of an element. It stays, as one without a
    meaning: joining its neighbours would take quadratic time in a row
    of them.
    """
    for child in list(element):
        element.remove(child)
    element.attrib.clear()
    element.tag, element.text = "span", words or None


def _unwrap(element: html.HtmlElement) -> None:
    element.tag = "span"


_CHANGES: dict[str, Callable[[html.HtmlElement], None]] = {
    "sup": _raise,
    "sub": _lower,
    "msup": _compute,
    "msub": _compute,
    "mfrac": _compute,
    "ins": _unwrap,
}
_special = sorted({*_UNSEEN, *_STRUCK, *_CHANGES, "dialog"})
_marked = etree.XPath("//*[@style or @hidden or @aria-hidden]")
_links = etree.XPath("//a[contains(@href, '#')]")
_classes = etree.XPath("//@class", smart_strings=False)
