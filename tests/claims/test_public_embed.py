"""oEmbed and the page that other sites frame."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from claims.choices import Action
from claims.models import Claim
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import Words, page, publish

SITE = "http://localhost:8000"


def _consumed(client: Client, claim: Claim) -> Any:
    """As a consumer does: the page names the address, which answers with the frame."""
    document = html.fromstring(client.get(page(claim)).content)
    (address,) = document.xpath('//link[@type="application/json+oembed"]/@href')
    return client.get(address.removeprefix(SITE))


def _oembed(client: Client, claim: Claim, **asked: Any) -> Any:
    return client.get("/oembed", {"url": f"{SITE}{page(claim)}", **asked})


def test_a_consumer_finds_the_frame(client: Client, checker: User, editor: User) -> None:
    claim = publish(checker, editor, Words(claim='Über <b>"bread"</b> & 半分です', language="de"))
    found = _consumed(client, claim).json()
    assert (found["version"], found["type"]) == ("1.0", "rich")
    assert found["title"] == f"False: {claim.text}"
    frame = html.fromstring(found["html"])
    assert frame.tag == "iframe" and frame.get("src") == f"{SITE}{page(claim, 'embed/')}"
    assert frame.get("title") == found["title"]
    assert (int(frame.get("width")), int(frame.get("height"))) == (found["width"], found["height"])
    assert client.get(page(claim, "embed/")).status_code == 200


def test_the_size_asked_for_is_kept(client: Client, checker: User, editor: User) -> None:
    claim = publish(checker, editor)
    found = _oembed(client, claim, maxwidth=400, maxheight=200).json()
    assert (found["width"], found["height"]) == (400, 200)
    assert _oembed(client, claim, maxwidth=99999).json()["width"] == 600


@pytest.mark.parametrize(("asked", "status"), [
    ({"format": "xml"}, 501), ({"format": ""}, 501), ({"maxwidth": "-1"}, 400), ({"maxheight": "x"}, 400), ({"maxwidth": "1"}, 400),
    ({"maxwidth": "٣٠٠"}, 400), ({"url": ""}, 404), ({"url": "https://paper.example/"}, 404), ({"url": "http://[bad"}, 404),
    ({"url": f"{SITE}/verdicts/a-00000000/"}, 404), ({"url": f"{SITE}/admin/"}, 404), ({"url": f"{SITE}/%00"}, 404),
])  # fmt: skip
def test_nonsense_is_refused(
    client: Client, checker: User, editor: User, asked: dict[str, str], status: int
) -> None:
    assert _oembed(client, publish(checker, editor), **asked).status_code == status


def test_the_embed_page_may_be_framed_and_nothing_else(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor)
    framed, page_itself = client.get(page(claim, "embed/")), client.get(page(claim))
    assert "X-Frame-Options" not in framed and page_itself["X-Frame-Options"] == "DENY"
    closed, opened = (
        set(answer["Content-Security-Policy"].split("; ")) for answer in (page_itself, framed)
    )
    assert opened ^ closed == {"frame-ancestors *", "frame-ancestors 'none'"}
    assert not framed.cookies and framed["X-Robots-Tag"] == "noindex"
    again = client.get(page(claim, "embed/"), headers={"If-None-Match": framed["ETag"]})
    assert again.status_code == 304 and "X-Frame-Options" not in again


def test_an_embed_marks_itself_when_the_verdict_is_corrected(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.corrected(checker, editor, second_editor)
    shown = client.get(page(claim, "embed/")).text
    assert "Corrected on" in shown and "It planted half." in shown


def test_a_spelling_fix_is_no_mark(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.corrected(checker, editor, second_editor, category="typo")
    assert "Corrected on" not in client.get(page(claim, "embed/")).text


@pytest.mark.parametrize("meanwhile", ["under_review", "withheld"])
def test_an_embed_marks_itself_while_the_verdict_is_in_doubt(
    client: Client, checker: User, editor: User, meanwhile: str
) -> None:
    claim = factories.correcting(checker, editor, meanwhile=meanwhile)
    shown = client.get(page(claim, "embed/")).text
    assert "Under review since" in shown
    assert ("It planted fewer." in shown) == (meanwhile == "under_review")
    assert _oembed(client, claim).status_code == (200 if meanwhile == "under_review" else 404)


def test_an_embed_of_a_retracted_verdict_stays_and_says_so(
    client: Client, editor: User, published: Claim
) -> None:
    before = client.get(page(published, "embed/"))
    apply(published, Action.RETRACT, by=editor, data=MoveData(note="The register was misread."))
    after = client.get(page(published, "embed/"), headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200 and "frame-ancestors *" in after["Content-Security-Policy"]
    assert "Retracted" in after.text and "The register was misread." in after.text
    assert "It planted fewer." not in after.text
    assert _oembed(client, published).status_code == 404


def test_other_words_in_the_address_lead_to_the_right_one(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor)
    answer = client.get(f"/verdicts/x-{claim.public_id.hex[:8]}/embed/")
    assert (answer.status_code, answer["Location"]) == (301, page(claim, "embed/"))
