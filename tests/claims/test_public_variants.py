"""Readers of a verdict find the other versions of its claim that are published."""

import json

import pytest
from django.test import Client

from claims.choices import Action, QuoteAccuracy
from claims.matching import variants
from claims.models import Claim, PublicChange
from claims.publication import verdict_copies
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def test_readers_see_other_versions_that_are_published(
    published: Claim, second_checker: User, editor: User, client: Client
) -> None:
    again = factories.claim(second_checker, text=f"{published.text} So they say.")
    apply(again, Action.TAKE, by=second_checker)
    variants.link(again, published, by=second_checker)
    address = f"/verdicts/{published.address}/"
    heading = "Other versions of this claim"
    assert heading not in client.get(address).text
    verdict_copies.copy_verdict(again, by=second_checker, number=1)
    draft = again.verdicts.get()
    details = VerdictDetails(
        draft.rating, draft.short_answer, draft.explanation, quote_accuracy=QuoteAccuracy.ACCURATE
    )
    write_verdict(again, by=second_checker, details=details)
    apply(again, Action.SUBMIT, by=second_checker)
    assert heading not in client.get(address).text
    apply(again, Action.APPROVE_AND_PUBLISH, by=editor)
    again.refresh_from_db()
    html = client.get(address).text
    assert heading in html and html.count(f"/verdicts/{again.address}/") == 1
    data = json.loads(client.get(f"{address[:-1]}.json").text)
    assert [one["id"] for one in data["variants"]] == [str(again.public_id)]
    assert heading in client.get(f"/verdicts/{again.address}/").text
    apply(again, Action.RETRACT, by=editor, data=factories.note("Misread."))
    assert heading not in client.get(address).text


def test_undoing_it_is_a_change_for_readers(
    published: Claim, checker: User, editor: User, client: Client
) -> None:
    again = factories.ready(checker)
    link = variants.link(again, published, by=checker)
    apply(again, Action.SUBMIT, by=checker)
    apply(again, Action.APPROVE_AND_PUBLISH, by=editor)
    assert "Other versions" in client.get(f"/verdicts/{published.address}/").text
    before = PublicChange.objects.count()
    variants.unlink(link, by=checker, reason="Another year.")
    assert PublicChange.objects.count() == before + 1
    assert "Other versions" not in client.get(f"/verdicts/{published.address}/").text
