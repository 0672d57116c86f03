"""Requests and responses for the mailboxes of desks."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from rest_framework import serializers

from claims.models import Mailbox
from factcheck.drf.serializers import Strict


class MailboxIn(Strict):
    desk = serializers.UUIDField(required=False, help_text="If you work on several.")


class MailboxPatch(Strict):
    active = serializers.BooleanField(help_text="Without it, what comes is refused.")


class MailboxOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    desk = serializers.UUIDField(source="desk.public_id")
    address = serializers.SerializerMethodField(
        help_text="Where a provider of e-mail sends to, with the secret as its password."
    )
    active = serializers.BooleanField()
    previous_secret_until = serializers.DateTimeField(
        source="previous_until",
        allow_null=True,
        help_text="Until then the secret before opens it as well.",
    )
    created_at = serializers.DateTimeField()

    def get_address(self, mailbox: Mailbox) -> str:
        return settings.SITE_URL + reverse("claims:inbound_mail", args=[mailbox.public_id])


class MailboxSecretOut(MailboxOut):
    secret = serializers.SerializerMethodField(help_text="Shown in this answer only.")

    def get_secret(self, _mailbox: Any) -> str:
        return str(self.context["secret"])
