"""A sum of a coin and its hundredths is one figure, as its price tag says it."""

from claims.extraction import fold, measurements
from tests.claims.figure_tables import wrong

_ENGLISH = {
    "The ferry costs £2 50p a day.": ["2.5 £"],
    "The ferry costs £2 and 50 pence.": ["2.5 £"],
    "The ferry costs $5 and 20 cents.": ["5.2 $"],
    "The ferry costs $5, 20 cents more than the bus.": ["5 $", "20 cent"],
    "The ferry costs €12 and 5 cents.": ["12.05 €"],
    "The ferry costs $1,200 and 75 cents.": ["1200.75 $"],
    "The ferry costs Rs 5 50 paise.": ["5.5 ₹"],
    "The ferry costs ₹7 and 25 paise.": ["7.25 ₹"],
    "The ferry costs 7 rupees 25 paise.": ["7.25 ₹"],
    "The ferry costs two pounds fifty.": ["2.5 £"],
    "The ferry costs five dollars and twenty-five cents.": ["5.25 $"],
    "The ferry costs 30 roubles 40 kopecks.": ["30.4 ruble"],
    "The ferry costs about 3 euros 20 cents.": ["3.2 €"],
    "Ferries cost £2 50p to £3 20p.": ["2.5..3.2 £"],
    "The ferry costs $5 and 20 sailors paid.": ["5 $", "20 sailors"],
    "The ferry costs $5 and 120 cents.": ["5 $", "120 cent"],
    "He paid £3 and 40 pence fell out.": ["3.4 £"],
    "It costs between 5 dollars and 20.": ["5..20 $"],
    "It weighs 3 pounds 4 ounces.": ["52 ounce"],
}
_OTHERS = {
    "de": {
        "Die Fähre kostet 2 Euro 50.": ["2.5 €"],
        "Die Fähre kostet zwei Euro fünfzig.": ["2.5 €"],
        "Die Fähre kostet einen Euro fünfundneunzig.": ["1.95 €"],
        "Die Fähre kostet 1 Fr. 50.": ["1.5 CHF"],
        "Die Fähre kostet 4 Franken 20.": ["4.2 CHF"],
        "Sie kostet 1 Fr. 50 für alle Gäste.": ["1.5 CHF"],
        "Sie kostet 2 Euro 50 bis 3 Euro 80.": ["2.5..3.8 €"],
        "Die Fähre kostet 4 Franken und 20 Rappen.": ["4.2 CHF"],
        "Die Fähre kostet 3 € 50.": ["3.5 €"],
        "Die Fähre kostet 3 Euro und 50 Cent.": ["3.5 €"],
        "Für 3 Euro 50 Boote zu mieten, ist billig.": ["3 €", "50 Boote"],
        "Die Fähre kostet zwei Euro, fünfzig Leute warten.": ["2 €", "50 Leute"],
    },
    "fr": {
        "Le bac coûte 3 € 50.": ["3.5 €"],
        "Le bac coûte 3€50 par jour.": ["3.5 €"],
        "Le bac coûte 3 euros 50.": ["3.5 €"],
        "Le bac coûte trois euros cinquante.": ["3.5 €"],
        "Le bac coûte deux euros vingt-cinq.": ["2.25 €"],
        "Le bac coûte 2 francs 50.": ["2.5 franc"],
        "Le bac coûte 4 euros et 20 centimes.": ["4.2 €"],
    },
    "es": {
        "El barco cuesta 3 € 50.": ["3.5 €"],
        "El barco cuesta tres euros cincuenta.": ["3.5 €"],
        "El barco cuesta tres euros con cincuenta.": ["3.5 €"],
        "El barco cuesta 12 pesos con 40 centavos.": ["12.4 peso"],
        "El barco cuesta 5 dólares y 20 centavos.": ["5.2 $"],
    },
    "ar": {"تكلف العبارة 5 دولارات و20 سنتا.": ["5.2 $"]},
}


def test_a_sum_of_two_units_is_counted_in_the_larger_one() -> None:
    assert not wrong(_ENGLISH)


def test_sums_are_read_in_other_languages() -> None:
    assert not {
        language: failed
        for language, table in _OTHERS.items()
        if (failed := wrong(table, language))
    }


def test_a_sum_spans_its_sign_and_both_its_numbers() -> None:
    for language, words, span in (
        ("en", "They pay about £2 50p a day.", "about £2 50p"),
        ("en", "They pay Rs 5 50 paise a day.", "Rs 5 50 paise"),
        ("fr", "On paie 3 € 50.", "3 € 50"),
    ):
        (figure,) = measurements.find(fold.fold(words), 0, None, language).quantities
        assert words[figure.start : figure.end] == span
