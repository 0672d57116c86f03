"""The day an article was published, from what its page states. A wrong
day is worse than none: what dates a teaser, a comment or the page
around the article is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from sources import word_lists
from sources.word_lists import wordset
from sources.written_dates import LONGEST_LINE, date_line, is_day_first, stated

_LISTS = word_lists.beside(__file__)
Around = frozenset[Any]  # elements
LONGEST_DATA = 500_000
MOST_SCRIPTS = 40
MOST_NODES = 2_000
MOST_PLACES = 200
MOST_LINES = 400
LONG_PARAGRAPH = 200
MOST_TEXT = 1_500  # characters of paragraphs above a date line

# From the plainest to the vaguest.
_NAMES = tuple(_LISTS.set(name) for name in ("plain", "issued", "vague"))
_KNOWN_NAMES = frozenset().union(*_NAMES)
_ARTICLES = re.compile(r"(?:Article|Posting|NewsItem)$|^(?:Report|ClaimReview|Review)$")
_INSIDE = ("@graph", "mainEntity")  # all else in a node is about something else
_DATES = ("datePublished", "dateCreated")
_published_name = re.compile(
    r"(?:^|[\s_-])(?:(?:date)?-?published|dt-published|entry-date|post-date|pub-?date|publish\w*"
    r"|article-?date|datepublished)(?:$|[\s_-])",
    re.IGNORECASE,
)
_dated_name = re.compile(
    r"date|time|publi|posted|byline|dateline|meta|author|info|timestamp|datum", re.IGNORECASE
)
_changed_name = re.compile(r"modif|updat|aktualis|edited|\bmaj\b", re.IGNORECASE)
_other_name = re.compile(
    r"(?:^|[\s_-])(?:related|teasers?|sidebar|comments?|commentlist|recommend\w*|popular|trending"
    r"|widget|promo\w*|latest|most-?read|most-?viewed|more-?(?:stories|news|from|articles)"
    r"|read-?(?:next|more|also)|newsletter|footer|site-?header|masthead|navigation|nav|menu"
    r"|breadcrumbs?|recirc\w*|outbrain|taboola|carousel|ticker|copyright|disqus|respond|events?"
    r"|calendar|prev(?:ious)?-?(?:post|article)|next-?(?:post|article))(?:$|[\s_-])",
    re.IGNORECASE,
)
_OTHER_TAGS = frozenset(("aside", "footer", "nav", "form"))
_UNREAD_TAGS = wordset("script style noscript template head select button iframe svg")
_BLOCK_TAGS = wordset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6"
    " header hr li main ol p pre section table td th tr ul"
)
# Below an archive's own address another follows, dated by its crawl in one number.
_dated_path = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-(?=[a-z]))"
)
_squeezed = re.compile(r"[^a-z0-9]+")
_comment = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$")


def published_on(tree: Any, *, url: str = "") -> date | None:
    """The tree may be of any page; what it states is weighed from what
    programs read to what readers see, and the address comes last.
    """
    day_first = is_day_first(tree.get("lang") or tree.get("xml:lang") or "")
    heading = _heading(tree)
    # What the heading stands in is the article or the page, whatever its classes say.
    around = frozenset() if heading is None else frozenset(heading.iterancestors())
    return (
        _of_linked_data(tree, _words_of(tree, heading), day_first)
        or _of_metadata(tree, around, day_first)
        or _of_article(tree, heading, around, day_first)
        or _of_address(url)
    )


def _heading(tree: Any) -> Any:
    """The heading that most of the page's title repeats, else the first
    of the first rank.
    """
    element = next(tree.iter("title"), None)
    title = _plain(_text(element)) if element is not None else ""
    found, longest = next(tree.iter("h1"), None), 0
    for one in islice(tree.iter("h1", "h2", "h3", "h4"), MOST_PLACES):
        words = _plain(_text(one))
        # A short part of the title may be the name of the site.
        if " " in words and len(words) > longest and words in title:
            found, longest = one, len(words)
    return found


def _of_address(url: str) -> date | None:
    match = _dated_path.search(url)
    return stated("-".join(match.groups())) if match else None


def _of_linked_data(
    tree: Any,
    titles: list[str],
    day_first: bool | None,
) -> date | None:
    main: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for script in islice(_linked_scripts(tree), MOST_SCRIPTS):
        for node, is_main in islice(_nodes(loaded(script)), MOST_NODES):
            (main if is_main else others).append(node)
    for nodes in (main, [one for one in others if _is_titled(one, titles)], others):
        days = {day for one in nodes if (day := _dated(one, day_first))}
        # Several articles of several days are a list of teasers.
        if len(days) == 1:
            return days.pop()
    return None


def _linked_scripts(tree: Any) -> Iterator[str]:
    for script in tree.iter("script"):
        kind = script.get("type", "").lower()
        if "ld+json" in kind and script.text and len(script.text) <= LONGEST_DATA:
            yield script.text


def loaded(script: str) -> Any:
    try:
        return json.loads(_comment.sub("", _comment.sub("", script)), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: Any) -> Iterator[tuple[dict[str, Any], bool]]:
    """The articles among the nodes of linked data, and whether each is
    what its page is about.
    """
    waiting = [(data, False)]
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node, is_main = waiting.pop()
        if isinstance(node, list):
            waiting += [(one, is_main) for one in node[:MOST_NODES]]
        elif isinstance(node, dict):
            if _is_article(node):
                yield node, is_main
            waiting += [(node[key], key == "mainEntity") for key in _INSIDE if key in node]


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    if types is None:
        return "datePublished" in node
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and _ARTICLES.search(name) for name in names) or any(
        isinstance(name, str) and _ARTICLES.search(name.rpartition("/")[2]) for name in names
    )


def _is_titled(node: dict[str, Any], titles: list[str]) -> bool:
    words = _plain(node.get("headline")) or _plain(node.get("name"))
    return bool(words) and any(words in title or title in words for title in titles)


def _dated(node: dict[str, Any], day_first: bool | None) -> date | None:
    for key in _DATES:
        value = node.get(key)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, (str, int)) and (day := stated(str(value), day_first=day_first)):
            return day
    return None


def _words_of(tree: Any, heading: Any) -> list[str]:
    titles = [next(tree.iter("title"), None), heading]
    return [words for one in titles if one is not None and (words := _plain(_text(one)))]


def _plain(words: object) -> str:
    return " ".join(re.findall(r"\w+", words[:500].lower())) if isinstance(words, str) else ""


def _text(element: Any) -> str:
    return " ".join(" ".join(islice(element.itertext(), 60)).split())


def _of_metadata(tree: Any, around: Around, day_first: bool | None) -> date | None:
    days: dict[str, date] = {}
    for meta in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            name = _squeezed.sub("", meta.get(key, "")[:60].lower())
            if name not in _KNOWN_NAMES or name in days:
                continue
            day = stated(meta.get("content", ""), day_first=day_first)
            if day and not (key == "itemprop" and _is_of_something_else(meta, around)):
                days[name] = day
    return next((days[name] for names in _NAMES for name in days if name in names), None)


def _of_article(
    tree: Any,
    heading: Any,
    around: Around,
    day_first: bool | None,
) -> date | None:
    scope = _scope(tree, heading, around)
    if scope is None:
        return _only_certain(tree, around, day_first)
    named: list[date] = []
    for place in islice(_places(scope), MOST_PLACES):
        day, is_certain = _of_place(place, around, day_first)
        if day and is_certain:
            return day
        if day:
            named.append(day)
    if named:
        return named[0]
    # Where no element is the article, what stands above its heading is the site's: the
    # day of today, often.
    behind = None if scope.tag in ("article", "main") else heading
    read = 0
    for line in islice(_lines(scope, behind, around), MOST_LINES):
        read += len(line) if len(line) > LONG_PARAGRAPH else 0
        if read > MOST_TEXT:
            break  # dates further down are those of a list in the text, or of comments
        printed = date_line(line, day_first=day_first)
        if printed and not printed.updated:
            return printed.day
    return None


def _only_certain(tree: Any, around: Around, day_first: bool | None) -> date | None:
    days = {
        day
        for place in islice(_places(tree), MOST_PLACES)
        for day, is_certain in (_of_place(place, around, day_first),)
        if day and is_certain
    }
    return days.pop() if len(days) == 1 else None


def _scope(tree: Any, heading: Any, around: Around) -> Any:
    """The element of the article: around the heading, or the only one,
    else the page with its heading.
    """
    articles = [one for one in tree.iter("article") if not _is_of_something_else(one, around)]
    own = None if heading is None else next(heading.iterancestors("article"), None)
    if own is not None:
        return own
    outermost = [one for one in articles if next(one.iterancestors("article"), None) is None]
    if len(outermost) == 1 and heading is None:
        return outermost[0]
    mains = list(islice(tree.iter("main"), 2))
    if len(mains) == 1 and (heading is None or mains[0] in heading.iterancestors("main")):
        return mains[0] if len(outermost) <= 1 else None
    return tree.find("body") if heading is not None else None


def _places(scope: Any) -> Iterator[Any]:
    for element in scope.iter("time", "abbr", "span", "p", "div", "li", "small", "em", "a"):
        attributes = element.attrib
        named = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:300]
        if (
            element.tag == "time"
            or "datePublished" in attributes.get("itemprop", "")
            or (named != " " and _dated_name.search(named))
        ):
            yield element


def _of_place(
    place: Any,
    around: Around,
    day_first: bool | None,
) -> tuple[date | None, bool]:
    """The day an element states, and whether it says that it is the publication's."""
    get = place.attrib.get
    naming = f"{get('itemprop', '')} {get('class', '')} {get('id', '')}"[:300]
    certain = bool(
        "pubdate" in place.attrib
        or "datePublished" in get("itemprop", "")
        or _published_name.search(naming)
    )
    if _changed_name.search(naming) and not certain:
        return None, False
    value = get("datetime") or get("content") or (get("title") if certain else "") or ""
    words = _text(place)
    printed = date_line(words, day_first=day_first) if len(words) <= LONGEST_LINE else None
    if printed and printed.updated:
        return None, False
    day = stated(value, day_first=day_first) or (printed.day if printed else None)
    if day is None or _is_of_something_else(place, around):
        return None, False
    return day, certain


