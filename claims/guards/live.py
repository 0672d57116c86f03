"""What was heard stays as it was heard."""

from claims.choices import LiveDecision
from claims.models import LiveSentence, LiveStream
from factcheck.ledger.due_work import WORK_FIELDS
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete

_STREAM, _SENTENCE = "claims_livestream", "claims_livesentence"
_COUNTED = ("last_number", "read_number", "sentence_count", "change_count")
_READ = (*_COUNTED, "read_characters")
_ENDED = ("ended_at", "ended_by", "article", "carried_over_at")
_DECISION = ("state", "decided_by_id", "decided_at", "claim_id")
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
        both(
            f"{_STREAM}_ended",
            _STREAM,
            "BEFORE UPDATE",
            "A live stream ends once, and becomes one article.",
            f"OLD.ended_at IS NOT NULL AND ({differs('ended_at', 'ended_by_id')})"
            f" OR OLD.article_id IS NOT NULL AND ({differs('article_id')})"
            f" OR OLD.carried_over_at IS NOT NULL AND ({differs('carried_over_at')})",
        ),
        both(
            f"{_STREAM}_forward",
            _STREAM,
            "BEFORE UPDATE",
            "What is counted of a live stream is never counted back.",
            " OR ".join(f"NEW.{name} < OLD.{name}" for name in _COUNTED),
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
        both(
            f"{_SENTENCE}_accepted",
            _SENTENCE,
            "BEFORE UPDATE",
            "An accepted sentence stays accepted. Decline its claim instead.",
            f"OLD.state = '{LiveDecision.ACCEPTED.value}' AND ({differs(*_DECISION)})",
        ),
        *no_delete(_SENTENCE, unique=("id", "stream_id, number", "stream_id, change")),
    )
