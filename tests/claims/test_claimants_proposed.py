# ruff: noqa: RUF001
"""Who becomes a claimant when a suggestion is accepted: a name or an organisation."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.extraction import claimant_names
from claims.intake import triage
from factcheck.newsroom.models import User
from sources.models import Claimant
from tests.claims import triage_cases

pytestmark = pytest.mark.django_db
_TEXT = "Divers found 40 boats.\nInes Holt declined to comment.\n"

_PERSONS = {
    "Ines Holt": "Ines Holt",
    "President Ines Holt": "Ines Holt",
    "Dr. Paul Gray": "Paul Gray",
    "Foreign Minister Paul van der Gray": "Paul van der Gray",
    "Holt": "Holt",
    "Mr. Holt": "Holt",
    "Ines Holt of the coast guard": "Ines Holt",
    "Patrol Chief James Holt with the Largo Police": "James Holt",
    "la alcaldesa Ana Vega": "Ana Vega",
    "le maire Paul Roux": "Paul Roux",
    "Hafenmeisterin Ines Holt": "Ines Holt",
    "Chairwoman Rosa Holt": "Rosa Holt",
    "@ines_holt": "@ines_holt",
}
_BODIES = {
    "the Harbour Board of Largo": "Harbour Board of Largo",
    "The Ministry of Ports": "Ministry of Ports",
    "UNICEF": "UNICEF",
    "the UN": "UN",
    "Reuters": "Reuters",
    "Turkey": "Turkey",
    "the port authority of Largo": "port authority of Largo",
    "the Holt campaign": "Holt campaign",
    "le ministère de l’Intérieur": "ministère de l’Intérieur",
    "Largo Police Department": "Largo Police Department",
    "Ossel River Watch": "Ossel River Watch",
    "the Largo Housing Alliance": "Largo Housing Alliance",
    "Holt Group": "Holt Group",
    "the Largo Teachers’ Union": "Largo Teachers’ Union",
    "Coastal Forum": "Coastal Forum",
    "Stiftung Hafenwacht": "Stiftung Hafenwacht",
    "Observatoire des prix de Largo": "Observatoire des prix de Largo",
    "el Observatorio del Agua": "Observatorio del Agua",
}
_NOBODY = [
    "Reports", "reports", "The latest UN tally", "the latest UN tally", "officials", "Officials",
    "a senior Harbour official", "the mayor", "the mayor of Largo", "Critics", "he", "They",
    "a spokesman for the army", "the ministry", "Police", "studies", "The Largo study",
    "Ines Holt and Paul Gray", "Some residents of Largo", "Witnesses", "UN figures", "data",
    "datos del INE", "les chiffres du ministère", "experts from Largo", "Many", "",
]  # fmt: skip


def test_a_name_is_a_person_without_their_title() -> None:
    proposed = {words: claimant_names.propose(words) for words in _PERSONS}
    wrong = {
        words: one
        for words, one in proposed.items()
        if one is None or (one.name, one.kind) != (_PERSONS[words], "Person")
    }
    assert wrong == {}


def test_an_organisation_is_one() -> None:
    proposed = {words: claimant_names.propose(words) for words in _BODIES}
    wrong = {
        words: one
        for words, one in proposed.items()
        if one is None or (one.name, one.kind) != (_BODIES[words], "Organization")
    }
    assert wrong == {}


def test_what_names_nobody_proposes_nobody() -> None:
    proposed = {words: claimant_names.propose(words) for words in _NOBODY}
    assert {words: one for words, one in proposed.items() if one} == {}


@pytest.mark.parametrize(
    ("speaker", "kind", "claimant"),
    [
        ("Mayor Ines Holt", "indirect", ("Ines Holt", "Person")),
        ("the Harbour Board of Largo", "indirect", ("Harbour Board of Largo", "Organization")),
        ("Reports", "indirect", None),
        ("Ines Holt", "declined", None),
    ],
)
def test_accepting_makes_the_proposed_claimant_or_none(
    checker: User, speaker: str, kind: str, claimant: tuple[str, str] | None
) -> None:
    article = triage_cases.article(checker, _TEXT)
    row = triage_cases.suggestion(article, "Divers found 40 boats.", speaker=speaker)
    row.kind = kind
    row.save(update_fields=["kind"])
    made = triage.accept(row, by=checker).claimant
    assert (made and (made.name, made.kind)) == claimant
    assert Claimant.objects.count() == bool(claimant)


def test_the_person_at_the_screen_decides_who_it_is(client: Client, checker: User) -> None:
    row = triage_cases.suggestion(
        triage_cases.article(checker, _TEXT), "Divers found 40 boats.", speaker="Officials"
    )
    client.force_login(checker)
    typed = {"text": row.text, "claimant": "Largo Harbour Board", "claimant_kind": "Organization"}
    client.post(reverse("admin:claims_suggestion_accept", args=[row.pk]), typed)
    made = Claimant.objects.get()
    assert (made.name, made.kind) == ("Largo Harbour Board", "Organization")


def test_the_screen_shows_whom_accepting_would_name(client: Client, checker: User) -> None:
    article = triage_cases.article(checker, _TEXT)
    triage_cases.suggestion(article, "Divers found 40 boats.", speaker="Mayor Ines Holt")
    row = triage_cases.suggestion(article, "Ines Holt declined to comment.", speaker="Ines Holt")
    row.kind = "declined"
    row.save(update_fields=["kind"])
    client.force_login(checker)
    page = client.get(f"/admin/sources/article/{article.pk}/change/").content.decode()
    assert '<bdi>Ines Holt</bdi> <span class="quiet">(person)</span>' in page
    assert "Declined to comment" in page
    assert page.count("nobody. Enter one with Edit.") == 1


def test_a_german_noun_is_no_name() -> None:
    words = ["die Polizei", "der Hafenmeister", "Behörden", "Das Ministerium"]
    assert [claimant_names.propose(one, language="de") for one in words] == [None] * 4
