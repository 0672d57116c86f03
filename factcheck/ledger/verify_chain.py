"""Does the audit chain still say what was written?"""

from dataclasses import dataclass

from factcheck.ledger.models import GENESIS, AuditEntry, AuditHead


@dataclass(frozen=True, slots=True)
class Chain:
    """`broken_at` is the seq of the first entry that does not fit, None when the whole
    chain holds.
    """

    entries: int
    head_hash: str
    broken_at: int | None = None
    reason: str = ""


def verify_to(published: str) -> Chain:
    """Does this hash, as it once stood in public, belong to the chain, and does all up to it still
    hold?

    Whoever rewrites the whole database can make a chain that holds; not one that ends in a hash
    kept elsewhere.
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
    head = AuditHead.objects.get(pk=1)
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
            f"the head stands at {head.seq}, the chain ends at {count}: the tail was cut",
        )
    if count > head.seq or previous != head.hash:
        return Chain(
            count,
            head.hash,
            head.seq + 1,
            f"the head stands at {head.seq}: later entries were put in past it",
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
