# ruff: noqa: RUF001 - primes and minus signs are the matter of these tests
"""A measure of two units is one figure, and a short unit is no name."""

from claims.extraction import fold, measurements
from tests.claims.figure_tables import wrong


def test_two_units_are_one_figure() -> None:
    assert not wrong(
        {
            "He is 5ft 11in tall.": ["71 inch"],
            "She is 5 ft 11 in tall.": ["71 inch"],
            "She is 5 feet 11 inches tall.": ["71 inch"],
            "She is 5-foot-11 and runs.": ["71 inch"],
            "He stands six foot two.": ["74 inch"],
            "The flight lasts 1hr 40.": ["100 minute"],
            "The door is 6' 2\" high.": ["74 inch"],
            "The door is 6′2″ high.": ["74 inch"],
            "The boy weighed 6 lb 3 oz.": ["99 ounce"],
            "The boy weighed 6lbs 3oz at birth.": ["99 ounce"],
            "He weighs 11st 4lb.": ["158 pound"],
            "He weighs 11 stone 4 pounds.": ["158 pound"],
            "The crossing took 2h 15m.": ["135 minute"],
            "The crossing took 2 hrs 15 mins.": ["135 minute"],
            "The crossing took over 2 hours and 15 minutes.": ["135 minute"],
            "The crossing took two hours and fifteen minutes.": ["135 minute"],
            "He ran it in 2h 4m 30s.": ["7470 second"],
            "He was jailed for 3 years and six months.": ["42 month"],
            "The quay is 3 m 20 cm wide.": ["320 cm"],
            "The pipe is 12 km 300 m long.": ["12300 m"],
            "It weighs 2kg 400g.": ["2400 gram"],
            "He paid 5 pounds 20 pence.": ["5.2 £"],
            "He paid 3 euros 50.": ["3.5 €"],
            "Sailors are 5ft 6in to 6ft 2in tall.": ["66..74 inch"],
            "The quay lies at 40° 12' north.": [],
            "It needs 2 hours or 15 boats.": ["2 hour hours", "15 boats"],
            "It took 3 hours, 40 boats and a crane.": ["3 hour hours", "40 boats"],
            "After 2 years 60 boats sank.": ["2 year years", "60 boats"],
        }
    )


def test_two_units_are_one_figure_in_other_languages() -> None:
    for language, table in {
        "de": {
            "Die Fahrt dauerte 1 Std. 20 Min. im Regen.": ["80 minute"],
            "Die Fahrt dauerte 1 Stunde und 20 Minuten.": ["80 minute"],
            "Die Fahrt dauerte 1 h 20 min.": ["80 minute"],
            "Er bekam zwei Jahre und sechs Monate Haft.": ["30 month Haft"],
            "Er ist 1 m 85 groß.": ["185 cm"],
            "Es kostet 3 Euro 50.": ["3.5 €"],
        },
        "fr": {
            "Le trajet dure 2 h 15 min.": ["135 minute"],
            "Le trajet dure 2 heures et 15 minutes.": ["135 minute"],
            "Elle mesure 1 m 72.": ["172 cm"],
            "Le conseil siège à 14 h 30.": [],
        },
        "es": {
            "El viaje dura 2 h 15 min.": ["135 minute"],
            "El viaje dura dos horas y quince minutos.": ["135 minute"],
        },
        "ar": {"استغرقت الرحلة 2 ساعة و15 دقيقة.": ["135 minute"]},
    }.items():
        assert not wrong(table, language)


def test_short_units_are_units() -> None:
    assert not wrong(
        {
            "It was 40C in Largo.": ["40 °C"],
            "It was 40 C in Largo.": ["40 °C"],
            "It was 40° C in Largo.": ["40 °C"],
            "It was −3C at night.": ["-3 °C"],
            "It reached 104F in Largo.": ["104 °F"],
            "A 41C heatwave came.": ["41 °C heatwave"],
            "It was between 38C and 40C.": ["38..40 °C"],
            "It was 38-40C there.": ["38..40 °C"],
            "Warming must stay below 1.5C.": ["1.5 °C"],
            "It was 40 degrees Celsius there.": ["40 °C"],
            "Flat 12C burned.": [],
            "He lives at 12C.": [],
            "He sat in seat 40C.": [],
            "He lives at 12C Harbour Street.": [],
            "The 5ft wall fell.": ["5 foot wall"],
            "The river rose 3ft in an hour.": ["3 foot"],
            "It was 12in wide.": ["12 inch"],
            "Sales rose 12 in May.": ["12"],
            "He took 300g of gold.": ["300 gram gold"],
            "It held 30ml.": ["30 ml"],
            "It took 15min.": ["15 minute min"],
            "It weighed 5 lbs.": ["5 pound"],
            "The 5G mast fell.": [],
        }
    )
    assert not wrong({"Es waren −3°C.": ["-3 °C"], "Es sind 40 Grad Celsius.": ["40 °C"]}, "de")


def test_a_compound_spans_all_of_its_words() -> None:
    words = "The boy weighed about 6 lb 3 oz at birth."
    (figure,) = measurements.find(fold.fold(words), 0, None).quantities
    assert words[figure.start : figure.end] == "about 6 lb 3 oz"
    assert figure.modifier == "about"
