"""The address of a verdict: its words may be wrong, its eight digits may not."""

from urllib.parse import unquote

import pytest
from django.test import Client

from claims.models import Claim
from factcheck.newsroom.models import User
from tests.claims.public_pages import Words, page, publish


def test_the_address_of_a_claim_shows_its_verdict(client: Client, published: Claim) -> None:
    assert published.address.endswith(f"-{published.public_id.hex[:8]}")
    assert client.get(page(published)).status_code == 200


@pytest.mark.parametrize(
    "slug", ["other-words-", "", "-", "a-b-00000000-", "Großes-", "x" * 500 + "-"]
)
def test_other_words_lead_to_the_right_address_for_good(
    client: Client, slug: str, published: Claim
) -> None:
    answer = client.get(f"/verdicts/{slug}{published.public_id.hex[:8]}/")
    assert (answer.status_code, answer["Location"]) == (301, page(published))


def test_pages_below_a_verdict_move_with_it(client: Client, published: Claim) -> None:
    for tail in ("claimreview.json", "evidence/2/"):
        answer = client.get(f"/verdicts/old-{published.public_id.hex[:8].upper()}/{tail}")
        assert (answer.status_code, answer["Location"]) == (301, page(published, tail))


def test_an_address_in_any_script_works_and_is_encoded_once(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(
        checker,
        editor,
        Words(claim="Die Straße kostet über 3 Millionen, 半分です。", language="de"),
    )
    answer = client.get(f"/verdicts/x-{claim.public_id.hex[:8]}/")
    assert unquote(answer["Location"]) == f"/verdicts/{claim.address}/"
    shown = client.get(answer["Location"])
    assert shown.status_code == 200
    assert f'rel="canonical" href="http://localhost:8000{answer["Location"]}"' in shown.text


@pytest.mark.parametrize("address", [
    "nothing", "a-1234567", "a-123456789", "a-xyzxyzxy", "00000000", "%00-00000000", "a%0Ab-00000000", "%F0%9F%8C%B3-00000000",
    "a-%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6%D9%A7%D9%A8", "..%2F-00000000", "a" * 3000, "%ED%A0%80-00000000",
])  # fmt: skip
def test_garbage_is_not_found(client: Client, db: None, address: str) -> None:
    assert client.get(f"/verdicts/{address}/").status_code == 404


def test_two_claims_with_the_same_digits_are_told_apart_by_the_whole_address(
    client: Client, checker: User, editor: User
) -> None:
    first = publish(
        checker,
        editor,
        Words(claim="Bread is cheaper."),
        public_id="abcdef01000000000000000000000001",
    )
    second = publish(
        checker,
        editor,
        Words(claim="Milk is dearer."),
        public_id="abcdef01000000000000000000000002",
    )
    first, second = Claim.objects.get(pk=first.pk), Claim.objects.get(pk=second.pk)
    assert "Bread is cheaper." in client.get(page(first)).text
    assert "Milk is dearer." in client.get(page(second)).text
    assert client.get("/verdicts/wine-is-red-abcdef01/").status_code == 404


def test_a_claim_whose_digits_are_next_to_it_is_not_shown(
    client: Client, checker: User, editor: User
) -> None:
    publish(checker, editor, public_id="abcdef02000000000000000000000000")
    assert client.get("/verdicts/a-abcdef01/").status_code == 404
    assert client.get("/verdicts/a-abcdef02/").status_code == 301
