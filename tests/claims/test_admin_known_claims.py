"""What is known stands beside a suggestion, on a claim, and where one is typed; readers
are told what was checked before they send it.
"""

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from claims.choices import Action
from claims.matching import decisions, index
from claims.models import Claim, DifferentClaim, Repetition, Tip
from claims.workflow import apply
from factcheck.newsroom.models import User
from factcheck.newsroom.sign_in_limits import CACHE
from tests import factories
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
SAID = "The storm of Monday sank 40 boats at Largo harbour."
AGAIN = "The storm of Monday sank 55 boats at Largo harbour."


@shared
def known(checker: User) -> Claim:
    claim = factories.claim(checker, text=SAID)
    index.update_due()
    return claim


def test_beside_a_suggestion_before_anybody_accepts_it(
    known: Claim, checker: User, client: Client
) -> None:
    article = factories.article_read(checker, text=f"{AGAIN}\n")
    client.force_login(checker)
    html = " ".join(client.get(f"/admin/sources/article/{article.pk}/change/").text.split())
    assert "<strong><bdi>55 boats</bdi></strong> here" in html
    assert "<strong><bdi>40 boats</bdi></strong> there" in html
    assert "<mark>Largo</mark>" in html


def test_on_a_claim_and_not_again_once_somebody_said_that_it_is_another(
    known: Claim, checker: User, outsider: User, client: Client
) -> None:
    other = factories.claim(checker, text=AGAIN)
    client.force_login(checker)
    place = f"/admin/claims/claim/{other.pk}/"
    assert 'id="known-claims"' in client.get(f"{place}change/").text
    for _ in range(2):
        client.post(f"{place}known/{known.public_id}/different/")
    assert DifferentClaim.objects.get().by == checker
    html = client.get(f"{place}change/").text
    assert "40 boats</bdi></strong> there" not in html and "Marked as not the same" in html
    client.post(f"{place}known/{known.public_id}/again/")
    assert not DifferentClaim.objects.exists()
    secret = factories.claim(outsider, text=SAID)
    assert client.post(f"{place}known/{secret.public_id}/different/").status_code == 404


def test_a_published_claim_said_again_becomes_a_repetition_of_it(
    checker: User, editor: User, second_checker: User, client: Client
) -> None:
    published = factories.published(checker, editor)
    again = factories.claim(second_checker, text=published.text)
    index.update_due()
    client.force_login(second_checker)
    place = f"/admin/claims/claim/{again.pk}/"
    assert f"known/{published.public_id}/repetition/" in client.get(f"{place}change/").text
    refused = client.post(f"{place}known/{published.public_id}/repetition/")
    assert refused.status_code == 400 and not Repetition.objects.exists()


def test_an_auditor_marks_nothing(known: Claim, checker: User, auditor: User) -> None:
    other = factories.claim(checker, text=AGAIN)
    with pytest.raises(Exception, match="Only checkers and editors"):
        decisions.mark_different(other, known, by=auditor)


def test_while_a_claim_is_typed(
    known: Claim, checker: User, outsider: User, reporter: User, client: Client
) -> None:
    client.force_login(checker)
    shown = client.get("/admin/claims/claim/add/known/", {"text": AGAIN, "language": "en"})
    assert "55 boats" in shown.text
    data = {"text": SAID, "claimant": "", "language": "en", "desk": known.desk_id}
    first = client.post("/admin/claims/claim/add/", data)
    assert first.status_code == 200 and "we know this claim" in first.text
    assert Claim.objects.count() == 1
    client.post("/admin/claims/claim/add/", {**data, "known": "1"})
    client.force_login(outsider)
    assert "40" not in client.get("/admin/claims/claim/add/known/", {"text": SAID}).text
    client.force_login(reporter)
    assert client.get("/admin/claims/claim/add/known/", {"text": SAID}).status_code == 403


def test_a_reader_is_told_of_a_published_verdict_before_sending_and_of_nothing_else(
    known: Claim, checker: User, editor: User, client: Client, settings: Any
) -> None:
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, CACHE: {"BACKEND": memory, "LOCATION": "known"}}
    caches[CACHE].clear()
    published = factories.published(checker, editor)
    index.update_due()
    told = client.post("/submit/", {"text": published.text})
    assert told.status_code == 200 and f"/verdicts/{published.address}/" in told.text
    assert told["Cache-Control"] == "no-store" and not Tip.objects.exists()
    # In work, and so nobody's business: sent at once.
    assert client.post("/submit/", {"text": SAID}).status_code == 302
    assert client.post("/submit/", {"text": published.text, "seen": "1"}).status_code == 302
    apply(published, Action.RETRACT, by=editor, data=factories.note("Misread."))
    assert client.post("/submit/", {"text": f"{published.text} "}).status_code == 302
