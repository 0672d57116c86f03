"""A verdict and its translations name each other, so that search engines show each
reader the one in their language.
"""

import json

from django.test import Client
from lxml import html

from claims.choices import Action
from claims.models import Claim
from claims.publication.translations import set_original
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import page

SITE = "http://localhost:8000"


def _translated(original: Claim, language: str, checker: User, editor: User) -> Claim:
    claim = factories.ready(checker, text=f"The claim in {language}.")
    set_original(claim, by=checker, original=original, language=language)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    return claim


def _versions(client: Client, claim: Claim) -> dict[str, str]:
    document = html.fromstring(client.get(page(claim)).content)
    links = document.xpath("//link[@rel='alternate'][@hreflang]")
    return {link.get("hreflang"): link.get("href") for link in links}


def test_each_names_all_and_the_original_is_the_default(
    client: Client, checker: User, editor: User, published: Claim
) -> None:
    swedish, german = (_translated(published, code, checker, editor) for code in ("sv", "de"))
    expected = {
        "x-default": f"{SITE}{page(published)}",
        "en": f"{SITE}{page(published)}",
        "de": f"{SITE}{page(german)}",
        "sv": f"{SITE}{page(swedish)}",
    }
    for claim in (published, swedish, german):
        assert _versions(client, claim) == expected


def test_one_language_alone_names_none(client: Client, checker: User, editor: User) -> None:
    assert _versions(client, factories.published(checker, editor)) == {}


def test_a_retracted_translation_is_named_no_more(
    client: Client, checker: User, editor: User, published: Claim
) -> None:
    swedish, german = (_translated(published, code, checker, editor) for code in ("sv", "de"))
    apply(swedish, Action.RETRACT, by=editor, data=MoveData(note="The register was misread."))
    assert (
        set(_versions(client, published))
        == set(_versions(client, german))
        == {
            "x-default",
            "en",
            "de",
        }
    )


def test_the_page_holds_the_same_claim_review_as_its_file(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.corrected(checker, editor, second_editor)
    shown = html.fromstring(client.get(page(claim)).content)
    (block,) = shown.xpath('//script[@type="application/ld+json"]/text()')
    found = json.loads(block)
    assert found == client.get(page(claim, "claimreview.json")).json()
    assert found["@context"] == "https://schema.org" and found["@type"] == "ClaimReview"
    rating = found["reviewRating"]
    assert 1 <= rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
    assert found["correction"][0]["@type"] == "CorrectionComment"
