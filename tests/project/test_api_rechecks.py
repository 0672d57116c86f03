"""Reviews through the API: what used something, having it looked at again, deciding,
and the days of a verdict.
"""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.models import Recheck
from claims.publication import rechecks
from claims.workflow import apply
from factcheck.newsroom.models import Desk, User
from sources.models import Link
from tests import factories
from tests.claims.recheck_cases import TABLE, WRONG, citing, in_days, published_citing, shelved
from tests.project.api import Api, is_problem


def _uses() -> str:
    return f"links/{Link.objects.get(url=TABLE).public_id}/citations/"


def _task(checker: User, editor: User) -> Recheck:
    published_citing(checker, editor)
    return rechecks.request_rechecks(Link.objects.get(url=TABLE), by=editor, note=WRONG).tasks[0]


def _verdict(**fields: Any) -> dict[str, Any]:
    return {
        "rating": "False",
        "short_answer": "It planted fewer.",
        "explanation": "The register shows it.",
        **fields,
    }


def test_a_client_finds_what_cites_a_source_and_has_it_looked_at_again(
    checker: User, editor: User
) -> None:
    published, working = published_citing(checker, editor), citing(checker)
    api = Api(editor)
    item = api.get(f"claims/{published.public_id}/evidence/").json()["results"][-1]
    assert f"links/{item['link']['id']}/citations/" == _uses()
    rows = {row["claim"]: row for row in api.get(_uses()).json()["results"]}
    assert {name: row["published"] for name, row in rows.items()} == {
        str(published.public_id): True,
        str(working.public_id): False,
    }
    assert (
        rows[str(published.public_id)]["recheck"] is None
        and rows[str(published.public_id)]["address"]
    )
    made = api.post(_uses(), {"note": WRONG})
    assert (made.status_code, len(made.json()["opened"]), made.json()["waiting"]) == (201, 1, 0)
    again = api.post(_uses(), {"note": WRONG})
    assert (again.status_code, again.json()) == (200, {"opened": [], "waiting": 1})
    recheck = api.get("rechecks/").json()["results"][0]
    assert (recheck["claim"], recheck["cause"], recheck["note"], recheck["opened_by"]) == (
        str(published.public_id),
        "link",
        WRONG,
        "editor",
    )
    assert {row["recheck"] for row in api.get(_uses()).json()["results"]} == {recheck["id"], None}


def test_articles_and_verdicts_have_the_same_address(checker: User, editor: User) -> None:
    article = factories.article(checker)
    type(article).objects.update(url=TABLE)
    claim = published_citing(checker, editor)
    api = Api(editor)
    assert [
        row["claim"]
        for row in api.get(f"articles/{article.public_id}/citations/").json()["results"]
    ] == [str(claim.public_id)]
    assert api.post(f"articles/{article.public_id}/citations/", {"note": WRONG}).status_code == 201
    verdict = f"verdicts/{claim.verdicts.get().public_id}/citations/"
    assert (
        api.get(verdict).json()["results"] == []
        and api.post(verdict, {"note": WRONG}).status_code == 200
    )
    assert is_problem(
        api.post(
            f"verdicts/{citing(checker).verdicts.get().public_id}/citations/", {"note": WRONG}
        ),
        409,
    )


def test_unaffected_is_decided_once_and_the_rest_are_moves(checker: User, editor: User) -> None:
    task, api = _task(checker, editor), Api(editor)
    path = f"rechecks/{task.public_id}/decision/"
    for bad in (
        {"decision": "unaffected"},
        {"decision": "oops", "reason": "So."},
        {"decision": "unaffected", "reason": "So.", "next_recheck_date": str(in_days(4))},
    ):
        assert is_problem(api.post(path, bad), 400)
    response = api.post(path, {"decision": "corrected"})
    assert is_problem(response, 400) and "action correct" in response.json()["errors"][0]["text"]
    good = {"decision": "unaffected", "reason": "It cites another table."}
    assert [api.post(path, good).status_code for _ in range(2)] == [200, 200]
    assert is_problem(api.post(path, {**good, "reason": "Otherwise."}), 409)
    read = api.get(f"rechecks/{task.public_id}/").json()
    assert (read["decision"], read["decided_by"], read["reason"]) == (
        "unaffected",
        "editor",
        "It cites another table.",
    )


