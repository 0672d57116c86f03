"""A claim has a wording for readers: title and address, signed like the rest, while its
own words stay on the page.
"""

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from claims.choices import Action
from claims.exchange.export import export
from claims.intake import triage
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.intake.triage import ClaimDetails
from claims.models import Claim, Suggestion
from claims.rules.content import current_content_hash, working_verdict
from claims.workflow import MoveData, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories
from tests.claims import triage_cases
from tests.claims.public_pages import page
from tests.project.api import Api, is_problem

SAID = "Transport minister Ada Holm said on Tuesday that rail fares fell by 12 percent."
WORDING = "Rail fares fell by 12 percent."


@pytest.fixture
def suggestion(checker: User) -> Suggestion:
    row = triage_cases.suggestion(triage_cases.article(checker, f"{SAID}\n"), SAID)
    row.language = "en"
    row.save(update_fields=["language"])
    return row


def _published(claim: Claim, checker: User, editor: User) -> Claim:
    """Of a claim that its checker has taken."""
    for _ in range(2):
        factories.evidence(claim, checker)
    factories.written(claim, checker)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    return claim


def _taken(suggestion: Suggestion, checker: User) -> Claim:
    claim = triage.accept(suggestion, by=checker)
    apply(claim, Action.TAKE, by=checker)
    return claim


def test_a_suggestion_accepted_as_proposed_is_published_without_its_attribution(
    client: Client, checker: User, editor: User, suggestion: Suggestion
) -> None:
    claim = _published(_taken(suggestion, checker), checker, editor)
    assert (claim.text, claim.wording) == (SAID, WORDING)
    assert claim.slug == "rail-fares-fell-by-12-percent"
    shown = client.get(page(claim)).text
    title = shown[shown.index("<title>") : shown.index("</title>")]
    assert WORDING in title and "Holm" not in title
    assert f"<bdi>{SAID}</bdi>" in shown
    review = client.get(page(claim, "claimreview.json")).json()
    assert review["claimReviewed"] == review["itemReviewed"]["name"] == WORDING
    listed = client.get("/verdicts/", {"q": "holm"}).text
    assert WORDING in listed and "Ada <mark>Holm</mark> said" in listed, "found by either"
    for address in (
        "/verdicts/",
        "/feeds/verdicts.atom",
        "/sitemaps/news.xml",
        "/datafeed.json",
        "/v1alpha1/claims:search?query=fares",
        page(claim, "embed/"),
    ):
        answer = client.get(address)
        text = b"".join(answer).decode()
        assert WORDING in text and "minister" not in text, address
    data = client.get(f"/verdicts/{claim.address}.json").json()
    assert (data["wording"], data["claim"]) == (WORDING, SAID)


def test_the_wording_is_signed_and_a_changed_one_needs_new_signatures(
    checker: User, suggestion: Suggestion
) -> None:
    claim = _taken(suggestion, checker)
    factories.written(claim, checker)
    verdict = working_verdict(claim)
    signed = current_content_hash(claim, verdict)
    kept = (claim.text, claim.claimant, claim.stated_date, claim.appearance_url, claim.due_at)
    edit_claim(claim, by=checker, words=ClaimEdit(*kept))
    claim.refresh_from_db()
    assert claim.wording == WORDING, "an edit that names no wording leaves it"
    edit_claim(claim, by=checker, words=ClaimEdit(*kept, wording=" Rail fares\nfell. "))
    claim.refresh_from_db()
    assert claim.wording == "Rail fares fell."
    assert current_content_hash(claim, verdict) != signed
    assert AuditEntry.objects.filter(action="claim.edit").get().changes["wording"] == [
        WORDING,
        "Rail fares fell.",
    ]
    assert json.loads(export(claim))["claim"]["wording"] == "Rail fares fell."
    with pytest.raises(ValidationError):
        edit_claim(claim, by=checker, words=ClaimEdit(*kept, wording="fell " * 61))


def test_without_a_wording_the_signed_content_is_what_it_was(
    client: Client, published: Claim
) -> None:
    assert "wording" not in json.loads(published.verdicts.get().content)
    shown = client.get(page(published)).text
    assert "In context" not in shown and published.text in shown


def test_a_dropped_correction_brings_the_signed_wording_back(
    checker: User, editor: User, suggestion: Suggestion
) -> None:
    claim = _published(_taken(suggestion, checker), checker, editor)
    apply(claim, Action.CORRECT, by=editor, data=MoveData(note="A word.", category="typo"))
    kept = (claim.text, claim.claimant, claim.stated_date, claim.appearance_url, claim.due_at)
    edit_claim(claim, by=editor, words=ClaimEdit(*kept, wording="Fares fell."))
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    claim.refresh_from_db()
    assert claim.wording == WORDING


def test_acceptance_takes_the_wording_a_person_gives(
    client: Client, checker: User, suggestion: Suggestion
) -> None:
    client.force_login(checker)
    card = client.get(f"/admin/sources/article/{suggestion.article_id}/change/").text
    assert f'value="{WORDING}"' in card
    sent = {"text": "Rail fares fell by 13 percent.", "wording": WORDING, "claimant": ""}
    client.post(f"/admin/claims/suggestion/{suggestion.pk}/accept/", sent)
    claim = Claim.objects.get()
    assert claim.wording == "", "a proposal for other words than these"


@pytest.mark.parametrize(
    ("details", "wording"),
    [
        (ClaimDetails(), WORDING),
        (ClaimDetails(text=SAID), WORDING),
        (ClaimDetails(wording=""), ""),
        (ClaimDetails(wording="Fares  fell."), "Fares fell."),
        (ClaimDetails(text="Other words."), ""),
        (ClaimDetails(text="Other words.", wording="Words."), "Words."),
    ],
)
def test_what_is_proposed_counts_for_the_words_of_the_article_alone(
    checker: User, suggestion: Suggestion, details: ClaimDetails, wording: str
) -> None:
    assert triage.accept(suggestion, by=checker, details=details).wording == wording


def test_the_api_proposes_takes_and_changes_it(
    checker: User, auditor: User, suggestion: Suggestion
) -> None:
    api = Api(checker)
    path = f"suggestions/{suggestion.public_id}/"
    assert api.get(path).json()["proposed_wording"] == WORDING
    made = api.post(f"{path}accept/", {"wording": "Fares fell."}).json()
    assert made["wording"] == "Fares fell."
    apply(Claim.objects.get(), Action.TAKE, by=checker)
    claim = f"claims/{made['id']}/"
    version = api.get(claim).json()["version"]
    changed = api.patch(claim, {"wording": "", "version": version}).json()
    assert changed["wording"] == ""
    for person, wording, status in ((auditor, "Mine.", 403), (checker, "x" * 301, 400)):
        refused = Api(person).patch(claim, {"wording": wording, "version": version + 1})
        assert is_problem(refused, status)


def test_an_editor_types_it_on_the_workbench_once_published_it_is_fixed(
    client: Client, checker: User, editor: User, suggestion: Suggestion
) -> None:
    claim = _taken(suggestion, checker)
    client.force_login(checker)
    path = f"/admin/claims/claim/{claim.pk}/"
    assert f'value="{WORDING}"' in client.get(f"{path}change/").text
    sent = {"text": SAID, "wording": "Fares fell by 12 percent.", "version": claim.version}
    client.post(f"{path}details/", sent)
    claim.refresh_from_db()
    assert claim.wording == "Fares fell by 12 percent."
    _published(claim, checker, editor)
    client.post(f"{path}details/", sent | {"wording": "Late.", "version": claim.version})
    claim.refresh_from_db()
    assert claim.wording == "Fares fell by 12 percent."
