"""What is shown around a quote begins and ends with whole words and figures."""

import pytest

from claims.public_site.passages import Passage, passage_in

_BEFORE = "The board said on Monday that the loss of the year was $12.5 million, and"
_QUOTE = "forty boats sank"
_AFTER = (
    "in 2024 off Largo, where 1 250 000 crowns of damage, 3,150 nets and 12.5 tons are missing."
)
_TEXT = f"{_BEFORE} {_QUOTE} {_AFTER}"


def _shown(context: int) -> Passage:
    passage = passage_in(_TEXT, _QUOTE, context=context)
    assert passage is not None
    return passage


def _parts(text: str) -> set[str]:
    """The words of a text; a number goes with what it counts."""
    for parted in ("$12.5 million,", "1 250 000 crowns", "12.5 tons", "3,150 nets", "2024 off"):
        text = text.replace(parted, parted.replace(" ", "_"))
    return set(text.split())


def test_no_word_and_no_figure_is_cut() -> None:
    whole = _parts(_TEXT)
    cut = [
        (context, part)
        for context in range(len(_TEXT))
        for side in (_shown(context).before, _shown(context).after)
        for part in _parts(side.strip("…"))
        if part not in whole
    ]
    assert not cut


@pytest.mark.parametrize("context", [0, 10, 30, 200])
def test_what_is_left_out_is_marked(context: int) -> None:
    shown = _shown(context)
    assert shown.quote == _QUOTE
    assert _TEXT.startswith(shown.before) or shown.before.startswith("…")
    assert _TEXT.endswith(shown.after) or shown.after.endswith("…")
    assert f"{shown.before}{shown.quote}{shown.after}".strip("…") in _TEXT


def test_a_text_without_spaces_is_cut_somewhere() -> None:
    passage = passage_in(f"{'港' * 900} the boats {'港' * 900}", "the boats", context=20)
    assert passage is not None
    assert len(passage.before) < 150 > len(passage.after)
