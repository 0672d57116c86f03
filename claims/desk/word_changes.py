"""What changed between two texts or values, as the pieces that a page
marks: words taken out, words put in, and words that stayed.

`admin/claims/_changed_words.html` shows them with <del> and <ins>, and
says both aloud.
"""

from sources.text_diff import AROUND, Kind, Piece, difference


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


def changed_value(before: str, after: str) -> tuple[Piece, ...]:
    """Of a value that is one thing: half a date or half a rating is no
    change that anybody can read, so the old one is replaced as a whole.
    """
    if before == after:
        return ()
    pieces = (Kind.removed, before), (Kind.added, after)
    return tuple(Piece(kind, text, len(text.split())) for kind, text in pieces if text)
