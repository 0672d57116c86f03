# ruff: noqa: RUF001 - curly marks are the matter of these tests
"""Months without a year, as German, French and Spanish pages write them."""

import datetime

from tests.claims.date_tables import wrong

_THURSDAY = datetime.date(2022, 6, 16)
_MAY, _SEPTEMBER = "2022-05-01..2022-05-31", "2022-09-01..2022-09-30"


def test_german() -> None:
    assert not wrong(
        {
            "Im September wird der Rat mehr ausgeben.": [_SEPTEMBER],
            "Im September gab der Rat mehr aus.": ["2021-09-01..2021-09-30"],
            "Im Mai sanken 40 Boote.": [_MAY],
            "Im Juni sanken 40 Boote.": ["2022-06-01..2022-06-30"],
            "Seit März fehlen 40 Boote.": ["2022-03-01..2022-06-16"],
            "Ende Mai sanken 40 Boote.": [_MAY],
            "Im Mai vergangenen Jahres sanken 40 Boote.": ["2021-05-01..2021-05-31"],
            "Im Mai dieses Jahres sanken 40 Boote.": [_MAY],
            "Im vergangenen September sanken 40 Boote.": ["2021-09-01..2021-09-30"],
            "Im kommenden September sollen 40 Boote fahren.": [_SEPTEMBER],
            "Im Mai 2020 sanken 40 Boote.": ["2020-05-01..2020-05-31"],
            "Im Mai 12 Boote zu verlieren, ist viel.": [_MAY],
            "Am 3. Mai sanken 40 Boote.": ["2022-05-03"],
            "Das Boot heißt August.": [],
        },
        "de",
        _THURSDAY,
    )
    assert not wrong({"Im Mai sanken 40 Boote.": ["None"]}, "de")


def test_french() -> None:
    assert not wrong(
        {
            "En septembre, le conseil votera.": [_SEPTEMBER],
            "En mai, 40 bateaux ont coulé.": [_MAY],
            "En septembre, 40 bateaux ont coulé.": ["2021-09-01..2021-09-30"],
            "Depuis mars, 40 bateaux ont coulé.": ["2022-03-01..2022-06-16"],
            "Fin mai, 40 bateaux ont coulé.": [_MAY],
            "En mai dernier, 40 bateaux ont coulé.": [_MAY],
            "En mai de l’année dernière, 40 bateaux ont coulé.": ["2021-05-01..2021-05-31"],
            "Le quai ouvrira en septembre prochain.": [_SEPTEMBER],
            "En septembre, le conseil vote.": ["None"],
            "Le 3 mai, 40 bateaux ont coulé.": ["2022-05-03"],
            "Mars est une planète.": [],
        },
        "fr",
        _THURSDAY,
    )


def test_spanish() -> None:
    assert not wrong(
        {
            "En septiembre el consejo votará.": [_SEPTEMBER],
            "En mayo se hundieron 40 barcos.": [_MAY],
            "Desde marzo faltan 40 barcos.": ["2022-03-01..2022-06-16"],
            "A finales de mayo se hundieron 40 barcos.": [_MAY],
            "En mayo pasado se hundieron 40 barcos.": [_MAY],
            "En mayo del año pasado se hundieron 40.": ["2021-05-01..2021-05-31"],
            "El 3 de mayo se hundieron 40 barcos.": ["2022-05-03"],
            "La calle Mayo tiene 40 casas.": [],
        },
        "es",
        _THURSDAY,
    )
