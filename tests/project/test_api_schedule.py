"""Embargo, schedule and night through the API."""

from datetime import time, timedelta
from typing import Any

import pytest

from claims.choices import Action
from claims.intake.triage import accept
from claims.models import Claim
from claims.publication.scheduling import publish_scheduled
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories
from tests.claims.times import Clock, times
from tests.project.api import Api, is_problem

__all__ = ["times"]
pytestmark = pytest.mark.django_db
LATER = "2999-06-01T06:00:00+02:00"


def _soon(hours: float = 6) -> str:
    return (clock.now() + timedelta(hours=hours)).isoformat()


def _codes(response: Any) -> set[str]:
    assert is_problem(response, 422)
    return {gap["code"] for gap in response.json()["errors"]}


def test_an_embargo_is_set_shown_and_lifted(editor: User, submitted: Claim) -> None:
    claim, api = submitted, Api(editor)
    path, until = f"claims/{claim.public_id}/", _soon()
    first = api.patch(path, {"embargo_until": until}).json()
    assert first["embargo_until"] and "approve_and_publish" not in first["moves"]
    assert api.patch(path, {"embargo_until": until}).json() == first
    assert _codes(api.post(f"{path}transitions/", {"action": "approve_and_publish"})) == {"embargo"}
    assert api.post(f"{path}transitions/", {"action": "approve"}).status_code == 201
    assert [gap["code"] for gap in api.get(path).json()["missing"]["publish"]] == ["embargo"]
    lifted = api.patch(path, {"embargo_until": None}).json()
    assert lifted["embargo_until"] is None and "publish" not in lifted["missing"]


def test_embargo_and_words_go_in_one_request_and_fail_together(
    checker: User, editor: User, ready: Claim
) -> None:
    claim, api = ready, Api(editor)
    path = f"claims/{claim.public_id}/"
    version = api.get(path).json()["version"]
    data = api.patch(
        path, {"embargo_until": _soon(), "text": "The city planted nine trees.", "version": version}
    ).json()
    assert data["text"] == "The city planted nine trees." and data["embargo_until"]
    assert is_problem(api.patch(path, {"embargo_until": None, "version": version}), 412)
    assert is_problem(
        Api(checker).patch(path, {"embargo_until": None, "text": "Another text."}), 403
    )
    claim.refresh_from_db()
    assert claim.embargo_until is not None and claim.text == "The city planted nine trees."


