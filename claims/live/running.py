"""A worker's part: one job reads all chunks of a stream, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from claims import extraction
from claims.live import streams, transcripts
from claims.live.matches import stored
from claims.live.sentences import Place, Spoken, read
from claims.matching import lookup
from claims.matching.lookup import Match, Text
from claims.models import Extraction, LiveChunk, LiveSentence, LiveStream
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState, run_due
from factcheck.ledger.nudge import nudge

# A sentence that is cut off is read after this time without its end.
WAIT_SECONDS = 5.0
# In one step. People see a long text grow, and a worker that dies loses little.
CHUNKS, SENTENCES = 50, 40
# Fewer words say nothing that one could look up: “Thank you very much.”
_FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Step:
    """What was read, with the score and the matches of each sentence;
    the place behind it, the newest chunk it has seen, and in how many
    seconds a sentence is read that has no end yet.
    """

    spoken: Sequence[Spoken]
    scores: Sequence[float]
    matches: Sequence[list[Match]]
    place: Place
    seen: int
    waits: float | None


def work(pk: int, *, takeover: bool = False) -> None:
    """One step. The next one is due at once, or when a pause is long
    enough; with nothing left the stream waits for its next chunk.
    """
    run_due(LiveStream, pk, prepare=_step, store=_store, takeover=takeover)


def article_read(extraction_done: Extraction) -> None:
    """Have the decisions made live carried over to the suggestions of
    an article that was a stream.
    """
    rows = LiveStream.objects.filter(
        article__versions=extraction_done.version, carried_over_at=None
    )
    for pk in rows.values_list("pk", flat=True):
        with transaction.atomic():
            row = LiveStream.objects.select_for_update(no_key=True).get(pk=pk)
            streams.make_due(row)


def _step(stream: LiveStream) -> Step:
    chunks = list(stream.chunks.filter(number__gte=stream.read_number).order_by("number")[:CHUNKS])
    seen = chunks[-1].number if chunks else stream.read_number
    more = stream.chunks.filter(number__gt=seen).exists()
    place, waits = Place(stream.read_number, stream.read_characters), None
    whole = bool(stream.ended_at) and not more
    spoken, waiting = read(chunks, place, language=stream.language, whole=whole)
    if waiting:
        waits = _seconds_left(waiting)
        # It has waited too long; or so many chunks have no end that more bring none.
        if (waits <= 0 and not more) or (more and not spoken):
            spoken, waiting = read(chunks, place, language=stream.language, whole=True)
    if len(spoken) > SENTENCES:
        # The next step begins in the chunk in which this one ends.
        spoken, waiting = spoken[:SENTENCES], None
        place = spoken[-1].end
        seen = place.number - 1
    elif waiting:
        place = spoken[-1].end if spoken else place
    elif chunks:
        # Also behind what was no sentence, such as a dash.
        place = Place(seen, len(chunks[-1].text))
    scores = [extraction.rate(one.text) for one in spoken]
    matches = _matches(stream, spoken)
    return Step(spoken, scores, matches, place, seen, waits if waiting and not more else None)


def _seconds_left(waiting: LiveChunk) -> float:
    until = waiting.received_at + timedelta(seconds=WAIT_SECONDS)
    return (until - clock.now()).total_seconds()


def _matches(stream: LiveStream, spoken: Sequence[Spoken]) -> list[list[Match]]:
    """What is known of each, as whoever started the stream may see it;
    each reader is shown what of that is theirs to see.
    """
    long_enough = [len(one.text.split()) >= _FEWEST_WORDS for one in spoken]
    texts = [
        Text(one.text, stream.language, desk=stream.desk)
        for one, asked in zip(spoken, long_enough, strict=True)
        if asked
    ]
    if not texts:
        return [[] for _ in spoken]
    found = iter(lookup.for_person_at_once(texts, by=stream.started_by))
    return [next(found) if asked else [] for asked in long_enough]


def _store(stream: LiveStream, step: Step) -> None:
    # Locked by now: what was said or decided meanwhile has raised its numbers.
    row = LiveStream.objects.select_related("desk", "ended_by").get(pk=stream.pk)
    _add(row, step)
    unread = row.chunks.filter(number__gt=max(step.seen, row.read_number)).exists()
    if unread or step.seen < row.read_number:
        _again(stream, seconds=0)
    elif step.waits is not None and not row.ended_at:
        _again(stream, seconds=step.waits)
    elif row.ended_at and step.waits is not None:
        # It ended while this was read: what waited for more is read now.
        _again(stream, seconds=0)
    elif row.ended_at and transcripts.settle(row):
        _again(stream, seconds=0)


def _add(row: LiveStream, step: Step) -> None:
    now = clock.now()
    LiveSentence.objects.bulk_create(
        LiveSentence(
            stream=row,
            number=row.sentence_count + place,
            change=row.change_count + place,
            chunk=spoken.chunk,
            speaker=spoken.speaker,
            time_code=spoken.time_code,
            text=spoken.text,
            # As text: a Decimal made of the float would carry its binary noise.
            score=f"{score:.4f}",
            matches=[stored(match) for match in matches],
            read_at=now,
        )
        for place, (spoken, score, matches) in enumerate(
            zip(step.spoken, step.scores, step.matches, strict=True), start=1
        )
    )
    row.sentence_count += len(step.spoken)
    row.change_count += len(step.spoken)
    row.read_number, row.read_characters = step.place.number, step.place.characters
    row.save(update_fields=["sentence_count", "change_count", "read_number", "read_characters"])


def _again(stream: LiveStream, *, seconds: float) -> None:
    """Not nudged, as the sweep sees it: a message that is lost is then
    sent again within seconds.
    """
    stream.job_state, stream.nudged_at = JobState.WAITING, None
    stream.next_attempt_at = clock.now() + timedelta(seconds=seconds)
    stream.attempts = 0
    stream.save(update_fields=["attempts"])
    nudge(LiveStream.task_name, stream.pk, seconds=seconds)
