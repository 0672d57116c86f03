"""The history of a claim as sentences, newest first: what was done,
what was written with it, and which words changed. Moves and the texts
of the verdict have rows of their own, the rest is in the audit log.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.claim_entries import SAID, VERDICT, moment, told, values
from claims.choices import Action
from claims.desk.word_changes import changed_value, changed_words
from claims.models import Transition, VerdictRevision
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.text_diff import Piece

# Shown at once; the rest is folded.
NEWEST = 12
# Words on each side of a change.
AROUND = 8
# Characters that one page compares: texts beyond it are named, not compared.
MOST_COMPARED = 60_000
_MOVES = frozenset(f"claim.{action}" for action in Action)

_SENTENCES: dict[Action, Promise] = {
    Action.ASSIGN: gettext_lazy("%(by)s assigned it to %(to)s"),
    Action.TAKE: gettext_lazy("%(by)s took it"),
    Action.REASSIGN: gettext_lazy("%(by)s reassigned it to %(to)s"),
    Action.RELEASE: gettext_lazy("%(by)s released it"),
    Action.SUBMIT: gettext_lazy("%(by)s signed it and submitted it for review"),
    Action.SIGN: gettext_lazy("%(by)s signed the changed text"),
    Action.REQUEST_CHANGES: gettext_lazy("%(by)s sent it back"),
    Action.APPROVE: gettext_lazy("%(by)s approved it"),
    Action.PUBLISH: gettext_lazy("%(by)s published it"),
    Action.SCHEDULE: gettext_lazy("%(by)s scheduled it for %(time)s"),
    Action.CANCEL_SCHEDULE: gettext_lazy("%(by)s cancelled its schedule"),
    Action.CONFIRM_NIGHT_WORK: gettext_lazy("%(by)s confirmed the night work"),
    Action.RECALL: gettext_lazy("%(by)s recalled it"),
    Action.DECLINE: gettext_lazy("%(by)s declined it (%(reason)s)"),
    Action.REOPEN: gettext_lazy("%(by)s reopened it"),
    Action.HOLD: gettext_lazy("%(by)s put it on hold"),
    Action.RESUME: gettext_lazy("%(by)s resumed work on it"),
    Action.CORRECT: gettext_lazy(
        "%(by)s opened a correction (%(category)s); until it is published readers see %(notice)s"
    ),
    Action.DROP_CORRECTION: gettext_lazy("%(by)s dropped the correction"),
    Action.RETRACT: gettext_lazy("%(by)s retracted the verdict"),
    Action.CONFIRM_RETRACTION: gettext_lazy("%(by)s confirmed the retraction"),
    Action.MERGE: gettext_lazy("%(by)s merged it into another claim"),
    Action.UNMERGE: gettext_lazy("%(by)s unmerged it"),
}
_FIELDS: dict[str, Promise] = {
    "text": gettext_lazy("Claim"),
    "wording": gettext_lazy("Wording for readers"),
    "claimant": gettext_lazy("Claimant"),
    "stated_date": gettext_lazy("Date of claim"),
    "appearance_url": gettext_lazy("Appeared in"),
    "due_at": gettext_lazy("Deadline"),
    "priority": gettext_lazy("Priority"),
    "risk": gettext_lazy("Risk tier"),
    "tags": gettext_lazy("Tags"),
    "topic": gettext_lazy("Topic"),
    "embargo_until": gettext_lazy("Embargo until"),
    "language": gettext_lazy("Language"),
    "stance": gettext_lazy("Stance"),
    "quote": gettext_lazy("Quote"),
    "finding": gettext_lazy("Finding"),
    "locator": gettext_lazy("Location"),
    "origin": gettext_lazy("Original source"),
    "quote_accuracy": gettext_lazy("Quote accuracy"),
    "rating": gettext_lazy("Rating"),
    "short_answer": gettext_lazy("Short answer"),
    "explanation": gettext_lazy("Explanation"),
    "media_kind": gettext_lazy("Media"),
    "authenticity": gettext_lazy("Authenticity"),
    "media_context": gettext_lazy("What it shows"),
    "media_original": gettext_lazy("Original (URL)"),
    "as_of_date": gettext_lazy("As of"),
    "recheck_date": gettext_lazy("Recheck by"),
}
_TEXTS = frozenset(
    {"text", "wording", "quote", "finding", "short_answer", "explanation", "media_context"}
)
_WRITTEN = tuple(list(_FIELDS)[-10:])
_CHOSEN = frozenset({"quote_accuracy", "media_kind", "authenticity"})
# What these say is the row that they are about, or the sentence or the note says it.
_UNCOMPARED = frozenset({"claim.create", "evidence.capture", "claim.restore", *SAID})


@dataclass(frozen=True, slots=True)
class Change:
    """`pieces` is empty where a text was too long to be compared."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    sentence: str
    note: str = ""
    changes: tuple[Change, ...] = ()


