"""What a card of triage shows, and in what order: the reasons that set it apart, who,
how much and when in the words themselves, and only what is worth deciding.
"""

import re
from decimal import Decimal

import pytest
from django.test import Client

from claims.admin.triage import suggestion_cards
from claims.admin.triage.highlights import Detail, Highlight, detailed_text, highlighted_text
from claims.intake import triage
from claims.models import Suggestion
from factcheck.newsroom.models import User
from tests import factories
from tests.claims import triage_cases


def test_details_are_marked_inside_and_beside_highlights() -> None:
    text = "Ann <Lee> said 40 trees fell in May."
    details = [
        Detail(0, 9, "speaker"),
        Detail(15, 23, "figure"),
        Detail(15, 17, "figure"),
        Detail(32, 35, "date"),
        Detail(30, 99, "date"),
        Detail(-4, 3, "speaker"),
    ]
    html = highlighted_text(text, [Highlight(1, 4, 20, "proposed")], details)
    assert html == (
        '<span class="is-speaker">Ann </span><span id="m-1"></span><mark class="proposed">'
        '<a href="#s-1"><span class="is-speaker">&lt;Lee&gt;</span> said '
        '<span class="is-figure">40 tr</span></a></mark><span class="is-figure">ees</span>'
        ' fell in <span class="is-date">May</span>.'
    )
    assert detailed_text("plain & simple", []) == "plain &amp; simple"


def test_three_reasons_are_shown_that_the_others_do_not_have() -> None:
    every = ["figure", "attributed"]
    rows = [[*every, "past event"], every, every, [*every, "trend", "money", "named", "date"]]
    common = suggestion_cards.common_reasons(rows)
    assert common == {"figure", "attributed"}
    cards = [
        suggestion_cards.card_of(Suggestion(reasons=row), highlighted=True, common=common)
        for row in rows
    ]
    assert [card.chips for card in cards] == [
        ["past event"],
        every,
        every,
        ["trend", "money", "named"],
    ]
    assert cards[3].folded_reasons == [*every, "date"]
    # Of two or three suggestions nothing is common.
    assert suggestion_cards.common_reasons(rows[:2]) == frozenset()


@pytest.mark.django_db
def test_below_the_desks_threshold_suggestions_are_folded(client: Client, checker: User) -> None:
    article = triage_cases.article(checker)
    best = triage_cases.suggestion(article, "The mayor said 40 trees were cut.", score="0.4")
    triage_cases.suggestion(article, "The park has 900 trees.", rank=1, score="0.3")
    client.force_login(checker)
    page = f"/admin/sources/article/{article.pk}/change/"
    assert "lower-ranked" not in client.get(page).text
    for threshold in ("0.35", "0.9"):
        article.desk.triage_threshold = Decimal(threshold)
        article.desk.save()
        html = client.get(page).text
        # The best one stays in view, or a page of weak suggestions would look empty.
        assert "1 lower-ranked suggestion" in html
        assert html.index(f'id="s-{best.pk}"') < html.index("lower-ranked")


@pytest.mark.django_db
def test_one_article_of_a_page_is_open_and_another_article_comes_next(
    client: Client, checker: User, reporter: User
) -> None:
    page = triage_cases.article(checker)
    first = triage_cases.suggestion(page, "The mayor said 40 trees were cut.")
    triage_cases.suggestion(page, "The park has 900 trees.", part=1)
    begun, new = triage_cases.many(checker, 3), triage_cases.many(checker, 2)
    triage.decline(begun.suggestions.all()[0], by=checker, reason="trivial")
    hidden = triage_cases.article(reporter, "Hidden from nobody, but decided by none.")
    client.force_login(checker)

    def opened() -> list[bool]:
        html = client.get(f"/admin/sources/article/{page.pk}/change/").text
        assert f'href="/admin/sources/article/{begun.pk}/change/"' in html
        parts = re.findall(r'<details\s+class="part"\s+(open)?', html)
        return [bool(one) for one in parts]

    assert opened() == [True, False]
    triage.decline(first, by=checker, reason="trivial")
    assert opened() == [False, True]
    triage.finish_article(begun, by=checker)
    triage.finish_article(page, by=checker)
    html = client.get(f"/admin/sources/article/{page.pk}/change/").text
    assert f'href="/admin/sources/article/{new.pk}/change/"' in html
    assert f"/admin/sources/article/{hidden.pk}/change/" not in html
    # Who decides nothing is led nowhere.
    client.force_login(reporter)
    assert "Next article" not in client.get(f"/admin/sources/article/{hidden.pk}/change/").text


@pytest.mark.django_db
def test_every_decision_has_its_undo(client: Client, checker: User, auditor: User) -> None:
    article = triage_cases.many(checker, 4)
    kept, accepted, declined, checked = article.suggestions.order_by("rank")
    triage.accept(accepted, by=checker)
    triage.decline(declined, by=checker, reason="trivial")
    triage.already_checked(checked, by=checker, claim=factories.claim(checker))
    page = f"/admin/sources/article/{article.pk}/change/"
    client.force_login(auditor)
    assert "/back/" not in client.get(page).text
    client.force_login(checker)
    html = client.get(page).text
    for one in (accepted, declined, checked):
        address = f"/admin/claims/suggestion/{one.pk}/back/"
        assert address in html
        card = client.post(address, headers={"X-Wanted": "card"})
        assert (card.status_code, 'class="card proposed"' in card.text) == (200, True)
    assert f"/{kept.pk}/back/" not in html
    assert "/back/" not in client.get(page).text


@pytest.mark.django_db
def test_already_checked_searches_verdicts_and_leaves_out_the_article_itself(
    client: Client, checker: User, editor: User, auditor: User, outsider: User
) -> None:
    article = triage_cases.article(checker)
    triage.accept(triage_cases.suggestion(article, "The park has 900 trees."), by=checker)
    asked = triage_cases.suggestion(article, "The mayor said 40 trees were cut.", rank=1)
    published = factories.published(checker, editor)
    other = factories.claim(checker, text="Rents rose by a tenth.")
    place = f"/admin/claims/suggestion/{asked.pk}/claims/"
    client.force_login(checker)

    def found(typed: str) -> list[int]:
        html = client.get(place, {"q": typed}).text
        return [int(pk) for pk in re.findall(r'name="checked_in" value="(\d+)"', html)]

    assert found("rents") == [other.pk]
    # By a word of its verdict alone.
    assert found("planted fewer") == [published.pk]
    assert found("900") == []
    assert "No claim of this desk has these words." in client.get(place, {"q": "zebra"}).text
    for nonsense in ("“", "-", "x" * 5000, "\x00", "* OR"):
        assert client.get(place, {"q": nonsense}).status_code == 200, nonsense
    client.force_login(auditor)
    assert client.get(place).status_code == 403
    client.force_login(outsider)
    assert client.get(place).status_code == 404
