# ruff: noqa: RUF001
import time

import pytest

from claims.extraction import articles, extract

# Seconds of the processor. What is linear takes two to five of them, what is not takes
# minutes; how quick it is, benchmarks/extraction.py says.
HANGS = 20
_MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "piece",
    [
        '"',
        "'",
        "‘",
        "(",
        "[",
        "1",
        "a",
        "said ",
        "Al, said ",
        ".",
        "\n",
        "\u00a0",
        "ha-",
        "A.",
        "1,",
        "Boats sank 40 at Largo. ",
        "The port of Largo lost 41 boats, which cost 6 million euros. ",
    ],
    ids=repr,
)
def test_a_megabyte_of_one_thing_does_not_hang(piece: str) -> None:
    text = (piece * (_MEGABYTE // len(piece) + 1))[:_MEGABYTE]
    before = time.process_time()
    extract(text)
    assert time.process_time() - before < HANGS


@pytest.mark.parametrize("line", ["• a\n", "A\n\n", "By Al\n", "“Al\n"], ids=repr)
def test_many_short_lines_do_not_hang(line: str) -> None:
    before = time.process_time()
    extract(line * 30_000)
    assert time.process_time() - before < HANGS


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "\x00", "\ud800", "•", "By", "“", "said", "’’’", "2019-99-99", "February 31"],
)
def test_odd_scraps_are_no_claims_and_hurt_none_beside_them(text: str) -> None:
    assert extract(text) == ()
    assert all(text[one.start : one.end].strip() for one in articles(text))
    beside = f"{text}\n\nThe storm sank 40 boats at Largo harbour in 2019.\n\n{text}"
    found = extract(beside)
    assert [one.text for one in found] == ["The storm sank 40 boats at Largo harbour in 2019."]
    assert all(beside[one.start : one.end] == one.text for one in found)


def test_text_without_sentences_gives_no_candidates() -> None:
    assert extract("") == ()
    assert articles(" \n ") == ()
