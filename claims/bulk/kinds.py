"""What can be done to many claims: for each kind, what is refused
beforehand, and the service that does it to one claim.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from claims.choices import Action, BulkKind, Priority
from claims.desk.priorities import set_priority
from claims.intake.claim_editing import set_deadline
from claims.intake.topics import set_topic
from claims.models import Claim, Topic
from claims.workflow import MoveData, apply, check_possible
from claims.workflow.editable import check_open
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
    """

    permission: str
    check: Callable[[Claim, User], None]
    do: Callable[[Claim, User, Data, int], object]


def _move(action: Action) -> Kind:
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

    return Kind(f"claim.{action}", check, do)


def _check_edit(claim: Claim, by: User) -> None:
    check_open(claim, by, "claim.edit")


def _set_deadline(claim: Claim, by: User, data: Data, version: int) -> object:
    # The clock of each claim's desk: “17:00” is 17:00 where people work on it.
    typed = data.get("due_at")
    due = at_local(datetime.fromisoformat(typed), claim.desk.time_zone) if typed else None
    return set_deadline(claim, by=by, due_at=due, expected_version=version)


def _set_priority(claim: Claim, by: User, data: Data, version: int) -> object:
    priority = Priority.of(data["priority"])
    return set_priority(claim, by=by, priority=priority, reason=data["reason"])


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
    return set_topic(claim, by=by, topic=topic)


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
    BulkKind.ASSIGN: _move(Action.ASSIGN),
    BulkKind.DECLINE: _move(Action.DECLINE),
    BulkKind.HOLD: _move(Action.HOLD),
    BulkKind.DEADLINE: Kind("claim.edit", _check_edit, _set_deadline),
    BulkKind.PRIORITY: Kind("claim.edit", _check_edit, _set_priority),
    BulkKind.TOPIC: Kind("claim.topic", _check_topic, _set_topic),
    BulkKind.CHECK_LINKS: Kind("link.check", _check_pages, _check_links),
}
