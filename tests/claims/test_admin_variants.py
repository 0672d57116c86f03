"""Versions of one claim on the workbench and over the API."""

import pytest
from django.test import Client

from claims.choices import Action
from claims.desk import queries
from claims.desk.queries import Question
from claims.matching import index, variants
from claims.models import Claim, ClaimVariant, VerdictCopy
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api

pytestmark = pytest.mark.django_db


@pytest.fixture
def again(published: Claim, second_checker: User) -> Claim:
    """In work, and the same as the published one."""
    claim = factories.claim(second_checker, text=published.text)
    apply(claim, Action.TAKE, by=second_checker)
    index.update_due()
    return claim


def test_grouped_on_the_workbench_offered_and_copied_there(
    again: Claim, published: Claim, second_checker: User, outsider: User, client: Client
) -> None:
    client.force_login(second_checker)
    place = f"/admin/claims/claim/{again.pk}/"
    assert f"known/{published.public_id}/variant/" in client.get(f"{place}change/").text
    for _ in range(2):
        assert client.post(f"{place}known/{published.public_id}/variant/").status_code == 302
    html = client.get(f"{place}change/").text
    assert 'id="variants"' in html and "It planted fewer." in html and "known/" not in html
    theirs = client.get(f"/admin/claims/claim/{published.pk}/change/").text
    assert 'id="variants"' in theirs and 'id="verdict-offer"' not in theirs
    stale = client.post(f"{place}variants/copy/", {"number": 2, "version": 0})
    assert stale.status_code == 409 and "Readers have version 1" in stale.text
    assert client.post(f"{place}variants/copy/", {"number": 1, "version": 0}).status_code == 302
    assert again.verdicts.get().short_answer == "It planted fewer."
    link = ClaimVariant.objects.get()
    assert "/undo/" not in client.get(f"{place}change/").text
    refused = client.post(f"{place}variants/{link.public_id}/undo/", {"reason": "Another year."})
    assert refused.status_code == 409
    copied = client.get(f"/admin/claims/claim/{published.pk}/change/").text
    assert "copied version 1 of the verdict" in " ".join(copied.split())
    client.force_login(outsider)
    for path in (f"variants/{link.public_id}/undo/", "variants/copy/", "variants/keep/"):
        assert client.post(f"{place}{path}").status_code == 404


def test_undone_with_a_reason(again: Claim, published: Claim, second_checker: User) -> None:
    link = variants.link(again, published, by=second_checker)
    client = Client()
    client.force_login(second_checker)
    place = f"/admin/claims/claim/{again.pk}/variants/{link.public_id}/undo/"
    assert client.post(place, {"reason": ""}).status_code == 400
    assert client.post(place, {"reason": "Another year."}).status_code == 302
    link.refresh_from_db()
    assert link.undone_by == second_checker and link.undo_reason == "Another year."


def test_over_the_api(again: Claim, published: Claim, second_checker: User, outsider: User) -> None:
    api = Api(second_checker)
    path = f"claims/{again.public_id}"
    made = [api.post(f"{path}/matches/{published.public_id}/variant/", {}) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 200]
    shown = api.get(f"{path}/variants/").json()
    assert shown["variants"][0]["canonical"] == str(published.public_id)
    assert shown["offer"]["may_copy"] and shown["offer"]["copied"] is None
    missing = api.post(f"{path}/verdict/copy/", {"number": 1})
    assert missing.status_code == 428
    copied = api.post(f"{path}/verdict/copy/", {"number": 1, "version": 0}).json()
    assert copied["offer"]["copied"]["number"] == 1
    assert api.post(f"{path}/verdict/keep/", {"reason": "It stands."}).status_code == 200
    assert VerdictCopy.objects.count() == 1
    undo = f"variants/{shown['variants'][0]['id']}/undo/"
    assert api.post(undo, {"reason": "No."}).status_code == 409
    other = Api(outsider)
    assert other.get(f"{path}/variants/").status_code == 404
    assert other.post(undo, {"reason": "No."}).status_code == 404


def test_who_sees_one_of_them_learns_nothing_of_the_others(
    again: Claim, published: Claim, second_checker: User, editor: User, client: Client
) -> None:
    variants.link(again, published, by=second_checker)
    hidden = factories.claim(second_checker, text="kumquat-3171 said so.")
    variants.link(hidden, published, by=second_checker)
    question = Question("May we say so?", blocking=True, privileged=True)
    queries.open_query(again, by=editor, question=question)
    legal = factories.person("counsel", again.desk, "legal")
    client.force_login(legal)
    html = client.get(f"/admin/claims/claim/{again.pk}/change/").text
    assert 'id="queries"' in html and 'id="variants"' not in html and "kumquat" not in html
    shown = Api(legal).get(f"claims/{again.public_id}/variants/").json()
    assert shown["variants"] == [] and shown["offer"] is None
