"""Nothing about a claim under embargo, planned or not, reaches a reader: no page, no
tag, no header.
"""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from claims import urls
from claims.choices import Action
from claims.models import Claim
from claims.publication.embargo import set_embargo
from claims.publication.scheduling import publish_scheduled
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import page
from tests.claims.times import Clock, times

__all__ = ["times"]
pytestmark = pytest.mark.django_db
SECRET = "The harbour board closes the north quay in autumn."
LISTS = (
    "/verdicts/?page=1",
    *(f"/{one.pattern}" for one in urls.urlpatterns if "<" not in str(one.pattern)),
)
TAILS = ("", "claimreview.json", "evidence/1/", "evidence/2/", "versions/1/")


def _secret(checker: User, editor: User) -> Claim:
    claim, ends = factories.approved(checker, editor, text=SECRET), clock.now() + timedelta(hours=6)
    set_embargo(claim, by=editor, until=ends)
    apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=ends))
    return claim


def _all(answer: HttpResponse) -> tuple[int, bytes, dict[str, str]]:
    return (
        answer.status_code,
        answer.getvalue(),
        {
            name: value
            for name, value in answer.headers.items()
            if name not in {"Date", "X-Request-ID"}
        },
    )


@pytest.mark.parametrize("reader", ["nobody", "editor"])
def test_every_list_is_the_same_with_and_without_it(
    client: Client, times: Clock, checker: User, editor: User, reader: str
) -> None:
    other = factories.published(checker, editor)
    if reader == "editor":
        client.force_login(editor)
    before = {address: _all(client.get(address)) for address in (*LISTS, page(other))}
    _secret(checker, editor)
    assert len(before) > 3
    assert {address: _all(client.get(address)) for address in before} == before


def test_no_guessed_address_tells_it_from_nothing(
    client: Client, times: Clock, checker: User, editor: User
) -> None:
    claim = _secret(checker, editor)
    short = claim.public_id.hex[:8]
    for tail in TAILS:
        guessed = client.get(f"/verdicts/the-harbour-board-closes-{short}/{tail}")
        nothing = client.get(f"/verdicts/the-harbour-board-closes-00000000/{tail}")
        assert (
            (guessed.status_code, guessed.content)
            == (nothing.status_code, nothing.content)
            == (404, nothing.content)
        )
        assert SECRET.encode() not in guessed.content


def test_when_the_time_has_come_readers_find_it(
    client: Client, times: Clock, checker: User, editor: User
) -> None:
    claim = _secret(checker, editor)
    plan = claim.schedules.get()
    times.set(plan.at)
    assert publish_scheduled(plan.pk)
    claim.refresh_from_db()
    assert SECRET in client.get("/verdicts/").text and client.get(page(claim)).status_code == 200
    for address in ("/verdicts/", page(claim), page(claim, "claimreview.json")):
        shown = client.get(address).text
        assert "embargo" not in shown.lower() and "scheduled" not in shown.lower()


def test_the_night_work_and_its_confirmation_change_nothing_that_readers_see(
    client: Client, times: Clock, checker: User, second_checker: User, editor: User
) -> None:
    desk = factories.desk()
    desk.night_from, desk.night_until = "23:00", "06:00"
    desk.save()
    times.local("2031-06-01 23:30", "UTC")
    claim = factories.submitted(checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=second_checker)
    before = _all(client.get(page(claim)))
    times.local("2031-06-02 08:00", "UTC")
    apply(claim, Action.CONFIRM_NIGHT_WORK, by=editor)
    assert _all(client.get(page(claim))) == before
