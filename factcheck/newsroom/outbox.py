"""Mail that is due: one row for each letter to one person."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.sent_once import SentOnce


class Mail(SentOnce):
    """A letter, written in the transaction of what it tells, and sent
    by a worker.

    `event` names its templates. `data` is what these print, and never a
    secret: a link or a code is made when the letter is sent. `address`
    is that of the moment of the event, so that whoever changes it
    afterwards does not receive what was meant for its owner.
    """

    task_name = "newsroom.send_mail"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField(blank=True, editable=False)
    event = models.CharField(max_length=40)
    data = models.JSONField[dict[str, Any], dict[str, Any]](default=dict, editable=False)
    # Names the occasion of a letter that is written once, such as a daily digest.
    key = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    # The same over all tries: mailboxes show two letters with one id once. NULL in rows
    # from before.
    message_id = models.UUIDField(null=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField()
    # Empty on finished work: there was nothing to send any more, such as a link that a
    # newer one replaced.
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")

    def __str__(self) -> str:
        return f"{self.event}: {self.user}"
