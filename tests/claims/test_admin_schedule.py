"""Embargo, schedule and the look after a night on the workbench and the home screen."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.models import Claim
from claims.publication.scheduling import publish_scheduled
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories
from tests.claims.times import Clock, times

__all__ = ["times"]
pytestmark = pytest.mark.django_db


def _post(client: Client, claim: Claim, name: str, **fields: object) -> tuple[int, str]:
    tail = [claim.pk, name] if name in Action.values else [claim.pk]
    address = reverse(
        "admin:claims_claim_move" if name in Action.values else f"admin:claims_claim_{name}",
        args=tail,
    )
    seen = {"version": Claim.objects.get(pk=claim.pk).version} if name in Action.values else {}
    answer = client.post(address, {**seen, **fields})
    if answer.status_code == 302:
        return 302, client.get(answer["Location"]).content.decode()
    return answer.status_code, answer.content.decode()


def _page(client: Client, claim: Claim) -> str:
    return client.get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()


@pytest.fixture
def claim(client: Client, times: Clock, desk: Desk, checker: User, editor: User) -> Claim:
    """Approved, on a desk in Berlin, in the winter before a night without half past
    two; the editor is signed in.
    """
    Desk.objects.filter(pk=desk.pk).update(time_zone="Europe/Berlin")
    times.local("2030-03-01 12:00")
    client.force_login(editor)
    return factories.approved(checker, editor)


def test_an_editor_plans_in_the_time_of_the_desk_and_sees_utc_beside_it(
    client: Client, claim: Claim
) -> None:
    assert "Time zone: Europe/Berlin" in _page(client, claim)
    status, page = _post(client, claim, "schedule", at="2030-03-02T06:00", version=claim.version)
    assert (status, claim.schedules.get().at) == (
        302,
        datetime.fromisoformat("2030-03-02T05:00:00+00:00"),
    )
    assert page.count("2 March 2030, 06:00 (Europe/Berlin; 05:00 UTC)") >= 2, (
        "in the message and on the page"
    )
    assert 'id="move-cancel_schedule"' in page
    status, page = _post(client, claim, "cancel_schedule")
    assert status == 302 and "schedule was cancelled" in page and 'id="schedule"' not in page


def test_a_time_that_the_clocks_leave_out_is_refused_and_kept(client: Client, claim: Claim) -> None:
    status, page = _post(client, claim, "schedule", at="2030-03-31T02:30", version=claim.version)
    assert status == 422
    assert (
        "02:30 does not exist on 31 March 2030 in Europe/Berlin" in page
        and "2030-03-31T02:30" in page
    )
    assert not claim.schedules.exists()


def test_of_a_time_that_comes_twice_the_first_is_taken_and_said(
    client: Client, claim: Claim
) -> None:
    status, page = _post(client, claim, "schedule", at="2030-10-27T02:30", version=claim.version)
    assert (status, claim.schedules.get().at) == (
        302,
        datetime.fromisoformat("2030-10-27T00:30:00+00:00"),
    )
    assert "occurs twice (clock change); the first is used" in page


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "tomorrow",
        "2030-02-30T06:00",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "2030-02-01T06:00",
    ],
)
def test_no_time_that_cannot_be_planned_breaks_anything(
    client: Client, claim: Claim, typed: str
) -> None:
    status, page = _post(client, claim, "schedule", at=typed, version=claim.version)
    assert status == 422 and "#schedule-at" in page
    status, page = _post(client, claim, "embargo", until=typed, version=claim.version)
    assert status == 400
    claim.refresh_from_db()
    assert claim.embargo_until is None and not claim.schedules.exists()


def test_under_embargo_publishing_waits_and_says_why(client: Client, claim: Claim) -> None:
    status, page = _post(client, claim, "embargo", until="2030-03-02T06:00", version=claim.version)
    assert (
        status == 302
        and "Under embargo until 2 March 2030, 06:00 (Europe/Berlin; 05:00 UTC)" in page
    )
    assert (
        re.search(r'id="move-publish">\s*<button[^>]*disabled', page)
        and '<a href="#embargo">Under embargo' in page
    )
    assert 'id="move-schedule"' in page and 'id="embargo"' in page
    status, page = _post(client, claim, "lift")
    assert status == 302 and "Embargo lifted." in page
    assert 'href="#embargo"' not in page


def test_the_double_button_is_not_there_under_embargo(
    client: Client, claim: Claim, submitted: Claim
) -> None:
    assert 'id="move-approve_and_publish"' in _page(client, submitted)
    _post(client, submitted, "embargo", until="2030-03-02T06:00", version=submitted.version)
    page = _page(client, submitted)
    assert 'id="move-approve_and_publish"' not in page and 'id="move-approve"' in page
    assert _post(client, submitted, "approve_and_publish")[0] == 422


def test_an_embargo_of_an_older_version_is_refused(client: Client, claim: Claim) -> None:
    status, page = _post(
        client, claim, "embargo", until="2030-03-02T06:00", version=claim.version - 1
    )
    assert status == 412 and "2030-03-02T06:00" in page


def test_the_wrong_person_has_neither_buttons_nor_entry_points(
    client: Client, claim: Claim, checker: User, outsider: User
) -> None:
    client.force_login(checker)
    page = _page(client, claim)
    assert "Set an embargo" not in page and 'id="move-schedule"' not in page
    assert _post(client, claim, "embargo", until="2030-03-02T06:00")[0] == 403
    assert _post(client, claim, "embargo", until="never")[0] == 403
    assert _post(client, claim, "lift")[0] == 403
    assert _post(client, claim, "schedule", at="2030-03-02T06:00")[0] == 403
    client.force_login(outsider)
    for name in ("embargo", "lift", "schedule"):
        assert _post(client, claim, name)[0] == 404


def test_a_published_claim_offers_no_embargo(client: Client, claim: Claim, editor: User) -> None:
    apply(claim, Action.PUBLISH, by=editor)
    assert "Set an embargo" not in _page(client, claim)
    assert _post(client, claim, "embargo", until="2030-03-02T06:00")[0] == 409


def test_a_refused_publication_is_loud_on_the_page_and_at_home(
    client: Client, claim: Claim, times: Clock, editor: User, second_editor: User
) -> None:
    apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=clock.now() + timedelta(hours=1)))
    Membership.objects.filter(user=editor).update(role="checker")
    plan = claim.schedules.get()
    times.set(plan.at)
    publish_scheduled(plan.pk)
    client.force_login(second_editor)
    page = _page(client, claim)
    assert 'role="alert" id="unpublished"' in page and "may no longer publish" in page
    home = client.get("/admin/").content.decode()
    assert "scheduled publication failed" in home and str(claim) in home
    _post(client, claim, "cancel_schedule")
    assert 'id="unpublished"' not in _page(client, claim)
    assert "scheduled publication failed" not in client.get("/admin/").content.decode()


def test_the_nights_work_stands_at_home_until_an_editor_has_looked(
    client: Client, times: Clock, desk: Desk, checker: User, second_checker: User, editor: User
) -> None:
    Desk.objects.filter(pk=desk.pk).update(night_from=time(23), night_until=time(6))
    times.local("2030-03-01 23:30", "UTC")
    claim = factories.submitted(checker)
    client.force_login(second_checker)
    assert 'id="move-approve_and_publish"' in _page(client, claim)
    assert _post(client, claim, "approve_and_publish", version=claim.version)[0] == 302
    assert "Published at night" not in client.get("/admin/").content.decode(), "it is for editors"
    times.local("2030-03-02 06:01", "UTC")
    assert _post(client, factories.submitted(checker), "approve_and_publish")[0] == 403
    client.force_login(editor)
    home = client.get("/admin/").content.decode()
    assert "Night work to confirm" in home and "signed by checker and second_checker" in home
    assert "while no editor was on duty" in _page(client, claim)
    assert _post(client, claim, "confirm_night_work", version=claim.version)[0] == 412, (
        "it was published since this version"
    )
    claim.refresh_from_db()
    status, page = _post(client, claim, "confirm_night_work", version=claim.version)
    assert status == 302 and "You have confirmed" in page and "Confirmed by" in page
    assert "Published at night" not in client.get("/admin/").content.decode()


def test_who_else_may_publish_by_night_is_said_with_the_hours(
    client: Client, claim: Claim, desk: Desk, checker: User
) -> None:
    client.force_login(checker)
    assert "<li>Publish: editors. Ask editor.</li>" in _page(client, claim)
    Desk.objects.filter(pk=desk.pk).update(night_from=time(23), night_until=time(6))
    assert "between 23:00 and 06:00 (Europe/Berlin) a checker who is not the author" in _page(
        client, claim
    )


def test_an_admin_sets_the_night_of_a_desk(client: Client, desk: Desk, admin_person: User) -> None:
    client.force_login(admin_person)
    form = {
        "name": "Metro",
        "time_zone": "UTC",
        "evidence_needed": 2,
        "reply_hours": 24,
        "tip_retention_days": 90,
        "night_from": "23:00",
    }
    answer = client.post(f"/admin/newsroom/desk/{desk.pk}/change/", form)
    assert answer.status_code == 200 and "Set both, or leave both empty" in answer.content.decode()
    assert (
        client.post(
            f"/admin/newsroom/desk/{desk.pk}/change/", form | {"night_until": "06:00"}
        ).status_code
        == 302
    )
    desk.refresh_from_db()
    assert (desk.night_from, desk.night_until) == (time(23), time(6))


def test_every_panel_of_the_home_screen_has_a_place_of_its_own(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    factories.retracted(checker, editor)
    factories.article_read(checker)
    client.force_login(second_editor)
    home = client.get("/admin/").content.decode()
    assert "Retractions awaiting confirmation" in home and "New articles" in home
