"""What the audit log holds about a claim, as sentences of its history,
with the old and new values as the forms write them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Authenticity, MediaKind, Priority, QuoteAccuracy, Stance, WaiverKind
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.choices import RiskTier
from factcheck.newsroom.time_zones import format_local

VERDICT = "verdict.write"
SENTENCES: dict[str, Promise] = {
    "claim.create": gettext_lazy("%(by)s added the claim"),
    "claim.edit": gettext_lazy("%(by)s edited the claim"),
    "claim.priority": gettext_lazy("%(by)s changed the priority"),
    "claim.risk": gettext_lazy("%(by)s changed the risk tier"),
    "claim.tags": gettext_lazy("%(by)s changed the tags"),
    "claim.topic": gettext_lazy("%(by)s changed the topic"),
    "claim.embargo": gettext_lazy("%(by)s changed the embargo"),
    "claim.translation": gettext_lazy("%(by)s changed the language or the original"),
    "claim.restore": gettext_lazy("%(by)s restored the claim and its evidence as published"),
    "claim.merge_duplicate": gettext_lazy("%(by)s merged another claim into this one"),
    "claim.unmerge_duplicate": gettext_lazy("%(by)s unmerged another claim from this one"),
    "evidence.attach": gettext_lazy("%(by)s attached evidence %(number)s"),
    "evidence.edit": gettext_lazy("%(by)s edited evidence %(number)s"),
    "evidence.withdraw": gettext_lazy("%(by)s withdrew evidence %(number)s"),
    "evidence.refresh": gettext_lazy("%(by)s checked a quote in the newest capture"),
    "evidence.capture": gettext_lazy("The quote of evidence %(number)s was checked in a capture"),
    "gate.waive": gettext_lazy("%(by)s gave a waiver (%(kind)s)"),
    "gate.revoke": gettext_lazy("%(by)s revoked a waiver (%(kind)s)"),
    "reply_request.add": gettext_lazy("%(by)s recorded reply request %(number)s"),
    "reply_request.record_outcome": gettext_lazy(
        "%(by)s recorded the outcome of reply request %(number)s"
    ),
    "query.open": gettext_lazy("%(by)s opened a query"),
    "query.message": gettext_lazy("%(by)s answered a query"),
    "query.resolve": gettext_lazy("%(by)s resolved a query"),
    "repetition.add": gettext_lazy("%(by)s added a repetition"),
    "repetition.confirm": gettext_lazy("%(by)s confirmed a repetition"),
    "repetition.dismiss_proposal": gettext_lazy("%(by)s dismissed a proposed repetition"),
    "repetition.withdraw": gettext_lazy("%(by)s withdrew a repetition"),
    "variant.link": gettext_lazy("%(by)s marked it as another version of a claim"),
    "variant.unlink": gettext_lazy("%(by)s took back that it is a version of another claim"),
    "verdict.copy": gettext_lazy("%(by)s copied the verdict of another version of the claim"),
    "verdict.keep": gettext_lazy("%(by)s kept the verdict, whose original has changed"),
    "tip.add": gettext_lazy("%(by)s recorded the reader who sent it in"),
    "tip.read": gettext_lazy("%(by)s read who sent it in"),
    "tip.erase": gettext_lazy("%(by)s erased who sent it in"),
    VERDICT: gettext_lazy("%(by)s changed the verdict"),
}
# Their words are no wording of the claim.
SAID = frozenset({"query.open", "query.message"})
_LABELS: dict[str, dict[str, Any]] = {
    "priority": {one.word: one.label for one in Priority},
    "risk": dict(RiskTier.choices),
    "stance": dict(Stance.choices),
    "quote_accuracy": dict(QuoteAccuracy.choices),
    "media_kind": dict(MediaKind.choices),
    "authenticity": dict(Authenticity.choices),
}
_TIMES = frozenset({"due_at", "embargo_until"})
_DATES = frozenset({"stated_date", "as_of_date", "recheck_date"})


def told(entry: AuditEntry, by: str) -> tuple[str, str]:
    """The sentence, and what its writer gave as the reason."""
    changes = {name: change for name, change in entry.changes.items() if _is_pair(change)}
    waiver = _either(changes.get("waiver"))
    about = waiver if isinstance(waiver, dict) else {}
    values = {
        "by": by or _("The system"),
        "number": _number(changes),
        "kind": dict(WaiverKind.choices).get(about.get("kind", ""), ""),
    }
    sentence = SENTENCES.get(entry.action) or _("%(by)s changed it")
    noted = ("text",) if entry.action in SAID else ("note", "reason")
    reasons = (str(changes[name][1]) for name in noted if name in changes)
    return str(sentence) % values, next(reasons, "") or str(about.get("reason", ""))


def values(entry: AuditEntry, zone: str) -> Iterator[tuple[str, str, str]]:
    """Each changed field with its old and new value, in words."""
    for name, change in entry.changes.items():
        if _is_pair(change):
            yield name, *(_in_words(name, one, zone) for one in change)


def _is_pair(change: object) -> bool:
    return isinstance(change, list) and len(change) == 2


def _either(change: list[Any] | None) -> Any:
    """The new value; of what was taken away, the old one."""
    return (change[1] or change[0]) if change else ""


def _number(changes: dict[str, Any]) -> str:
    row = _either(changes.get("evidence") or changes.get("reply_request"))
    return str(row.get("number", "") if isinstance(row, dict) else row)


def _in_words(name: str, stored: object, zone: str) -> str:
    text = "" if stored is None else str(stored)
    if name in _LABELS:
        return str(_LABELS[name].get(text, text))
    if name in _TIMES:
        return moment(text, zone)
    day = parse_date(text) if name in _DATES else None
    return date_format(day, "DATE_FORMAT") if day else text


def moment(stored: str, zone: str) -> str:
    at: datetime | None = parse_datetime(stored)
    return format_local(at, zone) if at else stored
