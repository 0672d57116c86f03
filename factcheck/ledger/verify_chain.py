"""Verifying the audit log: is the chain of hashes complete and unchanged?"""

from dataclasses import dataclass

from factcheck.ledger.models import GENESIS, AuditEntry, AuditHead


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


def verify() -> Chain:
    """Verify all entries and that the head is the last of them."""
    head = AuditHead.objects.get(pk=1)
    # In chunks: the log of a newsroom does not fit into memory.
    previous, count = GENESIS, 0
    for entry in AuditEntry.objects.order_by("seq").iterator(chunk_size=1000):
        count += 1
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
