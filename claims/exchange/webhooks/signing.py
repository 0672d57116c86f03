"""Secrets and signatures of Standard Webhooks."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from claims.models import WebhookEndpoint

PREFIX = "whsec_"
_SECRET_BYTES = 32


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def headers(endpoint: WebhookEndpoint, *, message_id: str, at: datetime, body: bytes) -> list[str]:
    """The three headers of a message that is sent now. While a secret
    is changed both sign, and the receiver takes the one that it knows.
    """
    seconds = int(at.timestamp())
    signed = f"{message_id}.{seconds}.".encode() + body
    signatures = " ".join(f"v1,{_signature(one, signed)}" for one in _secrets(endpoint, at))
    return [
        f"webhook-id: {message_id}",
        f"webhook-timestamp: {seconds}",
        f"webhook-signature: {signatures}",
    ]


def _secrets(endpoint: WebhookEndpoint, at: datetime) -> list[str]:
    until = endpoint.previous_until
    previous = [endpoint.previous_secret] if until and at < until else []
    return [endpoint.secret, *previous]


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
