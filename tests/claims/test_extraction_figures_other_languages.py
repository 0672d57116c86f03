# ruff: noqa: RUF001
"""Figures as German, French, Spanish and Arabic pages write them."""

from tests.claims.figure_tables import wrong


def test_german_figures() -> None:
    assert not wrong(
        {
            "Dreieinhalb Millionen Boote sanken.": ["3500000 Boote"],
            "Zwei Drittel der Boote sanken.": ["2/3 Boote"],
            "Das kostet 4,2 Mrd. Euro.": ["4200000000 €"],
            "Rund 1.500.000 Menschen flohen.": ["1500000 Menschen"],
            "Es waren 10 bis 15 Prozent der Boote.": ["10..15 % Boote"],
            "Es wurden 3.000–4.000 Boote gezählt.": ["3000..4000 Boote"],
            "Hundertzwanzig Boote sanken.": ["120 Boote"],
            "Zweihundertfünfzigtausend Menschen flohen.": ["250000 Menschen"],
            "Die Temperatur fiel auf minus 12 Grad.": ["-12 degree"],
            "Fast die Hälfte der Boote sank.": ["1/2 Boote"],
            "Einundzwanzig Boote sanken.": ["21 Boote"],
            "Das Gleis 12 und die Bundesstraße 27 sind gesperrt.": [],
            "Anderthalb Jahre vergingen.": ["1.5 year Jahre"],
            "Eines der ältesten Boote sank um 12 Uhr.": [],
            # Taken for the year 1700 and the figure 2, on an unseen page.
            "Das Foto kostete sie 1700 Euro.": ["1700 €"],
            "Wir wohnen im 2. Stock.": [],
        },
        "de",
    )


def test_french_figures() -> None:
    assert not wrong(
        {
            "Le quai coûte 3,4 Md€.": ["3400000000 €"],
            "Le quai coûte 12 M€.": ["12000000 €"],
            "Deux tiers des bateaux ont coulé.": ["2/3 bateaux"],
            "Un quart des marins est parti.": ["1/4 marins"],
            "Entre 5 et 10 % des bateaux ont coulé.": ["5..10 % bateaux"],
            "Il a coûté deux millions et demi d’euros.": ["2500000 €"],
            "Deux cent cinquante marins sont partis.": ["250 marins"],
            "Quatre-vingt-dix-neuf bateaux ont coulé.": ["99 bateaux"],
            "Soixante et onze bateaux ont coulé.": ["71 bateaux"],
            "Quelque 12 500 marins sont partis.": ["12500 marins"],
            "Il fait moins 8 degrés.": ["-8 degree"],
            "Un marin sur cinq est parti.": ["1/5 marin"],
            "La salle 12 et l’autoroute A6 sont fermées.": [],
            "La moitié des bateaux a coulé.": ["1/2 bateaux"],
            "De 3 à 5 millions de marins partent.": ["3000000..5000000 marins"],
        },
        "fr",
    )


def test_spanish_figures() -> None:
    assert not wrong(
        {
            "Cuesta 1,500,000 pesos.": ["1500000 peso"],
            "Cuesta 1.500.000 euros.": ["1500000 €"],
            "Subió un 3,5 %.": ["3.5 %"],
            "Dos tercios de los barcos se hundieron.": ["2/3 barcos"],
            "Uno de cada cinco barcos se hundió.": ["1/5 barcos"],
            "Entre 30 y 40 marineros salieron.": ["30..40 marineros"],
            "Más de dos mil barcos se hundieron.": ["2000 barcos"],
            "Ciento veinte barcos se hundieron.": ["120 barcos"],
            "Treinta y cinco barcos se hundieron.": ["35 barcos"],
            "Cuesta dos millones y medio de euros.": ["2500000 €"],
            "Cuesta 3 mil millones de dólares.": ["3000000000 $"],
            "La mitad de los barcos se hundió.": ["1/2 barcos"],
            "Hace menos 5 grados.": ["-5 degree"],
            "Salió uno de los mejores barcos de la sala 12.": [],
            "Llegaron 2,500 personas.": ["2500 personas"],
        },
        "es",
    )


def test_arabic_figures() -> None:
    assert not wrong(
        {
            "غرقت ٤٠ سفينة.": ["40 سفينة"],
            "غادر 12,500 بحار.": ["12500 بحار"],
            "ارتفع 3.5% هذا العام.": ["3.5 %"],
            "كلف 4 مليارات دولار.": ["4000000000 $"],
            "بين 10 و15 سفينة غرقت.": ["10..15 سفينة"],
            "كلف 10-15 مليون دولار.": ["10000000..15000000 $"],
        },
        "ar",
    )


def test_a_half_stands_behind_what_is_counted() -> None:
    assert not wrong({"Cela a duré deux ans et demi.": ["2.5 year ans"]}, "fr")
    assert not wrong({"Il a fallu trois heures et demie.": ["3.5 hour heures"]}, "fr")
    assert not wrong({"Duró dos años y medio.": ["2.5 year años"]}, "es")
    assert not wrong({"Tardó tres horas y media en salir.": ["3.5 hour horas"]}, "es")
    assert not wrong({"It took two years and a half.": ["2.5 year years"]})


def test_the_sign_may_stand_behind_the_degrees() -> None:
    assert not wrong({"La temperatura bajó a 12 grados bajo cero.": ["-12 degree"]}, "es")
    assert not wrong({"Il a fait 12 degrés au-dessous de zéro.": ["-12 degree"]}, "fr")
    assert not wrong({"Il a fait 12 degrés sous zéro.": ["-12 degree"]}, "fr")
    assert not wrong({"Es waren 12 Grad unter null.": ["-12 degree"]}, "de")
    assert not wrong({"It was 12 degrees below zero.": ["-12 degree"]})
    assert not wrong({"It was 12 degrees above zero.": ["12 degree"]})


def test_articles_inside_a_range() -> None:
    assert not wrong(
        {
            "Entre el 10 y el 15 % de los barcos zarpó.": ["10..15 % barcos"],
            "Faltan del 10 al 15 % de los barcos.": ["10..15 % barcos"],
        },
        "es",
    )


def test_german_units_in_the_dative() -> None:
    assert not wrong(
        {
            "Die Straße ist auf 12 Kilometern gesperrt.": ["12 km"],
            "Das Boot liegt in 40 Metern Tiefe.": ["40 m Tiefe"],
        },
        "de",
    )
