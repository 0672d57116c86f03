"""Requirements that are not met, in words their reader can act on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnmetRequirement:
    """One thing to fix before an action is possible.

    `code` is stable and for programs, `text` is translated and names
    the remedy, `anchor` is the section of the workbench, or the field
    of the action, where it is fixed.
    """

    code: str
    text: str
    anchor: str
