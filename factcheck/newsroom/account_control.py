"""Who could be using whose account, by the access grants in force.

An account is controlled by its owner; by whoever gave a way into it
(`WAYS_IN`); and so on: by whoever gave a way into the giver's account.
One person could be behind two accounts if somebody controls both of
them. The triggers of signed verdicts ask the same
(`claims.guards.access`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from factcheck.newsroom.choices import WAYS_IN
from factcheck.newsroom.models import AccessGrant, User


@dataclass(frozen=True, slots=True)
class Connection:
    """Why two people could be one: `grants` lead from both of them to
    `giver`, who is one of the two or a third person, until `ends_at`.
    """

    giver: User
    grants: tuple[AccessGrant, ...]
    ends_at: datetime


class AccountControl:
    """The grants in force at one moment, read once."""

    def __init__(self, at: datetime) -> None:
        # A grant without a giver is a command's: nobody stands behind it.
        self._grants = list(AccessGrant.objects.in_force(at).exclude(by=None))

    def connected_to(self, user: User) -> frozenset[int]:
        """Ids of the people who cannot sign beside this one."""
        others = {pk for grant in self._grants for pk in (grant.user_id, grant.by_id) if pk}
        return frozenset(pk for pk in others if pk != user.pk and self._joint(user.pk, pk))

    def connection(self, one: User, other: User) -> Connection | None:
        """Of several the one that lasts longest, so that its end is the end of all."""
        path = self._joint(one.pk, other.pk)
        if path is None:
            return None
        ends_at = min(grant.blocks_until for grant in path[1])
        for end in sorted({grant.blocks_until for grant in self._grants}):
            lasting = [grant for grant in self._grants if grant.blocks_until >= end]
            if end > ends_at and (longer := self._joint(one.pk, other.pk, lasting)):
                path, ends_at = longer, end
        giver, grants = path
        return Connection(User.objects.get(pk=giver), grants, ends_at)

    def _joint(
        self, one: int, other: int, among: Iterable[AccessGrant] | None = None
    ) -> tuple[int, tuple[AccessGrant, ...]] | None:
        """Who controls both, and the grants that lead there."""
        grants = self._grants if among is None else list(among)
        for grant in grants:
            # Between the two themselves any grant counts, a role as well.
            if {grant.user_id, grant.by_id} == {one, other} and grant.by_id:
                return grant.by_id, (grant,)
        ways, others_ways = _controllers(one, grants), _controllers(other, grants)
        joint = min(
            ways.keys() & others_ways.keys(),
            key=lambda pk: (len(ways[pk]) + len(others_ways[pk]), pk),
            default=None,
        )
        return None if joint is None else (joint, ways[joint] + others_ways[joint])


def _controllers(
    user: int,
    grants: Iterable[AccessGrant],
) -> dict[int, tuple[AccessGrant, ...]]:
    """Everybody who controls the account, with the grants that lead to them."""
    found: dict[int, tuple[AccessGrant, ...]] = {user: ()}
    ways_in = [grant for grant in grants if grant.what in WAYS_IN]
    queue = [user]
    for account in queue:
        for grant in ways_in:
            if grant.user_id == account and grant.by_id and grant.by_id not in found:
                found[grant.by_id] = (*found[account], grant)
                queue.append(grant.by_id)
    return found
