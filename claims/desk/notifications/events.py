"""Writes what people are told, in the transaction of what they are told
of. Nobody is told of what they did themselves, nor of one event twice.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from claims.choices import Action, NotificationKind, Status
from claims.desk.notifications import channels, mailing, recipients
from claims.desk.notifications.event import Event
from claims.models import (
    Claim,
    Evidence,
    Notification,
    Query,
    QueryMessage,
    Recheck,
    RepetitionProposal,
    ScheduledPublication,
    SourceChange,
    Tip,
    Transition,
)
from claims.querysets.claims import UNFINISHED
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from sources.models import Link

Told = Mapping[int, NotificationKind]
_People = Callable[[Claim], set[int]]


def tell(event: Event, told: Told) -> None:
    """Write it for each person; `told` says as what kind."""
    _write(event.name, told, by=event.by, claim=event.claim, **event.about)


def _write(name: str, told: Told, *, by: User | None, **about: Any) -> None:
    people = _to_tell(name, told, by)
    if not people:
        return
    now, settings = clock.now(), mailing.settings_of(people)
    rows = [
        Notification(
            user_id=pk,
            kind=told[pk],
            event=name,
            at=now,
            by=by,
            delivery=settings(pk, told[pk]),
            **about,
        )
        for pk in people
    ]
    mailing.send_at_once(Notification.objects.bulk_create(rows))


def _to_tell(name: str, told: Told, by: User | None) -> list[int]:
    others = set(told) - ({by.pk} if by else set())
    known = Notification.objects.filter(event=name, user__in=others)
    # A dead source or a failed schedule may come a second time.
    return sorted(others - set(known.values_list("user_id", flat=True)))


# What else a move means but that watchers hear of it.
_WANTED: dict[Action, tuple[NotificationKind, _People]] = {
    Action.ASSIGN: (NotificationKind.ASSIGNED, recipients.assignee),
    Action.REASSIGN: (NotificationKind.ASSIGNED, recipients.assignee),
    Action.REQUEST_CHANGES: (NotificationKind.CHANGES, recipients.workers),
    Action.SUBMIT: (NotificationKind.SIGNATURE, recipients.approvers),
    Action.SIGN: (NotificationKind.SIGNATURE, recipients.approvers),
    Action.RETRACT: (NotificationKind.SIGNATURE, recipients.confirmers),
}


def move(transition: Transition) -> None:
    claim = transition.claim
    told = dict.fromkeys(recipients.watchers(claim), NotificationKind.WATCHED)
    about = {"transition": transition}
    event = Event(f"transition:{transition.pk}", claim, transition.by, about)
    if wanted := _WANTED.get(Action(transition.action)):
        kind, people = wanted
        told |= dict.fromkeys(people(claim), kind)
        channels.post_later(event, kind)
    tell(event, told)


def message(
    posted: QueryMessage,
    *,
    mentioned: Iterable[User],
    readers: Iterable[User],
) -> None:
    """Only to `readers` of the query: a privileged one has few."""
    query = posted.query
    told = dict.fromkeys(_concerned_by(query), NotificationKind.QUERY)
    if query.sign_off and posted.number == 1:
        told |= dict.fromkeys(recipients.counsel(query.claim), NotificationKind.SIGNATURE)
    told |= dict.fromkeys((one.pk for one in mentioned), NotificationKind.MENTION)
    allowed = {one.pk for one in readers}
    told = {pk: kind for pk, kind in told.items() if pk in allowed}
    event = Event(f"message:{posted.pk}", query.claim, posted.by, {"query": query})
    tell(event, told)


def _concerned_by(query: Query) -> set[int]:
    claim = query.claim
    working = recipients.workers(claim) | recipients.participants(query)
    return working | recipients.watchers(claim)


def sources_changed(changes: Iterable[SourceChange]) -> None:
    """Once for each claim, however many of its items cite the page."""
    first = {change.evidence.claim_id: change for change in reversed(list(changes))}
    for change in first.values():
        claim, kind = change.evidence.claim, NotificationKind.SOURCE_CHANGED
        _tell_workers(Event(f"change:{change.pk}", claim), kind)


def source_died(link: Link, *, since: datetime) -> None:
    cited = Evidence.objects.active().filter(link=link).order_by().values("claim")
    relying = Claim.objects.filter(pk__in=cited, status__in=(*UNFINISHED, Status.PUBLISHED))
    for claim in relying.order_by("pk"):
        name = f"dead:{link.pk}:{claim.pk}:{since:%Y%m%dT%H%M%S%f}"
        _tell_workers(Event(name, claim), NotificationKind.SOURCE_DEAD)


def _tell_workers(event: Event, kind: NotificationKind) -> None:
    _tell_all(event, kind, recipients.workers_or_editors(event.claim))


def recheck_opened(recheck: Recheck) -> None:
    claim, kind = recheck.claim, NotificationKind.RECHECK
    people = recipients.recheckers(claim) | recipients.assignee(claim)
    event = Event(f"recheck:{recheck.pk}", claim, recheck.opened_by)
    _tell_all(event, kind, people)


def schedule_failed(plan: ScheduledPublication) -> None:
    claim, kind = plan.claim, NotificationKind.SCHEDULE_FAILED
    people = recipients.editors(claim) | recipients.workers(claim) | {plan.by_id}
    event = Event(f"schedule:{plan.pk}", claim)
    _tell_all(event, kind, people)


def deadline(claim: Claim, kind: NotificationKind) -> None:
    """Near: whoever works on it. Missed: the editors too."""
    editors = recipients.editors(claim)
    people = recipients.assignee(claim) or editors
    if kind == NotificationKind.DEADLINE_MISSED:
        people = people | editors
    due = claim.due_at
    event = Event(f"{kind}:{claim.pk}:{due:%Y%m%dT%H%M%S%f}", claim, None, {"due_at": due})
    _tell_all(event, kind, people)


def tip_received(tip: Tip, *, by: User | None = None) -> None:
    """By a reader, or from another desk by the person named."""
    kind, people = NotificationKind.TIP, recipients.tip_deciders(tip)
    # Who has not yet read that one came is not told of the next: a robot that sends two
    # hundred must not fill anybody's mailbox.
    unread = Notification.objects.unread().filter(kind=kind, tip__desk=tip.desk_id)
    people -= set(unread.filter(user__in=people).values_list("user_id", flat=True))
    name = f"tip:{tip.pk}:{tip.desk_id}"
    _write(name, dict.fromkeys(people, kind), by=by, tip=tip)


def repeated(proposal: RepetitionProposal) -> None:
    """Whoever signed the verdict, or the editors."""
    claim, kind = proposal.claim, NotificationKind.REPEATED
    event = Event(f"repeated:{proposal.pk}", claim)
    _tell_all(event, kind, recipients.workers_or_editors(claim))


def _tell_all(event: Event, kind: NotificationKind, people: set[int]) -> None:
    """These, whoever watches the claim, and the channels of the desk."""
    told = dict.fromkeys(people | recipients.watchers(event.claim), kind)
    channels.post_later(event, kind)
    tell(event, told)
