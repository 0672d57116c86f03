"""Where the words of a comment stand: found when it is written, and
looked for again in the text as it is now.

The words are those of a page, while the stored text is Markdown: marks
between words count as the space there.
"""

import re
from operator import eq

from claims.choices import Commented
from claims.models import Claim, Query, Verdict

MOST_WORDS = 400
# Characters on each side of words by which they are known again.
AROUND = 30
# Where a link leads, which readers do not see. Encyclopedias have brackets in their
# addresses, and Markdown a title behind them.
ADDRESS = (
    r"\((?:[^()\s]|\([^()\s]{0,300}\)){0,2000}+"
    r"""(?:\s{1,3}(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'))?\)"""
)
# What Markdown has between two words that readers see side by side. Bounded, and never
# shared out anew: the words may be such marks themselves, and the search would not end.
_BETWEEN = rf"(?>\]{ADDRESS}|[\s*_`~>#\\\[\]]){{0,300}}?"
_address = re.compile(rf"\]{ADDRESS}")
_mark = re.compile(r"[*_`~#\\\[\]]|^>\s?", re.MULTILINE)
_piece = re.compile(r"\w+|[^\w\s]")


def text_of(claim: Claim, verdict: Verdict, part: str) -> str:
    """The text that a comment on this part is about."""
    texts = {
        Commented.CLAIM: claim.text,
        Commented.SHORT_ANSWER: verdict.short_answer,
        Commented.EXPLANATION: verdict.explanation,
    }
    return texts[Commented(part)]


def places(words: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand in the text, from the start of the first
    to the end of the last; empty where they do not.
    """
    pieces = _piece.findall(words)
    if not pieces or len(pieces) > MOST_WORDS:
        return []
    first, *rest = map(re.escape, pieces)
    pattern = first + "".join(f"(?>{_BETWEEN}{piece})" for piece in rest)
    addresses = {at for found in _address.finditer(text) for at in range(*found.span())}
    found_places = (found.span() for found in re.finditer(pattern, text))
    return [(start, end) for start, end in found_places if start not in addresses]


def without_marks(words: str) -> str:
    """A passage of Markdown without what readers do not see."""
    return _mark.sub("", _address.sub("]", words))


def place_now(comment: Query, text: str, *, then: str = "") -> int | None:
    """Where the words of the comment begin in the text as it is now;
    None where they were changed. `then` is the text that was commented:
    the same words elsewhere are not those that somebody meant, so what
    stands before or behind them must be the same too.
    """
    words, start = comment.passage, comment.start
    if start is None or text.startswith(words, start):
        return start
    if not then.startswith(words, start):
        return None
    beside = _beside(then, start, words)
    found = [
        one.start()
        for one in re.finditer(re.escape(words), text)
        if any(map(eq, _beside(text, one.start(), words), beside))
    ]
    return found[0] if len(found) == 1 else None


def _beside(text: str, start: int, words: str) -> tuple[str, str]:
    end = start + len(words)
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]
