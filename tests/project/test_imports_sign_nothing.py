"""Whatever is sent in, also what this newsroom exported with its signatures, comes in
without a signature.
"""

import json
from typing import Any

import pytest
from django.test import Client

from claims.choices import Status
from claims.models import Claim, Verdict
from factcheck.newsroom.models import User
from sources.models import Article
from tests import factories
from tests.project.api import Api

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(checker: User, editor: User) -> dict[str, Any]:
    """A published claim with both signatures, as the API exports it."""
    claim = factories.published(checker, editor)
    answer = Api(editor).get(f"claims/{claim.public_id}/export/")
    assert (
        answer.status_code == 200 and claim.verdicts.get().content_hash in answer.content.decode()
    )
    return json.loads(answer.content)


def _nothing_new_is_signed() -> None:
    assert [verdict.claim.status for verdict in Verdict.objects.all()] == [Status.PUBLISHED]
    assert not Claim.objects.exclude(status=Status.PUBLISHED).exclude(status=Status.OPEN).exists()


def test_an_export_is_no_claim(exported: dict[str, Any], editor: User) -> None:
    for sent in (exported, exported["claim"]):
        assert Api(editor).post("claims/", sent).status_code in {201, 400}
    _nothing_new_is_signed()


def test_a_claim_comes_without_what_it_says_of_itself(
    exported: dict[str, Any], editor: User
) -> None:
    verdict = Verdict.objects.get()
    more = {
        "status": "published",
        "verdict": {"rating": "False", "state": "published"},
        "signatures": [{"by": "checker"}, {"by": "editor"}],
        "content_hash": verdict.content_hash,
        "author": "checker",
        "approver": "editor",
    }
    words = {
        "text": "Another claim.",
        "stated_date": "2026-05-03",
        "appearance_url": "https://radio.example/",
    }
    for sent in (words | more, words):
        answer = Api(editor).post("claims/", sent)
        assert answer.status_code in {201, 400}
    made = Claim.objects.get(text="Another claim.")
    assert made.status == Status.OPEN and not made.verdicts.exists()
    _nothing_new_is_signed()


def test_a_pasted_text_is_an_article_and_no_more(
    client: Client, exported: dict[str, Any], editor: User
) -> None:
    client.force_login(editor)
    review = {"@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": "X."}
    for text in (
        json.dumps(exported),
        f'<script type="application/ld+json">{json.dumps(review)}</script>',
    ):
        before = Article.objects.count()
        answer = Api(editor).post("articles/", {"text": text, "title": "T", "kind": "draft"})
        assert answer.status_code in {201, 202}, answer.content
        pasted = client.post(
            "/admin/sources/article/add/",
            {
                "text": f"Pasted. {text}",
                "title": "T",
                "kind": "draft",
                "desk": editor.memberships.get().desk_id,
            },
        )
        assert pasted.status_code == 302, pasted.content.decode()[:500]
        assert Article.objects.count() == before + 2
    _nothing_new_is_signed()


def test_a_second_verdict_is_not_put_on_a_claim_by_its_export(
    exported: dict[str, Any], editor: User
) -> None:
    claim = Claim.objects.get()
    sent = {**exported, "version": 0, "rating": "False", "scale": "Truth", "short_answer": "No."}
    answer = Api(editor).put(f"claims/{claim.public_id}/verdict/", sent)
    assert answer.status_code >= 400
    _nothing_new_is_signed()
