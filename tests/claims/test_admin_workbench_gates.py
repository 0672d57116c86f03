"""Waivers, replies and queries on the workbench."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from claims.desk.queries import Question, open_query, post, resolve
from claims.models import Claim, Query, ReplyRequest, Waiver
from factcheck.newsroom.models import User
from sources.models import Claimant
from tests import factories

ASKED = {
    "person": "Mira Halloway",
    "channel": "email",
    "question": "Which register?",
    "sent_at": "2026-05-04T09:30",
}


def _named(by: User) -> Claim:
    claim = factories.ready(by)
    Claim.objects.filter(pk=claim.pk).update(claimant=Claimant.objects.create(name="Mira Halloway"))
    claim.refresh_from_db()
    return claim


def _post(client: Client, claim: Claim, name: str, data: dict[str, Any], *more: object) -> Any:
    return client.post(reverse(f"admin:claims_claim_{name}", args=[claim.pk, *more]), data)


def _page(client: Client, claim: Claim) -> str:
    return client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text


def test_the_checker_writes_down_whom_they_asked_in_the_time_of_the_desk(
    client: Client, checker: User
) -> None:
    claim = _named(checker)
    claim.desk.time_zone = "America/New_York"
    claim.desk.save()
    client.force_login(checker)
    for _ in range(2):
        assert _post(client, claim, "reply_request", ASKED).status_code == 302
    attempt = ReplyRequest.objects.get()
    assert f"{attempt.sent_at:%Y-%m-%d %H:%M}" == "2026-05-04 13:30"
    assert "4 May 2026, 09:30" in _page(client, claim)
    assert _post(client, claim, "reply_outcome", {"outcome": "no_reply"}, 1).status_code == 302
    assert (
        _post(
            client,
            claim,
            "reply_outcome",
            {"outcome": "answered", "answer": "Sorry, I was away."},
            1,
        ).status_code
        == 302
    )
    shown = _page(client, claim)
    assert "late reply" in shown and "Sorry, I was away." in shown


def test_what_is_refused_keeps_what_was_typed(client: Client, checker: User) -> None:
    claim = _named(checker)
    client.force_login(checker)
    refused = _post(
        client, claim, "reply_request", ASKED | {"question": "", "deadline_at": "2026-05-05T10:00"}
    )
    assert refused.status_code == 400 and 'value="2026-05-05T10:00"' in refused.text
    missing = _post(client, claim, "query", {"text": "Where from?", "passage": "not there"})
    assert missing.status_code == 400 and "Where from?" in missing.text
    _post(client, claim, "reply_request", ASKED)
    wrong = _post(
        client, claim, "reply_outcome", {"outcome": "not_possible", "answer": "A long answer."}, 1
    )
    assert wrong.status_code == 400 and "A long answer." in wrong.text


def test_an_editor_waives_a_quote_and_the_evidence_gate_with_a_reason(
    client: Client, checker: User, editor: User, ready: Claim
) -> None:
    factories.evidence(ready, checker, quote="912 trees", text="There are 812 trees.")
    client.force_login(checker)
    assert "Waive" not in _page(client, ready)
    assert _post(client, ready, "waive", {"reason": "So be it."}).status_code == 403
    client.force_login(editor)
    assert _post(client, ready, "waive", {"reason": ""}).status_code == 400
    assert "Waive the quote of evidence 3" in _page(client, ready)
    for data in ({"reason": "It is a scan."}, {"reason": "It is a scan.", "evidence": 3}):
        assert _post(client, ready, "waive", data).status_code == 302
    assert {waiver.kind for waiver in Waiver.objects.all()} == {"evidence", "quote"}
    assert "It is a scan." in _page(client, ready)
    for waiver in Waiver.objects.all():
        assert _post(client, ready, "revoke", {}, waiver.public_id).status_code == 302
    assert not Waiver.objects.filter(revoked_at=None).exists()


def test_a_query_is_opened_answered_and_resolved(
    client: Client, checker: User, second_checker: User, ready: Claim
) -> None:
    client.force_login(second_checker)
    assert (
        _post(
            client,
            ready,
            "query",
            {"text": "@checker, which table?", "evidence": 1, "blocking": "on"},
        ).status_code
        == 302
    )
    query = Query.objects.get()
    client.force_login(checker)
    shown = _page(client, ready)
    assert "which table?" in shown and "A query by second_checker is blocking this claim." in shown
    assert _post(client, ready, "answer", {"text": "Table 4."}, query.public_id).status_code == 302
    assert _post(client, ready, "resolve", {}, query.public_id).status_code == 403
    client.force_login(second_checker)
    assert _post(client, ready, "resolve", {}, query.public_id).status_code == 302
    assert "is blocking this claim" not in _page(client, ready)


def test_who_is_mentioned_hears_of_it_on_the_home_screen_until_it_is_resolved(
    client: Client, checker: User, second_checker: User, editor: User
) -> None:
    query = open_query(
        factories.ready(checker),
        by=second_checker,
        question=Question(text="@checker and @checker, why?"),
    )
    post(query, by=second_checker, text="@checker?")
    for person, hears in ((checker, 1), (editor, 0)):
        client.force_login(person)
        assert client.get("/admin/").text.count(f"#query-{query.public_id}") == hears
    resolve(query, by=editor)
    client.force_login(checker)
    assert "Queries that mention you" not in client.get("/admin/").text


def test_a_checker_cannot_post_a_privileged_query(
    client: Client, checker: User, ready: Claim
) -> None:
    client.force_login(checker)
    assert 'name="privileged"' not in _page(client, ready)
    _post(client, ready, "query", {"text": "Psst.", "privileged": "on"})
    assert not Query.objects.filter(privileged=True).exists()


def test_outsiders_and_other_claims_are_not_reached(
    client: Client, checker: User, outsider: User
) -> None:
    claim, other = _named(checker), factories.ready(checker)
    client.force_login(checker)
    _post(client, claim, "reply_request", ASKED)
    assert _post(client, other, "reply_outcome", {"outcome": "no_reply"}, 1).status_code == 404
    assert _post(client, claim, "query", {"text": "Which?", "evidence": 9}).status_code == 404
    client.force_login(outsider)
    for name, data in (
        ("reply_request", ASKED),
        ("query", {"text": "?"}),
        ("waive", {"reason": "So be it."}),
    ):
        assert _post(client, claim, name, data).status_code == 404


def test_a_verdict_that_stands_on_one_source_is_ticked_and_stays_ticked(
    client: Client, checker: User, ready: Claim
) -> None:
    client.force_login(checker)
    words = {
        "rating": factories.rating().pk,
        "short_answer": "No.",
        "explanation": "So.",
        "sole_source": "on",
        "version": 1,
    }
    assert _post(client, ready, "verdict", words).status_code == 302
    assert ready.verdicts.get().sole_source
    assert re.search(r'name="sole_source"[^>]* checked', _page(client, ready))
