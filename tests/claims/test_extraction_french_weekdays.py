"""A French weekday is past or coming by its verb; the present tense says neither."""

import datetime

from tests.claims.date_tables import wrong

_THURSDAY = datetime.date(2022, 6, 16)
_PAST, _COMING = ["2022-06-14"], ["2022-06-21"]
_BLANK = ["None"]
_TABLE = {
    "Le ministre présente mardi un plan pour le port.": _BLANK,
    "Le ferry arrive mardi à Largo.": _BLANK,
    "Le procès s'ouvre mardi à Largo.": _BLANK,
    "Mardi, le conseil se réunit à Largo.": _BLANK,
    "Le conseil vote mardi.": _BLANK,
    "Grève mardi dans les ports.": _BLANK,
    "Le maire, élu par 40 voix, présente mardi un plan.": _BLANK,
    "Le maire, qui a perdu son procès, présente mardi un plan.": _BLANK,
    "Le ministre a présenté mardi un plan.": _PAST,
    "Mardi, le ministre a présenté un plan.": _PAST,
    "Le ferry est arrivé mardi à Largo.": _PAST,
    "Le conseil s'est réuni mardi.": _PAST,
    "Le ferry arrivait mardi à Largo.": _PAST,
    "Selon un rapport publié mardi, le port ferme.": _PAST,
    "Il sera jugé pour un vol commis mardi.": _PAST,
    "Le port est sûr, a-t-il dit mardi.": _PAST,
    "Le port est sûr, indique mardi la mairie.": _PAST,
    "Le maire a annoncé mardi que le port fermera.": _PAST,
    "Mardi, 4.000 marins ont manifesté.": _PAST,
    "Le ministre présentera mardi un plan.": _COMING,
    "Le conseil doit se réunir mardi.": _COMING,
    "Le conseil va voter mardi.": _COMING,
    "Le ferry est attendu mardi à Largo.": _COMING,
    "Le maire a annoncé que le port fermera mardi.": _COMING,
    "Le ministre présente mardi prochain un plan.": _COMING,
    "Le ministre présente mardi dernier comme un succès.": _PAST,
    "Le ministre présente jeudi un plan.": ["2022-06-16"],
}


def test_the_verb_decides_which_weekday_is_meant() -> None:
    assert not wrong(_TABLE, "fr", _THURSDAY)
