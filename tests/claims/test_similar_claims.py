"""What stands elsewhere beside a suggestion: the same again, and other figures, in
articles and claims of the desk.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.extraction import comparable
from claims.intake import similar_claims
from claims.models import Suggestion
from factcheck.newsroom.models import User
from sources.models import Article
from tests import factories
from tests.project.api import Api
from tests.shared_rows import shared

HERE = "The storm of Monday sank 40 boats at Largo harbour, the port authority said.\n"
THERE = (
    "On Monday the storm sank 60 boats at Largo harbour, the navy said.\nThe storm of Monday sank"
    " 40 boats at Largo harbour, so the port authority said.\n"
)


@shared
def first(checker: User) -> Suggestion:
    return Suggestion.objects.get(article=factories.article_read(checker, text=HERE))


@shared
def other(checker: User) -> Article:
    return factories.article_read(checker, text=THERE)


def test_other_articles_and_claims_of_the_desk_stand_beside_a_suggestion(
    first: Suggestion, other: Article, checker: User, outsider: User
) -> None:
    claim = factories.claim(checker, text="The storm sank 55 boats at Largo harbour.")
    factories.claim(outsider, text="The storm sank 70 boats at Largo harbour.")
    with CaptureQueriesContext(connection) as queries:
        found = similar_claims.of([first], desk=first.article.desk, by=checker)[first.pk]
    assert {
        (one.figure, one.other, one.similar_text.claim) for one in found.conflicting_figures
    } == {
        ("40 boats", "60 boats", None),
        ("40 boats", "55 boats", claim),
    }
    assert [one.article for one in found.similar_texts] == [other]
    with CaptureQueriesContext(connection) as again:
        similar_claims.of(
            list(Suggestion.objects.select_related("article__desk")),
            desk=first.article.desk,
            by=checker,
        )
    assert len(again) <= len(queries) + 1  # the list itself


def test_the_claim_made_of_a_suggestion_is_no_echo_of_it(
    first: Suggestion, checker: User, client: Client
) -> None:
    client.force_login(checker)
    client.post(
        f"/admin/claims/suggestion/{first.pk}/accept/", {"text": first.text, "claimant": ""}
    )
    assert (
        similar_claims.of([first], desk=first.article.desk, by=checker)[first.pk]
        == similar_claims.SimilarTexts()
    )
    assert similar_claims.of([], desk=first.article.desk, by=checker) == {}


def test_a_card_shows_them_with_their_places(
    first: Suggestion, other: Article, checker: User, client: Client
) -> None:
    client.force_login(checker)
    html = client.get(f"/admin/sources/article/{first.article_id}/change/").content.decode()
    conflicting = Suggestion.objects.get(article=other, text__contains="60")
    assert (
        "60 boats" in html
        and f"/admin/sources/article/{other.pk}/change/#s-{conflicting.pk}" in html
    )
    assert "Similar to" in html
    url = f"/admin/claims/suggestion/{first.pk}/decline/"
    decided = client.post(url, {"reason": "trivial"}, headers={"X-Wanted": "card"})
    assert (
        decided.status_code == 200 and "60 boats" not in decided.text
    )  # nobody waits for it any more


@pytest.mark.parametrize(
    "sentence",
    [
        "On Monday the storm sank 60 boats at Largo harbour, the navy said.",
        "According to the port authority, 40 boats were lost in May 2021.",
        "Der Sturm versenkte am 3. Mai 2021 im Hafen von Largo mehr als 40 Boote.",
        "Not one of the mayor's lindens grew, she told the council, in ten years.",
        "",
    ],
)
def test_the_words_of_a_statement_are_found_without_the_rest(sentence: str) -> None:
    words = comparable.words_of(sentence)
    assert words == comparable.read(sentence).words
    assert words <= set(comparable.tokens_of(sentence))


def test_on_a_large_desk_words_that_stand_everywhere_find_nothing() -> None:
    where = {"mayor": list(range(11)), "lindens": list(range(10))}
    assert similar_claims.distinctive_words(where, 199) == where
    assert list(similar_claims.distinctive_words(where, 200)) == ["lindens"]


def test_a_client_reads_them_and_an_outsider_does_not(
    first: Suggestion, other: Article, checker: User, outsider: User
) -> None:
    path = f"suggestions/{first.public_id}/"
    similar = Api(checker).get(f"{path}similar/").json()
    assert [
        (one["other"], one["similar_text"]["article"]) for one in similar["conflicting_figures"]
    ] == [("60 boats", str(other.public_id))]
    assert similar["similar_texts"][0]["claim"] is None
    assert Api(outsider).get(f"{path}similar/").status_code == 404
    row = Api(checker).get(path).json()
    assert (row["trained"], row["repeated_at"], row["conflicting_figures"]) == (True, [], [])


def test_rivals_of_one_page_are_on_the_card_and_in_the_answer(
    checker: User, client: Client
) -> None:
    article = factories.article_read(
        checker,
        text=(
            "The storm sank 40 boats at Largo harbour.\n\nThe storm sank 60 boats at Largo harbour"
            " on Monday.\n"
        ),
    )
    client.force_login(checker)
    assert (
        "in this text"
        in client.get(f"/admin/sources/article/{article.pk}/change/").content.decode()
    )
    rows = Api(checker).get("suggestions/", article=str(article.public_id)).json()["results"]
    assert {one["other"] for row in rows for one in row["conflicting_figures"]} == {
        "40 boats",
        "60 boats",
    }


def test_a_language_without_training_is_marked_on_the_card_and_in_the_answer(
    checker: User, client: Client
) -> None:
    article = factories.article_read(
        checker, text="Der Sturm versenkte am 3. Mai 2021 im Hafen von Largo mehr als 40 Boote.\n"
    )
    client.force_login(checker)
    html = client.get(f"/admin/sources/article/{article.pk}/change/").content.decode()
    assert "Not trained for this language (de):" in html
    row = Api(checker).get("suggestions/", article=str(article.public_id)).json()["results"][0]
    assert (row["trained"], row["language"]) == (False, "de")
    assert row["quantities"][0]["value"] == "40" and row["dates"][0]["from"] == "2021-05-03"
    assert "not trained for this language" in row["reasons"]
