"""Requirements that are not met, in words their reader can act on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnmetRequirement:
    """One thing to fix before an action is possible.

    `code` is stable and for programs, `text` is translated and names the remedy,
    `place` is the panel of the workbench where it is fixed.
    """

    code: str
    text: str
    place: str
