"""Reviews in the admin: the list, the page of one with its decisions, what used
something, the home screen, the workbench.
"""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.choices import Action, RecheckDecision
from claims.models import Recheck
from claims.publication import rechecks
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import Desk, User
from sources.models import Link
from tests import factories
from tests.claims.recheck_cases import (
    TABLE,
    WRONG,
    correct,
    in_days,
    publish_correction,
    published_citing,
    shelved,
)


def _at(name: str, *args: object) -> str:
    return reverse(f"admin:claims_{name}", args=args)


def _link() -> Link:
    return Link.objects.get(url=TABLE)


def _uses() -> str:
    return _at("recheck_citations", "link", _link().pk)


def _task(checker: User, editor: User) -> Recheck:
    published_citing(checker, editor, TABLE)
    return rechecks.request_rechecks(_link(), by=editor, note=WRONG).tasks[0]


def _due(checker: User, editor: User) -> Recheck:
    shelved(checker, editor)
    rechecks.open_due()
    return Recheck.objects.get()


def _page(client: Client, task: Recheck) -> str:
    return client.get(_at("recheck_change", task.pk)).text


def _keep(client: Client, task: Recheck, **fields: Any) -> Any:
    return client.post(
        _at("recheck_unaffected", task.pk), {"reason": "It cites another table.", **fields}
    )


def test_a_links_page_lists_what_used_it_and_opens_the_reviews(
    client: Client, checker: User, editor: User
) -> None:
    claim = published_citing(checker, editor)
    client.force_login(editor)
    page = client.get(reverse("admin:sources_link_change", args=[_link().pk])).text
    assert "Used in" in page and str(claim) in page and "Request recheck of all" in page
    response = client.post(_uses(), {"note": WRONG}, follow=True)
    assert "1 recheck opened." in response.text and "Recheck open" in response.text
    assert Recheck.objects.get().claim == claim
    assert "already has an open recheck" in client.post(_uses(), {"note": WRONG}, follow=True).text
    assert Recheck.objects.count() == 1


def test_what_uses_it_says_its_status_once(client: Client, checker: User, editor: User) -> None:
    claim = published_citing(checker, editor)
    client.force_login(editor)
    rows = client.get(_uses()).text.partition('id="citations"')[2].partition("</ul>")[0]
    assert str(claim) in rows and rows.lower().count("published") == 1
    apply(claim, Action.CORRECT, by=editor, data=MoveData(note="Misread.", category="correction"))
    rows = client.get(_uses()).text.partition('id="citations"')[2].partition("</ul>")[0]
    assert "Published" in rows, "Readers have the version before."


def test_an_articles_page_and_a_published_workbench_lead_there_too(
    client: Client, checker: User, editor: User
) -> None:
    article = factories.article_read(checker)
    from_it = published_citing(checker, editor)
    type(article).objects.update(url=TABLE)
    client.force_login(editor)
    assert (
        str(from_it) in client.get(reverse("admin:sources_article_change", args=[article.pk])).text
    )
    verdict_page = _at("recheck_citations", "verdict", from_it.verdicts.get().pk)
    assert verdict_page in client.get(_at("claim_change", from_it.pk)).text
    assert "No published verdict and no claim in progress" in client.get(verdict_page).text


def test_what_was_typed_stays_where_it_is_refused(
    client: Client, checker: User, editor: User
) -> None:
    published_citing(checker, editor)
    client.force_login(editor)
    answer = client.post(_uses(), {"note": ""})
    assert answer.status_code == 400 and "field is required" in answer.text
    task = rechecks.request_rechecks(_link(), by=editor, note=WRONG).tasks[0]
    answer = _keep(client, task, next_recheck_date=in_days(9))
    assert answer.status_code == 400 and "It cites another table." in answer.text
    assert _keep(client, task, next_recheck_date="soon").status_code == 400
    assert Recheck.objects.get().pending


def test_the_page_shows_the_cause_the_verdict_and_three_decisions(
    client: Client, checker: User, editor: User
) -> None:
    task = _task(checker, editor)
    client.force_login(editor)
    page = _page(client, task)
    for words in (
        TABLE,
        WRONG,
        "It planted fewer.",
        "Unaffected",
        "Correct verdict",
        "Retract verdict",
        f"/verdicts/{task.claim.address}/",
    ):
        assert words in page
    assert _keep(client, task).status_code == 302
    page = _page(client, task)
    assert "It cites another table." in page and "Correct verdict" not in page
    assert [
        _keep(client, task).status_code,
        _keep(client, task, reason="Otherwise.").status_code,
    ] == [302, 409]


