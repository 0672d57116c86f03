"""Guards of what is heard live."""

from claims.live import decisions, streams
from tests.project.guard_cases import kept_rows, rows
from tests.project.guard_cases.table import Newsroom, Statement, refused_by, update


@refused_by("claims_livestream_kept")
def a_live_stream_of_another_desk(room: Newsroom) -> Statement:
    return update(kept_rows.NEVER_DELETED["claims_livestream"](room), desk=room.elsewhere)


@refused_by("claims_livestream_ended")
def a_stream_that_goes_on_after_its_end(room: Newsroom) -> Statement:
    stream = rows.heard(room)
    streams.end(stream, by=room.checker)
    return update(stream, ended_at=None, ended_by=None)


@refused_by("claims_livestream_forward")
def a_change_that_is_counted_away(room: Newsroom) -> Statement:
    return update(rows.heard(room), change_count=0)


@refused_by("claims_livesentence_accepted")
def an_acceptance_by_somebody_else(room: Newsroom) -> Statement:
    sentence = rows.heard(room).sentences.get()
    decisions.accept(sentence, by=room.checker)
    return update(sentence, decided_by=room.editor)


@refused_by("claims_livesentence_kept")
def other_words_than_were_said(room: Newsroom) -> Statement:
    return update(kept_rows.NEVER_DELETED["claims_livesentence"](room), text="We never said so.")
