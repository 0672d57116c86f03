"""A requirement that is not met, in words its reader can act on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnmetRequirement:
    """One thing that stands in the way, in words its reader can act on; `place` is where to mend
    it.
    """

    code: str
    text: str
    place: str
