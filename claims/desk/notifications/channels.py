"""Posts events to the channels of a desk. Nothing of a query, and of a
protected claim not even that something happened: nobody knows who reads
there.
"""

import json
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import ChannelService, NotificationKind
from claims.desk.notifications import formats
from claims.desk.notifications.event import Event
from claims.desk.notifications.sentences import address, sentence
from claims.models import ChannelPost, Claim, DeskChannel
from factcheck.ledger import clock, due_work, sent_once
from factcheck.ledger.due_work import JobState, PermanentWorkError, RetryLaterError
from factcheck.ledger.nudge import nudge
from factcheck.newsroom.languages import of_newsroom
from sources.fetch_types import FetchProblem
from sources.fetching import pages, posting
from sources.fetching.posting import Posted

# To one person, or about no claim.
_NOT_POSTED = {
    NotificationKind.MENTION,
    NotificationKind.QUERY,
    NotificationKind.WATCHED,
    NotificationKind.TIP,
}
POSTABLE = tuple(kind for kind in NotificationKind if kind not in _NOT_POSTED)
_FORMATS = {ChannelService.SLACK: formats.slack, ChannelService.TEAMS: formats.teams}
_FOR_GOOD = {
    FetchProblem.bad_url,
    FetchProblem.refused_by_policy,
    FetchProblem.unsupported_scheme,
}
_TOO_MANY, _SERVER_ERROR = 429, 500
_LONGEST_WAIT = 3600


def post_later(event: Event, kind: NotificationKind) -> None:
    """In the transaction of the event."""
    for channel in DeskChannel.objects.filter(desk=event.claim.desk_id, active=True):
        if kind in channel.kinds:
            _write(channel, event, kind)


def _write(channel: DeskChannel, event: Event, kind: NotificationKind) -> None:
    if ChannelPost.objects.filter(channel=channel, event=event.name).exists():
        return
    row = ChannelPost(
        channel=channel,
        kind=kind,
        claim=event.claim,
        event=event.name,
        by=event.by,
        made_at=clock.now(),
        **event.about,
    )
    due_work.request(row)
    row.save()
    nudge(ChannelPost.task_name, row.pk)


def retry_failed(channel: DeskChannel) -> int:
    """Send again what failed; return how many that is."""
    failed = channel.posts.filter(job_state=JobState.FAILED).order_by("pk")
    return sum(_retry(pk) for pk in failed.values_list("pk", flat=True))


def _retry(pk: int) -> bool:
    with transaction.atomic():
        # Locked and looked at again: another tab may have sent it meanwhile.
        rows = ChannelPost.objects.select_for_update(no_key=True)
        row = rows.filter(pk=pk, job_state=JobState.FAILED).first()
        if row:
            send_again(row)
    return row is not None


def send_again(row: ChannelPost) -> None:
    due_work.request(row)
    row.sending_at, row.made_at = None, clock.now()
    row.save()
    nudge(ChannelPost.task_name, row.pk)


def deliver(post_id: int, *, takeover: bool = False) -> bool:
    """Post one event if it is due, at most once: see `ledger.sent_once`."""
    return due_work.run_due(ChannelPost, post_id, prepare=_send, store=_store, takeover=takeover)


def message(row: ChannelPost) -> formats.Message:
    words = sentence(row)
    if row.kind == NotificationKind.ASSIGNED:
        words = _("%(person)s assigned a claim to %(assignee)s.") % {
            "person": row.by,
            "assignee": row.words.get("assignee", ""),
        }
    claim = _("“%(text)s”") % {"text": row.claim}
    return formats.Message(words, claim, urljoin(settings.SITE_URL, address(row)))


def _send(row: ChannelPost) -> bool:
    """False where there is nothing to say any more."""
    sent_once.check_unmarked(row)
    channel, protected = row.channel, Claim.objects.protected(clock.now())
    if not channel.active or protected.filter(pk=row.claim_id).exists():
        return False
    with of_newsroom():
        shaped = _FORMATS[ChannelService(channel.service)](message(row))
    body = json.dumps(shaped).encode()
    sent_once.mark(row)
    answer = posting.post(channel.address, body, policy=pages.policy())
    if answer.status is None or answer.status // 100 != 2:
        _not_taken(row, answer)
    return True


def _not_taken(row: ChannelPost, answer: Posted) -> None:
    status, service = answer.status, row.channel.get_service_display()
    if status is None and answer.reached:
        raise sent_once.unconfirmed(answer.reason)
    sent_once.clear(row)
    said = f"{service} answered {status}." if status else answer.reason
    if status == _TOO_MANY and answer.retry_after.isdecimal():
        seconds = min(int(answer.retry_after[:6]), _LONGEST_WAIT)
        raise RetryLaterError(said, seconds=max(1, seconds))
    heals = status is None or status == _TOO_MANY or status >= _SERVER_ERROR
    if answer.problem in _FOR_GOOD or not heals:
        raise PermanentWorkError(f"{said} Check the webhook URL, then send again.")
    sent_once.retry_later(row, said, since=row.made_at)


def _store(row: ChannelPost, sent: bool) -> None:
    if sent:
        row.sent_at = clock.now()
        row.save(update_fields=["sent_at"])
