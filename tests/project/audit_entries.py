"""What the audit chain got since a moment."""

from typing import Any

from django.test import Client

from factcheck.ledger.models import AuditEntry


def since(number: int) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(seq__gt=number).order_by("seq"))


def now() -> int:
    newest = AuditEntry.objects.order_by("-seq").first()
    return newest.seq if newest else 0


def posted(client: Client, address: str, told: dict[str, Any]) -> AuditEntry:
    before = now()
    answer = client.post(address, told, headers={"X-Request-ID": "from-the-desk"})
    assert answer.status_code == 302, answer.content[:2000]
    (entry,) = since(before)
    assert (entry.entry_point, entry.request_id) == ("admin", "from-the-desk")
    return entry
