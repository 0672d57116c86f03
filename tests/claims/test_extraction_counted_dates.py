"""“Vor drei Jahren” is a date, as “three years ago” is, and no figure."""

import datetime

from tests.claims.date_tables import wrong
from tests.claims.figure_tables import figures

_THURSDAY = datetime.date(2022, 6, 16)
_YEAR, _BLANK = "2019-01-01..2019-12-31", "None"
_TABLES = {
    "de": {
        "Vor drei Jahren sank das Boot.": [_YEAR],
        "Das Boot sank vor 3 Jahren.": [_YEAR],
        "Das Boot sank vor rund drei Jahren.": [_YEAR],
        "Das Boot sank vor mehr als drei Jahren.": [_BLANK],
        "Das Boot sank vor einigen Jahren.": [_BLANK],
        "Das Boot sank vor anderthalb Jahren.": [_BLANK],
        "Das Boot sank vor einem Monat.": ["2022-05-01..2022-05-31"],
        "Das Boot sank vor zwei Wochen.": ["2022-06-02"],
        "Das Boot sank vor zehn Tagen.": ["2022-06-06"],
        "Das Boot sank vor fünfundzwanzig Jahren.": ["1997-01-01..1997-12-31"],
        "Drei Jahre zuvor sank das Boot.": [_BLANK],
        "Seit fünf Jahren fehlt das Boot.": ["2017-06-16..2022-06-16"],
        "In den letzten drei Jahren sanken Boote.": ["2019-06-16..2022-06-16"],
        "In zwei Wochen öffnet der Hafen.": ["2022-06-30"],
        "Der Hafen soll in zwei Monaten öffnen.": ["2022-08-01..2022-08-31"],
        "In zwei Wochen sanken die Boote.": [],
        "Der Rat will den Hafen in zwei Wochen öffnen.": ["2022-06-30"],
        "Vor 2000 Jahren sank das Boot.": [_BLANK],
        "In den letzten drei Monaten des Jahres 2019 sank es.": [_BLANK, _YEAR],
        "In den letzten zwei Jahren seines Lebens schwieg er.": [_BLANK],
        "Nach drei Jahren kam das Boot.": [],
        "Vor drei Booten stand er.": [],
    },
    "fr": {
        "Il y a trois ans, le bateau a coulé.": [_YEAR],
        "Le bateau a coulé il y a environ 3 ans.": [_YEAR],
        "Le bateau a coulé il y a plus de trois ans.": [_BLANK],
        "Le bateau a coulé il y a un an et demi.": [_BLANK],
        "Le bateau a coulé il y a quelques années.": [_BLANK],
        "Le bateau a coulé il y a deux semaines.": ["2022-06-02"],
        "Le bateau a coulé il y a vingt-cinq ans.": ["1997-01-01..1997-12-31"],
        "Le bateau avait coulé trois ans plus tôt.": [_BLANK],
        "Il y a trois ans que le bateau a coulé.": ["2019-06-16..2022-06-16"],
        "Depuis cinq ans, le quai est fermé.": ["2017-06-16..2022-06-16"],
        "Au cours des trois dernières années, il a coulé.": ["2019-06-16..2022-06-16"],
        "Le quai ouvrira dans deux mois.": ["2022-08-01..2022-08-31"],
        "Le quai ouvre dans dix jours.": ["2022-06-26"],
        "Les deux derniers mois de 2019 furent secs.": [_BLANK, _YEAR],
        "Il y a sept jours dans une semaine.": [],
        "Il y a deux jours par semaine sans bateau.": [],
        "Il y a trois semaines de retard.": [],
        "Dans deux jours sur trois, il pleut.": [],
        "Il y a trois bateaux à quai.": [],
        "Il a coulé en deux mois.": [],
    },
    "es": {
        "El barco se hundió hace tres años.": [_YEAR],
        "Hace unos 3 años se hundió el barco.": [_YEAR],
        "Hace más de tres años se hundió el barco.": [_BLANK],
        "Hace varios años se hundió el barco.": [_BLANK],
        "Hace año y medio se hundió el barco.": [_BLANK],
        "Se hundió hace una semana.": ["2022-06-09"],
        "Se hundió tres años atrás.": [_YEAR],
        "Se había hundido tres años antes.": [_BLANK],
        "Hace treinta y cinco años se hundió.": ["1987-01-01..1987-12-31"],
        "Hace cinco años que falta el barco.": ["2017-06-16..2022-06-16"],
        "El barco falta desde hace cinco años.": ["2017-06-16..2022-06-16"],
        "En los últimos tres años se hundió.": ["2019-06-16..2022-06-16"],
        "El muelle abrirá dentro de dos meses.": ["2022-08-01..2022-08-31"],
        "El muelle abrirá en dos semanas.": ["2022-06-30"],
        "Los barcos se hundieron en dos semanas.": [],
        "Los últimos dos meses de 2019 fueron secos.": [_BLANK, _YEAR],
        "Lo hace dos días por semana.": [],
        "Hace tres viajes.": [],
    },
    "ar": {
        "غرق القارب قبل ثلاث سنوات.": [_YEAR],
        "غرق القارب قبل 3 سنوات.": [_YEAR],
        "غرق القارب قبل نحو ثلاث سنوات.": [_YEAR],
        "غرق القارب قبل أكثر من ثلاث سنوات.": [_BLANK],
        "غرق القارب قبل عدة سنوات.": [_BLANK],
        "غرق القارب قبل عام.": ["2021-01-01..2021-12-31"],
        "غرق القارب قبل شهرين.": ["2022-04-01..2022-04-30"],
        "غرق القارب قبل أسبوعين.": ["2022-06-02"],
        "غرق القارب قبل عشرة أيام.": ["2022-06-06"],
        "غرق القارب قبل يومين من العاصفة.": [_BLANK],
        "غرق القارب منذ ثلاث سنوات.": [_BLANK],
        "سيفتح المرفأ بعد أسبوعين.": ["2022-06-30"],
        "قبل عام 2020 غرق القارب.": ["2020-01-01..2020-12-31"],
        "غرق القارب قبل يوم الاثنين.": ["2022-06-13"],
        "غرق القارب قبل شهر رمضان.": [],
        "قبل شهر أبريل الماضي غرق القارب.": [],
        "قبل سنوات غرق القارب.": [_BLANK],
        "قبل يوم واحد غرق القارب.": ["2022-06-15"],
    },
}


def test_counted_days_and_years_are_read_in_each_language() -> None:
    failed = {language: wrong(table, language, _THURSDAY) for language, table in _TABLES.items()}
    assert not {language: cases for language, cases in failed.items() if cases}


def test_a_counted_date_is_no_figure() -> None:
    for language, table in _TABLES.items():
        assert not {
            text: read for text in table if table[text] and (read := figures(text, language))
        }


def test_without_the_article_s_date_it_stays_blank() -> None:
    for language, table in _TABLES.items():
        text = next(iter(table))
        assert not wrong({text: [_BLANK]}, language)


def test_a_count_without_a_fixed_point_stays_a_figure() -> None:
    assert figures("In zwei Wochen sanken die Boote.", "de") == ["2 week Wochen"]
    assert figures("Il a coulé en deux mois.", "fr") == ["2 month mois"]
    assert figures("Nach drei Jahren kam das Boot.", "de") == ["3 year Jahren"]
