"""The pages of a claimant and of a topic: what was checked, and how it was rated."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.intake.topics import add_topic, set_topic
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from sources.claimants import describe
from tests import factories
from tests.claims.public_pages import Words, copies, publish

pytestmark = pytest.mark.django_db


def _claimant_page(claim: Claim) -> str:
    assert claim.claimant
    return f"/claimants/{claim.claimant.public_id}/"


def test_a_claimant_has_a_page_of_what_was_checked(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor, Words(claim="Trees were planted."))
    publish(checker, editor, Words(claim="Ships were counted.", rating="Unproven"))
    publish(checker, editor, Words(claim="Bees were bred.", claimant="Jon Okafor"))
    listed = client.get("/verdicts/").text
    shown = client.get(_claimant_page(claim)).text
    assert f'href="{_claimant_page(claim)}"' in listed
    assert "Trees" in shown and "Ships" in shown and "Bees" not in shown
    assert "2 claims checked" in shown and "We choose which claims we check" in shown
    assert "".join(shown.split()).count("<dd>1</dd>") == 2


def test_a_claimant_is_called_as_it_was_signed(client: Client, checker: User, editor: User) -> None:
    claim = publish(checker, editor)
    assert claim.claimant
    words = claim.claimant.signed_fields | {"name": "Somebody Else"}
    describe(claim.claimant, by=editor, words=words)
    shown = client.get(_claimant_page(claim)).text
    assert "Mira Halloway" in shown and "Somebody Else" not in shown


def test_a_topic_has_one_page_whatever_desks_it_is_of(
    client: Client, checker: User, editor: User
) -> None:
    other = factories.desk("Harbour")
    others = [factories.person(f"harbour_{role}", other, role) for role in ("checker", "editor")]
    pages = []
    for (author, approver), words in (((checker, editor), "Trees"), (others, "Ships")):
        claim = publish(author, approver, Words(claim=f"{words} were counted."))
        topic, _ = add_topic(claim.desk, by=approver, name="Parks")
        set_topic(claim, by=approver, topic=topic)
        pages.append(f"/topics/{topic.public_id}/")
    for page in pages:
        shown = client.get(page).text
        assert (
            "Parks" in shown and "Trees were counted." in shown and "Ships were counted." in shown
        )


def test_who_and_what_is_not_published_has_no_page(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor, Words(claimant="The Canary"))
    topic, _ = add_topic(claim.desk, by=editor, name="Canaries")
    pages = (_claimant_page(claim), f"/topics/{topic.public_id}/")
    nothing = client.get("/topics/00000000-0000-0000-0000-000000000000/")
    apply(claim, Action.RETRACT, by=editor, data=factories.note("Misread."))
    for page in pages:
        answer = client.get(page)
        assert (answer.status_code, answer.content) == (404, nothing.content)


def test_the_page_asks_as_often_for_200_verdicts_as_for_two(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor)
    page, counts = _claimant_page(claim), []
    for more in (1, 198):
        copies(claim, more)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        counts.append(len(queries))
    assert "200 claims checked" in answer.text
    assert counts[0] == counts[1]