class _Comparison:
    """Compares until the page has compared enough, the newest first."""

    def __init__(self) -> None:
        self.left = MOST_COMPARED

    def changes(self, pairs: Iterable[tuple[str, str, str]]) -> tuple[Change, ...]:
        return tuple(
            Change(str(_FIELDS[name]), self._pieces(name, before, after))
            for name, before, after in pairs
            if name in _FIELDS and before != after
        )

    def _pieces(self, name: str, before: str, after: str) -> tuple[Piece, ...]:
        if name not in _TEXTS:
            return changed_value(before, after)
        size = len(before) + len(after)
        if size > self.left:
            return ()
        self.left -= size
        return changed_words(before, after, around=AROUND)


def timeline(
    transitions: Iterable[Transition],
    revisions: list[VerdictRevision],
    entries: Iterable[AuditEntry],
    *,
    zone: str,
    people: Iterable[User | None],
) -> list[Event]:
    """`transitions` and `revisions` newest first, as the page has read
    them; names are taken from `people`.
    """
    names = {user.username: str(user) for user in people if user}
    compared = _Comparison()
    # A stable sort: two transitions of one transaction have the same time, and keep
    # the order of their numbers.
    events = [
        *(_moved(row, names, zone, compared) for row in transitions),
        *_written(revisions, compared),
        *_logged(entries, revisions, names, zone, compared),
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _moved(row: Transition, names: dict[str, str], zone: str, compared: _Comparison) -> Event:
    assignee = str(row.data.get("assignee", ""))
    sentence = _SENTENCES.get(Action(row.action)) if row.action in Action.values else None
    words = {
        "by": str(row.by),
        "to": names.get(assignee, assignee),
        "reason": row.reason_label,
        "category": row.category_label,
        "notice": row.meanwhile_label,
        "time": moment(str(row.data.get("at", "")), zone),
    }
    told = str(sentence or _("%(by)s changed it")) % words
    due = moment(str(row.data.get("due_at", "")), zone)
    return Event(row.at, told, row.note, compared.changes([("due_at", "", due)]))


def _written(revisions: list[VerdictRevision], compared: _Comparison) -> Iterator[Event]:
    for newer, older in pairwise(revisions):
        pairs = ((name, _value(older, name), _value(newer, name)) for name in _WRITTEN)
        sentence = _("%(by)s changed the verdict") % {"by": newer.by}
        yield Event(newer.at, sentence, changes=compared.changes(pairs))
    if revisions:
        first = revisions[-1]
        yield Event(first.at, _("%(by)s began the verdict") % {"by": first.by})


def _value(revision: VerdictRevision, name: str) -> str:
    if name in _CHOSEN:
        return str(getattr(revision, f"get_{name}_display")())
    value = getattr(revision, name)
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value or "")


def _logged(
    entries: Iterable[AuditEntry],
    revisions: list[VerdictRevision],
    names: dict[str, str],
    zone: str,
    compared: _Comparison,
) -> Iterator[Event]:
    # Texts of earlier versions have no revisions here.
    told_from = revisions[-1].at if revisions else None
    for entry in entries:
        if entry.action in _MOVES:
            continue
        if entry.action == VERDICT and told_from and entry.at >= told_from:
            continue
        by = names.get(entry.actor, entry.actor) if entry.actor_id else ""
        sentence, note = told(entry, by)
        pairs = () if entry.action in _UNCOMPARED else values(entry, zone)
        yield Event(entry.at, sentence, note, compared.changes(pairs))
