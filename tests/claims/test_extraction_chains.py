# ruff: noqa: RUF001
from claims.extraction import extract


def test_the_one_who_says_it_speaks_and_the_source_stands_behind() -> None:
    found = extract("According to the coast guard, 40 boats sank in 2019, the monitor said.")[0]
    assert found.speaker == "the monitor"
    assert found.chain == ("the monitor", "the coast guard")


def test_a_source_named_inside_the_quotation_stands_behind() -> None:
    found = extract(
        "“Forty boats sank in 2019, according to the Largo Coast Guard (LCG),” the monitor said."
    )[0]
    assert found.chain == ("the monitor", "the Largo Coast Guard (LCG)")


def test_a_cited_source_between_subject_and_verb_stands_behind() -> None:
    found = extract(
        "The monitor, citing ‘sailors who asked for silence’, reported on Monday that 40 boats"
        " sank."
    )[0]
    assert found.chain == ("The monitor", "‘sailors who asked for silence’")


def test_a_promise_retold_is_no_source() -> None:
    assert extract("Ana Ruiz said the council promised 40 new boats in 2019.")[0].chain == (
        "Ana Ruiz",
    )


def test_he_is_read_as_the_only_person_who_spoke() -> None:
    text = "Jon Holt said 40 boats sank in 2019. He said 12 sailors died."
    second = next(one for one in extract(text) if "12 sailors" in one.text)
    assert second.speaker == "Jon Holt"
    assert "“He” read as Jon Holt" in second.reasons


def test_he_stays_blank_when_two_people_could_be_meant() -> None:
    text = (
        "Jon Holt said 40 boats sank in 2019, and Sam Reed sold the wrecks. He said 12 sailors"
        " died."
    )
    second = next(one for one in extract(text) if "12 sailors" in one.text)
    assert (second.speaker, second.speaker_span) == ("", None)
    assert "the speaker is only a pronoun (“He”)" in second.reasons


def test_they_stays_blank() -> None:
    text = "Sailors told the court that 40 boats sank in 2019. They said 12 sailors died."
    assert next(one for one in extract(text) if "12 sailors" in one.text).speaker == ""


def test_a_role_is_left_as_it_stands() -> None:
    assert extract("“Forty boats sank in 2019,” the monitor said.")[0].speaker == "the monitor"


def test_the_one_who_closes_the_sentence_speaks_over_the_one_inside_it() -> None:
    found = extract(
        "In April, the ministry told 40 sailors to wait, officials told the Largo Post."
    )[0]
    assert found.speaker == "officials"


def test_a_news_agency_that_cites_police_has_them_behind_it() -> None:
    found = extract("The storm killed 40 people, the agency reported, citing police.")[0]
    assert found.chain == ("the agency", "police")
