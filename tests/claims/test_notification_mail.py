"""Notifications by e-mail: as each person chose, once, of what they may still see, and
never twice after a worker has died.
"""

import contextlib
import re
import smtplib
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend

from claims.choices import Action, Delivery, NotificationKind
from claims.desk.notifications import deadlines, mailing, reading
from claims.models import Claim, Notification
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom import mail
from factcheck.newsroom.models import Mail, Membership, User
from tests import factories
from tests.claims.times import Clock, times
from tests.letters import arrived, with_address
from tests.reader import Reader

__all__ = ["times"]
pytestmark = pytest.mark.django_db
MARK = "quagga"


@pytest.fixture
def editor(editor: User) -> User:
    return with_address(editor)


def _submitted(checker: User) -> Claim:
    number = Claim.objects.count()
    return factories.submitted(checker, text=f"The city planted {MARK} trees in part {number}.")


def test_each_kind_comes_as_its_person_chose(checker: User, editor: User) -> None:
    claim = _submitted(checker)
    (letter,) = arrived()
    assert letter.to == ["editor@news.example"]
    assert "checker submitted a verdict" in letter.subject and MARK in str(letter.body)
    assert f"http://localhost:8000/admin/claims/claim/{claim.pk}/change/" in str(letter.body)
    for delivery in (Delivery.DIGEST, Delivery.OFF):
        mailing.choose(editor, {NotificationKind.SIGNATURE: delivery})
        _submitted(checker)
    assert len(arrived()) == 1
    told = Notification.objects.filter(user=editor).order_by("pk")
    assert list(told.values_list("delivery", flat=True)) == ["at_once", "digest", "off"]


def test_a_digest_comes_once_a_morning_with_what_is_unread(
    times: Clock, checker: User, editor: User
) -> None:
    desk = checker.memberships.get().desk
    type(desk).objects.filter(pk=desk.pk).update(time_zone="Europe/Berlin")
    mailing.choose(editor, {NotificationKind.SIGNATURE: Delivery.DIGEST})
    times.set(datetime.fromisoformat("2026-06-02T04:00:00+00:00"))  # 6:00 there
    for _ in range(3):
        _submitted(checker)
    reading.mark_read(Notification.objects.filter(user=editor)[0])
    assert mailing.write_digests() == 0, "not before seven"
    times.set(datetime.fromisoformat("2026-06-02T05:10:00+00:00"))
    assert [mailing.write_digests() for _ in range(2)] == [1, 0]
    _submitted(checker)
    times.set(datetime.fromisoformat("2026-06-02T20:00:00+00:00"))
    assert mailing.write_digests() == 0, "what came after the morning waits for the next"
    (letter,) = arrived()
    assert letter.subject.endswith(": 2 notifications")
    assert str(letter.body).count(MARK) == 2
    times.set(datetime.fromisoformat("2026-06-03T05:00:00+00:00"))
    assert mailing.write_digests() == 1
    assert len(arrived()) == 2


def _nothing(claim: Claim, editor: User) -> None:
    pass


def _left(claim: Claim, editor: User) -> None:
    Membership.objects.filter(user=editor).update(end_date="2020-01-01")


def _read(claim: Claim, editor: User) -> None:
    reading.mark_all_read(editor)


def _embargoed(claim: Claim, editor: User) -> None:
    Claim.objects.filter(pk=claim.pk).update(embargo_until=clock.now() + timedelta(days=1))


