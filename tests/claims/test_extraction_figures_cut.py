# ruff: noqa: RUF001
"""What goes on beyond its digits is read to its end, or left out."""

from claims.extraction import extract, fold, measurements
from tests.claims.figure_tables import figures, wrong


def test_what_goes_on_behind_the_digits_is_left_out() -> None:
    texts = (
        "The film was rated 3.5/5 at Largo.",
        "A factor of 2.48×10−5 was measured.",
        "They counted 4e14 of them.",
        "Losses of $(2.4) million were booked.",
        "They paid 245 23 yen.",
        "It ranged from -18 °C to -34 °C.",
    )
    assert not {text: got for text in texts if (got := figures(text))}
    unread = [measurements.find(fold.fold(text), 0, None).unread for text in texts]
    assert all(unread)


def test_numbers_in_words_and_digits_are_one() -> None:
    assert not wrong({"Dos mil 500 marineros salieron.": ["2500 marineros"]}, "es")
    assert not wrong({"Tres cuartas partes de los barcos": ["3/4 barcos"]}, "es")
    assert not wrong({"It cost Rs 1.5 cr.": ["15000000 ₹"], "It cost MXN 200.": ["200 peso"]})
    assert not wrong({"A 1/4 inch gap is enough.": ["1/4 inch gap"]})


def test_the_ends_of_a_change_share_their_unit() -> None:
    table = {
        "Die Zahl stieg von 40 auf 60 Prozent.": ["40 %", "60 %"],
        "Von 3 auf 5 Millionen Euro stieg der Preis.": ["3000000 €", "5000000 €"],
    }
    assert not wrong(table, "de")
    assert not wrong({"It fell from -2 to -8 degrees.": ["-2 degree", "-8 degree"]})


def test_a_plus_hides_no_noun() -> None:
    assert not wrong({"10,000+ sailors came.": ["10000 sailors"]})


def test_telephone_numbers_are_no_figures() -> None:
    assert not wrong(
        {
            "Phone: 555 1234.": [],
            "Call us on 555 1234 for 3 boats.": ["3 boats"],
            "Dial 112.": [],
            "Tel. 06 12 34 56 78": [],
        }
    )


def test_letters_that_grow_in_lower_case_move_nothing() -> None:
    (found,) = extract("In İzmir the harbour sold 40 boats for 3 million lira in 2019.")
    assert [one.text for one in found.quantities] == ["40 boats", "3 million lira"]
