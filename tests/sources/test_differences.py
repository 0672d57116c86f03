"""The difference of two texts: both can be put together from it, one figure is one
change, and no input takes long.
"""

import pytest

from sources.text_diff import Kind, difference

PAGE = "\n".join(
    f"Paragraph {number} of the report says what it says about the park and its trees."
    for number in range(60)
)


def texts(before: str, after: str) -> tuple[str, str]:
    """The two texts, put together from the whole difference."""
    pieces = difference(before, after, around=10_000)
    old = "".join(piece.text for piece in pieces if piece.kind != Kind.added)
    new = "".join(piece.text for piece in pieces if piece.kind != Kind.removed)
    return old, new


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_one_changed_figure_is_one_word_taken_out_and_one_put_in() -> None:
    pieces = difference(PAGE, PAGE.replace("Paragraph 30 of", "Paragraph 31 000 of"))
    assert [
        (piece.kind, piece.text.strip())
        for piece in pieces
        if piece.kind in (Kind.removed, Kind.added)
    ] == [
        (Kind.removed, "30"),
        (Kind.added, "31 000"),
    ]
    assert [piece.kind for piece in pieces] == [
        Kind.skipped,
        Kind.same,
        Kind.removed,
        Kind.added,
        Kind.same,
        Kind.skipped,
    ]
    assert "29 of the report" in pieces[1].text and pieces[0].words > 300


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "New words."),
        ("Old words.", ""),
        ("a b c d e", "a x c y e"),
        (PAGE, PAGE[200:]),
        (PAGE, PAGE + "\nOne more line."),
        (PAGE, PAGE.replace("park", "wood")),
        ("One line\nand two", "One line and two and three"),
        ("„Ä, é“ — 統計 ۱۲", "„Ä, e“ — 統計 ۱۳"),
    ],
)
def test_both_texts_can_be_put_together_from_it(before: str, after: str) -> None:
    old, new = texts(before, after)
    assert (squeezed(old), squeezed(new)) == (squeezed(before), squeezed(after))


@pytest.mark.parametrize(
    "after", [PAGE, PAGE.replace("\n", "\n\n"), PAGE.replace(" ", "  "), f"\n{PAGE}\n"]
)
def test_other_white_space_is_no_difference(after: str) -> None:
    assert difference(PAGE, after) == []


def test_texts_of_endless_repetition_end_with_everything_replaced() -> None:
    one, other = "a b\n" * 200_000, "b a\n" * 200_000
    kinds = [piece.kind for piece in difference(one, other)]
    assert kinds[:2] == [Kind.removed, Kind.added]
    words = difference("x y " * 100_000, "y z " * 100_000)
    assert all(len(piece.text) <= 20_002 for piece in words)
