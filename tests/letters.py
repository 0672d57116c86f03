"""The mailbox of a test: sends what is due, and finds the link in a letter."""

import re

from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.test import Client

from factcheck.ledger.due_work import JobState
from factcheck.newsroom import mail
from factcheck.newsroom.models import Mail, User

CHOSEN = "a sentence of my own choice"


def arrived(to: str = "") -> list[EmailMessage]:
    """Send all that is due; the letters to this address, all by default."""
    for row in Mail.objects.filter(job_state=JobState.WAITING).order_by("pk"):
        mail.deliver(row.pk)
    return [letter for letter in django_mail.outbox if not to or to in letter.to]


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"http://localhost:8000(/accounts/password/choose/\S+)", str(letter.body))
    assert found, letter.body
    return found[1]


def choose(client: Client, link: str, password: str = CHOSEN) -> int:
    """Open a link and choose a password, as its person does; the last status."""
    opened = client.get(link)
    if opened.status_code != 302:
        return opened.status_code
    chosen = {"new_password1": password, "new_password2": password}
    return client.post(opened["Location"], chosen).status_code


def with_address(user: User) -> User:
    user.email = f"{user.username}@news.example"
    user.save(update_fields=["email"])
    Mail.objects.all().delete()
    return user