def test_what_is_due_says_until_when_it_holds(checker: User, editor: User) -> None:
    shelved(checker, editor)
    rechecks.open_due()
    api, task = Api(editor), Recheck.objects.get()
    path, body = (
        f"rechecks/{task.public_id}/decision/",
        {"decision": "unaffected", "reason": "The register is unchanged."},
    )
    assert is_problem(api.post(path, body), 400)
    assert api.post(path, {**body, "next_recheck_date": str(in_days(20))}).json()[
        "next_recheck_date"
    ] == str(in_days(20))
    assert rechecks.open_due() == 0


def test_the_wrong_person_and_the_wrong_token_are_refused(
    checker: User, editor: User, auditor: User, reporter: User, outsider: User
) -> None:
    task = _task(checker, editor)
    path, body = (
        f"rechecks/{task.public_id}/decision/",
        {"decision": "unaffected", "reason": "It stands."},
    )
    for person in (checker, auditor):
        api = Api(person)
        assert api.get(f"rechecks/{task.public_id}/").status_code == 200
        assert is_problem(api.post(path, body), 403) and is_problem(
            api.post(_uses(), {"note": WRONG}), 403
        )
        assert is_problem(api.post(f"rechecks/{task.public_id}/assign/", {"assignee": None}), 403)
    for person in (reporter, outsider):
        api = Api(person)
        assert api.get("rechecks/").json()["results"] == []
        assert is_problem(api.get(f"rechecks/{task.public_id}/"), 404) and is_problem(
            api.get(_uses()), 404
        )
        assert is_problem(api.post(path, body), 404) and is_problem(
            api.post(_uses(), {"note": WRONG}), 404
        )
    assert is_problem(Api(editor, "read", "claims:write").post(path, body), 403)
    assert Recheck.objects.get().pending


def test_the_list_is_narrowed(desk: Desk, checker: User, editor: User) -> None:
    decided = _task(checker, editor)
    rechecks.mark_unaffected(decided, by=editor, reason="It stands.")
    shelved(checker, editor)
    rechecks.open_due()
    api = Api(factories.person("reader", desk, "auditor"))
    for asked, count in (
        ({}, 2),
        ({"decision": "pending"}, 1),
        ({"cause": "recheck_date"}, 1),
        ({"cause": "recheck_date", "decision": "unaffected"}, 0),
        ({"claim": str(decided.claim.public_id)}, 1),
        ({"desk": str(desk.public_id)}, 2),
    ):
        assert len(api.get("rechecks/", **asked).json()["results"]) == count, asked
    assert is_problem(api.get("rechecks/", cause="oops"), 400)


def test_an_editor_gives_it_to_somebody(checker: User, editor: User) -> None:
    path = f"rechecks/{_task(checker, editor).public_id}/assign/"
    assert Api(editor).post(path, {"assignee": "checker"}).json()["assignee"] == "checker"
    assert is_problem(Api(editor).post(path, {"assignee": "nobody"}), 400)
    assert Api(editor).post(path, {"assignee": None}).json()["assignee"] is None


def test_the_days_of_a_verdict_are_put_kept_and_taken_out(desk: Desk, checker: User) -> None:
    Desk.objects.update(recheck_after_days=30)
    claim, _ = factories.claim(checker), factories.scale()
    apply(claim, Action.TAKE, by=checker)
    api, path = Api(checker), f"claims/{claim.public_id}/verdict/"
    assert api.put(path, _verdict()).json()["recheck_date"] == str(in_days(30))
    assert api.put(path, _verdict(as_of_date="2026-05-03")).json()["recheck_date"] == str(
        in_days(30)
    )
    data = api.put(path, _verdict(short_answer="Half.")).json()
    assert (data["as_of_date"], data["recheck_date"]) == ("2026-05-03", str(in_days(30)))
    assert api.put(path, _verdict(recheck_date=None)).json()["recheck_date"] is None
    assert is_problem(api.put(path, _verdict(recheck_date="2026-05-02")), 400)
    assert is_problem(api.put(path, _verdict(recheck_date="tomorrow")), 400)


@pytest.mark.parametrize("name", ["rechecks/", ""])
def test_twenty_need_no_more_queries_than_two(checker: User, editor: User, name: str) -> None:
    api, counts = Api(editor), []
    api.get("me/")
    for size in (2, 10):
        for _ in range(size):
            published_citing(checker, editor)
        rechecks.request_rechecks(Link.objects.get(url=TABLE), by=editor, note=WRONG)
        with CaptureQueriesContext(connection) as queries:
            assert api.get(name or _uses()).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
