# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Which blocks of a page belong to one article.

A new article begins at a headline that a byline follows, at a name line
(an agency) that stands apart before a body, at a headline after
boilerplate or a wide gap, at a bullet that opens a long paragraph of
its own, and after a byline that closes an article. Blank lines alone
are no boundary: they stand inside articles too.
"""

import datetime
import re
from collections import Counter
from dataclasses import dataclass, replace

from claims.extraction.blocks import Block
from sources import written_dates

# Blank lines: two are wider than between paragraphs, four are a boundary by themselves.
_WIDE_GAP = 2
_VAST_GAP = 4
_STORY_LENGTH = 80  # characters; a shorter bullet is an entry of a list
_OPENERS = ("headline", "byline", "source", "dateline")
_WORD = re.compile(r"[^\W\d_]{4,}")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{6,40})[)\]]\s*$")
_BODIES_ABOVE_DATE = 2  # a standfirst and a first paragraph; further down comments are dated


@dataclass(frozen=True, slots=True)
class Article:
    start: int
    end: int
    headline: str
    byline: str
    date: datetime.date | None
    language: str
    blocks: tuple[Block, ...]


def segment(folded: str, text: str, blocks: tuple[Block, ...]) -> tuple[Article, ...]:
    groups: list[list[Block]] = []
    has_body = False
    for index, block in enumerate(blocks):
        if not groups or _begins_article(folded, blocks, index, has_body=has_body):
            groups.append([block])
            has_body = False
        else:
            groups[-1].append(block)
        has_body = has_body or block.kind == "body"
    return tuple(_article(folded, text, group) for group in _with_body(groups))


def _with_body(groups: list[list[Block]]) -> list[list[Block]]:
    """Openers without a body belong to the next article, boilerplate to none."""
    articles: list[list[Block]] = []
    waiting: list[Block] = []
    for group in groups:
        if any(block.kind == "body" for block in group):
            articles.append(waiting + group)
            waiting = []
        else:
            waiting += [block for block in group if block.kind != "boilerplate"]
    if waiting and not articles:
        articles.append(waiting)
    return articles


def _begins_article(
    folded: str,
    blocks: tuple[Block, ...],
    index: int,
    *,
    has_body: bool,
) -> bool:
    block = blocks[index]
    before = blocks[index - 1]
    if not has_body:
        return before.kind == "boilerplate" and block.kind in _OPENERS
    if block.kind == "source":
        return _source_opens(blocks, index)
    if block.kind == "headline":
        return _headline_opens(blocks, index)
    if block.kind == "body":
        return _body_opens(folded, blocks, index)
    return False


def _source_opens(blocks: tuple[Block, ...], index: int) -> bool:
    block = blocks[index]
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None or following.kind not in ("body", "headline", "byline"):
        return False
    if following.gap > block.gap:
        return False
    return block.gap >= _WIDE_GAP or blocks[index - 1].kind == "boilerplate"


def _headline_opens(blocks: tuple[Block, ...], index: int) -> bool:
    block = blocks[index]
    ahead = index + 1
    while ahead < len(blocks) and ahead - index <= 3 and blocks[ahead].kind == "headline":
        ahead += 1
    following = blocks[ahead] if ahead < len(blocks) else None
    if following is None or following.kind == "boilerplate":
        return False
    if following.kind == "byline":
        return True
    if following.kind == "source" and following.gap:
        return True
    return blocks[index - 1].kind in ("boilerplate", "byline") or block.gap >= _VAST_GAP - 1


def _body_opens(folded: str, blocks: tuple[Block, ...], index: int) -> bool:
    block, before = blocks[index], blocks[index - 1]
    if before.kind in ("byline", "source") and block.gap >= _WIDE_GAP and before.gap < block.gap:
        return True
    if block.gap >= _VAST_GAP:
        return True
    if not (block.bullet and block.gap and block.end - block.start >= _STORY_LENGTH):
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    return not before.bullet and not (following and following.bullet and following.gap <= block.gap)


def _article(folded: str, text: str, group: list[Block]) -> Article:
    inside = [block for block in group if block.kind != "boilerplate"] or list(group)
    # A headline at the end belongs to an article whose text was not copied.
    while len(inside) > 1 and inside[-1].kind == "headline":
        inside.pop()
    inside = _one_language(folded, inside)
    headline = _headline(folded, inside)
    byline, date = _byline(folded, text, inside)
    return Article(
        start=inside[0].start,
        end=inside[-1].end,
        headline=text[headline.start : headline.end] if headline else "",
        byline=byline,
        date=date,
        language=_main_language(inside),
        blocks=tuple(_typed_headlines(inside, headline)),
    )


def _main_language(blocks: list[Block]) -> str:
    weights: Counter[str] = Counter()
    for block in blocks:
        if block.kind in ("body", "headline"):
            weights[block.language] += block.end - block.start
    languages = [(size, name) for name, size in weights.items() if name != "und"]
    return max(languages)[1] if languages else "und"


def _one_language(folded: str, blocks: list[Block]) -> list[Block]:
    """A block of unknown language takes the article's language when its
    script allows it.
    """
    main = _main_language(blocks)
    return [
        (
            replace(block, language=main)
            if block.language == "und"
            and main != "und"
            and (folded[block.start : block.end].isascii() or main != "en")
            else block
        )
        for block in blocks
    ]


def _headline(folded: str, blocks: list[Block]) -> Block | None:
    """Of several lines before the story, the one that shares most words
    with its opening.
    """
    body = next((block for block in blocks if block.kind == "body"), None)
    above = [
        block
        for block in blocks
        if block.kind == "headline" and (body is None or block.start < body.start)
    ]
    if not above:
        return None
    if body is None:
        return above[0]
    opening = set(_WORD.findall(folded[body.start : body.end][:600].lower()))
    shared = [
        len(opening & set(_WORD.findall(folded[block.start : block.end].lower())))
        for block in above
    ]
    return above[shared.index(max(shared))]


def _typed_headlines(blocks: list[Block], headline: Block | None) -> list[Block]:
    return [
        (
            replace(block, kind="subheading")
            if block.kind == "headline" and block is not headline
            else block
        )
        for block in blocks
    ]


def _byline(
    folded: str,
    text: str,
    blocks: list[Block],
) -> tuple[str, datetime.date | None]:
    name, published, updated, bracketed, bodies = "", None, None, None, 0
    day_first = written_dates.is_day_first(_main_language(blocks))
    for block in blocks:
        bodies += block.kind == "body"
        line = folded[block.start : block.end]
        if block.kind == "headline" and (behind := _BRACKETED.search(line)):
            in_brackets = written_dates.date_line(behind.group(1), day_first=day_first)
            bracketed = bracketed or (in_brackets and in_brackets.day)
        if block.kind == "dateline":
            published = published or _first_day(line, day_first=day_first)
        if block.kind not in ("byline", "source"):
            continue
        printed = written_dates.date_line(line, day_first=day_first)
        if printed and (bodies <= _BODIES_ABOVE_DATE or block is blocks[-1]):
            if printed.updated:
                updated = updated or printed.day
            else:
                published = published or printed.day
        name = name or _author(line, text[block.start : block.end], block.kind, printed)
    return name, published or updated or bracketed


def _author(
    line: str,
    original: str,
    kind: str,
    printed: written_dates.DateLine | None,
) -> str:
    """The name in front of the date, or behind it."""
    if printed is None:
        lead = written_dates.by.match(line)
        return original[lead.end() if lead else 0 :].strip() if lead or kind == "source" else ""
    for start, end in ((0, printed.start), (printed.end, len(line))):
        part = line[start:end]
        lead = written_dates.by.match(part)
        words = original[start + (lead.end() if lead else 0) : end].strip(" ,|·•–—-")
        if words and (lead or start == 0):
            return words
    return ""


def _first_day(line: str, *, day_first: bool | None) -> datetime.date | None:
    return next((one.day for one in written_dates.find(line, day_first=day_first)), None)
