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


def test_nothing_of_a_formula_is_a_figure() -> None:
    table = {
        "Objects fall by 9.83e-3 +/- 1e-5 km/s2, 5 people saw.": ["5 people"],
        "Take -1e-3 W/min of it.": [],
        "It shone at 4e14 s-1 for 3 nights.": ["3 nights"],
        "The star J1149.5+6663 has 2 planets.": ["2 planets"],
        "The rain reached 2-1/2 feet at Largo.": ["2.5 foot"],
    }
    assert not wrong(table)


def test_a_number_whose_scale_may_stand_elsewhere_is_left_out() -> None:
    tables = {
        "en": {
            "They have 40, not 50 million crabs.": ["50000000 crabs"],
            "They have 5 to 6,000 boats.": [],
            "They have 5 to 6,500 boats.": ["5..6500 boats"],
            "Sales rose 40 percent to $19,710,000.": ["40 %", "19710000 $"],
            "It has 40 boats instead of 50.": ["40 boats", "50"],
        },
        "de": {
            "Es sind 80 statt knapp 82 Millionen Krabben.": ["82000000 Krabben"],
            "Es sind 5- bis 6000 Euro.": [],
            "Es sind 3 bis 4 Millionen Euro.": ["3000000..4000000 €"],
            "Es stieg um 15 Prozent auf 77 Millionen Euro.": ["15 %", "77000000 €"],
            "Es sanken 12 auf 100.000 Boote.": ["12 per 100000 Boote"],
        },
        "fr": {"Il coûte 5 à 6 000 euros.": [], "Il a 20 au lieu de 30 millions.": ["30000000"]},
        "es": {"Son 20 en vez de 30 millones.": ["30000000"]},
    }
    assert not {name: bad for name, table in tables.items() if (bad := wrong(table, name))}
    unread = measurements.find("Es sind 5- bis 6000 Euro.", 0, None, "de").unread
    assert [one.text for one in unread] == ["5- bis 6000 Euro"]


def test_arabic_digits_behind_a_joined_letter_keep_their_scale() -> None:
    table = {
        "يحتاج لـ100 مليون بحار.": ["100000000 بحار"],
        "بـ7 مليارات دولار.": ["7000000000 $"],
        "عددهم “13” ألف بحار.": ["13000 بحار"],
    }
    assert not wrong(table, "ar")


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
