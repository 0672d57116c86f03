"""Starting a stream, sending its text in chunks, and ending it."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import LiveChunk, LiveStream
from claims.workflow import WorkflowError
from factcheck.ledger import clock, due_work
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.due_work import JobState
from factcheck.ledger.nudge import nudge
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may_on_desk
from sources.canonical_urls import canonical_url
from sources.plaintext import TextError, stored_text

LONGEST_CHUNK = 5000
# A day of speech has about a million characters. What is longer is no broadcast, and
# would be no article either.
MOST_CHUNKS = 20_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the text. `number` None is one more than the last."""

    text: str
    number: int | None = None
    speaker: str = ""
    time_code: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known of a stream at its start. With the `key` of a form
    that is sent twice, the second finds what the first started.
    """

    title: str
    language: str
    source_url: str = ""
    key: UUID | None = None


def start(desk: Desk, begun: Begun, *, by: User) -> LiveStream:
    """Raises PermissionDenied, ValidationError or UrlError."""
    _check(by, desk)
    with transaction.atomic():
        # Of two at once the second waits here.
        Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)
        key = begun.key or uuid4()
        own = LiveStream.objects.filter(public_id=key, desk=desk, started_by=by)
        if existing := own.first():
            return existing
        stream = LiveStream(
            desk=desk,
            public_id=key,
            title=" ".join(begun.title.split()),
            language=begun.language,
            source_url=canonical_url(begun.source_url) if begun.source_url.strip() else "",
            started_by=by,
            started_at=clock.now(),
            # Nothing is due before something was said.
            job_state=JobState.DONE,
        )
        clean_values(stream)
        stream.save(force_insert=True)
        log_change("live_stream.start", stream, by=by, changes={"title": ["", stream.title]})
    return stream


def add_chunk(stream: LiveStream, chunk: Chunk, *, by: User) -> tuple[LiveChunk, bool]:
    """Store a chunk and have it read; returns it and whether it is new.
    The same number with the same words is found again; with others it
    is a WorkflowError, and so is a number below the last.
    """
    sent = _cleaned(chunk)
    with transaction.atomic():
        locked = lock(stream, by)
        number = sent.number or locked.last_number + 1
        if existing := locked.chunks.filter(number=number).first():
            return _found_again(existing, sent), False
        if locked.ended_at:
            raise WorkflowError(_("This stream has ended. Start another one."))
        if number < locked.last_number:
            raise WorkflowError(
                _(
                    "Chunk %(number)s comes after chunk %(last)s. Send chunks in their"
                    " order, or this one with a higher number."
                )
                % {"number": number, "last": locked.last_number}
            )
        if locked.chunks.count() >= MOST_CHUNKS:
            raise WorkflowError(
                _("A stream has at most %(most)s chunks. End it and start another one.")
                % {"most": MOST_CHUNKS}
            )
        row = locked.chunks.create(
            number=number,
            speaker=sent.speaker,
            time_code=sent.time_code,
            text=sent.text,
            received_at=clock.now(),
        )
        locked.last_number = number
        locked.save(update_fields=["last_number"])
        make_due(locked)
    return row, True


def end(stream: LiveStream, *, by: User) -> LiveStream:
    """End a stream: what waits is read, and all of it becomes an
    article. Ending it again changes nothing.
    """
    with transaction.atomic():
        locked = lock(stream, by)
        if locked.ended_at is None:
            locked.ended_at, locked.ended_by = clock.now(), by
            locked.change_count += 1
            locked.save(update_fields=["ended_at", "ended_by", "change_count"])
            make_due(locked)
            log_change("live_stream.end", locked, by=by)
    return locked


def again(stream: LiveStream, *, by: User) -> None:
    """Go on with one that stopped. Raises PermissionDenied."""
    with transaction.atomic():
        locked = lock(stream, by)
        due_work.request(locked)
        locked.save(update_fields=due_work.WORK_FIELDS)
        nudge(LiveStream.task_name, locked.pk)
        log_change("job.retry", locked, by=by)


def lock(stream: LiveStream, by: User) -> LiveStream:
    """The row, for whoever may send what is heard."""
    rows = LiveStream.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("desk").get(pk=stream.pk)
    _check(by, locked.desk)
    return locked


def make_due(locked: LiveStream) -> None:
    """Have a locked stream read. A worker that holds it finds what is
    new before it lets go, since it then locks the row as well: its
    lease is left alone. So is a row that waits after an error, or what
    fails would be tried as often as something is said.
    """
    leased = locked.lease_until and locked.lease_until > clock.now()
    waits_after_error = locked.job_state == JobState.WAITING and locked.last_error
    if leased or waits_after_error:
        return
    due_work.request(locked)
    locked.save(update_fields=due_work.WORK_FIELDS)
    nudge(LiveStream.task_name, locked.pk)


def _check(by: User, desk: Desk) -> None:
    if not may_on_desk(by, "article.submit", desk.pk):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow you to send live text.") % {"desk": desk}
        )


def _cleaned(chunk: Chunk) -> Chunk:
    try:
        text = stored_text(chunk.text, limit=LONGEST_CHUNK)
    except TextError as error:
        raise ValidationError({"text": str(error)}) from error
    speaker, time_code = (" ".join(one.split()) for one in (chunk.speaker, chunk.time_code))
    return Chunk(text, chunk.number, speaker, time_code)


def _found_again(existing: LiveChunk, sent: Chunk) -> LiveChunk:
    if (existing.text, existing.speaker) != (sent.text, sent.speaker):
        raise WorkflowError(
            _("Chunk %(number)s has other words already. Send these with the next number.")
            % {"number": existing.number}
        )
    return existing
