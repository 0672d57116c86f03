"""What a claim is signed with changes only by a step on the claim: other words of a
claimant are a new version, which somebody puts on each claim.
"""

import pytest
from django.test import Client

from claims.choices import Action
from claims.models import Claim
from claims.rules.content import build_content, working_verdict
from claims.workflow import apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from sources.models import Claimant
from tests.project.api import Api
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
WORDS = {"name": "Jana Brook", "kind": "Person", "description": "clerk", "same_as": ""}
RENAMED = WORDS | {"description": "head of the port office", "same_as": "https://who.example/1"}


@shared
def claim(checker: User, ready: Claim) -> Claim:
    row = Claimant.objects.create(desk=ready.desk, **WORDS)
    Claim.objects.filter(pk=ready.pk).update(claimant=row)
    ready.refresh_from_db()
    apply(ready, Action.SUBMIT, by=checker)
    return Claim.objects.get(pk=ready.pk)


def _signed(claim: Claim) -> tuple[str, int]:
    fresh = Claim.objects.get(pk=claim.pk)
    verdict = working_verdict(fresh)
    assert verdict
    return build_content(fresh, verdict).hash, fresh.version


def _renamed(client: Client, by: User, row: Claimant | None, **words: str) -> Claimant:
    assert row
    client.force_login(by)
    answer = client.post(f"/admin/sources/claimant/{row.pk}/change/", RENAMED | words)
    assert answer.status_code == 302, answer.content
    return row.current() if row.replaced_at else Claimant.objects.get(pk=row.pk).current()


def test_a_claimant_in_other_words_leaves_every_claim_as_it_is(
    client: Client, checker: User, claim: Claim
) -> None:
    before = _signed(claim)
    new = _renamed(client, checker, claim.claimant)
    assert (new.description, new.same_as) == (RENAMED["description"], RENAMED["same_as"])
    assert _signed(claim) == before
    (entry,) = AuditEntry.objects.filter(action="claimant.change")
    assert entry.changes["description"] == ["clerk", "head of the port office"]
    assert (entry.actor, entry.object_id) == ("checker", str(new.public_id))
    listed = client.get("/admin/sources/claimant/").text
    assert "head of the port office" in listed
    assert "clerk" not in listed
    again = client.post(f"/admin/sources/claimant/{new.pk}/change/", RENAMED)
    assert again.status_code == 302
    assert AuditEntry.objects.filter(action="claimant.change").count() == 1


def test_the_step_on_the_claim_raises_its_version_and_ends_the_signature(
    client: Client, checker: User, editor: User, claim: Claim
) -> None:
    digest, version = _signed(claim)
    _renamed(client, checker, claim.claimant)
    client.force_login(editor)
    page = f"/admin/claims/claim/{claim.pk}/"
    assert "head of the port office" in client.get(f"{page}change/").text
    stale = client.post(f"{page}claimant/", {"version": version - 1})
    assert stale.status_code == 412
    assert _signed(claim) == (digest, version)
    for _ in range(2):
        assert client.post(f"{page}claimant/", {"version": version}).status_code == 302
    after = _signed(claim)
    assert (after[0] != digest, after[1]) == (True, version + 1)
    refused = Api(editor).post(
        f"claims/{claim.public_id}/transitions/", {"action": "approve", "version": after[1]}
    )
    assert refused.status_code == 422
    assert "signature" in refused.text
    entry = AuditEntry.objects.filter(action="claim.edit").latest("seq")
    assert entry.changes["claimant"] == ["Jana Brook, clerk", "Jana Brook, head of the port office"]


def test_a_claim_under_signature_is_published_as_it_was_signed(
    client: Client, checker: User, editor: User, claim: Claim
) -> None:
    """Also by somebody who renames the claimant between approval and publication."""
    apply(claim, Action.APPROVE, by=editor)
    _renamed(client, checker, claim.claimant, name="Somebody else")
    apply(claim, Action.PUBLISH, by=editor)
    shown = client.get(claim.address and f"/verdicts/{claim.address}/").text
    assert "Jana Brook" in shown
    assert "Somebody else" not in shown


def test_a_form_that_is_saved_unchanged_does_not_change_the_claimant(
    client: Client, checker: User, editor: User, claim: Claim
) -> None:
    before = _signed(claim)
    _renamed(client, checker, claim.claimant)
    client.force_login(editor)
    words = {"text": claim.text, "claimant": "Jana Brook, clerk", "version": before[1]}
    assert client.post(f"/admin/claims/claim/{claim.pk}/details/", words).status_code == 302
    body = {"claimant": {"name": "Jana Brook", "description": "clerk"}, "version": before[1]}
    assert Api(editor).patch(f"claims/{claim.public_id}/", body).status_code == 200
    assert _signed(claim) == before


def test_a_namesake_of_another_description_is_a_change_of_the_claim(
    client: Client, editor: User, claim: Claim
) -> None:
    before = _signed(claim)
    body = {"claimant": {"name": "Jana Brook", "description": "painter"}, "version": before[1]}
    assert Api(editor).patch(f"claims/{claim.public_id}/", body).status_code == 200
    after = _signed(claim)
    assert (after[0] != before[0], after[1]) == (True, before[1] + 1)


def test_whom_one_desk_shared_another_cannot_reword_into_its_claims(
    client: Client, editor: User, outsider: User, claim: Claim
) -> None:
    client.force_login(editor)
    assert claim.claimant
    client.post(f"/admin/sources/claimant/{claim.claimant.pk}/share/")
    before = _signed(claim)
    _renamed(client, outsider, claim.claimant, name="A villain")
    assert _signed(claim) == before


def test_an_earlier_version_is_asked_and_interested_all_the_same(
    client: Client, checker: User, editor: User, claim: Claim, desk: Desk
) -> None:
    """A reply request and an interest are about the person, however called since."""
    asked = {"person": "Jana Brook", "channel": "email", "question": "Is it so?"}
    address = f"claims/{claim.public_id}/"
    assert Api(editor).post(f"{address}reply-requests/", asked).status_code == 201
    declared = {"about": "My aunt.", "claimant": "Jana Brook", "description": "clerk"}
    assert Api(editor).post("interests/", declared).status_code == 201
    _renamed(client, checker, claim.claimant, name="Jana Brook-Moen")
    client.force_login(editor)
    version = Claim.objects.get(pk=claim.pk).version
    page = f"/admin/claims/claim/{claim.pk}/"
    assert client.post(f"{page}claimant/", {"version": version}).status_code == 302
    assert "no longer the claimant" not in client.get(f"{page}change/").text
    refused = Api(editor).post(
        f"{address}transitions/", {"action": "approve", "version": version + 1}
    )
    assert "conflict of interest" in refused.text
