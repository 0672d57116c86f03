"""A verdict on a claim about a picture, a video or a sound recording says to machines
and readers how authentic that is.
"""

import json
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from lxml import html

from claims.choices import Action
from claims.models import Claim, Verdict
from claims.rules.content import working_verdict
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import page
from tests.golden import assert_golden
from tests.project.api import Api, is_problem

HOSTILE = "Taken in </script> 2019 \u2028 by \u202eus & them"
DETAILS = VerdictDetails(
    rating=None,
    short_answer="It shows a flood of 2019.",
    explanation="The archive has it.",
    quote_accuracy="accurate",
    media_kind="image",
    authenticity="DecontextualizedContent",
    media_context=HOSTILE,
    media_original="https://photos.example/flood?a=1&b=2",
)


def media_claim(checker: User, editor: User) -> Claim:
    claim = factories.ready(checker)
    Claim.objects.filter(pk=claim.pk).update(appearance_url="https://radio.example/morning")
    write_verdict(claim, by=checker, details=replace(DETAILS, rating=factories.rating()))
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    return claim


def _markup(client: Client, claim: Claim) -> list[dict[str, object]]:
    shown = html.fromstring(client.get(page(claim)).content)
    return [json.loads(one.text) for one in shown.xpath('//script[@type="application/ld+json"]')]


def test_a_page_carries_a_media_review_beside_its_claim_review(
    client: Client, checker: User, editor: User
) -> None:
    claim = media_claim(checker, editor)
    review, media = _markup(client, claim)
    assert review["@type"] == "ClaimReview"
    # What is drawn anew in each run stands in the other review already.
    for name in ("url", "datePublished"):
        assert media.pop(name) == review[name]
    assert media["itemReviewed"].pop("interpretedAsClaim") == review["itemReviewed"]
    assert_golden("mediareview.json", json.dumps(media, indent=2, sort_keys=True).encode() + b"\n")
    shown = client.get(page(claim)).text
    assert "Shown out of context" in shown and "by \u202eus &amp; them" in shown
    assert 'href="https://photos.example/flood?a=1&amp;b=2"' in shown
    feed = json.loads(b"".join(client.get("/datafeed.json")))
    kinds = [item["@type"] for item in feed["dataFeedElement"][0]["item"]]
    assert kinds == ["ClaimReview", "MediaReview"]
    data = client.get(f"/verdicts/{claim.address}.json").json()
    assert data["media"] == {
        "kind": "image",
        "authenticity": "DecontextualizedContent",
        "context": HOSTILE,
        "original": "https://photos.example/flood?a=1&b=2",
    }


def test_a_claim_about_no_recording_has_none(client: Client, published: Claim) -> None:
    assert [one["@type"] for one in _markup(client, published)] == ["ClaimReview"]
    content = json.loads(published.verdicts.get().content)
    assert not {name for name in content if name.startswith("media")} | {"authenticity"} & set(
        content
    )
    assert client.get(f"/verdicts/{published.address}.json").json()["media"] is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"authenticity": ""},
        {"media_kind": ""},
        {"media_kind": "film"},
        {"authenticity": "Fake"},
        {"media_original": "javascript:alert(1)"},
        {"media_context": "x" * 1001},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_half_of_it_or_an_unknown_value_is_refused(checker: User, wrong: dict[str, str]) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    with pytest.raises(ValidationError):
        write_verdict(claim, by=checker, details=replace(DETAILS, **wrong))
    assert working_verdict(claim) is None


def test_the_database_refuses_half_of_it_too(checker: User) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    verdict = write_verdict(claim, by=checker, details=DETAILS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.filter(pk=verdict.pk).update(authenticity="")


def test_form_and_api_take_it(client: Client, checker: User, auditor: User) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    body = {
        "rating": None,
        "short_answer": "",
        "explanation": "",
        "media_kind": "video",
        "authenticity": "StagedContent",
        "version": 0,
    }
    path = f"claims/{claim.public_id}/verdict/"
    assert is_problem(Api(auditor).put(path, body), 403)
    assert Api(checker).put(path, body).json()["authenticity"] == "StagedContent"
    client.force_login(checker)
    sent = {"media_kind": "audio", "authenticity": "OriginalMediaContent", "version": 1}
    client.post(f"/admin/claims/claim/{claim.pk}/verdict/", sent)
    verdict = working_verdict(claim)
    assert verdict is not None
    assert (verdict.media_kind, verdict.authenticity) == ("audio", "OriginalMediaContent")
