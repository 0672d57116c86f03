"""How many items of evidence are independent of each other."""

from collections import defaultdict
from collections.abc import Iterable

from claims.choices import QuoteState
from claims.models import Evidence
from claims.rules import gates
from claims.rules.unmet import UnmetRequirement as UnmetRequirement


def independent(evidence: Iterable[Evidence]) -> int:
    """How many captured items are independent of each other, by owner
    and by original source.

    Each item connects the owner of its publisher with the owner of its
    original source. Independent items share neither, so the answer is
    the size of a maximum matching in that bipartite graph: two reprints
    of one wire report count once.
    """
    origins_of: dict[int, set[int]] = defaultdict(set)
    for item in evidence:
        # A quote that is not in its capture supports nothing, unless an editor waived
        # that.
        if item.capture_id and (
            item.quote_state != QuoteState.NOT_FOUND or gates.quote_waiver(item)
        ):
            origins_of[item.link.publisher.owner_id].add(item.origin.owner_id)
    matched: dict[int, int] = {}
    return sum(_match(owner, origins_of, matched, set()) for owner in origins_of)


def _match(
    owner: int, origins_of: dict[int, set[int]], matched: dict[int, int], visited: set[int]
) -> bool:
    """Find an augmenting path from this owner (Kuhn's algorithm); desks
    cite tens of items, so the simple method will do.
    """
    for origin in origins_of[owner] - visited:
        visited.add(origin)
        if origin not in matched or _match(matched[origin], origins_of, matched, visited):
            matched[origin] = owner
            return True
    return False
