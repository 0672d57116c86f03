"""A long list stays quick: it counts no further than it pages, and says so."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.admin.claims import ClaimAdmin
from factcheck.newsroom import bounded_lists
from factcheck.newsroom.models import Desk, User
from tests import factories

CLAIMS = "admin:claims_claim_changelist"


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_lists, "MOST_COUNTED", 3)
    monkeypatch.setattr(ClaimAdmin, "list_per_page", 2)


def _page(client: Client, desk: Desk, by: User, rows: int) -> str:
    for _ in range(rows):
        factories.claim(by, desk)
    client.force_login(by)
    return client.get(reverse(CLAIMS)).content.decode()


def test_up_to_the_limit_the_number_is_exact(client: Client, desk: Desk, editor: User) -> None:
    page = _page(client, desk, editor, 3)
    assert "3 claims" in " ".join(page.split())
    assert "more than" not in page


def test_beyond_it_the_list_says_so_and_what_to_do(
    client: Client, desk: Desk, editor: User
) -> None:
    page = _page(client, desk, editor, 5)
    assert "more than 3 claims. Filter or search to reach those beyond." in page
    second = client.get(reverse(CLAIMS), {"p": "2"}).content.decode()
    assert [one.count('name="_selected_action"') for one in (page, second)] == [2, 1]


def test_what_lies_beyond_is_found_by_a_search(client: Client, desk: Desk, editor: User) -> None:
    factories.claim(editor, desk, text="The lighthouse was sold for 900 euros.")
    _page(client, desk, editor, 5)
    page = client.get(reverse(CLAIMS), {"q": "lighthouse"}).content.decode()
    assert "The lighthouse was sold" in page
    assert "more than" not in page


def test_a_search_counts_less_far_and_keeps_its_pages(
    client: Client, desk: Desk, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_lists, "MOST_COUNTED", 9)
    monkeypatch.setattr(bounded_lists, "MOST_FOUND", 3)
    for number in range(4):
        factories.claim(editor, desk, text=f"The city planted {number} lindens.")
    _page(client, desk, editor, 1)
    page = client.get(reverse(CLAIMS), {"q": "lindens"}).content.decode()
    assert "more than 3 claims" in page
    assert page.count('name="_selected_action"') == 2
    nothing = client.get(reverse(CLAIMS), {"q": "dragons"}).content.decode()
    assert "0 claims" in " ".join(nothing.split())


def test_a_page_past_the_end_is_no_error(client: Client, desk: Desk, editor: User) -> None:
    _page(client, desk, editor, 5)
    assert client.get(reverse(CLAIMS), {"p": "9"}, follow=True).status_code == 200
