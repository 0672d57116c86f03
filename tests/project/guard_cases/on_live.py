"""Guards of what is heard live."""

from tests.project.guard_cases import rows
from tests.project.guard_cases.table import Newsroom, Statement, refused_by, update


@refused_by("claims_livestream_kept")
def a_live_stream_of_another_desk(room: Newsroom) -> Statement:
    return update(rows.NEVER_DELETED["claims_livestream"](room), desk=room.elsewhere)


@refused_by("claims_livesentence_kept")
def other_words_than_were_said(room: Newsroom) -> Statement:
    return update(rows.NEVER_DELETED["claims_livesentence"](room), text="We never said so.")
