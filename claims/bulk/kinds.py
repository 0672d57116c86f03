"""What can be done to many claims: for each kind, what is refused
beforehand, and the service that does it to one claim.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from claims.choices import Action, BulkKind, Priority, Status
from claims.desk.priorities import set_priority
from claims.intake.claim_editing import set_deadline
from claims.intake.topics import set_topic
from claims.models import Claim, Topic
from claims.workflow import MoveData, apply, check_possible
from claims.workflow.editable import check_open
from factcheck.newsroom.languages import of_rows
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from factcheck.newsroom.time_zones import at_local
from sources.models import Link
from sources.watching.link_checks import check_now

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """`permission` is the rule without which nobody is offered it;
    `check` raises what refuses it for a claim already; `do` does it.
    `undo` puts back what `before` of the claim held, if nobody has
    changed it since this version; without it there is no way back.
    """

    permission: str
    check: Callable[[Claim, User], None]
    do: Callable[[Claim, User, Data, int], object]
    before: Callable[[Claim], Data] = lambda _claim: {}
    undo: Callable[[Claim, User, Data, int], object] | None = None


Undo = Callable[[Claim, User, Data, int], object]


def _place(claim: Claim) -> Data:
    return {"status": claim.status, "assignee": claim.assignee_id}


def _undone() -> str:
    # Stored, and people read what refuses a claim in a language of theirs.
    with of_rows():
        return _("Bulk change undone.")


def _back(action: Action) -> Undo:
    """The move that leads back."""

    def undo(claim: Claim, by: User, before: Data, version: int) -> object:
        note = MoveData(note=_undone())
        return apply(claim, action, by=by, data=note, expected_version=version)

    return undo


def _reopen(claim: Claim, by: User, before: Data, version: int) -> object:
    if before["status"] not in {Status.OPEN, Status.IN_PROGRESS}:
        status = Status(before["status"]).label
        raise ValidationError(
            _("It was %(status)s. Reopen it by hand: it will be open and unassigned.")
            % {"status": status}
        )
    moved: object = apply(claim, Action.REOPEN, by=by, expected_version=version)
    if before["status"] == Status.IN_PROGRESS:
        assignee = User.objects.get(pk=before["assignee"])
        moved = apply(claim, Action.ASSIGN, by=by, data=MoveData(assignee=assignee))
    return moved


def _move(action: Action, undo: Undo) -> Kind:
    def check(claim: Claim, by: User) -> None:
        check_possible(claim, action, by)

    def do(claim: Claim, by: User, data: Data, version: int) -> object:
        assignee = data.get("assignee")
        moved = MoveData(
            note=data.get("note", ""),
            reason=data.get("reason", ""),
            assignee=User.objects.get(pk=assignee) if assignee else None,
        )
        return apply(claim, action, by=by, data=moved, expected_version=version)

    return Kind(f"claim.{action}", check, do, _place, undo)


def _check_edit(claim: Claim, by: User) -> None:
    check_open(claim, by, "claim.edit")


def _set_deadline(claim: Claim, by: User, data: Data, version: int) -> object:
    typed = data.get("due_at")
    due = datetime.fromisoformat(typed) if typed else None
    if due and due.tzinfo is None:
        # The clock of each claim's desk: “17:00” is 17:00 where people work on it.
        due = at_local(due, claim.desk.time_zone)
    return set_deadline(claim, by=by, due_at=due, expected_version=version)


def _deadline(claim: Claim) -> Data:
    return {"due_at": claim.due_at.isoformat() if claim.due_at else ""}


def _undo_deadline(claim: Claim, by: User, before: Data, version: int) -> object:
    due = datetime.fromisoformat(before["due_at"]) if before["due_at"] else None
    return set_deadline(claim, by=by, due_at=due, expected_version=version)


def _set_priority(claim: Claim, by: User, data: Data, version: int) -> object:
    priority = Priority.of(data["priority"])
    reason = data["reason"]
    return set_priority(
        claim,
        by=by,
        priority=priority,
        reason=reason,
        expected_version=version,
    )


def _priority(claim: Claim) -> Data:
    return {"priority": claim.priority_word, "reason": claim.priority_reason}


def _undo_priority(claim: Claim, by: User, before: Data, version: int) -> object:
    # Nobody gave a reason for the priority that every claim begins with.
    reason = before["reason"] or _undone()
    return _set_priority(claim, by, {**before, "reason": reason}, version)


def _check_topic(claim: Claim, by: User) -> None:
    if not may(by, "claim.topic", claim):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow you to change the topic.")
            % {"desk": claim.desk}
        )


def _set_topic(claim: Claim, by: User, data: Data, version: int) -> object:
    # By its name: each desk has topics of its own.
    name = data.get("topic", "")
    topic = Topic.objects.filter(desk=claim.desk_id, name=name).first() if name else None
    if name and topic is None:
        raise ValidationError(
            _("%(desk)s has no topic “%(topic)s”.") % {"desk": claim.desk, "topic": name}
        )
    return set_topic(claim, by=by, topic=topic, expected_version=version)


def _topic(claim: Claim) -> Data:
    return {"topic": claim.topic.name if claim.topic else ""}


def _pages_of(claim: Claim) -> list[Link]:
    cited = {item.link.pk: item.link for item in claim.evidence.all() if not item.withdrawn_at}
    return [link for _pk, link in sorted(cited.items()) if link.online]


def _check_pages(claim: Claim, by: User) -> None:
    if not may(by, "link.check", claim):
        raise PermissionDenied(
            _("Your role on %(desk)s does not include link checks.") % {"desk": claim.desk}
        )
    if not _pages_of(claim):
        raise ValidationError(_("It cites no page that could be checked."))


def _check_links(claim: Claim, by: User, data: Data, version: int) -> object:
    _check_pages(claim, by)
    pages = _pages_of(claim)
    # All of them before the audit head, which the first check locks: a worker that
    # stores a check holds its link and then waits for the head.
    rows = Link.objects.filter(pk__in=[link.pk for link in pages])
    for link in rows.order_by("pk").select_for_update(no_key=True):
        check_now(link, by=by)
    return pages


KINDS: dict[BulkKind, Kind] = {
    BulkKind.ASSIGN: _move(Action.ASSIGN, _back(Action.RELEASE)),
    BulkKind.DECLINE: _move(Action.DECLINE, _reopen),
    BulkKind.HOLD: _move(Action.HOLD, _back(Action.RESUME)),
    BulkKind.DEADLINE: Kind("claim.edit", _check_edit, _set_deadline, _deadline, _undo_deadline),
    BulkKind.PRIORITY: Kind("claim.edit", _check_edit, _set_priority, _priority, _undo_priority),
    BulkKind.TOPIC: Kind("claim.topic", _check_topic, _set_topic, _topic, _set_topic),
    BulkKind.CHECK_LINKS: Kind("link.check", _check_pages, _check_links),
}
