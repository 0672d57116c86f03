"""Bringing the entries of the index up to date: one at a time as they
fall due, or all at once.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from claims.choices import KnownKind, VerdictState
from claims.guards.known_claims import KNOWN_CLAIMS
from claims.matching import reading, words
from claims.matching.comparing import Known
from claims.matching.reading import Reading
from claims.models import KnownClaim
from factcheck.ledger import clock, due_work, term_index
from factcheck.ledger.due_work import JobState
from factcheck.ledger.nudge import start_stream

# What one task does before it lets others have the worker.
_AT_ONCE = 500
_BATCH = 500
_STORED = ("text", "wording", "claimant", "stated_date", "language", "reading")
_RELATED = ("claim__claimant", "verdict", "repetition__claim", "fact_check")
# Which entries readers have, or had: never what is in work, nor what a desk imported.
_PUBLIC: dict[str, frozenset[str]] = {
    kind: frozenset({term_index.PUBLIC}) for kind in (KnownKind.VERDICT, KnownKind.REPETITION)
}
_LONGEST_CLAIMANT = KnownClaim._meta.get_field("claimant").max_length


@dataclass(frozen=True, slots=True)
class _Words:
    """What an entry is to hold of its row."""

    text: str
    wording: str
    claimant: str
    stated_date: date | None
    language: str


@dataclass(frozen=True, slots=True)
class _Read:
    words: _Words
    reading: dict[str, Any]
    terms: frozenset[str]


def nudge() -> None:
    """Have a worker look for what is due, after the commit; once,
    however much of a transaction is about claims.
    """
    if all(waiting[1] is not _start for waiting in connection.run_on_commit):
        transaction.on_commit(_start, robust=True)


def _start() -> None:
    # A save that changed nothing of what is known sends no message.
    if due_work.streamable(KnownClaim):
        start_stream(KnownClaim.stream_name)


def update(pk: int, *, takeover: bool = False) -> bool:
    """Bring one entry up to date if it is due; safe twice and in parallel."""
    return due_work.run_due(KnownClaim, pk, prepare=_prepare, store=_store, takeover=takeover)


def update_due(*, takeover: bool = False) -> int:
    """Bring up to date what is due now; returns how much that was."""
    now = clock.now()
    condition = due_work.leasable(now)
    if takeover:
        condition |= Q(job_state=JobState.RUNNING, next_attempt_at__lte=now)
    rows = KnownClaim.objects.filter(condition, attempts__lt=due_work.STREAM_ATTEMPTS)
    due = list(rows.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:_AT_ONCE])
    done = sum(update(pk, takeover=takeover) for pk in due)
    if len(due) == _AT_ONCE:
        # An import made thousands due: the next ones need not wait for the sweep.
        _start()
    return done


def rebuild() -> int:
    """Read all entries anew, whatever is in them; returns how many there are."""
    KNOWN_CLAIMS.fill(connection.alias)
    last = 0
    while rows := list(
        KnownClaim.objects.filter(pk__gt=last)
        .select_related(*_RELATED)
        .defer("verdict__explanation", "fact_check__explanation", "fact_check__record")
        .order_by("pk")[:_BATCH]
    ):
        _rebuild(rows)
        last = rows[-1].pk
    term_index.tidy()
    term_index.forget_counts()
    return KnownClaim.objects.count()


def _rebuild(rows: Sequence[KnownClaim]) -> None:
    read = {row.pk: _read(row) for row in rows}
    with transaction.atomic():
        # Only those that nobody made due since: what was read of the others is old.
        unchanged = dict(
            KnownClaim.objects.select_for_update(no_key=True)
            .filter(pk__among=list(read), job_state=JobState.WAITING)
            .order_by("pk")
            .values_list("pk", "next_attempt_at")
        )
        stored, lines = [], {}
        for row in rows:
            found = read[row.pk]
            if unchanged.get(row.pk) != row.next_attempt_at:
                continue
            _take(row, found)
            row.job_state, row.next_attempt_at = JobState.DONE, None
            stored.append(row)
            lines[row.pk] = found.terms
        KnownClaim.objects.bulk_update(stored, [*_STORED, "job_state", "next_attempt_at"])
        term_index.write(lines)


def known(stored: dict[str, Any]) -> Known:
    """An entry as it is compared, of its `reading`."""
    text = Reading.from_json(stored["text"])
    return Known(text, Reading.from_json(stored["whole"]) if "whole" in stored else text)


def _prepare(row: KnownClaim) -> _Read:
    return _read(KnownClaim.objects.select_related(*_RELATED).get(pk=row.pk))


def _read(row: KnownClaim) -> _Read:
    told = _words(row)
    if told is None:
        # The row itself stays, without words: what it is about may be known again.
        return _Read(_Words("", "", "", None, ""), {}, frozenset())
    text = reading.read(told.text, told.language)
    stored = {"text": text.to_json()}
    terms = words.terms(text.words)
    second = " ".join(filter(None, (told.wording, told.claimant)))
    if second:
        whole = reading.read(f"{told.text} {second}", told.language)
        stored["whole"] = whole.to_json()
        terms = words.terms(whole.words)
    return _Read(told, stored, terms | _PUBLIC.get(row.kind, frozenset()))


def _words(row: KnownClaim) -> _Words | None:
    if row.kind == KnownKind.VERDICT:
        return _of_verdict(row)
    if row.kind == KnownKind.REPETITION:
        return _of_repetition(row)
    if row.kind == KnownKind.FACT_CHECK:
        return _of_fact_check(row)
    claim = row.claim
    if claim is None:
        return None
    return _Words(
        claim.text,
        claim.wording,
        claim.claimant.name if claim.claimant else "",
        claim.stated_date,
        claim.language,
    )


def _of_verdict(row: KnownClaim) -> _Words | None:
    """As it was signed: the claim may have other words by now."""
    if row.verdict is None or row.verdict.state != VerdictState.PUBLISHED:
        return None
    signed = json.loads(row.verdict.content)
    stated = signed.get("stated_date")
    return _Words(
        signed["claim"],
        signed.get("wording", ""),
        (signed.get("claimant") or {}).get("name", ""),
        date.fromisoformat(stated) if stated else None,
        signed["language"],
    )


def _of_repetition(row: KnownClaim) -> _Words | None:
    repetition = row.repetition
    if repetition is None or repetition.confirmed_at is None or repetition.withdrawn_at:
        return None
    return _Words(
        repetition.words,
        "",
        repetition.claimant_name,
        repetition.stated_date,
        repetition.claim.language,
    )


def _of_fact_check(row: KnownClaim) -> _Words | None:
    """The headline is its second wording; the explanation, which says
    the opposite of a false claim as often, is not looked up.
    """
    one = row.fact_check
    if one is None:
        return None
    claimant = one.claimant[:_LONGEST_CLAIMANT]
    return _Words(one.claim, one.title, claimant, one.stated_date, one.language)


def _take(row: KnownClaim, read: _Read) -> None:
    told = read.words
    row.text, row.wording, row.claimant = told.text, told.wording, told.claimant
    row.stated_date, row.language, row.reading = told.stated_date, told.language, read.reading


def _store(row: KnownClaim, read: _Read) -> None:
    _take(row, read)
    row.save(update_fields=_STORED)
    term_index.write({row.pk: read.terms})
