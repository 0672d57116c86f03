"""Which entries of the index of known claims are due: each is marked by
the statement that changes what it is about, whoever writes that.

A worker that has read an entry before the change loses its lease here,
and cannot store what it read.
"""

from django.db import connections

from claims.choices import KnownKind, VerdictState
from claims.models import Claim, ImportedFactCheck, KnownClaim, Repetition, Verdict
from factcheck.ledger.due_work import JobState
from factcheck.ledger.triggers import Upkeep, differs

_TABLE = KnownClaim._meta.db_table
_CLAIM, _VERDICT, _REPETITION, _FACT_CHECK = (
    model._meta.db_table for model in (Claim, Verdict, Repetition, ImportedFactCheck)
)
_PUBLISHED = VerdictState.PUBLISHED.value
# Per kind: the columns that the entry is made from, and which rows have an entry.
_KINDS = {
    KnownKind.CLAIM: (_CLAIM, "t.id, t.id, NULL, NULL, NULL", "1 = 1"),
    KnownKind.VERDICT: (
        _VERDICT,
        "t.id, t.claim_id, t.id, NULL, NULL",
        f"t.state = '{_PUBLISHED}'",
    ),
    KnownKind.REPETITION: (
        _REPETITION,
        "t.id, t.claim_id, NULL, t.id, NULL",
        "t.confirmed_at IS NOT NULL AND t.withdrawn_at IS NULL",
    ),
    # Others' words: no claim and no verdict of this newsroom stands behind them.
    KnownKind.FACT_CHECK: (_FACT_CHECK, "t.id, NULL, NULL, NULL, t.id", "1 = 1"),
}
# An entry that is there stays there until the worker has seen why it should go.
_HAS_ENTRY = f"EXISTS (SELECT 1 FROM {_TABLE} k WHERE k.kind = '{{kind}}' AND k.source_id = t.id)"
_WORDS_OF_A_CLAIM = (
    "text",
    "wording",
    "claimant_id",
    "stated_date",
    "language",
)
_WORDS_OF_A_FACT_CHECK = ("claim", "title", "claimant", "stated_date", "language")
# (kind, what happens to a row, when that changes what is known)
_CHANGES = (
    (KnownKind.CLAIM, "INSERT", "1 = 1"),
    (
        KnownKind.CLAIM,
        f"UPDATE OF {', '.join(_WORDS_OF_A_CLAIM)}",
        differs(*_WORDS_OF_A_CLAIM),
    ),
    (KnownKind.VERDICT, "INSERT", f"NEW.state = '{_PUBLISHED}'"),
    (
        KnownKind.VERDICT,
        "UPDATE OF state",
        f"({differs('state')}) AND (OLD.state = '{_PUBLISHED}' OR NEW.state = '{_PUBLISHED}')",
    ),
    (
        KnownKind.REPETITION,
        "UPDATE OF confirmed_at, withdrawn_at",
        differs("confirmed_at", "withdrawn_at"),
    ),
    (KnownKind.FACT_CHECK, "INSERT", "1 = 1"),
    (
        KnownKind.FACT_CHECK,
        f"UPDATE OF {', '.join(_WORDS_OF_A_FACT_CHECK)}",
        differs(*_WORDS_OF_A_FACT_CHECK),
    ),
)


def due(kind: KnownKind, condition: str) -> str:
    """SQL that makes the entries due of all rows t of that kind for
    which the condition holds.
    """
    table, columns, has_entry = _KINDS[kind]
    kept = f"({has_entry} OR {_HAS_ENTRY.format(kind=kind.value)})"
    return f"""
        INSERT INTO {_TABLE} (kind, source_id, claim_id, verdict_id, repetition_id,
            fact_check_id, attempts, last_error, next_attempt_at)
        SELECT '{kind.value}', {columns}, 0, '', CURRENT_TIMESTAMP
        FROM {table} t WHERE {kept} AND {condition}
        ON CONFLICT (kind, source_id) DO UPDATE SET job_state = '{JobState.WAITING.value}',
            attempts = 0, last_error = '', next_attempt_at = CURRENT_TIMESTAMP, nudged_at = NULL,
            lease_until = NULL, lease_token = NULL;
    """


class KnownClaims:
    """The table, as `kept_tables` keeps it."""

    kept_in = _TABLE

    def triggers(self) -> tuple[Upkeep, ...]:
        return tuple(
            Upkeep(
                f"{_TABLE}_of_{kind.value}_{when.split()[0].lower()}",
                _KINDS[kind][0],
                _TABLE,
                f"AFTER {when}",
                sqlite=due(kind, f"t.id = NEW.id AND ({condition})"),
                postgres=due(kind, f"t.id = NEW.id AND ({condition})"),
            )
            for kind, when, condition in _CHANGES
        )

    def fill(self, using: str) -> None:
        """All that is known is due, and what is no longer there, too."""
        with connections[using].cursor() as cursor:
            for kind in _KINDS:
                cursor.execute(due(kind, "1 = 1"))


KNOWN_CLAIMS = KnownClaims()
