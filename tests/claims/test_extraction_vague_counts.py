"""Vague counts: the least they can mean where a noun follows, or a
reason why there is no figure.
"""

from claims.extraction import fold, measurements
from tests.claims.figure_tables import wrong


def test_a_vague_count_of_something_is_a_figure() -> None:
    for language, table in {
        "en": {
            "Dozens of boats sank.": ["12 boats"],
            "Scores of boats sank.": ["20 boats"],
            "Tens of thousands of sailors fled.": ["10000 sailors"],
            "He told dozens of the sailors.": ["12 sailors"],
        },
        "de": {
            "Hunderte Menschen flohen.": ["100 Menschen"],
            "Zehntausende Boote sanken.": ["10000 Boote"],
            "Dutzende von Booten sanken.": ["12 Booten"],
            "Millionen Euro sind weg.": ["1000000 Euro"],
            "Hunderte Millionen Euro fehlen.": ["100000000 Euro"],
            "Mehrere hundert Millionen Euro fehlen.": ["100000000 Euro"],
            "Mehrere hundert Menschen kamen.": ["100 Menschen"],
        },
        "fr": {
            "Des milliers de marins ont fui.": ["1000 marins"],
            "Des dizaines de milliers de marins ont fui.": ["10000 marins"],
            "Une vingtaine de bateaux ont coulé.": ["20 bateaux"],
            "Un millier d'habitants ont fui.": ["1000 habitants"],
            "Trois milliers de marins sont partis.": ["3000 marins"],
        },
        "es": {
            "Miles de personas huyeron.": ["1000 personas"],
            "Decenas de miles de personas huyeron.": ["10000 personas"],
            "Una veintena de barcos se hundió.": ["20 barcos"],
            "Centenares de marineros huyeron.": ["100 marineros"],
        },
        "ar": {
            "عشرات القتلى سقطوا.": ["10 القتلى"],
            "مئات الآلاف من الأشخاص فروا.": ["100000 الأشخاص"],
        },
    }.items():
        assert not wrong(table, language)


def test_a_vague_count_alone_has_a_reason() -> None:
    for language, words, sentence in (
        ("en", "Thousands", "Thousands marched through Largo."),
        ("en", "Dozens", "Dozens were hurt in the fire."),
        ("en", "Hundreds", "Hundreds more are missing."),
        ("en", "Tens of thousands", "Tens of thousands fled."),
        ("en", "millions", "Boats worth millions burned."),
        ("de", "Hunderte", "Hunderte demonstrierten in Largo."),
        ("de", "Zehntausende", "Zehntausende flohen aus Largo."),
        ("fr", "Des milliers", "Des milliers ont fui."),
        ("es", "Miles", "Miles huyeron de Largo."),
        ("ar", "آلاف", "فر آلاف في المدينة."),
    ):
        read = measurements.find(fold.fold(sentence), 0, None, language)
        assert not read.quantities, sentence
        assert [one.text for one in read.unread] == [words], sentence


def test_other_senses_are_no_counts() -> None:
    assert not wrong({"Il est en quarantaine.": [], "Le quart de finale a lieu.": []}, "fr")
    for sentence in ("Both scores were high.", "He scores in every game."):
        assert not measurements.find(sentence, 0, None).figures
