"""A desk says from which closeness on a known claim is the same or similar, and sees
what people made of earlier matches.
"""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from claims.choices import Action
from claims.matching import decisions, index, lookup, model, variants
from claims.matching.model import Likeness
from claims.models import Claim, MatchAnswer, RepeatCheck
from claims.publication import repeat_checks
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
SAID = "The storm of Monday sank 40 boats at Largo harbour, the port said."
LIKE = "The storm of Monday sank 40 boats at Largo."


@shared
def known(checker: User) -> Claim:
    claim = factories.claim(checker, text=SAID)
    index.update_due()
    return claim


def _words(claim: Claim, by: User) -> list[Likeness]:
    desk = claim.desk
    return [one.likeness for one in lookup.for_person(LIKE, "en", by=by, desk=desk)]


def test_the_words_are_those_of_the_desk(known: Claim, checker: User, client: Client) -> None:
    [close] = lookup.for_person(LIKE, "en", by=checker)
    assert close.likeness == Likeness.SAME and 0.6 < close.closeness < 0.99
    desk = known.desk
    for same, similar, word in (
        (None, None, Likeness.SAME),
        ("1", None, Likeness.SIMILAR),
        ("1", "0.99", Likeness.RELATED),
        ("0.60", "0.30", Likeness.SAME),
    ):
        desk.match_same_from = Decimal(same) if same else None
        desk.match_similar_from = Decimal(similar) if similar else None
        desk.save()
        known.refresh_from_db()
        assert _words(known, checker) == [word]
    # Of no desk, and so for readers, the usual values hold.
    assert lookup.for_person(LIKE, "en", by=checker)[0].likeness == Likeness.SAME


def test_they_hold_on_every_screen_and_over_the_api(
    known: Claim, checker: User, client: Client
) -> None:
    desk = known.desk
    desk.match_same_from = Decimal(1)
    desk.save()
    again = factories.claim(checker, text=LIKE)
    article = factories.article_read(checker, text=f"{LIKE}\n")
    client.force_login(checker)
    pages = (
        f"/admin/claims/claim/{again.pk}/change/",
        f"/admin/sources/article/{article.pk}/change/",
        f"/admin/claims/claim/add/known/?text={LIKE}&desk={desk.pk}",
    )
    for page in pages:
        html = client.get(page).text
        assert 'likeness similar">Similar' in html and 'likeness same">Same' not in html, page
    api, asked = Api(checker), f"matches/?text={LIKE}"
    usual, own = (
        api.get(one).json()["matches"] for one in (asked, f"{asked}&desk={desk.public_id}")
    )
    assert {one["likeness"] for one in usual} == {"same"}
    assert {one["likeness"] for one in own} == {"similar"}
    elsewhere = factories.desk("Elsewhere")
    refused = api.get(f"{asked}&desk={elsewhere.public_id}")
    assert refused.status_code == 400 and refused.json()["errors"][0]["field"] == "desk"


def test_what_cannot_be_is_refused(admin_person: User, known: Claim, client: Client) -> None:
    client.force_login(admin_person)
    desk = known.desk
    page = f"/admin/newsroom/desk/{desk.pk}/change/"
    form = client.get(page).context["adminform"].form
    sent = {name: "" if value is None else value for name, value in form.initial.items()}
    for same, similar, message in (
        ("0.1", "", "greater than or equal to 0.25"),
        ("1.1", "", "less than or equal to 1"),
        ("0.5", "0.7", "its closeness cannot be lower"),
        ("half", "", "Enter a number"),
    ):
        told = client.post(page, sent | {"match_same_from": same, "match_similar_from": similar})
        assert message in told.text, message
    for values in ({"match_same_from": "0.2"}, {"match_same_from": 1, "match_similar_from": "1.1"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(desk).objects.filter(pk=desk.pk).update(**values)


def _answers() -> list[tuple[int | None, bool, bool]]:
    rows = MatchAnswer.objects.order_by("pk")
    return [(one.claim_id, one.taken, one.apart) for one in rows]


def test_what_people_made_of_matches_is_counted(
    known: Claim, checker: User, editor: User, outsider: User, client: Client
) -> None:
    same, other, third = (
        factories.claim(checker, text=text)
        for text in (LIKE, SAID.replace("40", "55"), SAID.replace("port", "mayor"))
    )
    index.update_due()
    decisions.mark_different(other, known, by=checker)
    decisions.mark_different(other, known, by=checker)
    variants.link(third, known, by=checker)
    apply(same, Action.MERGE, by=editor, data=factories.MoveData(into=known))
    assert _answers() == [(other.pk, False, True), (third.pk, True, True), (same.pk, True, False)]
    assert {one.matcher for one in MatchAnswer.objects.all()} == {model.version()}
    client.force_login(editor)
    html = client.get("/admin/claims/suggestion/accuracy/").text
    assert model.version() in html
    counted = Api(editor).get("matches/accuracy/").json()["results"]
    assert [sum(row[name] for row in counted) for name in ("accepted", "refused")] == [2, 1]
    assert [sum(row[name] for row in counted) for name in ("accepted_apart", "refused_apart")] == [
        1,
        1,
    ]
    assert Api(outsider).get("matches/accuracy/").json()["results"] == []
    decisions.unmark_different(other, known, by=checker)
    assert other.pk not in [claim for claim, *_ in _answers()]


def test_a_claim_that_nothing_resembles_is_no_match(known: Claim, checker: User) -> None:
    apart = factories.claim(checker, text="Milk prices fell by a tenth in Evers.")
    index.update_due()
    decisions.mark_different(apart, known, by=checker)
    assert _answers() == []


def test_proposed_repetitions_are_counted_too(
    checker: User, editor: User, second_checker: User
) -> None:
    published = factories.published(checker, editor)
    index.update_due()
    factories.article_read(second_checker, text=f"{published.text}\nNobody said more.\n")
    repeat_checks.check(RepeatCheck.objects.get().pk)
    row = published.repetition_proposals.get()
    for _twice in range(2):
        repeat_checks.dismiss(row, by=second_checker)
    answer = MatchAnswer.objects.get()
    assert (answer.known, answer.claim, answer.taken) == (published, None, False)
