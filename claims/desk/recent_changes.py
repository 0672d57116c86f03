"""The latest changes of a claim, from the audit log, for people who may
see its evidence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.models import Claim
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Change:
    by: str
    at: datetime
    action: str
    fields: tuple[str, ...]

    def __str__(self) -> str:
        named = f" ({', '.join(self.fields)})" if self.fields else ""
        return _("%(by)s, %(at)s UTC: %(action)s%(named)s.") % {
            "by": self.by,
            "at": date_format(self.at, "DATETIME_FORMAT"),
            "action": self.action,
            "named": named,
        }


def last_changes(
    claim: Claim,
    user: User,
    *,
    actions: Iterable[str] = (),
) -> list[Change]:
    """The latest changes, newest first: which fields changed, and not their values."""
    if not may(user, "evidence.view", claim):
        return []
    entries = AuditEntry.objects.filter(
        object_type=claim._meta.label_lower, object_id=str(claim.public_id)
    ).order_by("-seq")
    if action_names := tuple(actions):
        entries = entries.filter(action__in=action_names)
    return [
        Change(entry.actor, entry.at, entry.action, tuple(sorted(entry.changes)))
        for entry in entries[:SHOWN]
    ]
