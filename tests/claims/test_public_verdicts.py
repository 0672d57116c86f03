"""What readers see of a published verdict, and the list of them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Verdict
from factcheck.newsroom.models import User
from sources.claimants import describe
from sources.models import Claimant
from tests import factories
from tests.claims.public_pages import Words, page, publish


def test_the_front_page_leads_to_the_list(client: Client, db: None) -> None:
    answer = client.get("/", follow=True)
    assert answer.redirect_chain == [("/verdicts/", 302)]
    assert "No verdicts yet" in answer.text


def test_a_verdict_shows_its_rating_in_words_and_its_place_on_the_scale(
    client: Client, checker: User, editor: User
) -> None:
    shown = client.get(page(publish(checker, editor))).text
    assert '<strong class="word">False</strong>' in shown
    assert "1 on a scale from 1 to 3" in shown
    assert 'fill="#b00020"' in shown


def test_a_rating_off_the_scale_has_a_word_and_no_number(
    client: Client, checker: User, editor: User
) -> None:
    shown = client.get(page(publish(checker, editor, Words(rating="Unproven")))).text
    assert '<strong class="word">Unproven</strong>' in shown
    assert "not on the scale" in shown and "on a scale" not in shown


def test_a_verdict_names_both_signers_and_the_fingerprint_of_what_they_signed(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor)
    editor.byline = "Béla Ortiz"
    editor.save(update_fields=["byline"])
    shown = client.get(page(claim)).text
    assert "Checked by <bdi>checker</bdi>, approved by <bdi>Béla Ortiz</bdi>" in shown
    assert f'data-content-hash="{Verdict.objects.get().content_hash}"' in shown


def test_readers_see_what_was_signed_even_if_a_row_behind_it_changes(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor)
    mira = Claimant.objects.get()
    describe(mira, by=editor, words=mira.signed_fields | {"name": "Somebody Else"})
    shown = client.get(page(claim)).text
    assert "Mira Halloway" in shown and "Somebody Else" not in shown


def test_a_claim_without_a_claimant_or_a_page_says_so(
    client: Client, checker: User, editor: User
) -> None:
    words = Words(claimant="", appearance="")
    shown = client.get(page(publish(checker, editor, words))).text
    assert "No named claimant" in shown
    assert "original statement" not in shown


def test_the_list_is_newest_first_and_twenty_a_page(
    client: Client, checker: User, editor: User
) -> None:
    claims = [factories.published(checker, editor) for _ in range(21)]
    first = client.get("/verdicts/").text
    second = client.get(re.search(r'href="([^"]+)" rel="next"', first)[1]).text  # type: ignore[index]
    assert first.index(claims[20].address) < first.index(claims[1].address)
    assert claims[0].address not in first and claims[0].address in second
    assert claims[1].address not in second and 'rel="next"' not in second
    assert "21 claims checked" in first and "21 claims checked" in second


@pytest.mark.parametrize("number", ["0", "9", "-1", "x", "", "%00", "1" * 5000])
def test_a_page_that_is_not_there_is_not_found(client: Client, db: None, number: str) -> None:
    assert client.get(f"/verdicts/?page={number}").status_code == 404


def test_the_list_asks_as_often_for_twenty_verdicts_as_for_two(
    client: Client, checker: User, editor: User
) -> None:
    counts = []
    for more in (2, 18):
        for _ in range(more):
            factories.published(checker, editor)
        with CaptureQueriesContext(connection) as queries:
            client.get("/verdicts/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_verdict_asks_as_often_for_twenty_items_of_evidence_as_for_two(
    client: Client, checker: User, editor: User
) -> None:
    counts = []
    # So that each of the two has another one that is related to it.
    publish(checker, editor)
    for items in (2, 20):
        claim = publish(checker, editor, items=items)
        with CaptureQueriesContext(connection) as queries:
            client.get(page(claim))
        counts.append(len(queries))
    assert counts[0] == counts[1]
