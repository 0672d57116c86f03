"""When a quote is gone, the page's own wording is shown."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.quotes import nearest

FILLER = "The council met on Monday and talked about the roads, the schools and the new library. "
PASSAGE = "The statistics office counted 4,310 new cases in March, fewer than in February"
TEXT = FILLER * 20 + PASSAGE + ", it said. " + FILLER * 20


@pytest.mark.parametrize(
    "quote",
    [
        "The statistics office counted 4,210 new cases in March, fewer than in February",
        "the statistics office COUNTED 4,310 cases in March, more than in February",
        "The statistics office had counted 4,210 new cases in March, far fewer than in February",
    ],
)
def test_a_changed_passage_is_shown_as_it_now_reads(quote: str) -> None:
    passage = nearest(quote, TEXT)
    assert "4,310 new cases in March" in passage
    assert len(passage) < 1.4 * len(PASSAGE)
    assert passage in TEXT


def test_the_closer_of_two_passages_is_shown() -> None:
    text = (
        "Cases rose in March in the north. "
        + FILLER
        + "Cases rose sharply in March in the south. "
        + FILLER
    )
    assert (
        nearest("Cases rose very sharply in March in the south", text)
        == "Cases rose sharply in March in the south."
    )


@pytest.mark.parametrize(
    ("quote", "text"),
    [("", "words"), ("words", ""), ("wholly different", FILLER), ("...", "..."), ("\n", "\n")],
)
def test_nothing_in_common_shows_nothing(quote: str, text: str) -> None:
    assert nearest(quote, text) == ""


BUDGET = (
    "The port made a loss in 2019. It owes 12.5 million crowns to the U.S. bank of Mr. Roe, the board"
    " said.¹ Repairs of the long quay cost 3,150 crowns a day! “Nobody pays for it,” said B. Lund."
    " Am 3. Mai kam der Rat zusammen. 市長は四千二百戸の住宅が空いていると述べた。議会は来週それを審議する。"
)


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        (
            "owes 2.5 million crowns to the bank of Mr. Roe",
            "It owes 12.5 million crowns to the U.S. bank of Mr. Roe, the board said.¹",
        ),
        (
            "million crowns to the U.S. bank, the board said",
            "It owes 12.5 million crowns to the U.S. bank of Mr. Roe, the board said.¹",
        ),
        (
            "repairs of the quay cost 4,150 crowns",
            "Repairs of the long quay cost 3,150 crowns a day!",
        ),
        ("Nobody paid for it, said Lund", "“Nobody pays for it,” said B. Lund."),
        ("Am 3. Mai kam der Stadtrat zusammen", "Am 3. Mai kam der Rat zusammen."),
        (
            "市長は四千三百戸の住宅が空いていると述べた",
            "市長は四千二百戸の住宅が空いていると述べた。",
        ),
        (
            "3,250 crowns a day. Nobody pays for that",
            "Repairs of the long quay cost 3,150 crowns a day! “Nobody pays for it,” said B. Lund.",
        ),
        ("The mayor of the town will resign on Friday, she said", ""),
        ("A storm sank the boats of the fishermen", ""),
        ("Five million people came", ""),
        ("それは別の話である", ""),
    ],
)
def test_whole_sentences_are_shown_or_nothing(quote: str, passage: str) -> None:
    assert nearest(quote, BUDGET) == passage


ABBREVIATED = """
In Roe v. Lund the port lost 4,200 crowns to the owner of the quay.
The boat left at 5 p.m. Largo time with 4,200 crates on board of it.
Messrs. Lund of 12 Mill Rd. Largo paid 4,200 crowns for the old crane.
Maj. Roe and the Rt. Hon. B. Lund saw 4,200 boats in the bay of Largo.
Die Fa. Roth zahlte lt. Vertrag 4.200 Kronen an den Dr. h. c. Lund am Kai.
Bis zum 18. Jh. Largos lebten hier 40 Tsd. Fischer mit 4.200 Booten.
Das Boot fuhr am 24. Dez. Nachmittag mit 4.200 Kisten zur Insel ab.
Selon Mgr. Roy et le Pr. Lund, p. ex. Largo doit payer 4 200 couronnes.
La Dra. Lund y el Excmo. Sr. Roe pagaron 4.200 coronas en la Avda. Norte de Largo.
A Dra. Lund pagou na Av. Norte à Cia. Roe as 4.200 coroas do barco.
Il Dott. Lund e l'Avv. Roe pagano 4.200 corone per la barca del porto.
قال م. سمير إن د. خالد دفع 4200 كرونة ثمنا للقارب القديم في الميناء.
"""


def test_no_sentence_begins_behind_an_abbreviation() -> None:
    rows = ABBREVIATED.strip().split("\n")
    wrong = []
    for row in rows:
        text = f"{FILLER}{row} {FILLER}"
        quote = " ".join(row.replace("4", "5").split()[2:])
        wrong += [row] if nearest(quote, text) != row else []
    assert wrong == []


def test_in_a_text_of_broken_lines_a_line_is_no_sentence() -> None:
    lines = "The board of the port said on Tuesday that its\nloss of the last year was 12.5 million\ncrowns, and that it would\nnot sell the quay before the next winter. The\ncranes of the old quay are of no use to anybody,\nit said, and will be sold by the end of the\nyear at the price of scrap, if anybody comes."
    assert (
        nearest("its loss was 13.5 million crowns", lines * 2)
        == lines[: lines.index(" The\ncranes")]
    )


def test_a_passage_without_sentences_is_cut_between_words() -> None:
    table = " ".join(f"{n}.5 tons of fish landed at quay{n}," for n in range(900))
    passage = nearest("445.5 tons of fish landed at quay445 yesterday", table)
    assert len(passage) < 200 and f" {passage} " in f" {table} " and "445.5 tons" in passage


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        (
            "The figure 31111 fell",
            " ".join(f"word{n % 5_000} The figure {n} rose." for n in range(30_000)),
        ),
        ("a " * 10_000, "a " * 500_000),
        ("a b " * 5_000, "b a " * 250_000),
        ("word " * 100, "x" * 1_000_000),
        (FILLER * 200, FILLER * 11_000),
    ],
)
def test_a_megabyte_takes_seconds_at_most(quote: str, text: str) -> None:
    begun = time.process_time()
    nearest(quote, text)
    assert time.process_time() - begun < 5


@settings(max_examples=500, deadline=None)
@given(
    st.text("abc \n.", max_size=60) | st.text(max_size=60),
    st.text("abc \n.", max_size=300) | st.text(max_size=300),
)
def test_what_is_shown_is_always_part_of_the_text(quote: str, text: str) -> None:
    assert nearest(quote, text) in text


@pytest.mark.parametrize("quote", ["tower rises", "The bridge stood", "came"])
def test_a_quote_that_shares_one_word_with_one_place_is_answered(quote: str) -> None:
    text = "The tower stood there." + " Boats leave at noon." * 9
    assert nearest(quote, text) in text
