"""Writes letters to people, and sends them: `send_later` in the
transaction of what happened, `deliver` in a worker.

The texts are `templates/email/<event>_subject.txt` and
`templates/email/<event>.txt`. They see `user` (to whom), `site_name`,
`site_url` and the keywords of `send_later`.
"""

import contextlib
import smtplib
from collections.abc import Callable
from typing import Any, NoReturn
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import get_template
from django.utils.translation import gettext as _

from factcheck.ledger import clock, due_work, sent_once
from factcheck.ledger.due_work import JobState, PermanentWorkError
from factcheck.ledger.nudge import nudge
from factcheck.newsroom import languages
from factcheck.newsroom.models import Mail, User

_PERMANENT_REPLY = 500


class OutdatedError(Exception):
    """There is nothing to send any more: raised by what makes a letter's secret."""


class NoMailServer(BaseEmailBackend):
    """What production has until somebody names a mail server."""

    def send_messages(self, email_messages: Any) -> NoReturn:
        raise PermanentWorkError(_("No mail server is set. Set FACTCHECK_SMTP_HOST, then retry."))


SecretMaker = Callable[[Mail], dict[str, Any]]
_secrets: dict[str, SecretMaker] = {}
_at_most_once: set[str] = set()
_to_present_address: set[str] = set()


def made_when_sent(event: str, maker: SecretMaker) -> None:
    """Letters of this event also print what `maker` returns, such as a
    link. It is made anew for each attempt and stored nowhere.
    """
    _secrets[event] = maker


def at_most_once(event: str) -> None:
    """Letters of this event are rather lost than sent twice: see
    `ledger.sent_once`. Others are rather sent twice: whoever waits for
    a link would wait in vain.
    """
    _at_most_once.add(event)


def to_present_address(event: str) -> None:
    """Letters of this event go where their person is reached when they
    are sent, and nowhere if that is nowhere. Others, such as the notice
    of a new address, go to the one they were written for.
    """
    _to_present_address.add(event)


def has_server() -> bool:
    """Is there any use in writing letters that nobody asked for?"""
    none = f"{NoMailServer.__module__}.{NoMailServer.__name__}"
    return bool(none != settings.EMAIL_BACKEND)


def send_later(
    user: User, event: str, *, address: str = "", key: str | None = None, **data: Any
) -> Mail:
    """Write a letter to `user`, to be sent after the commit of this
    transaction.

    `address` is for letters that must reach another address than the
    present one, `key` names an occasion that is told once. `data` is
    stored as JSON: texts and numbers, and nothing secret. Raises
    TemplateDoesNotExist for an event that has no text.
    """
    get_template(f"email/{event}.txt")
    mail = Mail(user=user, event=event, address=address or user.email, data=data, key=key)
    mail.made_at = clock.now()
    due_work.request(mail)
    if not mail.address:
        mail.job_state, mail.next_attempt_at = JobState.FAILED, None
        with languages.of_rows():
            words = _("%(user)s has no e-mail address. Enter one, then retry.")
            mail.last_error = words % {"user": user}
    mail.save()
    if mail.address:
        nudge(Mail.task_name, mail.pk)
    return mail


def notify(user: User, event: str, *, address: str = "", **data: Any) -> None:
    """A letter that nobody waits for: to somebody without an address it
    has nowhere to go, and the audit entry stays.
    """
    if address or user.email:
        send_later(user, event, address=address, **data)


@transaction.atomic
def retry(mail: Mail) -> bool:
    """Send a letter now that could not be sent, or not yet, to the
    address that its person has now if they had none; False where it was
    sent, or there is still no address.
    """
    # Read again under a lock: a worker, or another tab, may be sending it.
    mail.refresh_from_db(from_queryset=Mail.objects.select_for_update(no_key=True))
    delayed = mail.job_state == JobState.WAITING and mail.last_error
    if mail.job_state != JobState.FAILED and not delayed:
        return False
    mail.address = mail.address or mail.user.email
    if not mail.address:
        return False
    mail.made_at, mail.sending_at = clock.now(), None
    due_work.request(mail)
    mail.save()
    nudge(Mail.task_name, mail.pk)
    return True


def deliver(mail_id: int, *, takeover: bool = False) -> bool:
    """Send one letter if it is due. Where a worker dies between the
    mail server's yes and the commit, the next one sends it again, with
    the same Message-ID; unless its event is `at_most_once`.
    """
    return due_work.run_due(Mail, mail_id, prepare=_send, store=_store, takeover=takeover)


def _send(mail: Mail) -> bool:
    """False where there is nothing to send any more."""
    if once := mail.event in _at_most_once:
        sent_once.check_unmarked(mail)
    try:
        _readdress(mail)
        message = _message(mail)
    except OutdatedError:
        return False
    connection, handed_over = get_connection(), False
    try:
        connection.open()
        if once:
            sent_once.mark(mail)
            handed_over = True
        connection.send_messages([message])
    except smtplib.SMTPResponseException as error:
        _answered(mail, error.smtp_code, error)
    except smtplib.SMTPRecipientsRefused as error:
        _answered(mail, max(code for code, _text in error.recipients.values()), error)
    except (OSError, smtplib.SMTPException) as error:
        if handed_over:
            raise sent_once.unconfirmed(f"{type(error).__name__}: {error}") from None
        _wait(mail, error)
    finally:
        # What was taken stays taken, however the server says goodbye.
        with contextlib.suppress(OSError, smtplib.SMTPException):
            connection.close()
    return True


def _readdress(mail: Mail) -> None:
    address = mail.user.email
    if mail.event not in _to_present_address or mail.address == address:
        return
    if not address:
        raise OutdatedError
    mail.address = address
    mail.save(update_fields=["address"])


def _message(mail: Mail) -> EmailMessage:
    with languages.speaking_to(mail.user):
        return _written(mail)


def _written(mail: Mail) -> EmailMessage:
    secret = _secrets[mail.event](mail) if mail.event in _secrets else {}
    context = {
        "user": mail.user,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        **mail.data,
        **secret,
    }
    subject, text = (
        get_template(f"email/{mail.event}{part}.txt").render(context) for part in ("_subject", "")
    )
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{mail.message_id}@{host}>"} if mail.message_id else {}
    # In one line: a name with a line break in it must not begin a header of its own.
    return EmailMessage(
        " ".join(subject.split()), text.strip() + "\n", to=[mail.address], headers=headers
    )


def _answered(mail: Mail, code: int, error: Exception) -> NoReturn:
    sent_once.clear(mail)
    if code >= _PERMANENT_REPLY:
        raise PermanentWorkError(f"The mail server refused it: {error}") from None
    _wait(mail, error)


def _wait(mail: Mail, error: Exception) -> NoReturn:
    sent_once.retry_later(mail, f"{type(error).__name__}: {error}", since=mail.made_at)


def _store(mail: Mail, sent: bool) -> None:
    if sent:
        mail.sent_at = clock.now()
        mail.save(update_fields=["sent_at"])
