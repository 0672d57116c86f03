"""One event on a claim, of which people and channels are told."""

from dataclasses import dataclass, field
from typing import Any

from claims.models import Claim
from factcheck.newsroom.models import User


@dataclass(frozen=True, slots=True)
class Event:
    """`name` tells it from every other; `about` are columns of the rows
    that it is told by.
    """

    name: str
    claim: Claim
    by: User | None = None
    about: dict[str, Any] = field(default_factory=dict)
