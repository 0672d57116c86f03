"""A figure is stated once, and neither a name nor a word of no number is one."""

from claims.extraction import extract, fold, measurements
from tests.claims.figure_tables import figures, wrong


def test_a_vague_count_is_one_figure() -> None:
    table = {
        "Millions of sailors stayed at home.": ["1000000 sailors"],
        "The storm cost millions of jobs in Largo.": ["1000000 jobs"],
        "Many thousands of boats and 40 ferries sank.": ["1000 boats", "40 ferries"],
        "Billions of litres and thousands of fish were lost.": ["1000000000 litres", "1000 fish"],
        "Dozens of boats sank.": ["12 boats"],
    }
    assert not wrong(table)
    (found,) = extract("The storm of 2019 cost millions of jobs in the port of Largo.")
    assert len(found.quantities) == 1


def test_a_scale_alone_is_left_out_with_its_reason() -> None:
    texts = (
        "Millions fled the port.",
        "The port claims millions in damages.",
        "It would cost billions.",
    )
    assert not {text: got for text in texts if (got := figures(text))}
    for text in texts:
        unread = measurements.find(fold.fold(text), 0, None).unread
        assert [one.reason for one in unread] == ["it names no number"], text


def test_the_number_of_a_name_is_no_figure() -> None:
    table = {
        "Covid-19 hit 3 ports.": ["3 ports"],
        "The Covid-19 wave cost 40 jobs.": ["40 jobs"],
        "Apollo-11 carried 3 men.": ["3 men"],
        "Gaofen-4 took 12 pictures.": ["12 pictures"],
        "iOS 13 runs on 200 phones.": ["200 phones"],
        "Windows 11 runs on 200 phones.": ["200 phones"],
        "Type 2 diabetes affects 4 million people.": ["4000000 people"],
        "In Ward 7, 320 people voted.": ["320 people"],
        "The rooms 7, 9 and 12 hold 40 people.": ["40 people"],
        "The blood type is checked by 40 people.": ["40 people"],
        "The macOS 14.2 update fixed 40 faults.": ["40 faults"],
        "Users of the iPhone 15 lost 12 numbers.": ["12 numbers"],
        "The port and 3M sold 40 masks.": ["40 masks"],
        "The port left 3M Harbour Products.": [],
        "More than 3M people came.": ["3000000 people"],
    }
    assert not wrong(table)


def test_a_figure_counts_no_verb_or_day() -> None:
    assert not wrong(
        {
            "Roughly 35% followed two of the rules.": ["35 %", "2 rules"],
            "Four percent practised none.": ["4 %"],
            "It closed 12 ports, up from four yesterday.": ["12 ports", "4"],
        }
    )
    assert not wrong({"Es waren 67 Millionen Dollar vor Jahresfrist.": ["67000000 $"]}, "de")
    spanish = {
        "Costó 9.000 millones procedentes del puerto.": ["9000000000"],
        "El salario medio subió 5 euros.": ["5 €"],
        "Esperó media hora y medio millón de años.": ["1/2 hora", "500000 year años"],
    }
    assert not wrong(spanish, "es")


def test_zero_before_a_hyphen_is_an_adjective() -> None:
    table = {
        "Zero-hours contracts rose to 40 per cent.": ["40 %"],
        "It is a zero-sum game for 12 clubs.": ["12 clubs"],
    }
    assert not wrong(table)


def test_a_number_in_words_behind_the_name_of_a_part_is_no_figure() -> None:
    assert not wrong(
        {
            "It was lost in game two of the final.": [],
            "They needed the level six charm.": [],
            "Part three was read on the quay.": [],
            "It ends in chapter twelve.": [],
            "In round one, Largo led.": [],
            "Phase two will cost $40 million.": ["40000000 $"],
            "Nobody lost a best-of-five series there.": [],
            "They won the best of seven.": [],
            "In one game two boats sank.": ["2 boats"],
            "At this level six sailors earn a wage.": ["6 sailors"],
            "Part of the three boats sank.": ["3 boats"],
            "In the second round four boats sank.": ["4 boats"],
        }
    )


def test_the_numbers_of_a_list_are_no_figures() -> None:
    assert not wrong(
        {
            "They are: 1) nets, 2) oars, 3) 40 boats.": ["40 boats"],
            "They must (1) sail, (2) fish and (3) sell 40 boats.": ["40 boats"],
            "1) The quay is closed. 2) The pier has 12 boats.": ["12 boats"],
            "Of 40 boats (in 2019, 12) few are left.": ["40 boats", "12"],
            "The nets (3) and the boats (12) were counted.": ["3", "12"],
        }
    )


def test_a_mark_glued_to_a_per_cent_sign_is_no_figure() -> None:
    assert not wrong(
        {
            "It fell by 40 %1 until May.": ["40 %"],
            "It fell by 40%12 until May.": ["40 %"],
            "It fell by 40% in May.": ["40 %"],
        }
    )