def test_correct_it_opens_the_move_with_what_is_wrong(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    task = _task(checker, editor)
    client.force_login(editor)
    move = f"{_at('claim_move', task.claim.pk, 'correct')}?recheck={task.public_id}"
    assert move in _page(client, task)
    assert WRONG in client.get(move).text
    assert (
        WRONG
        not in client.get(f"{_at('claim_move', task.claim.pk, 'correct')}?recheck=nonsense").text
    )
    correct(task.claim, editor)
    assert "Publishing it closes this recheck" in _page(client, task)
    publish_correction(task.claim, editor, second_editor)
    assert Recheck.objects.get().decision == RecheckDecision.CORRECTED


def test_still_true_asks_until_when(client: Client, checker: User, editor: User) -> None:
    task = _due(checker, editor)
    client.force_login(editor)
    assert "Still accurate" in _page(client, task)
    assert _keep(client, task).status_code == 400
    assert _keep(client, task, next_recheck_date=in_days(30)).status_code == 302
    assert Recheck.objects.get().next_recheck_date == in_days(30)


def test_the_home_screen_and_the_workbench_say_what_waits(
    client: Client, checker: User, editor: User, outsider: User
) -> None:
    task = _task(checker, editor)
    for person, told in ((editor, True), (checker, False), (outsider, False)):
        client.force_login(person)
        assert ("Rechecks due" in client.get("/admin/").text) == told
    client.force_login(checker)
    bench = client.get(_at("claim_change", task.claim.pk)).text
    assert "Recheck open" in bench and WRONG in bench
    assert WRONG not in client.get(f"/verdicts/{task.claim.address}/").text
    rechecks.mark_unaffected(task, by=editor, reason="It stands.")
    assert "Recheck open" not in client.get(_at("claim_change", task.claim.pk)).text
    client.force_login(editor)
    assert "Rechecks due" not in client.get("/admin/").text


def test_the_list_narrows_by_decision_cause_and_desk(
    client: Client, desk: Desk, checker: User, editor: User
) -> None:
    decided = _task(checker, editor)
    rechecks.mark_unaffected(decided, by=editor, reason="It stands.")
    due = shelved(checker, editor, days=-1)
    rechecks.open_due()
    client.force_login(editor)
    shown = {
        asked: [
            task.claim
            for task in (
                client.get(f"{_at('recheck_changelist')}?{asked}").context["cl"].result_list
            )
        ]
        for asked in (
            "",
            "decision=pending",
            "decision=decided",
            "cause=link",
            "cause=recheck_date",
            f"desk={desk.pk}",
        )
    }
    both, old, new = [due, decided.claim], [decided.claim], [due]
    assert list(shown.values()) == [both, new, old, old, new, both]
    assert client.get(f"{_at('recheck_changelist')}?cause=oops").status_code == 400


def test_the_wrong_person_is_refused_at_every_entry_point(
    client: Client,
    checker: User,
    editor: User,
    auditor: User,
    reporter: User,
    outsider: User,
    admin_person: User,
) -> None:
    task = _task(checker, editor)
    entry_points = [
        (_at("recheck_unaffected", task.pk), {"reason": "It stands."}),
        (_at("recheck_assign", task.pk), {"assignee": ""}),
        (_uses(), {"note": WRONG}),
    ]
    for person, read, write in (
        (checker, 200, 403),
        (auditor, 200, 403),
        (reporter, 403, 403),
        (admin_person, 403, 403),
        (outsider, 404, 404),
    ):
        client.force_login(person)
        assert client.get(_at("recheck_change", task.pk)).status_code == read, person
        for entry_point, told in entry_points:
            assert client.post(entry_point, told).status_code in {
                write,
                404 if read == 403 else write,
            }, (
                person,
                entry_point,
            )
    assert Recheck.objects.get().pending and Recheck.objects.get().assignee is None
    client.force_login(editor)
    for nowhere in (
        _at("recheck_citations", "owner", 1),
        _at("recheck_citations", "verdict", 9999),
        _at("recheck_change", 9999),
    ):
        assert client.get(nowhere).status_code == 404


def test_an_editor_gives_it_to_somebody(client: Client, checker: User, editor: User) -> None:
    task = _task(checker, editor)
    client.force_login(editor)
    assert client.post(_at("recheck_assign", task.pk), {"assignee": checker.pk}).status_code == 302
    assert Recheck.objects.get().assignee == checker
    assert client.post(_at("recheck_assign", task.pk), {"assignee": 9999}).status_code == 400


@pytest.mark.parametrize("name", ["recheck_changelist", "uses"])
def test_twenty_ask_the_database_as_often_as_two(
    client: Client, checker: User, editor: User, name: str
) -> None:
    client.force_login(editor)
    counts = []
    for size in (2, 10):
        for _ in range(size):
            published_citing(checker, editor)
        rechecks.request_rechecks(_link(), by=editor, note=WRONG)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(_uses() if name == "uses" else _at(name)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_verdict_form_takes_both_days(client: Client, desk: Desk, checker: User) -> None:
    Desk.objects.update(recheck_after_days=30)
    claim = factories.claim(checker)
    client.force_login(checker)
    client.post(_at("claim_move", claim.pk, "take"), {"version": claim.version})
    assert f'value="{in_days(30)}"' in client.get(_at("claim_change", claim.pk)).text
    words = {
        "rating": factories.rating().pk,
        "short_answer": "It planted fewer.",
        "explanation": "See the register.",
        "version": 0,
    }
    refused = client.post(
        _at("claim_verdict", claim.pk),
        {**words, "as_of_date": in_days(0), "recheck_date": in_days(-3)},
    )
    assert (
        refused.status_code == 400
        and "Choose a later date" in refused.text
        and "It planted fewer." in refused.text
    )
    assert (
        client.post(
            _at("claim_verdict", claim.pk),
            {**words, "as_of_date": in_days(-1), "recheck_date": in_days(60)},
        ).status_code
        == 302
    )
    verdict = claim.verdicts.get()
    assert (verdict.as_of_date, verdict.recheck_date) == (in_days(-1), in_days(60))
