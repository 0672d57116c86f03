"""Over the API: what is known of a claim is decided about, and proposed repetitions are
added or dismissed, as on the workbench.
"""

from datetime import date
from typing import Any

import pytest

from claims.choices import ProposalState
from claims.matching import index
from claims.models import Claim, DifferentClaim, Repetition, RepetitionProposal
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api, is_problem
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
WORDS = {
    "claimant": {"name": "Ole Brandt"},
    "stated_date": "2026-06-01",
    "words": "Not one of them.",
    "appearance_url": "https://radio.example/noon",
}


@shared
def pair(published: Claim, second_checker: User) -> tuple[Claim, Claim]:
    """A claim, and a published one that says the same."""
    claim = factories.claim(second_checker, text=published.text)
    claim.claimant, claim.stated_date = factories.claimant("The mayor"), date(2026, 6, 1)
    claim.appearance_url = "https://radio.example/morning"
    claim.save(update_fields=["claimant", "stated_date", "appearance_url"])
    index.update_due()
    return claim, published


def _known(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [str(one["claim"]) for one in answer.json()["matches"]]


def test_a_match_is_marked_as_not_the_same_and_taken_back(
    pair: tuple[Claim, Claim], second_checker: User, auditor: User, outsider: User
) -> None:
    claim, known = pair
    api, at = Api(second_checker), f"claims/{pair[0].public_id}/matches/"
    assert _known(api.get(at)) == [str(known.public_id)]
    for _twice in range(2):
        marked = api.post(f"{at}{known.public_id}/different/")
        assert _known(marked) == [] and marked.json()["different"] == [str(known.public_id)]
    assert DifferentClaim.objects.get().by == second_checker
    for _twice in range(2):
        undone = api.post(f"{at}{known.public_id}/different/undo/")
        assert _known(undone) == [str(known.public_id)] and undone.json()["different"] == []
    assert is_problem(Api(auditor).post(f"{at}{known.public_id}/different/"), 403)
    assert is_problem(Api(outsider).post(f"{at}{known.public_id}/different/"), 404)
    assert is_problem(api.post(f"{at}{claim.public_id}/different/"), 404)
    assert is_problem(api.post(f"{at}{known.public_id}/different/", {"note": "No."}), 400)


def test_a_claim_is_added_as_a_repetition_of_a_published_one(
    pair: tuple[Claim, Claim], second_checker: User, auditor: User
) -> None:
    claim, known = pair
    at = f"claims/{claim.public_id}/matches/{known.public_id}/repetition/"
    assert is_problem(Api(auditor).post(at), 403)
    api = Api(second_checker)
    answers = [api.post(at) for _twice in range(2)]
    assert [one.status_code for one in answers] == [201, 200]
    row = Repetition.objects.get()
    assert (row.claim, row.words) == (known, claim.text)
    assert (row.stated_date, row.confirmed_at) == (date(2026, 6, 1), None)
    # Of a claim without a verdict there is nothing to repeat.
    back = f"claims/{known.public_id}/matches/{claim.public_id}/repetition/"
    assert is_problem(api.post(back), 409)


def _proposed(claim: Claim, by: User, number: int) -> str:
    article = factories.article_read(by)
    row = RepetitionProposal.objects.create(
        claim=claim,
        suggestion=article.suggestions.order_by("part", "rank")[number],
        found_at=clock.now(),
    )
    return f"repetition-proposals/{row.public_id}/"


def test_a_proposal_is_added_or_dismissed_once(
    published: Claim, second_checker: User, auditor: User, outsider: User
) -> None:
    first, second = (_proposed(published, second_checker, number) for number in range(2))
    api = Api(second_checker)
    listed = api.get("repetition-proposals/", state="open", claim=str(published.public_id)).json()
    assert [one["claim"] for one in listed["results"]] == [str(published.public_id)] * 2
    assert is_problem(api.get("repetition-proposals/", state="new"), 400)
    assert is_problem(api.post(f"{first}add/", WORDS | {"words": ""}), 400)
    assert is_problem(api.post(f"{first}add/", WORDS | {"appearance_url": "ftp"}), 400)
    assert is_problem(Api(auditor).post(f"{first}dismiss/"), 403)
    assert is_problem(Api(outsider).get(first), 404)
    assert is_problem(Api(outsider).post(f"{first}add/", WORDS), 404)
    assert not Repetition.objects.exists()
    for _twice in range(2):
        added = api.post(f"{first}add/", WORDS).json()
        assert added["state"] == ProposalState.ADDED
        assert added["repetition"] == str(Repetition.objects.get().public_id)
        assert api.post(f"{second}dismiss/").json()["state"] == ProposalState.DISMISSED
    assert is_problem(api.post(f"{first}dismiss/"), 409)
    assert is_problem(api.post(f"{second}add/", WORDS), 409)
    assert not api.get("repetition-proposals/", state="open").json()["results"]
