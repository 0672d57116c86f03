"""The signed bytes beside a verdict: whoever doubts the fingerprint computes it."""

import hashlib

import pytest
from django.test import Client

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import page


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_its_hash_is_the_fingerprint_on_the_page_that_leads_to_it(
    client: Client, checker: User, editor: User
) -> None:
    claim = factories.published(checker, editor, text="The côte has “412” trees — 日本.")
    answer, shown = client.get(page(claim, "content.json")), client.get(page(claim)).text
    assert answer.status_code == 200 and answer["Content-Type"] == "application/json"
    assert answer.content.decode() == claim.verdicts.get().content
    assert f">{_sha256(answer.content)}</code>" in shown
    assert f'href="{page(claim, "content.json")}"' in shown
    assert answer["X-Robots-Tag"] == "noindex" and answer["X-Content-Type-Options"] == "nosniff"


def test_of_every_version_that_readers_find(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.corrected(checker, editor, second_editor)
    for number, tail in ((1, "versions/1/"), (2, "")):
        signed = client.get(page(claim, f"{tail}content.json"))
        assert signed.content.decode() == claim.verdicts.get(number=number).content
        shown = client.get(page(claim, tail)).text
        assert (
            f">{_sha256(signed.content)}</code>" in shown
            and f'href="{page(claim, tail)}content.json"' in shown
        )
    for number in (0, 2, 3):
        assert client.get(page(claim, f"versions/{number}/content.json")).status_code == 404


def test_of_a_marked_verdict_it_is_what_the_page_shows(
    client: Client, checker: User, editor: User
) -> None:
    claim = factories.correcting(checker, editor)
    factories.written(claim, editor, answer="Not for readers yet.")
    answer = client.get(page(claim, "content.json"))
    assert (
        answer.status_code == 200
        and "It planted fewer." in answer.text
        and "Not for readers yet." not in answer.text
    )


@pytest.mark.parametrize("tail", ["content.json", "versions/1/content.json"])
def test_a_withheld_or_retracted_one_is_not_given(
    client: Client, checker: User, editor: User, second_editor: User, tail: str
) -> None:
    corrected = factories.corrected(checker, editor, second_editor)
    move_data = factories.MoveData(
        note="It counted trees that fell.", category="correction", meanwhile="withheld"
    )
    apply(corrected, Action.CORRECT, by=editor, data=move_data)
    assert client.get(page(corrected, tail)).status_code == 404
    apply(corrected, Action.RETRACT, by=editor, data=factories.note("It was misread."))
    gone = client.get(page(corrected, tail))
    for answer in (client.get(page(corrected, tail)), gone):
        assert "It planted" not in answer.text and "short_answer" not in answer.text
    assert gone.status_code == 410


def test_what_is_not_published_has_no_such_address(client: Client, approved: Claim) -> None:
    assert client.get(page(approved, "content.json")).status_code == 404


def test_an_old_slug_leads_to_it_and_it_is_not_sent_twice(client: Client, published: Claim) -> None:
    moved = client.get(f"/verdicts/other-{published.public_id.hex[:8]}/content.json")
    assert (moved.status_code, moved["Location"]) == (301, page(published, "content.json"))
    first = client.get(page(published, "content.json"))
    assert (
        client.get(
            page(published, "content.json"), headers={"If-None-Match": first["ETag"]}
        ).status_code
        == 304
    )
    assert not first.cookies and client.post(page(published, "content.json")).status_code == 405
