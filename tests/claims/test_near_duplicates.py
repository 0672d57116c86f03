"""The same statement in several articles is decided once, and taken back once."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.intake import similar_claims, triage
from claims.intake.near_duplicates import decide_along
from claims.intake.undo import undo
from claims.models import Suggestion
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims import triage_cases
from tests.project.api import Api
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
SAID = "The harbour office counted 410 fishing boats in Port Evers"


@shared
def stories(checker: User) -> list[Suggestion]:
    """One wire story in three papers, and another figure in a fourth."""
    texts = [f"{SAID}.", f"{SAID}!", f"{SAID} again.", f"{SAID.replace('410', '390')}."]
    made = [triage_cases.suggestion(triage_cases.article(checker, text), text) for text in texts]
    for one in made:
        # As the extractor would have read it.
        one.details = {}
        one.save(update_fields=["details"])
    return made


def states(stories: list[Suggestion]) -> list[str]:
    return [Suggestion.objects.get(pk=one.pk).state for one in stories]


def test_one_card_decides_the_same_words_of_other_articles_and_undoes_them(
    client: Client, stories: list[Suggestion], checker: User
) -> None:
    first, second, third, _other_figure = stories
    near = similar_claims.of([first], desk=first.article.desk, by=checker)[first.pk]
    assert {one.suggestion for one in near.near_duplicates} >= {second.pk, third.pk}
    client.force_login(checker)
    page = f"/admin/sources/article/{first.article_id}/change/"
    html = client.get(page).text
    assert "decide with it" in html and f'name="also" value="{second.pk}"' in " ".join(html.split())
    place = f"/admin/claims/suggestion/{first.pk}/"
    client.post(f"{place}decline/", {"reason": "trivial", "also": [second.pk, "x", "9" * 30]})
    assert states(stories) == ["declined", "declined", "proposed", "proposed"]
    client.post(f"{place}back/")
    assert states(stories) == ["proposed"] * 4
    client.post(f"{place}accept/", {"text": first.text, "also": [second.pk, third.pk]})
    assert states(stories) == ["accepted", "already_checked", "already_checked", "proposed"]
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.checked_in, second.decided_with) == (first.claim, first)
    # Twice does nothing more, and what somebody decided meanwhile is left alone.
    assert decide_along(first, [second.pk, third.pk], by=checker) == 0
    client.post(f"{place}back/")
    assert states(stories) == ["proposed"] * 4
    # One of them may also be taken back by itself.
    triage.decline(first, by=checker, reason="opinion")
    assert decide_along(first, [second.pk, third.pk, first.pk], by=checker) == 2
    undo(second, by=checker)
    assert states(stories) == ["declined", "proposed", "declined", "proposed"]


def test_a_claim_declined_meanwhile_takes_nothing_along(
    client: Client, stories: list[Suggestion], checker: User, editor: User
) -> None:
    first, second = stories[:2]
    claim = triage.accept(first, by=checker)
    apply(claim, Action.DECLINE, by=editor, data=MoveData(reason="trivial"))
    # A tab that was opened before.
    client.force_login(checker)
    place = f"/admin/claims/suggestion/{first.pk}/accept/"
    sent = {"text": first.text, "also": [second.pk]}
    assert client.post(place, sent).status_code == 302
    also = {"also": [str(second.public_id)]}
    path = f"suggestions/{first.public_id}/accept/"
    assert Api(checker).post(path, also).status_code == 200
    assert states(stories)[:2] == ["accepted", "proposed"]


def test_undo_locks_everything_before_the_audit_log(
    stories: list[Suggestion], checker: User
) -> None:
    first, second, third, _other = stories
    triage.accept(first, by=checker)
    assert decide_along(first, [second.pk, third.pk], by=checker) == 2
    with CaptureQueriesContext(connection) as asked:
        undo(first, by=checker)
    sql = [one["sql"] for one in asked.captured_queries]
    logged = next(n for n, one in enumerate(sql) if 'INSERT INTO "ledger_auditentry"' in one)
    rows = ('FROM "claims_claim"', 'FROM "claims_suggestion"')
    # Whoever holds one of these rows waits for the log: neither would ever go on.
    assert not [one for one in sql[logged:] if any(row in one for row in rows)]


def test_nothing_of_another_desk_is_decided_along(stories: list[Suggestion], checker: User) -> None:
    stranger = factories.person("stranger", factories.desk("Sports"), "checker")
    foreign = triage_cases.suggestion(triage_cases.article(stranger, f"{SAID}."), f"{SAID}.")
    first = stories[0]
    near = similar_claims.of([first], desk=first.article.desk, by=checker)[first.pk]
    assert foreign.pk not in {one.suggestion for one in near.near_duplicates}
    triage.decline(first, by=checker, reason="trivial")
    assert decide_along(first, [foreign.pk], by=checker) == 0
    assert states([foreign]) == ["proposed"]


def test_over_the_api(stories: list[Suggestion], checker: User) -> None:
    api = Api(checker)
    paths = [f"suggestions/{one.public_id}/" for one in stories]
    near = api.get(f"{paths[0]}similar/").json()["near_duplicates"]
    also = [one["suggestion"] for one in near]
    assert str(stories[1].public_id) in also
    answer = api.post(f"{paths[0]}decline/", {"reason": "trivial", "also": also[:1]})
    assert answer.status_code == 200
    assert states(stories).count("declined") == 2
    api.post(f"{paths[0]}reopen/")
    assert api.post(f"{paths[0]}accept/", {"also": also}).status_code == 201
    assert states(stories)[:3] == ["accepted", "already_checked", "already_checked"]
