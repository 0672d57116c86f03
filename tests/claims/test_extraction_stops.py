# ruff: noqa: RUF001
"""Full stops that end a sentence, and those that do not, in five languages."""

import pytest

from claims.extraction import fold, sentences

_WHOLE = {
    "en": """
        The sum stands on p. 12 and pp. 14 and 16 of the annex.
        The berths stand in tab. 4 of the annex.
        See para. 7, sec. 2 and ch. 5 of the code of Largo.
        Ms. Vale wrote to Tom.Hart@harbour.example on 3 May.
        The table is at https://www.largo.example/data.Tables/2024.html for all.
        We asked Nora I. Castell and J. R. Moore about it.
        Cllr. Ann Moore and Ald. Piet Vos voted for 30 berths.
        Despite a plea by Coun. Gil Moss the council sold 30 berths.
        Assoc. Prof. Ines Holt and Rev. Dr. Paul Gray counted 90 seals.
        The Rt. Hon. Ivo Grant holds 3 seats.
        The net weighs 9 lb. 3 oz. without its floats.
        A berth costs approx. 60 crowns, max. 80 crowns.
        In Holt v. Harbour Board and Vale vs. Largo the state lost.
        The U.S. Coast Guard came at 6 p.m. Monday with 3 boats.
        It was Fig. 3 of No. 14 in Vol. 2.
        She came from Port Evers, Calif. Friday with 20 others.
        Version 2.4.1 costs $12.50 or 3.5 percent more.
        The laws “appear less dear [...] than before” (Moore 12).
        He was . . . well, what I mean . . . rather late.
        The yard works with Pell & Co. at noon.
        She works at Hurrah! in the harbour office.
        Maj. Gen. Sir Ed. Moss and Pvt. Lee met Msgr. Roy.
    """,
    "de": """
        Am Freitag, d. 3. Mai, kamen 12 Boote.
        Rund 6 Mrd. Kronen und 40 Mio. Euro fehlen der Stadt.
        Im 18. Jahrhundert und am 2. und 3. Sonntag kamen 90 Boote.
        Nach Art. 5 Abs. 3 Nr. 2 sind es 14 Plätze.
        Das kostet ca. 7 Mio. Kronen bzw. 3 Tsd. Euro im Jahr.
        Dr. med. Vera Kamp traf Prof. Dr. Udo Lenz z. B. in der Hafenstr. 9.
        Der Verein (e. V.) zahlt d. h. Er haftet u. a. für 3 Boote.
        Seit dem 4. Quartal und der 2. Runde sind es 12 Prozent.
        Das ist der 40. Geburtstag der Werft am 3. Oktober.
        Die 1. Strafkammer sprach zum 3. Mal am 01. Februar 2015.
        Laut Hrn. Moll waren es i. d. R. 40 Boote, vgl. S. 12 und Kap. 3.
    """,
    "fr": """
        M. Le Bihan et Mme Roux paient 12 euros env. par jour.
        MM. Morel et Petit, art. 5 et al. 2, demandent 40 bateaux.
        Le Pr. Morel cite p. 12 et le chap. 3 du code.
        Le port date du IIIe siècle av. J.-C. et compte 40 bateaux.
        Le Dr. A. Morel a payé 4 Mds. d’euros, c.-à-d. beaucoup.
        Le no. 12 de l’av. Foch compte 40 places.
        St. Malo et Ste. Anne ont 12 ports.
        Le tél. 02 99 est celui de Mlle. Roux.
        « Que faire ? » demande M. Morel.
        Elle vit aux U.S.A. depuis le 3 janv. 2019.
    """,
    "es": """
        La dársena es del s. XIX y tiene 12 plazas.
        El Lic. Soto y la Ing. Vega pagaron 30 euros.
        La Sra. Vega, el Gral. Ruiz y la Dra. Gil vieron 12 barcos.
        Los EE. UU. Mexicanos y los JJ. OO. de 2024 costaron 3 mil.
        Véase la pág. 12, el art. 4 y el párr. 3.
        El núm. 12 de la Av. Colón cuesta aprox. 30 euros.
        Mons. Gil y el Arq. Soto llegaron del puerto de Gral. Ayala en 300 a. C. y después.
        D. Luis y Dña. Ana Gil tienen 12 barcos.
        El Cap. Soto, el Cnel. Gil y el Tte. Ruiz salieron.
        «Es tarde.», dijo la Srta. Vega.
        La Profa. Gil y Ud. Señor cuentan 12 barcos.
    """,
    "ar": """
        وقال د. سالم إن 14 قاربا غرقت.
        حضر أ. ناصر و م. هدى مع 12 بحارا.
        قال أ.د. سالم إن 14 قاربا غرقت.
        انظر ص. 12 من التقرير.
    """,
}
_SEVERAL = {
    "en": """
        Sales rose 8%.[2] They fell 4%.[3][4] | = | 2
        The dam broke.¹ Rescuers came. | = | 2
        It broke.[citation needed] Nobody knew why. | = | 2
        The yard sold to Pell & Co. | It closed in May.
        We live in the E.U. | How about you?
        We are a good crew, you and I. | Did Nora I. Castell agree?
        They chose plan B. | Nora Castell agreed.
        Was there a vote? | No. | He left.
        She wrote to a.moore@largo.example. | He did not reply.
        I never meant it.... | She left the yard.
        He waited . . . . | Nobody came.
        It was dark (very dark). | She said: “Go.” | Rain fell.
        “It is over.” [3] | Rain fell.
        1. Mend the nets. | 2. Paint the boats.
        1) Mend the nets 2) Paint the boats | = | 2
        a. Mend the nets b. Paint the boats c. Go home | = | 3
        • 9. Mend the nets • 10. Paint the boats | = | 2
        It costs 12. | Nobody pays.
        He sat. | Nora came.
        Largo has 300 boats. | 40 of them sank.
        Largo lost 3 ft. | The tide took it.
    """,
    "de": """
        Es sind 40. | Die Stadt zahlt.
        Das kostet 5 Mrd. | Die Stadt zahlt.
        Es gab Netze, Seile usw. | Das war genug.
        Es war 2019. | Danach kam nichts.
        „Nein.“ | Er ging.
        Sie zählte 12. | Niemand half.
    """,
    "fr": """
        Il a payé 12 euros. | M. Roux le sait.
        Des filets, des cordes, etc. | La ville paie.
        « Non. » | Il part.
    """,
    "es": """
        Vive en EE. UU. | El puerto es suyo.
        ¡Hola! | ¿Cómo está? | Bien.
        Redes, cuerdas, etc. | La ciudad paga.
    """,
    "ar": """
        غرق 14 قاربا. | وقال د. سالم ذلك.
        هل غرقت؟ | نعم.
    """,
}


def _lines(block: str) -> list[str]:
    return [line.strip() for line in block.strip().splitlines()]


def _split(text: str, language: str) -> list[str]:
    found = sentences.spans(fold.fold(text), language=language)
    return [text[start:end] for start, end in found]


@pytest.mark.parametrize("language", _WHOLE)
def test_a_stop_of_an_abbreviation_does_not_end_a_sentence(language: str) -> None:
    cut = {line: _split(line, language) for line in _lines(_WHOLE[language])}
    assert {line: parts for line, parts in cut.items() if len(parts) != 1} == {}


@pytest.mark.parametrize("language", _SEVERAL)
def test_sentences_end_at_their_stops(language: str) -> None:
    wrong = {}
    for line in _lines(_SEVERAL[language]):
        text, _, count = line.partition(" | = | ")
        parts = text.split(" | ")
        found = _split(" ".join(parts), language)
        if len(found) != int(count) if count else found != parts:
            wrong[line] = found
    assert wrong == {}


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ar"])
def test_the_language_is_found_where_nobody_names_it(language: str) -> None:
    cut = {line: _split(line, "") for line in _lines(_WHOLE[language])}
    assert {line: parts for line, parts in cut.items() if len(parts) != 1} == {}