def _is_of_something_else(element: Any, around: Around) -> bool:
    """Whether it stands in a teaser, a comment, a margin or a sentence."""
    for above in (element, *element.iterancestors()):
        tag = above.tag
        if tag in ("body", "html") or above in around:
            break
        if tag in _OTHER_TAGS or (tag == "a" and above is not element):
            return True
        named = f"{above.get('class', '')} {above.get('id', '')}"[:300]
        if named != " " and _other_name.search(named):
            return True
        if tag == "p" and len(_text(above)) > LONG_PARAGRAPH:
            return True
        if tag in ("p", "span") and above is not element and _changed_name.search(named):
            return True
    return False


def _lines(scope: Any, behind: Any, around: Around) -> Iterator[str]:
    """The lines of an article as they stand on the screen, without
    those of teasers and margins; where `behind` is given, those that
    follow it.
    """
    line: list[str] = []
    started = behind is None
    for element, words in _pieces(scope, around):
        started = started or element is behind
        if element.tag in _BLOCK_TAGS and line:
            yield " ".join(" ".join(line).split())
            line = []
        if words and started:
            line.append(words)
    if line:
        yield " ".join(" ".join(line).split())


def _pieces(scope: Any, around: Around) -> Iterator[tuple[Any, str | None]]:
    """Each element twice, with the words at its beginning and the words behind it."""
    waiting: list[tuple[Any, bool]] = [(scope, False)]
    while waiting:
        element, is_left = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        if is_left:
            yield element, element.tail if element is not scope else None
            continue
        waiting.append((element, True))
        if not _is_skipped(element, scope, around):
            yield element, element.text
            waiting += [(child, False) for child in reversed(element)]


def _is_skipped(element: Any, scope: Any, around: Around) -> bool:
    if element.tag in _UNREAD_TAGS or element.tag in _OTHER_TAGS:
        return True
    if element is scope or element in around:
        return False
    if element.tag == "article":
        return True
    named = f"{element.get('class', '')} {element.get('id', '')}"[:300]
    return named != " " and bool(_other_name.search(named))
