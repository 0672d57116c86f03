"""The state diagram of docs/workflow.md, drawn from the transition table."""

from collections import defaultdict

from claims.choices import Status
from claims.workflow.move import When
from claims.workflow.table import TRANSITIONS

_CONDITIONS = [when for when in When if when != When.ALWAYS]
_NOTES: dict[When, str] = {
    when: f" {mark}" for when, mark in zip(_CONDITIONS, "¹²³⁴⁵⁶⁷⁸⁹", strict=False)
}


def diagram() -> str:
    """Mermaid: one arrow for each pair of states, with the actions that go that way."""
    actions: dict[tuple[Status, Status], list[str]] = defaultdict(list)
    for action, move in TRANSITIONS.items():
        for pair in move.pairs():
            actions[pair].append(f"{action.value}{_NOTES.get(move.when, '')}")
    order = list(Status)
    arrows = sorted(actions, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    return "\n".join(
        [
            "```mermaid",
            "stateDiagram-v2",
            "    [*] --> open",
            *(
                f"    {source.value} --> {target.value}: {', '.join(actions[source, target])}"
                for source, target in arrows
            ),
            "```",
            "",
            # Two spaces at the end of a line are a line break in Markdown.
            *(f"{mark.strip()} only {when.label}  " for when, mark in _NOTES.items()),
        ]
    )
