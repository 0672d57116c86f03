"""A retracted verdict leaves a tombstone: the reason and the date, and nothing to
cite.
"""

import pytest
from django.test import Client

from claims.choices import Action
from claims.models import Claim
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests.claims.public_pages import Words, page, publish
from tests.shared_rows import shared


@shared
def retracted(checker: User, editor: User) -> Claim:
    claim = publish(checker, editor, Words(answer="The short answer.", explanation="The long one."))
    apply(claim, Action.RETRACT, by=editor, data=MoveData(note="We <misread> the log."))
    return claim


def test_the_page_is_gone_and_says_why_and_when(client: Client, retracted: Claim) -> None:
    answer = client.get(page(retracted))
    assert answer.status_code == 410
    assert "We &lt;misread&gt; the log." in answer.text and retracted.text in answer.text
    when = retracted.verdicts.get().retracted_at
    assert when and f'datetime="{when.date().isoformat()}"' in answer.text


def test_a_tombstone_repeats_nothing_of_the_verdict(client: Client, retracted: Claim) -> None:
    shown = client.get(page(retracted)).text
    for gone in ("ld+json", "ClaimReview", "The short answer.", "The long one.", "og:title"):
        assert gone not in shown


@pytest.mark.parametrize("tail", ["claimreview.json", "evidence/1/"])
def test_what_hung_on_it_is_gone_too(client: Client, retracted: Claim, tail: str) -> None:
    answer = client.get(page(retracted, tail))
    assert answer.status_code == 410
    assert "ClaimReview" not in answer.text and "Something the page says." not in answer.text


def test_it_leaves_the_list_and_moves_its_date(client: Client, retracted: Claim) -> None:
    answer = client.get("/verdicts/")
    assert retracted.address not in answer.text
    assert answer["Last-Modified"] == client.get(page(retracted))["Last-Modified"]


def test_an_old_address_leads_to_the_tombstone(client: Client, retracted: Claim) -> None:
    answer = client.get(f"/verdicts/old-{retracted.public_id.hex[:8]}/", follow=True)
    assert [code for _, code in answer.redirect_chain] == [301]
    assert answer.status_code == 410


def test_others_stay_published(client: Client, retracted: Claim, published: Claim) -> None:
    assert client.get(page(published)).status_code == 200
