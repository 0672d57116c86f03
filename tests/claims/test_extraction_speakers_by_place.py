# ruff: noqa: RUF001
"""Speakers whom a page names by place rather than by “said”, and who said nothing."""

import pytest

from claims.extraction import Candidate, extract

_SPOKEN = [
    # Behind a dash, on the same line or the next.
    ("“We lost 40 boats in 2019.” — Ines Holt, harbour master", "Ines Holt"),
    ("“We lost 40 boats in 2019.” – Dr. Ines Holt, Largo", "Dr. Ines Holt"),
    ("“We lost 40 boats in 2019,” -Captain Paul Gray", "Captain Paul Gray"),
    ('"We lost 40 boats in 2019." -- Ines Holt', "Ines Holt"),
    ("“We lost 40 boats in 2019.”\n— Ines Holt, harbour master", "Ines Holt"),
    ("“We lost 40 boats in 2019. We lost 12 in 2020.” — @ines_holt", "@ines_holt"),
    # Introduced on the line before.
    ("And this from Captain Ines Holt:\n\n“We lost 40 boats in 2019.”", "Captain Ines Holt"),
    ("Ines Holt, harbour master of Largo:\n“We lost 40 boats in 2019.”", "Ines Holt"),
    ("A statement by Senator Paul Gray:\n\n“We lost 40 boats in 2019.”", "Senator Paul Gray"),
    ("Ines Holt on Facebook:\n\n“We lost 40 boats in 2019.”", "Ines Holt"),
    # Posted.
    ("“Largo lost 40 boats in 2019,” tweeted @ines_holt.", "@ines_holt"),
    ("“Largo lost 40 boats in 2019,” Ines Holt posted on X.", "Ines Holt"),
    ("Ines Holt posted on X: “Largo lost 40 boats in 2019.”", "Ines Holt"),
    ("“Largo lost 40 boats in 2019,” wrote @ines_holt on Telegram.", "@ines_holt"),
    # The verb first, or a verb of saying by its place alone.
    ("Said the harbour master: “We lost 40 boats in 2019.”", "the harbour master"),
    ("Added Ines Holt: “We lost 40 boats in 2019.”", "Ines Holt"),
    ("Says Captain Gray: “We lost 40 boats in 2019.”", "Captain Gray"),
    ("“We lost 40 boats in 2019,” groaned Ines Holt.", "Ines Holt"),
    ("“We lost 40 boats in 2019!” bellowed Captain Gray from the pier.", "Captain Gray"),
    ("“We lost 40 boats in 2019,” Ines Holt whispered.", "Ines Holt"),
    ("“We lost 40 boats in 2019,” the harbour master mumbled.", "the harbour master"),
]
_INDIRECT = [
    (
        "Capt. Ines Holt with the Largo Police said 40 boats sank.",
        "Capt. Ines Holt with the Largo Police",
    ),
]
_CONTINUED = [
    "“We lost 40 boats in 2019.\n\n“We lost 12 more boats in 2020,” said Ines Holt.",
    "Ines Holt said: “We lost 40 boats in 2019.\n\n“We lost 12 more boats in 2020.”",
    "“We lost 40 boats in 2019.\n\n“In 2021 we lost 9 more.\n\n“It is over,” Ines Holt said.",
]
_NOBODY = [
    "A six-year-old girl called for help from one of 40 boats.",
    "Road construction projects cost Largo 4 million crowns.",
    "Winds reached 40 mph, both slightly above predicted strength.",
    "Harbour safety reports were late in 40 ports.",
    "Twitter: 40 boats are missing off Largo since Friday",
    "Facebook: Search for 40 boats goes on off Largo today",
    "Latest: Search for 40 boats goes on off Largo today",
    "Largo posted a loss of 40 million crowns in 2019.",
    "“The Lost Boats,” a film of 2019, was seen by 40 people.",
]
_DECLINED = [
    ("Ines Holt declined to comment on the 40 boats.", "Ines Holt"),
    ("The harbour board did not respond to 40 questions about 2019.", "The harbour board"),
    ("The ministry of Largo refused to say how many of 40 boats sank.", "The ministry of Largo"),
    ("Captain Gray did not immediately reply to a request on 40 boats.", "Captain Gray"),
    ("Ines Holt could not be reached for comment on the 40 boats.", "Ines Holt"),
    ("The Largo Navy declined to provide an attributable comment on 40 boats.", "The Largo Navy"),
    ("Largo Police have not commented on the loss of 40 boats.", "Largo Police"),
]
_OTHER_LANGUAGES = [
    (
        "In Largo sanken 40 Boote, sagte Hafenmeisterin Ines Holt am Montag.",
        "Hafenmeisterin Ines Holt",
    ),
    ("„In Largo sanken 40 Boote“, erklärte der Hafenmeister.", "der Hafenmeister"),
    ("Nach Angaben der Polizei sanken 40 Boote.", "der Polizei"),
    ("Ines Holt sagte, dass 40 Boote gesunken seien.", "Ines Holt"),
    ("Laut Ines Holt sind in dem Hafen 40 Boote gesunken.", "Ines Holt"),
    ("Laut Moll könnten Fischer in dem Hafen 40 Euro sparen.", "Moll"),
    ("Wie die Polizei mitteilte, sanken in dem Hafen 40 Boote.", "die Polizei"),
    ("Im Jahr 2019 sagte die Kanzlerin, dass 40 Boote sanken.", "die Kanzlerin"),
    ("Der Sprecher des Hafens, Jan Moll, sagte der dpa, es seien 40 Boote.", "Jan Moll"),
    ("Am Hafen sanken 40 Boote, meldet die Polizei.", "die Polizei"),
    ("Hafensprecher Jan Moll: „Wir haben 40 Boote verloren.“", "Hafensprecher Jan Moll"),
    ("„Wir haben 40 Boote verloren“ sagte Ines Holt am Hafen.", "Ines Holt"),
    ("« Nous avons perdu 40 bateaux », a raconté sur place Anne Roux, 20 ans.", "Anne Roux"),
    ("Après la tempête, le maire a dit que 40 bateaux ont coulé.", "le maire"),
    ("Luis Gil, alcalde de Largo, dijo que se hundieron 40 barcos.", "Luis Gil"),
    ("D’après l’institut, 40 bateaux ont coulé dans le port.", "l’institut"),
    (
        "«Hay 40 barcos», dijo a la agencia Efe un portavoz de la Policía.",
        "un portavoz de la Policía",
    ),
    ("Dans le port, 40 bateaux ont coulé, a déclaré lundi le maire, Paul Roux.", "Paul Roux"),
    ("« Nous avons perdu 40 bateaux », explique Anne Roux.", "Anne Roux"),
    ("Selon la préfecture, 40 bateaux ont coulé dans le port.", "la préfecture"),
    ("La ministre Anne Roux a affirmé que 40 bateaux ont coulé.", "La ministre Anne Roux"),
    (
        "En el puerto se hundieron 40 barcos, dijo el lunes el alcalde Luis Gil.",
        "el alcalde Luis Gil",
    ),
    ("«Perdimos 40 barcos en el puerto», aseguró Ana Vega.", "Ana Vega"),
    ("Según el ministerio, en el puerto se hundieron 40 barcos.", "el ministerio"),
    ("La alcaldesa Ana Vega afirmó que se hundieron 40 barcos.", "La alcaldesa Ana Vega"),
]
_OTHERS_DECLINED = [
    ("Ines Holt wollte sich zu den 40 Booten nicht äußern.", "Ines Holt"),
    ("Le ministère n’a pas répondu aux 40 questions de la ville.", "Le ministère"),
    ("El alcalde Luis Gil no quiso comentar los 40 casos de la ciudad.", "El alcalde Luis Gil"),
]


