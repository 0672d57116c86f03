"""Weekdays, relative days and trends in other languages than English."""

import datetime

from claims.extraction import extract, trends
from tests.claims.date_tables import wrong
from tests.claims.figure_tables import figures

_THURSDAY = datetime.date(2022, 6, 16)
_YEAR = "2021-01-01..2021-12-31"
_WEEK = "2022-06-06..2022-06-12"
_TABLES = {
    "de": {
        "Am Montag sank das Boot.": ["2022-06-13"],
        "Am vergangenen Montag sank das Boot.": ["2022-06-13"],
        "Letzten Donnerstag sank das Boot.": ["2022-06-09"],
        "Am kommenden Montag sinkt das Boot.": ["2022-06-20"],
        "Am Montag wird das Boot gehoben.": ["2022-06-20"],
        "Am Montag, dem 2. Mai 2022, sank es.": ["2022-05-02"],
        "Montags ist zu.": [],
        "Seit Montag, 40 Tage lang, fehlt es.": ["2022-06-13..2022-06-16"],
        "Am Samstag (18. Juni) wird es gehoben.": ["2022-06-18"],
        "Gestern sank das Boot.": ["2022-06-15"],
        "Am Montagabend sank das Boot.": ["2022-06-13"],
        "Das Boot sinkt morgen.": ["2022-06-17"],
        "Am Morgen sank das Boot.": [],
        "Letzte Woche sank das Boot.": [_WEEK],
        "Im vergangenen Jahr sank das Boot.": [_YEAR],
        "Der Freitag ist eine Zeitung.": [],
        "Die Frist wurde bis zum 20. November verlängert.": ["2022-11-20"],
        "Das Geschäftsjahr 2021 war gut.": ["None"],
    },
    "fr": {
        "Lundi, le bateau a coulé.": ["2022-06-13"],
        "Jeudi dernier, le bateau a coulé.": ["2022-06-09"],
        "Lundi prochain, le conseil votera.": ["2022-06-20"],
        "Le conseil votera lundi.": ["2022-06-20"],
        "Le lundi 2 mai 2022, il a coulé.": ["2022-05-02"],
        "Le bateau a coulé hier.": ["2022-06-15"],
        "Depuis lundi, 40 bateaux ont disparu.": ["2022-06-13..2022-06-16"],
        "C'était un mardi.": [],
        "L'aide est prolongée jusqu'au 20 novembre.": ["2022-11-20"],
        "La semaine dernière, le bateau a coulé.": [_WEEK],
        "L'an dernier, le bateau a coulé.": [_YEAR],
        "Tous les lundis, le quai est fermé.": [],
        "Le quai est ouvert du lundi au vendredi.": [],
    },
    "es": {
        "El lunes se hundió el barco.": ["2022-06-13"],
        "Prorrogó la ayuda seis meses, hasta el 20 de noviembre.": ["2022-11-20"],
        "El jueves pasado se hundió el barco.": ["2022-06-09"],
        "El pasado lunes se hundió el barco.": ["2022-06-13"],
        "El próximo lunes votará el consejo.": ["2022-06-20"],
        "El lunes 2 de mayo de 2022 se hundió.": ["2022-05-02"],
        "Ayer se hundió el barco.": ["2022-06-15"],
        "La semana pasada se hundió el barco.": [_WEEK],
        "El año pasado se hundió el barco.": [_YEAR],
        "Todos los lunes se cierra.": [],
        "Abre de lunes a viernes.": [],
    },
    "ar": {
        "غرق القارب يوم الاثنين.": ["2022-06-13"],
        "غرق القارب الخميس الماضي.": ["2022-06-09"],
        "سيصوت المجلس يوم الاثنين المقبل.": ["2022-06-20"],
        "غرق القارب أمس.": ["2022-06-15"],
        "غرق القارب الأسبوع الماضي.": [_WEEK],
        "غرق القارب العام الماضي.": [_YEAR],
        "رست السفينة الأولى يوم 2 مايو 2022.": ["2022-05-02"],
    },
}


def test_days_are_read_in_each_language() -> None:
    for language, table in _TABLES.items():
        assert not wrong(table, language, _THURSDAY)


def test_short_statements_of_a_trend_are_suggested() -> None:
    stated = {
        "de": [
            "Die Mieten steigen.",
            "Die Zahl der Boote ist gesunken.",
            "Immer mehr Boote sinken.",
        ],
        "fr": [
            "Les loyers augmentent.",
            "Le chômage a baissé.",
            "De plus en plus de marins partent.",
        ],
        "es": ["Los alquileres suben.", "El paro ha bajado.", "Cada vez más marineros se van."],
        "ar": ["ارتفعت الإيجارات.", "الأسعار ترتفع.", "تراجع عدد السفن."],
    }
    other = {
        "de": ["Das Boot ist gesunken.", "Sie steigen.", "Wir sehen uns."],
        "fr": ["Il monte.", "Le maire a parlé."],
        "es": ["Ella sube.", "El alcalde habló."],
        "ar": ["تحدث الرئيس."],
    }
    assert not [one for name in stated for one in stated[name] if not trends.is_trend(one, name)]
    assert not [one for name in other for one in other[name] if trends.is_trend(one, name)]
    page = "Der Hafen von Largo liegt an der Küste des Landes im Norden. Die Mieten steigen.\n"
    assert "Die Mieten steigen." in [one.text for one in extract(page)]


def test_spanish_writes_the_month_first_too() -> None:
    table = {
        "MADRID, septiembre 2.— El número subió.": ["2009-09-02"],
        "LARGO, mayo 12 de 2008.- El puerto abrió.": ["2008-05-12"],
        "El martes, julio 7, abrió el puerto.": ["2009-07-07"],
        "Noviembre 30, 2008": ["2008-11-30"],
        "Abril 2008 fue frío.": ["2008-04-01..2008-04-30"],
        "En mayo 12 barcos zarparon.": ["2009-05-01..2009-05-31"],
        "En mayo, 12 barcos zarparon.": ["2009-05-01..2009-05-31"],
    }
    assert not wrong(table, "es", datetime.date(2009, 9, 3))
    assert figures("MADRID, septiembre 2.— Subió en 40 barcos.", "es") == ["40 barcos"]
