# ruff: noqa: RUF001 - curly marks and dashes are the matter of this module
"""Lines of a pasted page, joined where a line break falls inside a
sentence, and typed.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from claims.extraction import boilerplate, language, live_posts, transcripts

_LINE = re.compile(r"[^\n]+")
_ENDS_SENTENCE = re.compile(r"[.!?:;…؟。][”’\"')\]]*$")
_CONTINUES = re.compile(r"[a-zà-öø-ÿ(]|[,;]")
# “…” — Ana Ruiz, mayor
_NAMED_QUOTATION = re.compile(r"^[“\"‘].*[”\"’']\s*[.,]?\s*(?:[—–]|--?)\s?[A-ZÀ-Þ@]")
_BULLET = re.compile(r"[•●▪■◦·►*]\s+|[-–—]\s+(?=[A-Z“\"])")
_WRAP_WIDTH = 100  # characters; a longer line was not wrapped by a mail program
_WRAPPED_LINES = 5
_HEADLINE_LENGTH = 220
_REPEATED_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Block:
    """`gap` counts the blank lines before the block; `bullet` is
    whether it began with one.

    `speaker` is the span of the speaker's name in a transcript.
    """

    start: int
    end: int
    kind: str
    gap: int
    bullet: bool = False
    language: str = "und"
    speaker: tuple[int, int] | None = None


def split(folded: str) -> tuple[Block, ...]:
    # Lines are joined before they are typed: the half of a wrapped sentence looks like
    # a headline.
    joined = _join_wrapped(folded, _lines(folded))
    # A short line that a page repeats is a label or a caption, not a headline.
    seen = Counter(folded[block.start : block.end] for block in joined)
    # Once for each wording: a page can repeat a line a hundred thousand times.
    kinds = {text: _kind(text, count) for text, count in seen.items()}
    labels = transcripts.labels(folded, [(block.start, block.end) for block in joined])
    times = (live_posts.looks_dotted(folded[one.start : one.start + 40]) for one in joined)
    dotted = sum(times) > 1
    typed = [_typed(folded, block, kinds, labels) for block in joined]
    return tuple(
        part
        if (found := language.detect(folded[block.start : block.end])) == part.language
        else replace(part, language=found)
        for block in _captions_before_picture_links(folded, typed)
        for post in _without_post_time(folded, block, dotted=dotted)
        for part in _without_dateline(folded, post)
    )


def _typed(
    folded: str, block: Block, kinds: dict[str, str], labels: dict[int, transcripts.Label]
) -> Block:
    label = labels.get(block.start)
    if label:
        return replace(block, kind="body", start=label.said_from, speaker=label.name)
    kind = kinds[folded[block.start : block.end]]
    return block if kind == block.kind else replace(block, kind=kind)


def _without_post_time(folded: str, block: Block, *, dotted: bool) -> tuple[Block, ...]:
    if (
        block.speaker is not None
        or not folded[block.start : block.start + 2].strip("[(")[:1].isdigit()
    ):
        return (block,)
    length = live_posts.stamp_length(folded[block.start : block.end], dotted=dotted)
    if not length:
        return (block,)
    at = block.start + length
    if at >= block.end:
        return (replace(block, kind="post time"),)
    stamp = folded[block.start : at].rstrip(" –—-:|•")
    kind = "body" if block.kind == "boilerplate" else block.kind
    return (
        replace(block, kind="post time", end=block.start + len(stamp)),
        replace(block, kind=kind, start=at, gap=0, bullet=False),
    )


def _without_dateline(folded: str, block: Block) -> tuple[Block, ...]:
    plain = block.kind == "body" and block.speaker is None
    length = boilerplate.dateline_length(folded[block.start : block.end]) if plain else 0
    if not length:
        return (block,)
    at = block.start + length
    stamp = folded[block.start : at].rstrip(" –—-:")
    return (
        replace(block, kind="dateline", end=block.start + len(stamp)),
        replace(block, start=at, gap=0, bullet=False),
    )


def _lines(folded: str) -> list[Block]:
    lines: list[Block] = []
    previous_end = 0
    for match in _LINE.finditer(folded):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        end = start + len(stripped)
        gap = max(0, folded.count("\n", previous_end, start) - 1) if lines else 0
        bullet = _BULLET.match(stripped)
        text_start = (
            start + bullet.end() if bullet and len(bullet.group()) < len(stripped) else start
        )
        lines.append(Block(text_start, end, "body", gap, bullet=text_start != start))
        previous_end = end
    return lines


def _join_wrapped(folded: str, lines: list[Block]) -> list[Block]:
    joined: list[Block] = []
    for paragraph in _paragraphs(lines):
        wrapped = _is_wrapped(folded, paragraph)
        width = 0 if wrapped else _width(folded, paragraph)
        for index, line in enumerate(paragraph):
            if index and _continues(folded, joined[-1], line, wrapped=wrapped, width=width):
                joined[-1] = replace(joined[-1], end=line.end)
            else:
                joined.append(line)
    return joined


def _paragraphs(lines: list[Block]) -> list[list[Block]]:
    paragraphs: list[list[Block]] = []
    for line in lines:
        if line.gap or not paragraphs:
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return paragraphs


def _is_wrapped(folded: str, paragraph: list[Block]) -> bool:
    """Text wrapped at a fixed width, as mails are: all lines but the
    last are about as long.
    """
    lengths = [line.end - line.start for line in paragraph[:-1]]
    if not lengths or max(lengths) > _WRAP_WIDTH or min(lengths) < max(lengths) * 0.6:
        return False
    if any(line.bullet for line in paragraph[1:]):
        return False
    open_ends = sum(
        not _ENDS_SENTENCE.search(folded[max(line.start, line.end - 4) : line.end])
        for line in paragraph[:-1]
    )
    lower_starts = sum(folded[line.start].islower() for line in paragraph[1:])
    return open_ends * 2 >= len(lengths) and lower_starts * 3 >= len(lengths)


def _width(folded: str, paragraph: list[Block]) -> int:
    """The line width where paragraphs wrapped at one width follow
    without blank lines, else 0.
    """
    widths = sorted(line.end - line.start for line in paragraph)
    # The third quartile: the last lines of paragraphs are short and would pull a mean
    # down.
    usual = widths[len(widths) * 3 // 4]
    if (
        len(paragraph) < _WRAPPED_LINES
        or usual > _WRAP_WIDTH
        or any(line.bullet for line in paragraph)
    ):
        return 0
    lower_starts = sum(folded[line.start].islower() for line in paragraph[1:])
    return usual if lower_starts * 3 >= len(paragraph) - 1 else 0


def _continues(
    folded: str,
    before: Block,
    line: Block,
    *,
    wrapped: bool,
    width: int,
) -> bool:
    if line.bullet:
        return False
    if wrapped:
        return True
    if _ENDS_SENTENCE.search(folded[max(before.start, before.end - 4) : before.end]):
        return False
    # Not -1 where there is none: the slice would begin with the text, once a line.
    last_start = max(before.start, folded.rfind("\n", before.start, before.end) + 1)
    last_line = folded[last_start : before.end]
    if boilerplate.is_boilerplate(folded[line.start : line.end]):
        return False
    if width and len(last_line) >= width * 0.7:
        return True
    return _CONTINUES.match(folded, line.start) is not None and len(last_line) >= 25


def _kind(text: str, count: int) -> str:
    if boilerplate.is_boilerplate(text):
        return "boilerplate"
    if boilerplate.is_caption(text):
        return "caption"
    if boilerplate.is_byline(text):
        return "byline"
    if boilerplate.is_name_line(text):
        return "source"
    ends = _ENDS_SENTENCE.search(text[-4:])
    if len(text) <= _REPEATED_LENGTH and count > 2 and (not ends or len(text.split()) < 4):
        return "caption"
    if ends and not text.endswith(("!", "?")):
        return "body"
    return "headline" if _could_be_headline(text) else "body"


def _could_be_headline(text: str) -> bool:
    if (
        len(text) > _HEADLINE_LENGTH
        or "\n" in text
        or (not text[0].isalnum() and text[0] not in "“‘\"'")
    ):
        return False
    if _NAMED_QUOTATION.search(text):
        return False
    if text.endswith(("!", "?")):
        return len(text) <= 120 and not re.search(r"[.!?][”’\"']?\s", text[:-1])
    return not re.search(r"[a-zà-ÿ]{3}[.!?][”’\"']?\s+[A-Z]", text) and any(
        char.isalpha() for char in text
    )


def _captions_before_picture_links(folded: str, blocks: list[Block]) -> list[Block]:
    for index in range(len(blocks) - 1):
        following = blocks[index + 1]
        if blocks[index].kind == "headline" and boilerplate.is_picture_link(
            folded[following.start : following.end]
        ):
            blocks[index] = replace(blocks[index], kind="caption")
    return blocks