def _wrong(cases: list[tuple[str, str]], kinds: tuple[str, ...] = ()) -> dict[str, list[str]]:
    wrong = {}
    for text, speaker in cases:
        found = extract(text)
        names = [one.speaker for one in found]
        if set(names) != {speaker} or (kinds and {one.kind for one in found} - set(kinds)):
            wrong[text] = [f"{one.speaker} {one.kind}" for one in found]
    return wrong


def test_the_place_of_a_name_makes_it_the_speaker() -> None:
    assert _wrong(_SPOKEN, ("direct",)) == {}


def test_a_quotation_named_behind_a_dash_at_the_end_of_a_page_is_read() -> None:
    text = "It was a bad year in Largo.\n\n“We lost 40 boats in 2019.” — Ines Holt, harbour master"
    assert [one.speaker for one in extract(text) if "40" in one.text] == ["Ines Holt"]


def test_an_employer_behind_the_name_does_not_take_its_place() -> None:
    assert _wrong(_INDIRECT, ("indirect",)) == {}


def test_topics_before_a_colon_are_no_speakers_of_a_transcript() -> None:
    text = (
        "Oregon: You must pay 40 crowns for a berth in 2019. Boats need 9 papers.\n\n"
        "Ohio: Boats above 12 metres need a licence.\n\nTexas: We list 9 ports here."
    )
    assert {one.speaker for one in extract(text)} == {""}


def test_a_quotation_of_several_paragraphs_has_one_speaker() -> None:
    assert _wrong([(text, "Ines Holt") for text in _CONTINUED]) == {}


def test_what_only_looks_like_speech_has_no_speaker() -> None:
    found = {text: extract(text) for text in _NOBODY}
    assert {
        text: [one.speaker for one in candidates]
        for text, candidates in found.items()
        if any(one.kind != "none" for one in candidates)
    } == {}


def test_who_declined_to_speak_is_kept_and_marked() -> None:
    assert _wrong(_DECLINED + _OTHERS_DECLINED, ("declined",)) == {}


def test_who_spoke_and_declined_more_is_the_speaker() -> None:
    one: Candidate = extract("“We lost 40 boats,” said Ines Holt, who declined to say more.")[0]
    assert (one.kind, one.speaker) == ("direct", "Ines Holt")


def test_german_french_and_spanish_speakers_are_found() -> None:
    assert _wrong(_OTHER_LANGUAGES, ("direct", "indirect", "mixed")) == {}


@pytest.mark.parametrize(
    "text", ["Er sagte, dass 40 Boote sanken.", "Il a dit que 40 bateaux ont coulé."]
)
def test_a_pronoun_of_another_language_names_nobody(text: str) -> None:
    one = extract(text)[0]
    assert (one.kind, one.speaker) == ("indirect", "")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("In 2019, 40 boats sank here, said the harbour board.", "the harbour board"),
        ("On Monday, after the storm, 40 boats sank, says the coastguard.", "the coastguard"),
        ("The mayor, who spoke on Monday, said the boats sank in 2019.", "The mayor"),
        ("The firm, with 40 boats, said the boats of the council sank.", "The firm"),
    ],
)
def test_behind_commas_whoever_ends_the_sentence_says_it(text: str, speaker: str) -> None:
    assert [one.speaker for one in extract(text)] == [speaker]
