"""What was heard stays as it was heard."""

from claims.models import LiveSentence, LiveStream
from factcheck.ledger.due_work import WORK_FIELDS
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete

_STREAM, _SENTENCE = "claims_livestream", "claims_livesentence"
_READ = ("last_number", "read_number", "read_characters", "sentence_count", "change_count")
_ENDED = ("ended_at", "ended_by", "article", "carried_over_at")
_DECIDED = ("state", "decided_by", "decided_at", "claim", "change")


def live_guards() -> tuple[Guard, ...]:
    return (
        both(
            f"{_STREAM}_kept",
            _STREAM,
            "BEFORE UPDATE",
            "A live stream keeps its desk, its source and who started it.",
            differs(*all_but(LiveStream, *WORK_FIELDS, *_READ, *_ENDED)),
        ),
        *no_delete(_STREAM, unique=("id", "public_id")),
        *append_only("claims_livechunk", unique=("id", "stream_id, number")),
        both(
            f"{_SENTENCE}_kept",
            _SENTENCE,
            "BEFORE UPDATE",
            "Of a sentence heard live only the decision changes.",
            differs(*all_but(LiveSentence, *_DECIDED)),
        ),
        *no_delete(_SENTENCE, unique=("id", "stream_id, number", "stream_id, change")),
    )
