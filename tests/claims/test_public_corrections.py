"""What readers see of a correction: the mark meanwhile, the label and both versions
afterwards, and one list of all.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from claims.choices import Action
from claims.models import Claim
from claims.public_site import lists
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import page

WRONG = "It counted a street twice."


def test_under_review_the_page_is_marked_and_its_claim_review_withdrawn(
    client: Client, checker: User, editor: User
) -> None:
    claim = factories.correcting(checker, editor)
    shown = client.get(page(claim)).text
    assert "Under review since" in shown and "It planted fewer." in shown
    assert "ld+json" not in shown and "ClaimReview" not in shown
    assert WRONG not in shown
    assert client.get(page(claim, "claimreview.json")).status_code == 404
    assert "under review" in client.get("/verdicts/").text


def test_withheld_nothing_of_the_verdict_is_shown_at_any_address(
    client: Client, checker: User, editor: User
) -> None:
    claim = factories.correcting(checker, editor, meanwhile="withheld")
    answer = client.get(page(claim))
    assert (
        answer.status_code == 200
        and claim.text in answer.text
        and answer["X-Robots-Tag"] == "noindex"
    )
    for tail in ("", "claimreview.json", "evidence/1/", "versions/1/"):
        response = client.get(page(claim, tail))
        assert response.status_code == (404 if tail else 200)
        for secret in (
            "It planted fewer.",
            "The register of trees",
            "Something the page says.",
            '"ClaimReview"',
        ):
            assert secret not in response.text
    assert claim.text not in client.get("/verdicts/").text


def test_unchanged_readers_notice_nothing(client: Client, editor: User, published: Claim) -> None:
    paths = (page(published), page(published, "claimreview.json"), "/verdicts/")
    before = [(client.get(path).content, client.get(path)["Last-Modified"]) for path in paths]
    fields = {"note": WRONG, "category": "typo", "meanwhile": "unchanged"}
    apply(published, Action.CORRECT, by=editor, data=factories.MoveData(**fields))
    factories.written(published, editor, answer="Not for readers yet.")
    assert [
        (client.get(path).content, client.get(path)["Last-Modified"]) for path in paths
    ] == before


@pytest.mark.parametrize(
    ("category", "label"),
    [("correction", "Correction"), ("clarification", "Clarification"), ("update", "Update")],
)
def test_corrected_the_page_says_what_was_wrong(
    client: Client, checker: User, editor: User, second_editor: User, category: str, label: str
) -> None:
    claim = factories.corrected(checker, editor, second_editor, category=category)
    for path in (page(claim), "/corrections/"):
        shown = client.get(path).text
        assert f"<strong>{label}</strong>" in shown and WRONG in shown
    shown = client.get(page(claim)).text
    assert "It planted half." in shown and "Under review" not in shown
    review = client.get(page(claim, "claimreview.json")).json()
    assert review["dateModified"] >= review["datePublished"]


def test_a_typo_is_versioned_and_signed_but_not_listed(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.corrected(checker, editor, second_editor, category="typo")
    assert WRONG not in client.get(page(claim)).text
    assert claim.text not in client.get("/corrections/").text
    assert "It planted fewer." in client.get(page(claim, "versions/1/")).text


def test_the_version_before_stays_readable_and_says_it_is_old(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.corrected(checker, editor, second_editor)
    old = client.get(page(claim, "versions/1/"))
    assert "This is an earlier version." in old.text and "It planted fewer." in old.text
    assert "ld+json" not in old.text and old["X-Robots-Tag"] == "noindex"
    assert page(claim, "versions/1/") in client.get(page(claim)).text
    for number in (2, 3):
        assert client.get(page(claim, f"versions/{number}/")).status_code == 404


def test_a_version_not_published_yet_has_no_address(
    client: Client, checker: User, editor: User
) -> None:
    claim = factories.correcting(checker, editor)
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("The figure was right."))
    for number in (1, 2):
        assert client.get(page(claim, f"versions/{number}/")).status_code == 404


def test_the_address_of_the_first_publication_keeps_working(
    client: Client, editor: User, second_editor: User, published: Claim
) -> None:
    address = page(published)
    apply(
        published,
        Action.CORRECT,
        by=editor,
        data=factories.MoveData(note=WRONG, category="correction"),
    )
    Claim.objects.filter(pk=published.pk).update(text="Other words altogether.")
    apply(published, Action.SUBMIT, by=editor)
    apply(published, Action.APPROVE_AND_PUBLISH, by=second_editor)
    assert "Other words altogether." in client.get(address).text
    assert client.get(
        f"/verdicts/old-{published.public_id.hex[:8]}/", follow=True
    ).redirect_chain == [(address, 301)]


def test_dropped_the_mark_goes_and_no_cache_keeps_it(
    client: Client, checker: User, editor: User
) -> None:
    claim = factories.correcting(checker, editor)
    marked = client.get(page(claim))
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("The figure was right."))
    after = client.get(page(claim), headers={"If-None-Match": marked["ETag"]})
    assert after.status_code == 200 and "Under review" not in after.text and "ld+json" in after.text
    assert "No corrections yet" in client.get("/corrections/").text


def test_the_list_has_the_newest_first_and_retractions_too(
    client: Client, checker: User, editor: User, second_editor: User, monkeypatch
) -> None:
    first = factories.corrected(checker, editor, second_editor)
    second = factories.corrected(checker, editor, second_editor)
    gone = factories.retracted(checker, editor)
    shown = client.get("/corrections/").text
    places = [shown.index(claim.text) for claim in (gone, second, first)]
    assert places == sorted(places)
    assert "<strong>Retraction</strong>" in shown and "The register was misread." in shown
    assert '<a href="/corrections/">' in client.get(page(first)).text
    for gap in ("page=2", "before=x", f"before=retraction:{'0' * 32}", "before=correction:"):
        assert client.get(f"/corrections/?{gap}").status_code == 404, gap
    # Page by page, each line once and in the same order.
    monkeypatch.setattr(lists, "PAGE_LENGTH", 1)
    path, walked = "/corrections/", []
    while path:
        page_of = html.fromstring(client.get(path).content)
        walked += page_of.xpath('//ul[@class="verdicts"]//h2//bdi/text()')
        following = page_of.xpath('//a[@rel="next"]/@href')
        path = f"/corrections/{following[0]}" if following else ""
    assert walked == [claim.text for claim in (gone, second, first)]


def test_the_words_of_an_editor_are_text_to_the_page(
    client: Client, editor: User, second_editor: User, published: Claim
) -> None:
    move_data = factories.MoveData(note="<b>Bold</b>", category="update")
    apply(published, Action.CORRECT, by=editor, data=move_data)
    apply(published, Action.SUBMIT, by=editor)
    apply(published, Action.APPROVE_AND_PUBLISH, by=second_editor)
    for path in (page(published), "/corrections/"):
        assert "&lt;b&gt;Bold&lt;/b&gt;" in client.get(path).text


def test_the_number_of_queries_of_the_list_does_not_grow(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    counts = []
    for size in (2, 4):
        for _ in range(size):
            factories.corrected(checker, editor, second_editor)
        with CaptureQueriesContext(connection) as queries:
            client.get("/corrections/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
