"""How many items of evidence are independent of each other."""

from collections import defaultdict
from collections.abc import Iterable

from claims.choices import QuoteState
from claims.models import Evidence
from claims.rules import gates
from claims.rules.unmet import UnmetRequirement as UnmetRequirement


def independent(evidence: Iterable[Evidence]) -> int:
    """How many captured items are independent of each other, by owner and by origin.

    Each item ties the owner of its publisher to the owner of its origin. Independent items share
    neither, so the answer is the largest matching between the two: two reprints of one wire report
    count once.
    """
    origins_of: dict[int, set[int]] = defaultdict(set)
    for item in evidence:
        if item.capture_id and (
            item.quote_state != QuoteState.NOT_FOUND or gates.quote_waiver(item)
        ):
            origins_of[item.link.publisher.owner_id].add(item.origin.owner_id)
    taken_by: dict[int, int] = {}
    return sum(_place(owner, origins_of, taken_by, set()) for owner in origins_of)


def _place(
    owner: int, origins_of: dict[int, set[int]], taken_by: dict[int, int], seen: set[int]
) -> bool:
    for origin in origins_of[owner] - seen:
        seen.add(origin)
        if origin not in taken_by or _place(taken_by[origin], origins_of, taken_by, seen):
            taken_by[origin] = owner
            return True
    return False