def _moved(claim: Claim, editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(email="elsewhere@news.example")


def _unreachable(claim: Claim, editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(email="")


def test_a_digest_counts_nothing_that_is_hidden(
    times: Clock, checker: User, editor: User, outsider: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "MOST_IN_A_DIGEST", 1)
    times.set(datetime.fromisoformat("2026-06-02T04:00:00+00:00"))
    hidden = factories.claim(outsider, on=outsider.memberships.get().desk)
    claims = [_submitted(checker), _submitted(checker), hidden]
    Notification.objects.all().delete()
    for claim in (*claims, hidden):
        Notification.objects.create(
            user=editor,
            kind=NotificationKind.RECHECK,
            claim=claim,
            event=f"transition:{Notification.objects.count()}",
            at=clock.now(),
            delivery=Delivery.DIGEST,
        )
    Mail.objects.all().delete()
    times.set(datetime.fromisoformat("2026-06-03T08:00:00+00:00"))
    assert mailing.write_digests() == 1
    (letter,) = arrived()
    assert "And 1 more:" in str(letter.body)


@pytest.mark.parametrize(
    ("happens", "letters", "marks"),
    [
        (_nothing, 1, 1),
        (_left, 0, 0),
        (_read, 0, 0),
        (_embargoed, 1, 0),
        (_moved, 1, 1),
        (_unreachable, 0, 0),
    ],
)
def test_what_it_says_is_judged_when_it_is_sent(
    checker: User, editor: User, happens: Any, letters: int, marks: int
) -> None:
    claim = _submitted(checker)
    assert MARK not in str(Mail.objects.get().data)
    happens(claim, editor)
    found = arrived()
    assert (len(found), sum(str(one.body).count(MARK) for one in found)) == (letters, marks)
    assert {to for one in found for to in one.to} <= {User.objects.get(pk=editor.pk).email}
    assert Mail.objects.get().job_state == JobState.DONE


class Killed(BaseException):
    """Nothing catches it, as nothing catches SIGKILL."""


class Dying(EmailBackend):
    """Takes the letter, and then the worker dies, or the connection."""

    error: BaseException = Killed()

    def send_messages(self, messages: Any) -> Any:
        super().send_messages(messages)
        raise self.error


@pytest.mark.parametrize(
    ("error", "state", "said"),
    [
        (Killed(), "failed", "may have arrived"),
        (smtplib.SMTPServerDisconnected("gone"), "failed", "may have arrived"),
        (smtplib.SMTPDataError(451, b"later"), "waiting", "451"),
        (smtplib.SMTPDataError(550, b"never"), "failed", "refused"),
    ],
)
def test_what_may_have_arrived_is_not_sent_again_by_itself(
    checker: User, editor: User, settings: Any, monkeypatch: Any, error: Any, state: str, said: str
) -> None:
    _submitted(checker)
    row = Mail.objects.get()
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Dying"
    monkeypatch.setattr(Dying, "error", error)
    with contextlib.suppress(Killed):
        mail.deliver(row.pk)
    settings.EMAIL_BACKEND = working
    Mail.objects.filter(job_state="running").update(lease_until=clock.now())
    again = state == "waiting"
    Mail.objects.filter(job_state="waiting").update(next_attempt_at=clock.now())
    row.refresh_from_db()
    assert not again or "451" in row.last_error
    mail.deliver(row.pk)
    row.refresh_from_db()
    assert len(django_mail.outbox) == 1 + again
    assert row.job_state == ("done" if again else state)
    assert again or said in row.last_error
    # A person may send it again, under the same id.
    if not again:
        other_tab = Mail.objects.get(pk=row.pk)
        assert mail.retry(row) and mail.deliver(row.pk)
        assert not mail.retry(other_tab)
    ids = {str(one.message()["Message-ID"]) for one in django_mail.outbox}
    assert len(ids) == 1 and len(django_mail.outbox) == 2


def test_without_an_address_or_a_server_nothing_is_written(
    checker: User, second_editor: User, editor: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "factcheck.newsroom.mail.NoMailServer"
    claim = _submitted(checker)
    assert Notification.objects.count() == 2 and not Mail.objects.exists()
    Claim.objects.filter(pk=claim.pk).update(due_at=clock.now() - timedelta(hours=1))
    assert deadlines.tell_deadlines() == 1 and mailing.write_digests() == 0
    apply(claim, Action.RECALL, by=checker, data=factories.note("Once more."))


def test_the_settings_page_keeps_what_is_chosen(client: Reader, editor: User) -> None:
    page = "/accounts/notifications/"
    assert client.get(page).status_code == 302
    client.force_login(editor)
    text = client.get(page).text
    assert (
        "the address of your account" in " ".join(text.split())
        and 'href="/accounts/notifications/"' in text
    )

    def chosen() -> dict[str, str]:
        found = re.findall(r"<input[^>]*type=\"radio\"[^>]*>", client.get(page).text)
        checked = [one for one in found if "checked" in one]
        names = (re.search(r'name="(\w+)" value="(\w+)"', one) for one in checked)
        return dict(one.groups() for one in names if one)

    before = chosen()
    assert before["assigned"] == "at_once" and before["watched"] == "digest"
    assert set(before) == set(NotificationKind.values)
    for _ in range(2):
        client.post(page, before | {"assigned": "off", "watched": "at_once"})
    assert chosen() == before | {"assigned": "off", "watched": "at_once"}
    for wrong in ({}, before | {"query": "hourly"}):
        answer = client.post(page, wrong)
        assert answer.status_code == 400 and "Not saved" in answer.text
