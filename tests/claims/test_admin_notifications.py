"""The bell in the header, the page of notifications and its buttons."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.desk.notifications import event, events, reading, watching
from claims.models import Claim, Notification
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.reader import Reader

pytestmark = pytest.mark.django_db
PAGE = "/admin/notifications/"


def _told(user: User, claim: Claim, times: int = 1) -> None:
    for _ in range(times):
        name = f"made:{Notification.objects.count()}"
        events.tell(event.Event(name, claim), {user.pk: "assigned"})


def _unread(client: Reader) -> str:
    (label,) = re.findall(r'aria-label="Notifications, (\S+) unread"', client.get("/admin/").text)
    return label


def test_the_bell_counts_and_the_page_lists_what_is_unread(
    client: Reader, checker: User, editor: User
) -> None:
    claim = factories.submitted(checker, text="The city planted <b>7</b> trees.")
    client.force_login(editor)
    assert _unread(client) == "1"
    page = client.get(PAGE).text
    assert "checker submitted a verdict. It needs a second signature." in page
    assert "“The city planted &lt;b&gt;7&lt;/b&gt; trees.”" in page
    assert f'href="/admin/claims/claim/{claim.pk}/change/"' in page
    (address,) = re.findall(rf'action="({PAGE}[^"]+-[^"]+/read/)"', page)
    assert client.get(address).status_code == 405
    for _ in range(2):
        assert client.post(address)["Location"] == PAGE
    assert _unread(client) == "0" and "Nothing unread" in client.get(f"{PAGE}?show=unread").text
    _told(editor, claim, 3)
    (newest,) = re.findall(r'name="newest" value="(\d+)"', client.get(PAGE).text)
    _told(editor, claim)
    client.post(f"{PAGE}read/", {"newest": newest})
    assert _unread(client) == "1", "what came after the page was drawn stays unread"
    client.post(f"{PAGE}read/", {"newest": "9" * 40})
    assert _unread(client) == "0"


def test_nobody_reads_or_marks_what_is_another_persons(
    client: Reader, checker: User, editor: User, outsider: User
) -> None:
    factories.submitted(checker)
    told = Notification.objects.get(user=editor)
    for who in (checker, outsider):
        client.force_login(who)
        assert _unread(client) == "0"
        assert client.post(f"{PAGE}{told.public_id}/read/").status_code == 404
    told.refresh_from_db()
    assert told.read_at is None
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_the_page_has_as_many_queries_for_two_rows_as_for_many(
    client: Reader, checker: User, editor: User
) -> None:
    client.force_login(editor)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    claims = [factories.submitted(checker) for _ in range(3)]
    few = asked(PAGE)
    for claim in claims:
        _told(editor, claim, 40)
    assert asked(PAGE) == few
    older = re.findall(r"\?before=(\d+)", client.get(PAGE).text)
    assert client.get(PAGE, {"before": older[0]}).text.count('class="sentence"') == 50
    assert _unread(client) == "99+"
    for nonsense in ("x", "9" * 40, "-1", "\0"):
        answer = client.get(PAGE, {"before": nonsense})
        assert answer.status_code == 400 and "no such page" in answer.text


def test_the_bell_costs_one_query(client: Reader, editor: User) -> None:
    client.force_login(editor)
    with CaptureQueriesContext(connection) as queries:
        client.get("/admin/search/")
    about = [one["sql"] for one in queries if "claims_notification" in one["sql"]]
    assert len(about) == 1
    with CaptureQueriesContext(connection) as queries:
        client.get("/verdicts/")
    assert "claims_notification" not in str(queries.captured_queries)


def test_a_claim_is_watched_from_its_page(
    client: Reader, checker: User, second_checker: User, outsider: User, ready: Claim
) -> None:
    page = f"/admin/claims/claim/{ready.pk}"
    client.force_login(outsider)
    assert client.post(f"{page}/watch/").status_code == 404
    client.force_login(second_checker)
    for verb, then in (("watch", "Unwatch"), ("watch", "Unwatch"), ("unwatch", "Watch")):
        answer = client.post(f"{page}/{verb}/", follow=True)
        (button,) = re.findall(
            r'action="[^"]*/(?:un)?watch/">.*?<button[^>]*>\s*(\w+)', answer.text, re.S
        )
        assert button == then
    watching.watch(ready, by=second_checker)
    apply(ready, Action.SUBMIT, by=checker)
    assert reading.unread_count(second_checker) == 1
