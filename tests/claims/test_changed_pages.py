"""One changed word on one page is one decision for all who cite it, or for some."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.choices import Action, Stance
from claims.evidence.attaching import EvidenceDetails, attach
from claims.evidence.source_changes import detect, log_changes
from claims.evidence.source_changes_alike import alike, decide_alike
from claims.models import Claim, Evidence, SourceChange
from claims.workflow import apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api

pytestmark = pytest.mark.django_db
OLD = "The register lists 812 trees in the northern park. It was counted by hand."
NEW = OLD.replace("812", "700")


def cited(by: User, times: int) -> list[SourceChange]:
    """A page that `times` claims cite, the last with a quote that is gone."""
    first = factories.evidence(taken(by), by, quote="counted by hand", text=OLD)
    items = [first, *(again(first, by, last=at == times - 2) for at in range(times - 1))]
    log_changes(detect(first.link, factories.captured(first.link, NEW)))
    return [item.changes.get() for item in items]


def taken(by: User) -> Claim:
    claim = factories.claim(by)
    apply(claim, Action.TAKE, by=by)
    return claim


def again(first: Evidence, by: User, *, last: bool) -> Evidence:
    quote = "812 trees" if last else "counted by hand"
    details = EvidenceDetails(url=first.link.url, stance=Stance.SUPPORTS, quote=quote)
    return attach(taken(by), by=by, details=details)


def place(change: SourceChange) -> str:
    return f"/admin/claims/sourcechange/{change.pk}/"


def decisions(changes: list[SourceChange]) -> list[str]:
    return [SourceChange.objects.get(pk=one.pk).decision for one in changes]


def test_one_decision_counts_for_the_citations_that_are_marked(
    client: Client, checker: User, editor: User
) -> None:
    changes = cited(checker, 4)
    first, second, third, last = changes
    assert list(alike(first, by=checker)) == [second, third, last]
    client.force_login(editor)
    html = " ".join(client.get(f"{place(first)}change/").text.split())
    assert "3 other citations of this page changed alike." in html
    # Where the quote is gone, somebody looks before it is marked.
    marked = re.findall(r'name="also" value="(\d+)" (checked)?', html)
    assert marked == [(str(second.pk), "checked"), (str(third.pk), "checked"), (str(last.pk), "")]
    answer = client.post(
        f"{place(first)}supports/",
        {"note": "Only the count is new.", "also": [second.pk, third.pk, "x", "9" * 30]},
        follow=True,
    )
    assert "in 3 citations" in answer.text
    assert decisions(changes) == ["still_supports"] * 3 + ["pending"]
    for one in changes[:3]:
        one.refresh_from_db()
        assert (one.note, one.decided_by) == ("Only the count is new.", editor)
    assert AuditEntry.objects.filter(action="source_change.decide").count() == 3
    # Twice does nothing more.
    assert decide_alike(first, [second.pk, third.pk], by=editor, note="Again.") == []
    [single] = decide_alike(first, [last.pk], by=editor, note="x" * 2001)
    assert "limit" in single.refusal and decisions([last]) == ["pending"]
    assert "changed alike" not in client.get(f"{place(last)}change/").text


def test_another_page_text_or_desk_is_not_decided_along(
    client: Client, checker: User, auditor: User
) -> None:
    first, second = cited(checker, 2)
    other = cited(checker, 1)[0]
    stranger = factories.person("stranger", factories.desk("Sports"), "checker")
    foreign = cited(stranger, 1)[0]
    # The same page has changed once more since, and was found so for one of them.
    log_changes(detect(second.evidence.link, factories.captured(second.evidence.link, f"{NEW}!")))
    newer = second.evidence.changes.get(decision="pending")
    assert list(alike(newer, by=checker)) == [first.evidence.changes.get(decision="pending")]
    waiting = [other.pk, foreign.pk, second.pk]
    assert decide_alike(newer, waiting, by=checker) == []
    assert list(alike(newer, by=auditor)) == list(alike(newer, by=stranger)) == []
    client.force_login(stranger)
    assert client.get(f"{place(newer)}change/").status_code == 404
    assert client.post(f"{place(newer)}supports/", {"also": [first.pk]}).status_code == 404
    assert decisions([other, foreign]) == ["pending", "pending"]


def test_the_list_groups_by_page_and_counts_what_one_may_see(client: Client, checker: User) -> None:
    counts = []
    for times in (2, 12):
        changes = cited(checker, times)
        client.force_login(checker)
        client.get("/admin/claims/sourcechange/")
        with CaptureQueriesContext(connection) as queries:
            html = client.get("/admin/claims/sourcechange/?decision=pending").text
        counts.append(len(queries))
        assert html.count(f'field-citations">{times}<') == times
        grouped = client.get("/admin/claims/sourcechange/?decision=pending&rows=pages").text
        assert grouped.count(f'field-citations">{times}<') == 1
        assert f"{place(changes[0])}change/" in grouped
    assert counts[0] == counts[1]
    assert "rows" in client.get("/admin/claims/sourcechange/?rows=nonsense", follow=True).text


def test_over_the_api(checker: User, auditor: User, outsider: User) -> None:
    changes = cited(checker, 3)
    api, path = Api(checker), f"source-changes/{changes[0].public_id}/"
    others = [one["id"] for one in api.get(path).json()["alike"]]
    assert others == [str(one.public_id) for one in changes[1:]]
    assert Api(auditor).get(path).json()["alike"] == []
    assert Api(outsider).get(path).status_code == 404
    answer = api.post(f"{path}decision/", {"note": "Same.", "also": others[:1]})
    assert answer.json()["also"] == [{"id": others[0], "refusal": ""}]
    assert decisions(changes) == ["still_supports", "still_supports", "pending"]
    again = api.post(f"{path}decision/", {"note": "Same.", "also": others[:1]})
    assert (again.status_code, again.json()["also"]) == (200, [])
