"""A publisher that all desks share is renamed by any of them; what another desk signs
keeps the name it was signed with until somebody there saves the evidence again.
"""

import pytest
from django.test import Client

from claims.choices import Action
from claims.models import Claim, Evidence
from claims.rules.content import build_content, working_verdict
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(checker: User) -> Claim:
    return factories.submitted(checker)


def _renamed_by(client: Client, by: User, item: Evidence, name: str = "The Liar") -> None:
    publisher = item.link.publisher
    words = {"name": name, "domain": publisher.domain, "owner": publisher.owner_id}
    client.force_login(by)
    answer = client.post(
        f"/admin/sources/publisher/{publisher.pk}/change/", words | {"kind": "secondary"}
    )
    assert answer.status_code == 302, answer.content


def _signed(claim: Claim) -> tuple[str, int]:
    fresh = Claim.objects.get(pk=claim.pk)
    verdict = working_verdict(fresh)
    assert verdict
    return build_content(fresh, verdict).hash, fresh.version


def test_another_desk_renames_a_publisher_and_changes_no_claim_of_this_one(
    client: Client, outsider: User, claim: Claim
) -> None:
    before = _signed(claim)
    _renamed_by(client, outsider, claim.evidence.all()[0])
    assert _signed(claim) == before


def test_nor_does_it_stop_a_publication(
    client: Client, editor: User, outsider: User, claim: Claim
) -> None:
    apply(claim, Action.APPROVE, by=editor)
    item = claim.evidence.all()[0]
    _renamed_by(client, outsider, item)
    apply(claim, Action.PUBLISH, by=editor)
    content = claim.verdicts.published().get().content
    assert item.publisher_name in content
    assert "The Liar" not in content


def test_saving_the_evidence_takes_the_new_name_with_a_version(
    client: Client, editor: User, outsider: User, claim: Claim
) -> None:
    digest, version = _signed(claim)
    item = claim.evidence.all()[0]
    _renamed_by(client, outsider, item, "The Gazette of Evers")
    client.force_login(editor)
    assert "Signed as" in client.get(f"/admin/claims/claim/{claim.pk}/change/").text
    body = {"quote": item.quote, "version": item.version}
    for _ in range(2):
        assert Api(editor).patch(f"evidence/{item.public_id}/", body).status_code == 200
    after = _signed(claim)
    assert (after[0] != digest, after[1]) == (True, version + 1)
    item.refresh_from_db()
    assert (item.publisher_name, item.version) == ("The Gazette of Evers", 2)
    assert "Signed as" not in client.get(f"/admin/claims/claim/{claim.pk}/change/").text


def test_a_dropped_correction_gives_the_signed_name_back(
    client: Client, checker: User, editor: User, outsider: User
) -> None:
    claim = factories.correcting(checker, editor)
    item = claim.evidence.order_by("number")[0]
    name = item.publisher_name
    _renamed_by(client, outsider, item, "Another paper")
    body = {"finding": "It shows half.", "version": item.version}
    assert Api(editor).patch(f"evidence/{item.public_id}/", body).status_code == 200
    item.refresh_from_db()
    assert item.publisher_name == "Another paper"
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    item.refresh_from_db()
    assert item.publisher_name == name