@pytest.mark.parametrize(
    "wrong",
    [
        "2026-06-01T06:00:00",
        "2026-06-01",
        "soon",
        5,
        "2001-01-01T00:00:00Z",
        LATER,
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_a_time_without_offset_or_sense_is_refused_in_words(
    editor: User, wrong: object, approved: Claim
) -> None:
    claim, api = approved, Api(editor)
    refused = api.patch(f"claims/{claim.public_id}/", {"embargo_until": wrong})
    assert is_problem(refused, 400)
    if wrong == "2026-06-01T06:00:00":
        assert "UTC offset" in refused.content.decode()
    planned = api.post(
        f"claims/{claim.public_id}/transitions/", {"action": "schedule", "at": wrong}
    )
    assert planned.status_code in {400, 422} and is_problem(planned, planned.status_code)
    claim.refresh_from_db()
    assert claim.embargo_until is None and not claim.schedules.exists()


def test_the_wrong_person_and_the_wrong_token_move_nothing(
    checker: User, editor: User, reporter: User, outsider: User, approved: Claim
) -> None:
    path, body = f"claims/{approved.public_id}/", {"action": "schedule", "at": _soon()}
    for person, status in ((checker, 403), (reporter, 404), (outsider, 404)):
        assert is_problem(Api(person).patch(path, {"embargo_until": _soon()}), status)
        assert is_problem(Api(person).post(f"{path}transitions/", body), status)
    assert is_problem(
        Api(editor, "read", "claims:write", "verdicts:sign").post(f"{path}transitions/", body), 403
    )
    assert is_problem(
        Api(editor, "read", "verdicts:publish").patch(path, {"embargo_until": _soon()}), 403
    )
    assert is_problem(
        Api(editor).patch(
            f"claims/{factories.published(checker, editor).public_id}/", {"embargo_until": _soon()}
        ),
        409,
    )


def test_a_publication_is_planned_shown_and_taken_back(editor: User, approved: Claim) -> None:
    claim, api = approved, Api(editor)
    path, at = f"claims/{claim.public_id}/", _soon()
    body = {"action": "schedule", "at": at}
    first, again = (api.post(f"{path}transitions/", body) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert (
        first.json()["from_status"],
        first.json()["to_status"],
        first.json()["scheduled_at"],
    ) == ("approved", "approved", at)
    shown = api.get(path).json()
    assert (
        shown["scheduled_at"]
        and "cancel_schedule" in shown["moves"]
        and shown["schedule_error"] == ""
    )
    assert api.get("claims/").json()["results"][0]["scheduled_at"] == shown["scheduled_at"]
    assert api.post(f"{path}transitions/", {"action": "cancel_schedule"}).status_code == 201
    assert api.get(path).json()["scheduled_at"] is None
    assert [
        api.post(f"{path}transitions/", {"action": "cancel_schedule"}).status_code,
        claim.schedules.count(),
    ] == [200, 1]


def test_a_time_with_another_action_is_not_silently_ignored(editor: User, approved: Claim) -> None:
    refused = Api(editor).post(
        f"claims/{approved.public_id}/transitions/", {"action": "publish", "at": _soon()}
    )
    assert is_problem(refused, 400) and "schedule" in refused.json()["errors"][0]["text"]
    assert not approved.verdicts.published().exists()
    assert _codes(
        Api(editor).post(f"claims/{approved.public_id}/transitions/", {"action": "schedule"})
    ) == {"at"}


def test_why_nothing_was_published_is_told(
    times: Clock, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.approved(checker, editor)
    apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=clock.now() + timedelta(hours=1)))
    Membership.objects.filter(user=editor).delete()
    plan = claim.schedules.get()
    times.set(plan.at)
    publish_scheduled(plan.pk)
    assert (
        "may no longer publish"
        in Api(second_editor).get(f"claims/{claim.public_id}/").json()["schedule_error"]
    )


def test_who_reads_no_evidence_is_not_told_the_reason(
    times: Clock, reporter: User, checker: User, editor: User
) -> None:
    claim = accept(
        factories.article_read(reporter).suggestions.order_by("part", "rank")[0], by=checker
    )
    apply(claim, Action.TAKE, by=checker)
    factories.evidence(claim, checker)
    factories.evidence(claim, checker, quote="Something", text="Something the page says.")
    factories.written(claim, checker)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE, by=editor)
    apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=clock.now() + timedelta(hours=1)))
    claim.evidence.filter(number=2).update(quote_state="not_found")
    plan = claim.schedules.get()
    times.set(plan.at)
    publish_scheduled(plan.pk)
    answer_data = [
        Api(person).get(f"claims/{claim.public_id}/").json()["schedule_error"]
        for person in (reporter, editor)
    ]
    assert (
        answer_data[0] == "Scheduled publication failed. Ask an editor of the desk."
        and "evidence 2" in answer_data[1]
    )


@pytest.fixture
def night(times: Clock, desk: Desk) -> Desk:
    Desk.objects.filter(pk=desk.pk).update(night_from=time(23), night_until=time(6))
    times.local("2030-03-01 23:30", "UTC")
    return desk


def test_by_night_a_checker_publishes_and_an_editor_confirms(
    night: Desk, times: Clock, checker: User, second_checker: User, editor: User
) -> None:
    claim, api = factories.submitted(checker), Api(second_checker)
    path = f"claims/{claim.public_id}/"
    assert {"approve", "approve_and_publish"} <= set(api.get(path).json()["moves"])
    assert is_problem(Api(checker).post(f"{path}transitions/", {"action": "approve"}), 403)
    assert api.post(f"{path}transitions/", {"action": "approve_and_publish"}).status_code == 201
    assert api.get(f"{path}verdict/").json()["night_work_unconfirmed"] is True
    assert is_problem(api.post(f"{path}transitions/", {"action": "confirm_night_work"}), 403)
    times.local("2030-03-02 06:01", "UTC")
    assert is_problem(
        api.post(
            f"claims/{factories.submitted(checker).public_id}/transitions/", {"action": "approve"}
        ),
        403,
    )
    answers = [
        Api(editor).post(f"{path}transitions/", {"action": "confirm_night_work"}).status_code
        for _ in range(2)
    ]
    assert answers == [201, 200]
    data = api.get(f"{path}verdict/").json()
    assert (data["night_work_unconfirmed"], data["night_confirmed_by"]) == (False, "editor")


def _listed(api: Api) -> int:
    return len(api.get("claims/").json()["results"])


def test_a_list_by_night_costs_as_much_for_twenty_as_for_two(
    night: Desk, checker: User, second_checker: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        made: Claim = factories.submitted(checker, text=f"Claim {number} of the night.")
        assert made.status == "in_review"
    api = Api(second_checker)
    with django_assert_max_num_queries(20):
        assert _listed(api) == 20
