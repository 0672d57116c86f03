"""What others changed since a person looked: who, when and what, out of the audit chain, for those
who may read it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from claims.models import Claim
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

MOST = 5


@dataclass(frozen=True, slots=True)
class Change:
    by: str
    at: datetime
    action: str
    fields: tuple[str, ...]

    def __str__(self) -> str:
        named = f" ({', '.join(self.fields)})" if self.fields else ""
        return f"{self.by}, {self.at:%d %B %Y, %H:%M} UTC: {self.action}{named}."


def last_changes(claim: Claim, user: User, *, actions: Iterable[str] = ()) -> list[Change]:
    """The newest first; only which fields, for their words are read where they stand."""
    if not may(user, "evidence.view", claim):
        return []
    told = AuditEntry.objects.filter(
        object_type=claim._meta.label_lower, object_id=str(claim.public_id)
    ).order_by("-seq")
    if wanted := tuple(actions):
        told = told.filter(action__in=wanted)
    return [
        Change(one.actor, one.at, one.action, tuple(sorted(one.changes))) for one in told[:MOST]
    ]
