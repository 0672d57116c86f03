"""Evidence through the API: attached once, with whose report it is; withdrawn, never
deleted.
"""

from typing import Any

import pytest

from claims.choices import Action
from claims.models import Claim, Evidence
from claims.workflow import apply
from factcheck.newsroom.models import User
from sources.models import Publisher
from tests import factories
from tests.project.api import Api, is_problem
from tests.shared_rows import shared

ITEM = {
    "url": "https://gazette.example/trees?utm_source=mail",
    "stance": "refutes",
    "quote": "The register lists 2,100 trees.",
    "locator": "table 4",
    "origin": "wire.example.org",
}


@shared
def claim(checker: User) -> Claim:
    made = factories.claim(checker)
    apply(made, Action.TAKE, by=checker)
    return made


def test_an_item_is_attached_once(checker: User, claim: Claim) -> None:
    api, path = Api(checker), f"claims/{claim.public_id}/evidence/"
    first, again = api.post(path, ITEM), api.post(path, ITEM)
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    data = first.json()
    assert (data["number"], data["url"], data["quote_state"]) == (
        1,
        "https://gazette.example/trees",
        "unchecked",
    )
    assert (data["publisher"]["domain"], data["origin"]["domain"]) == (
        "gazette.example",
        "example.org",
    )
    assert (
        data["link"]["state"] == "unchecked"
        and data["link"]["job_state"] == "waiting"
        and data["capture"] is None
    )
    assert api.get(path).json()["results"] == [data] == [api.get(f"evidence/{data['id']}/").json()]


def test_a_recheck_reads_the_newest_copy_and_asks_for_another_check(
    checker: User, claim: Claim
) -> None:
    api = Api(checker)
    item = api.post(f"claims/{claim.public_id}/evidence/", ITEM).json()
    row = Evidence.objects.get(public_id=item["id"])
    factories.captured(row.link, "The register lists 1,900 trees.")
    missed = api.get(f"evidence/{item['id']}/").json()
    assert missed["quote_state"] == "not_found" and missed["nearest"]
    factories.captured(row.link, "Corrected: The register lists 2,100 trees.")
    type(row.link).objects.filter(pk=row.link.pk).update(
        job_state="failed", attempts=5, next_attempt_at=None
    )
    found = api.post(f"evidence/{item['id']}/refresh/").json()
    assert found["quote_state"] == "found" and found["capture"]["text_sha256"]
    assert (found["link"]["job_state"], found["link"]["attempts"]) == ("waiting", 0)


def test_withdrawing_twice_is_withdrawing_once(checker: User, claim: Claim) -> None:
    api = Api(checker)
    item = api.post(f"claims/{claim.public_id}/evidence/", ITEM).json()
    first = api.post(f"evidence/{item['id']}/withdraw/", {"note": "Wrong table."}).json()
    again = api.post(f"evidence/{item['id']}/withdraw/").json()
    assert first == again and first["withdrawn_at"]
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"url": "javascript:alert(1)"}, "url"), ({"url": "https://"}, "url"), ({"stance": "likes"}, "stance"),
        ({"quote": "", "finding": " "}, "quote"), ({"origin": "no domain"}, "origin"), ({"quote": "x" * 5001}, "quote"),
    ],
)  # fmt: skip
def test_an_item_that_says_nothing_usable_is_refused(
    checker: User, claim: Claim, change: dict[str, Any], field: str
) -> None:
    refused = Api(checker).post(f"claims/{claim.public_id}/evidence/", ITEM | change)
    assert is_problem(refused, 400)
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert not Evidence.objects.exists() and not Publisher.objects.exists()


def test_the_wrong_person_attaches_nothing(
    claim: Claim, second_checker: User, auditor: User, outsider: User
) -> None:
    path = f"claims/{claim.public_id}/evidence/"
    for person, status in ((second_checker, 403), (auditor, 403), (outsider, 404)):
        assert is_problem(Api(person).post(path, ITEM), status)
    assert not Publisher.objects.exists()


def test_the_evidence_of_a_published_verdict_is_closed(editor: User, published: Claim) -> None:
    item = published.evidence.all()[0]
    for path in (
        f"claims/{published.public_id}/evidence/",
        f"evidence/{item.public_id}/withdraw/",
        f"evidence/{item.public_id}/refresh/",
    ):
        assert is_problem(Api(editor).post(path, ITEM if path.startswith("claims") else {}), 409)
