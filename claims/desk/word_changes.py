"""What changed between two texts or values, as the pieces that a page
marks: words taken out, words put in, and words that stayed.

`admin/claims/_changed_words.html` shows them with <del> and <ins>, and
says both aloud.
"""

import re

from claims.desk.comments import ADDRESS
from sources.text_diff import AROUND, Kind, Piece, difference

# A link, emphasis, code: what must not be cut in two.
_inline = re.compile(
    rf"\[[^\[\]\n]{{1,300}}\]{ADDRESS}"
    r"|(\*\*|__|[*_`])(?=\S)[^*_`\n]{1,300}(?<=\S)\1"
)
_SPACE = "\U00100ffe"  # of private use: no word of a text


def changed_words(
    before: str,
    after: str,
    *,
    around: int = AROUND,
) -> tuple[Piece, ...]:
    """Of two texts, word by word, in reading order; what was removed
    stands before what replaced it. Unchanged text is cut to `around`
    words on each side of a change, and a skipped piece counts the rest.
    Empty where the words are the same.
    """
    return tuple(difference(before, after, around=around))


def changed_markdown(before: str, after: str) -> tuple[Piece, ...]:
    """Of two texts in Markdown, whole, so that they can be shown as
    readers see them: a link or an emphasis counts as one word.
    """
    most = len(before) + len(after)
    pieces = changed_words(_joined(before), _joined(after), around=most)
    return tuple(one._replace(text=one.text.replace(_SPACE, " ")) for one in pieces)


def _joined(text: str) -> str:
    return _inline.sub(lambda found: found[0].replace(" ", _SPACE), text)


def changed_value(before: str, after: str) -> tuple[Piece, ...]:
    """Of a value that is one thing: half a date or half a rating is no
    change that anybody can read, so the old one is replaced as a whole.
    """
    if before == after:
        return ()
    pieces = (Kind.removed, before), (Kind.added, after)
    return tuple(Piece(kind, text, len(text.split())) for kind, text in pieces if text)
