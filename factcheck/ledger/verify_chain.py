"""Verifying the audit log: is the chain of hashes complete and unchanged?"""

from collections.abc import Callable
from dataclasses import dataclass

from factcheck.ledger.audit_log import log_change_of
from factcheck.ledger.models import GENESIS, AuditEntry, AuditHead

CHECKPOINT = "audit.verify"
_HEAD = AuditHead._meta.label_lower
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Chain:
    """The result: `broken_at` is the seq of the first entry that does
    not fit, None if all do.
    """

    entries: int
    head_hash: str
    broken_at: int | None = None
    reason: str = ""


def verify_to(published: str) -> Chain:
    """Verify the chain up to the entry with this hash, as it was once
    published.

    Whoever rewrites the whole database can make a chain that is valid
    in itself, but not one that contains a hash which somebody else has
    kept.
    """
    last = AuditEntry.objects.filter(hash=published).first()
    if last is None:
        return Chain(
            AuditEntry.objects.count(),
            published,
            1,
            "no entry of the chain has this hash: it was rewritten, or the hash is of another"
            " newsroom",
        )
    previous = GENESIS
    for count, entry in enumerate(
        AuditEntry.objects.filter(seq__lte=last.seq).order_by("seq").iterator(chunk_size=1000), 1
    ):
        if reason := _fault(entry, count, previous):
            return Chain(count, published, count, reason)
        previous = entry.hash
    return Chain(last.seq, published)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """An entry up to which all were verified, its hash, and the number
    of the entry that says so.
    """

    seq: int
    hash: str
    said_by: int


BEGINNING = Checkpoint(0, GENESIS, 0)


def newest_checkpoint() -> Checkpoint:
    """Where a verification may start that trusts earlier ones.

    It stands in the chain itself: to forge one takes appending to the
    log, and to change one breaks what is verified after it.
    """
    said = AuditEntry.objects.filter(object_type=_HEAD, object_id="1", action=CHECKPOINT)
    entry = said.order_by("-seq").first()
    if entry is None:
        return BEGINNING
    seq, digest = entry.changes["entries"][1], entry.changes["head_hash"][1]
    return Checkpoint(seq, digest, entry.seq)


def set_checkpoint(chain: Chain) -> None:
    """Put on record that all entries so far were verified."""
    changes = {"entries": [None, chain.entries], "head_hash": ["", chain.head_hash]}
    log_change_of(CHECKPOINT, _HEAD, "1", by=None, changes=changes)


def verify(*, after: Checkpoint = BEGINNING, told: Told | None = None) -> Chain:
    """Verify the entries after a checkpoint, all without one, and that
    the head is the last of them. `told` learns of every thousandth.
    """
    head = AuditHead.objects.get(pk=1)
    # The checkpoint comes after what it speaks of, and that is still there.
    last = AuditEntry.objects.filter(seq=after.seq).values_list("hash", flat=True).first()
    if after.seq and (last != after.hash or after.said_by <= after.seq):
        reason = f"the checkpoint in entry {after.said_by} names another hash"
        return Chain(after.seq, head.hash, after.seq, reason)
    # In chunks: the log of a newsroom does not fit into memory.
    previous, count = after.hash, after.seq
    later = AuditEntry.objects.filter(seq__gt=after.seq).order_by("seq")
    for entry in later.iterator(chunk_size=1000):
        count += 1
        if told and count % 1000 == 0:
            told(count)
        reason = _fault(entry, count, previous)
        if reason:
            return Chain(count, head.hash, count, reason)
        previous = entry.hash
    if count < head.seq:
        return Chain(
            count,
            head.hash,
            count + 1,
            f"the head is at {head.seq}, the chain ends at {count}: the tail was cut",
        )
    if count > head.seq or previous != head.hash:
        return Chain(
            count,
            head.hash,
            head.seq + 1,
            f"the head is at {head.seq}: later entries were inserted past it",
        )
    return Chain(count, head.hash)


def _fault(entry: AuditEntry, expected_seq: int, previous: str) -> str:
    if entry.seq != expected_seq:
        return f"entry {expected_seq} is missing"
    if entry.previous_hash != previous:
        return "it does not follow the entry before it"
    if entry.digest() != entry.hash:
        return "its content is not what was hashed"
    return ""
