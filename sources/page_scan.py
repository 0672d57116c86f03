"""Whether a page is the page, or stands in its place: a cheap scan of
title, headings, size of the running text, links and structured data. No
parser, and no full read.

A title alone decides nothing: articles are called “404 people died” and
“Access denied”. A page that is not the page says so in its title, a
heading or its first words, and has little else to say; an article has
running text, or says that it is one.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from sources import page_words
from sources.page_words import Phrases

SCANNED = 131_072
LEAD = 700  # characters of running text in which a page says what is wrong
LONGEST_HEAD = 200
NAMED, SAID, BEGUN = 3, 2, 1
# Pieces of long text: with some, a page is suspected by its title and headings alone;
# with plenty, only if nothing else is said there, and they may be teasers.
SOME, PLENTY = 4, 9
LINKS_OF_TEASERS = 6
ARTICLE = 3_000  # characters of them, beyond which a page is an article, whatever it is called
MOST_PROSE = 300  # words, beyond which nothing that it says makes it an error page
MOST_BLOCKS = 40
FEW_WORDS_OF_A_GATE = 20
MOST_AFTER_OR = 6
CARD = 2_000  # characters of a teaser that is a link as a whole

_title = re.compile(r"<title\b[^>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_heading = re.compile(r"<(h[1-3])\b[^<>]{0,300}>(.{0,300}?)</\1", re.IGNORECASE | re.DOTALL)
_role = re.compile(r"role=[\"']?heading\b")
_any_heading = re.compile(
    r"<(h[1-3]|\w{1,20}+(?=[^<>]{1,300}\brole=[\"']?heading\b))\b[^<>]{0,300}>(.{0,300}?)</\1",
    re.IGNORECASE | re.DOTALL,
)
# Scripts and styles are long, too, but not without these signs.
_long_text = re.compile(r">[^<>{}=]{100,}+")
_linked = re.compile(r"<a\b", re.IGNORECASE)
_link_edge = re.compile(r"<(/?)a\b", re.IGNORECASE)
# Said by what writes articles, and never by an error page. Each begins with a sign that
# has no capital, which is searched for many times as fast.
_article_type = re.compile(
    r"\"@type\"\s{0,5}:\s{0,5}\[?\s{0,5}\"(?i:[a-z]{0,20}Article|BlogPosting|Report"
    r"|LiveBlogPosting|Dataset|Book|VideoObject|Review|ClaimReview|Recipe|Legislation)\""
)
_article_meta = re.compile(
    r"=(?<=property=|itemprop=)[\"']?(?:(?:og:)?article:published_time|articleBody|datePublished)\b"
    r"|=(?<=name=)[\"']?(?:citation_title|citation_doi|parsely-pub-date|dc\.date\.issued)\b",
    re.IGNORECASE,
)
_password = re.compile(r"<input\b[^<>]{0,300}?\btype\s*=\s*[\"']?password", re.IGNORECASE)
_unseen = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|noscript|style|template|svg|nav|header|footer|aside|select"
    r"|button|title|head|iframe)\b.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_link = re.compile(r"<a\b[^<>]*+>.*?(?:</a\s*>|(?=<a\b)|\Z)", re.DOTALL | re.IGNORECASE)
_block = re.compile(
    r"</?(?:p|div|br|li|ul|ol|td|tr|th|table|h[1-6]|section|article|main|dd|dt|form|blockquote"
    r"|noscript|center|body|html|strong|b)\b[^<>]*+>",
    re.IGNORECASE,
)
# At the beginning of its block, whole or with words behind it.
_bold_line = re.compile(
    r"<(?:p|div|section|span|li|td|body|br)\b[^<>]{0,300}>\s{0,99}"
    r"<(strong|b)\b[^<>]{0,300}>(.{0,300}?)</\1",
    re.IGNORECASE | re.DOTALL,
)
_bold = re.compile(r"</?(?:strong|b)\b[^<>]*+>", re.IGNORECASE)
_table = re.compile(r"<table\b", re.IGNORECASE)
_tag = re.compile(r"<[^<>]*+>")
_teaser = re.compile(r"(?=<h[1-6]\b)", re.IGNORECASE)
_sentence_end = re.compile(r"[.!?](?=\s|\Z)")
_digit = re.compile(r"\d")
_wide = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_separator = re.compile(r"\s*[|\u2013\u2014\u00b7\u00bb\u2022\u2190]\s*|\s+[-/]\s+|::|\s+\\\s+")
# “no longer (ever) there”
_BRACKETS = {ord(each): None for each in "()[]"}
_colon = re.compile(r"\s*:\s+")


class Signs(NamedTuple):
    """How strongly the page says that it is gone, or that it is not
    shown to us; its words of running text; whether it says that it is
    an article.
    """

    missing: int = 0
    blocked: int = 0
    prose: int = 0
    article: bool = False


NONE = Signs()


def scan(page: str) -> Signs:
    """The signs of an HTML page. Linear in its size."""
    start = page[:SCANNED]
    long_texts = [match.span() for match in islice(_long_text.finditer(start), PLENTY)]
    if len(long_texts) == PLENTY and _are_an_article(start, long_texts):
        return NONE
    heads = heads_of(start)
    missing = max((_strength(head, page_words.missing()) for head in heads), default=0)
    blocked = max((_strength(head, page_words.blocked()) for head in heads), default=0)
    sorry = any(map(page_words.fillers().fullmatch, heads))
    if len(long_texts) >= SOME and not (missing or blocked or sorry):
        return NONE
    if blocked and _password.search(start):
        blocked = NAMED
    blocks = list(_running_text(start))
    signs = Signs(missing, blocked, sum(map(_words, blocks)), _is_article(start))
    if signs.article or signs.prose > MOST_PROSE:
        return signs
    asks = signs.prose < FEW_WORDS_OF_A_GATE or _password.search(start) is not None
    # A title that is repeated above the text is not said twice.
    alone = not _heading.search(start) and not _table.search(start)
    # Bold type is a label of its own, or a part of its sentence; nobody can tell which.
    leads, unbold = [_lead(blocks, heads)], _bold.sub("", start)
    if len(unbold) < len(start):
        leads.append(_lead(_running_text(unbold), heads))
    return signs._replace(
        missing=max(_weight(missing, lead, page_words.missing(), alone=alone) for lead in leads),
        blocked=max(
            _weight(blocked, lead, page_words.blocked(), alone=alone, sure=asks) for lead in leads
        ),
    )


def _lead(blocks: Iterable[str], heads: list[str]) -> str:
    first = islice(blocks, MOST_BLOCKS)
    lead = plain(" . ".join(block for block in first if plain(block) not in heads))[:LEAD]
    return lead.removeprefix(heads[0]).lstrip()  # “The Post asks for your consent”


def heads_of(start: str) -> list[str]:
    """The title, empty if there is none, and the first headings that are no links."""
    return [title_of(start), *_headings(start)]


def title_of(start: str) -> str:
    match = _title.search(start)
    return plain(html.unescape(match[1])) if match else ""


def says_missing(words: str) -> bool:
    """Whether these words, such as the last of an address, name an error page."""
    return bool(page_words.missing().whole.fullmatch(plain(words)))


def says_blocked(words: str) -> bool:
    return bool(page_words.blocked().whole.fullmatch(plain(words)))


def plain(text: str) -> str:
    """Small letters without accents, and one kind of apostrophe and space."""
    text = text[: 2 * LEAD]
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(text.casefold().translate(_BRACKETS).split())


def _are_an_article(start: str, long_texts: list[tuple[int, int]]) -> bool:
    """Whether plenty of long text is running text, and not teasers, which
    have one or two sentences each, and links, below an error.
    """
    if sum(end - begin for begin, end in long_texts) >= ARTICLE:
        return True
    links = start.count("<a", long_texts[0][0], long_texts[-1][1])
    return links < LINKS_OF_TEASERS or not _looks_missing(start)


def _looks_missing(start: str) -> bool:
    """Whether the title or the main heading says that it is gone, or
    “Sorry”, and nothing else: below it, plenty of text may be teasers.
    """
    title, at = title_of(start), start.find("<h1")
    if _looks_bad(title):
        return True
    main = _heading.match(start, at) if at >= 0 else None
    heading = _words_of(main[2]) if main else ""
    # Most repeat the title, or a part of it.
    return heading not in title and _looks_bad(heading)


def _looks_bad(head: str) -> bool:
    named = _strength(head, page_words.missing()) == NAMED
    return named or page_words.fillers().fullmatch(head) is not None


def _headings(start: str) -> Iterable[str]:
    found = False
    pattern = _any_heading if _role.search(start) else _heading
    for match in islice(pattern.finditer(start), 4):
        words = _words_of(match[2])
        if words and not _is_link(match):  # those of other articles are links
            found = True
            yield words
    if not found:
        # A wall of consent may have bold type for a heading.
        yield from (_words_of(match[2]) for match in islice(_bold_line.finditer(start), 2))


def _is_article(start: str) -> bool:
    return bool(_article_type.search(start) or _article_meta.search(start))


def _is_link(heading: re.Match[str]) -> bool:
    """Whether a link stands in a heading, or around it."""
    if _linked.search(heading[2]):
        return True
    edge = _link_edge.search(heading.string, heading.end(), heading.end() + CARD)
    return edge is not None and edge[1] == "/"


def _words_of(markup: str) -> str:
    return plain(html.unescape(_tag.sub(" ", markup)))


def _strength(head: str, phrases: Phrases) -> int:
    """Whether the phrase is all that a part of the head says, or its beginning."""
    if not head or len(head) > LONGEST_HEAD:
        return 0
    best = 0
    for part in _separator.split(head):
        *before, last = _colon.split(part)
        begun = phrases.begun.match(last)  # cheaper than the whole, which begins so, too
        if (
            begun
            and phrases.whole.fullmatch(last)
            and all(phrases.whole.fullmatch(piece) or len(piece.split()) <= 3 for piece in before)
        ):
            # One word may be anything: the name of a series, a book, a place.
            if " " in last or last[:1].isdigit() or _wide.search(last):
                return NAMED
            best = BEGUN
        elif begun := phrases.begun.match(part) if before else begun:
            rest = part[begun.end() :]
            left = re.findall(r"\w+", rest)
            said = len(begun[0].split())
            # “This file is not here any more”, “… was moved or has never been here”
            if said >= 3 and phrases.may_end(left):
                return NAMED
            # Behind a colon, an “o” is no “or”.
            joined = rest[:1] == " " and left[:1] and left[0] in page_words.ors()
            if said >= 2 and joined and len(left) <= MOST_AFTER_OR:
                return NAMED
            best = BEGUN
    return best


def _weight(strength: int, lead: str, phrases: Phrases, *, alone: bool, sure: bool = False) -> int:
    """`alone`: no heading stands above the lead. `sure`: what it says
    can only be said of the page.
    """
    begun = phrases.begun.match(lead)
    # Living pages, too, begin with a banner about cookies, but not without a heading.
    if begun and not (strength or alone) and page_words.banners().search(begun[0]):
        begun = None
    said = begun or phrases.anywhere.search(lead)
    if not said:
        return strength
    if not (strength or sure or _is_of_the_page(said, phrases)):
        return BEGUN
    return max(strength, BEGUN) + SAID if begun else strength + SAID


def _is_of_the_page(said: re.Match[str], phrases: Phrases) -> bool:
    """Whether a phrase below a title that says nothing is about the page
    itself: “The document is not signed” is not, nor “Article 5 is gone”,
    nor “You must log in to the portal by noon to vote”.
    """
    if phrases.itself.search(said[0]) and not _digit.search(said[0]):
        return True
    first = _sentence_end.split(said.string, 1)[0]
    return phrases.whole_says_all and phrases.whole.fullmatch(first) is not None


def _running_text(start: str) -> Iterable[str]:
    """Blocks of text that are no links, and not of teasers: what stands
    below a heading that is a link belongs to another article, unless it
    is the main one: the name of the site, or the page's own address.
    """
    for section in _teaser.split(_unseen.sub(" ", start)):
        heading = _heading.match(section)
        if heading and heading[1] not in ("h1", "H1") and _is_link(heading):
            continue
        for block in _block.split(_link.sub(" ", section)):
            text = " ".join(html.unescape(_tag.sub("", block)).split())
            if text:
                yield text


def _words(block: str) -> int:
    """The words of a block of running text; labels and menus have fewer than six."""
    wide = 0 if block.isascii() else len(_wide.findall(block))
    count = len(block.split()) + wide // 2
    return count if count >= 6 else 0
