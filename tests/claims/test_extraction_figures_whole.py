# ruff: noqa: RUF001
"""A figure is read whole or not at all."""

from claims.extraction import extract
from tests.claims.figure_tables import wrong


def test_a_minus_belongs_to_its_figure() -> None:
    assert not wrong(
        {
            "Exports changed by −1.4% in May.": ["-1.4 %"],
            "Harvests grew by -2 per cent.": ["-2 %"],
            "It was minus 7 degrees on the quay.": ["-7 degree"],
            "The fund lost −£3m.": ["-3000000 £"],
            "The balance is -$40,000.": ["-40000 $"],
            "The harbour made $-5 million.": ["-5000000 $"],
            "Largo–40 boats sank there.": ["40 boats"],
            "The COVID-19 ward has 12 beds.": ["12 beds"],
            "It grew by +3.5%.": ["3.5 %"],
            "The mean was –0.8 °C there.": ["-0.8 °C"],
        }
    )


def test_a_range_has_two_ends() -> None:
    assert not wrong(
        {
            "Some 20–25 % of the nets are torn.": ["20..25 % nets"],
            "Between 300 and 450 sailors slept there.": ["300..450 sailors"],
            "It takes from three to five weeks.": ["3..5 week weeks"],
            "The pier costs €2.5-3 billion.": ["2500000000..3000000000 €"],
            "The pier costs £900,000-£1.2m.": ["900000..1200000 £"],
            "They lost 5% to 7% of the catch.": ["5..7 % catch"],
            "It needs 12 to 14 million litres.": ["12000000..14000000 litres"],
            "Two or three boats were missing.": ["2..3 boats"],
            "Prices rose from 4 to 9 per cent.": ["4 %", "9 %"],
            "They raised the wage by $1 to $8.25.": ["1 $", "8.25 $"],
            "Visits rose 300% to 4.5 million.": ["300 %", "4500000"],
            "Visits fell 5% to 400 a day.": ["5 %", "400"],
            "Some 5% to 10% of boats sank.": ["5..10 % boats"],
            "Sales fell by £2m to £40m in May.": ["2000000 £", "40000000 £"],
            "Prices rose by 4 to 9 per cent.": ["4..9 %"],
            "The share fell from 40% to 31%.": ["40 %", "31 %"],
            "They lost 3-1 at home.": [],
            "It was changed at 8:05AM ET.": [],
            "The council voted 9-4 to close the quay.": [],
            "The 4x4 hit a 20-30 metre wall.": ["20..30 m wall"],
            "Spending is $15 to 20 million a year.": ["15000000..20000000 $"],
        }
    )


def test_a_fraction_stays_a_fraction() -> None:
    assert not wrong(
        {
            "Three-quarters of sailors cannot swim.": ["3/4 sailors"],
            "A third of the nets were torn.": ["1/3 nets"],
            "Nine in ten boats leak.": ["9/10 boats"],
            "One out of every eight ports is closed.": ["1/8 ports"],
            "More than half of all boats leak.": ["1/2 boats"],
            "About ¾ of the sailors left.": ["3/4 sailors"],
            "It fell by a third.": ["1/3"],
            "It costs 2½ million euros.": ["2500000 €"],
            "It is 3 1/2 miles long.": ["3.5 mile"],
            "Three quarters of a million nets burned.": ["750000 nets"],
            "It sailed for one and a half hours.": ["1.5 hour hours"],
            "A two-thirds majority is needed.": ["2/3 majority"],
            "Prices rose in the first quarter.": [],
            "It was the third of three visits.": ["3 visits"],
            "She was a third time in the harbour.": [],
            "The 9/11 attacks were mentioned.": [],
            "They swam half a mile.": ["1/2 mile"],
            "One and a half million people left.": ["1500000 people"],
            "Around 1 in 250 births is affected.": ["1/250 births"],
        }
    )


def test_letters_and_words_of_size_are_read() -> None:
    assert not wrong(
        {
            "The quay costs $3.4B.": ["3400000000 $"],
            "The quay costs £5bn.": ["5000000000 £"],
            "They owe $2T.": ["2000000000000 $"],
            "It has 8k followers.": ["8000 followers"],
            "It cost US$ 7.5mn.": ["7500000 $"],
            "The wall is 5m high.": ["5 m"],
            "It sold 3m doses.": ["3000000 doses"],
            "They watched a 4K film.": [],
            "About 10⁶ fish died.": ["1000000 fish"],
            "He paid 2.5 trillion yen.": ["2500000000000 ¥"],
        }
    )


def test_money_and_groups_of_many_countries() -> None:
    assert not wrong(
        {
            "About 25 lakh sailors voted.": ["2500000 sailors"],
            "It costs ₹2 lakh crore.": ["2000000000000 ₹"],
            "It costs Rs. 12,34,567.": ["1234567 ₹"],
            "It cost R$1.5 billion.": ["1500000000 R$"],
            "It cost A$30m.": ["30000000 A$"],
            "It cost 50¢.": ["50 ¢"],
            "It cost CHF 1'250'000.": ["1250000 CHF"],
            "It cost ₦4bn.": ["4000000000 ₦"],
            "It cost C$2,500.": ["2500 C$"],
            "Profit was 3 crore rupees.": ["30000000 ₹"],
            "It cost 12 000 000 euros.": ["12000000 €"],
        }
    )


def test_numbers_in_words_are_read_to_their_end() -> None:
    assert not wrong(
        {
            "Two hundred and six boats sank.": ["206 boats"],
            "A thousand and one nights passed.": ["1001 nights"],
            "A hundred and forty-five thousand nets burned.": ["145000 nets"],
            "Between one hundred and two hundred boats sank.": ["100..200 boats"],
            "Three and a half thousand sailors left.": ["3500 sailors"],
            "Six point five million nets burned.": ["6500000 nets"],
            "Two dozen sailors left.": ["24 sailors"],
            "Twelve hundred sailors left.": ["1200 sailors"],
            "One million two hundred thousand nets burned.": ["1200000 nets"],
            "One of the oldest piers fell.": [],
            "Several hundred sailors left.": [],
            "A few thousand dollars were missing.": [],
        }
    )


def test_identifiers_are_no_figures() -> None:
    assert not wrong(
        {
            "Ring 020 7946 0018 for help.": [],
            "Ring +49 30 901820 for help.": [],
            "Ring 555-0143 today.": [],
            "Suite 12 and Gate 4 were closed.": [],
            "Route 66 and the A40 were closed.": [],
            "The 2014/15 season began with 30 boats.": ["30 boats"],
            "They won 4:1 and lost 2-0.": [],
            "It runs version 3.11.2 on port 8080.": [],
            "The address is 192.168.0.1 here.": [],
            "He lives at 14 Harbour Street, Largo AB1 2CD.": [],
            "Boats sank.[12] Sailors left.[13]": [],
            "The 18:30 ferry was late.": [],
            "The vote on Bill C-24 is near.": [],
            "ISBN 978-3-16-148410-0 is a book.": [],
            "Section 12(b) of the act binds 40 boats.": ["40 boats"],
            "Channel 4 showed it at 7pm.": [],
            "Hull 007 and Hull 12-B are gone.": [],
        }
    )


def test_a_figure_left_out_is_named_with_the_reason() -> None:
    text = "The harbour of Largo sold 3,45 boats to Brenta in the spring."
    (found,) = extract(text)
    assert found.quantities == ()
    assert any("“3,45”" in reason for reason in found.reasons)
