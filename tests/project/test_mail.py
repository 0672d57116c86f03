"""Mail is work that is due: written with the change, sent once by a worker, retried
while the mail server is away, and kept as a row where it cannot be sent.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import transaction
from django.template import TemplateDoesNotExist

from factcheck.ledger import clock, due_work
from factcheck.ledger.due_work import JobState
from factcheck.newsroom import mail
from factcheck.newsroom.models import Mail, User
from tests import smtp_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader_of_mail(checker: User) -> User:
    checker.email = "checker@example.org"
    checker.save(update_fields=["email"])
    Mail.objects.all().delete()
    return checker


@pytest.fixture
def server(settings: Any) -> Iterator[smtp_server.MailServer]:
    with smtp_server.running() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.server_address[:2]
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = ""
        yield running


def _written(user: User) -> Mail:
    return mail.send_later(user, "password_changed", username=user.username)


def _due_again(row: Mail) -> None:
    Mail.objects.filter(pk=row.pk).update(next_attempt_at=clock.now())


def test_a_letter_is_sent_once(server: smtp_server.MailServer, reader_of_mail: User) -> None:
    row = _written(reader_of_mail)
    assert mail.deliver(row.pk)
    assert not mail.deliver(row.pk), "safe twice"
    (letter,) = server.letters
    assert "To: checker@example.org" in letter and "your password was changed" in letter
    row.refresh_from_db()
    assert row.job_state == JobState.DONE and row.sent_at


def test_no_letter_tells_of_what_was_rolled_back(reader_of_mail: User) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        _written(reader_of_mail)
        raise RuntimeError
    assert not Mail.objects.exists()


def test_a_mail_server_that_is_away_is_waited_for(
    server: smtp_server.MailServer, reader_of_mail: User
) -> None:
    row = _written(reader_of_mail)
    server.answer = "451 try again later"
    for _ in range(due_work.MAX_ATTEMPTS + 2):
        _due_again(row)
        assert not mail.deliver(row.pk)
    row.refresh_from_db()
    assert (row.job_state, row.attempts) == (JobState.WAITING, 0)
    assert "451" in row.last_error and row.next_attempt_at and row.next_attempt_at > clock.now()
    server.answer = ""
    _due_again(row)
    assert mail.deliver(row.pk)


def test_after_a_day_it_fails_where_an_admin_sees_it(reader_of_mail: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    row = _written(reader_of_mail)
    Mail.objects.update(made_at=clock.now() - timedelta(hours=25))
    assert not mail.deliver(row.pk)
    row.refresh_from_db()
    assert row.job_state == JobState.FAILED and "24 hours" in row.last_error


def test_an_address_that_is_refused_is_not_tried_again(
    server: smtp_server.MailServer, reader_of_mail: User
) -> None:
    server.answer = "550 no such mailbox"
    row = _written(reader_of_mail)
    assert not mail.deliver(row.pk)
    row.refresh_from_db()
    assert row.job_state == JobState.FAILED and "550" in row.last_error


def test_without_an_address_the_row_says_what_to_do(checker: User) -> None:
    row = mail.send_later(checker, "password_changed", username="checker")
    assert row.job_state == JobState.FAILED and "no e-mail address" in row.last_error
    checker.email = "checker@example.org"
    checker.save(update_fields=["email"])
    mail.retry(Mail.objects.get(pk=row.pk))
    assert mail.deliver(row.pk) and django_mail.outbox[0].to == ["checker@example.org"]


def test_a_name_cannot_begin_a_header_and_an_unknown_event_is_refused(
    reader_of_mail: User, settings: Any
) -> None:
    settings.SITE_NAME = "Desk\nBcc: everybody@example.org"
    assert mail.deliver(_written(reader_of_mail).pk)
    (letter,) = django_mail.outbox
    assert "\n" not in letter.subject and letter.recipients() == ["checker@example.org"]
    with pytest.raises(TemplateDoesNotExist):
        mail.send_later(reader_of_mail, "no_such_event")
