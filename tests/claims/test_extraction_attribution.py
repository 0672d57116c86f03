import pytest

from claims.extraction import Candidate, extract


def _one(text: str) -> Candidate:
    return extract(text)[0]


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("The port authority said on Monday that 40 boats sank.", "The port authority", "said"),
        ("Forty boats sank in 2019, the mayor of Largo said.", "the mayor of Largo", "said"),
        ("“Forty boats sank in 2019,” said Ana Ruiz, the mayor.", "Ana Ruiz", "said"),
        ("According to the port authority, 40 boats sank.", "the port authority", "According to"),
        ("Forty boats sank in 2019, according to Ana Ruiz.", "Ana Ruiz", "according to"),
        (
            "President Ana Ruiz has, for the first time, confirmed the loss of 40 boats.",
            "President Ana Ruiz",
            "has, for the first time, confirmed",
        ),
        (
            "The Largo Institute for Sea Trade (LIST) reported on Monday that 40 boats sank.",
            "The Largo Institute for Sea Trade",
            "reported",
        ),
        ("Ana Ruiz, 52, of Largo, said 40 boats sank.", "Ana Ruiz", "said"),
        ("Reports also say that 40 boats sank.", "Reports", "also say"),
        (
            "The Harbour Board of Evers declared in an official statement that 40 boats sank.",
            "The Harbour Board of Evers",
            "declared",
        ),
        (
            "The board announced in a short press release on Friday that 40 boats sank.",
            "The board",
            "announced",
        ),
        ("The mayor threatened to close 40 schools in Port Evers.", "The mayor", "threatened"),
        ("Polls have shown that 40 boats sank.", "Polls", "have shown"),
        ("Surveys have shown 40 percent of sailors in doubt.", "Surveys", "have shown"),
        ("Forty boats of Largo sank in 2019, studies showed.", "studies", "showed"),
        ("Police say the mate admitted on Friday that 40 boats sank.", "Police", "say"),
        (
            (
                "Forty boats, she feared, sank; Ana Ruiz of the coast guard told reporters that 12"
                " sailors died."
            ),
            "Ana Ruiz of the coast guard",
            "told",
        ),
    ],
)
def test_the_speaker_and_the_cue_are_found(text: str, speaker: str, cue: str) -> None:
    assert (_one(text).speaker, _one(text).cue) == (speaker, cue)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“Forty boats sank in 2019,” Ana Ruiz said.", "direct"),
        ("Ana Ruiz said: “Forty boats sank in 2019.”", "direct"),
        ("Ana Ruiz said that 40 boats sank in 2019.", "indirect"),
        ("Ana Ruiz said the 40 boats of 2019 were “a great loss to all”.", "mixed"),
        ("Forty boats sank in Largo in 2019.", "none"),
    ],
)
def test_the_kind_tells_whose_words_they_are(text: str, kind: str) -> None:
    assert _one(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "The report of 2019 on 40 boats was long.",
        "Claims of 40 lost boats in 2019 spread in Largo.",
        "The board has approved the plan announced on Monday for 40 new boats in Port Evers.",
        "Fishermen attacked the deal announced Tuesday between Largo and Port Evers on 40 boats.",
        "The yard has met two of the goals declared: it employs 40 people in Largo.",
        "The outlet released 40 videos showing the wreck of a boat at Largo.",
        "Largo passed the rule in 2020, even threatening Port Evers with 40 fines.",
        "The flood threatens to sink 40 boats in Port Evers this year.",
        "The pilot directed questions to 40 boats off Largo in 2019.",
        "The boat added 40 seats in 2019.",
        "Officials found 40 boats near Largo in 2019.",
        "The harbour business declined to C$85,000 from C$124,000 in 2019.",
        "A post is spreading baseless claims that the port lost 40 boats in 2019.",
    ],
)
def test_a_noun_or_a_plain_deed_is_no_attribution(text: str) -> None:
    assert _one(text).kind == "none"


def test_hearsay_has_no_speaker_and_says_so() -> None:
    found = _one("Forty boats were reportedly lost at Largo in 2019.")
    assert (found.kind, found.speaker, found.cue) == ("indirect", "", "reportedly")
    assert "no speaker is named" in found.reasons


def test_what_was_reported_according_to_somebody_is_theirs() -> None:
    found = _one("It lost 40 boats, the highest total reported, according to the Port Office.")
    assert found.speaker == "the Port Office"


def test_the_clause_inside_a_statement_is_not_the_speaker() -> None:
    assert _one("The ministry said that Vell had lost 40 boats in 2019.").speaker == "The ministry"
