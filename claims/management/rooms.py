"""The diagram of packages in docs/architecture.md, drawn from the
imports in the code.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

Graph = dict[str, set[str]]

# From top to bottom; an import points down. The contracts in pyproject.toml hold the
# same order.
LAYERS: dict[str, tuple[str, ...]] = {
    "edges": ("admin", "api", "public_site", "management", "tasks", "receivers"),
    "flows": ("publication", "exchange", "bulk", "live"),
    "work": ("intake", "evidence", "verdicts", "desk", "matching"),
    "moves": ("guards", "workflow"),
    "what must be true": ("rules",),
    "rows": ("models", "querysets"),
    "leaves": ("choices", "signals", "extraction"),
    "sources: edges": ("sources.edges",),
    "sources: links": ("sources.watching",),
    "sources: texts": ("sources.texts",),
    "sources: pages": ("sources.fetching",),
    "sources: rows and reading": ("sources.reading",),
    "ground": ("newsroom", "ledger"),
}
_SOURCES = {
    **dict.fromkeys(("apps", "admin", "api", "management", "tasks"), "sources.edges"),
    **dict.fromkeys(("article_details", "captures", "cited_links", "downloads"), "sources.texts"),
    **dict.fromkeys(("ingest", "public_archive", "publisher_details"), "sources.texts"),
    **dict.fromkeys(("publisher_lookup", "reliability", "uploads"), "sources.texts"),
    "stored_pictures": "sources.texts",
    "watching": "sources.watching",
    "fetching": "sources.fetching",
}
_ROOMS = {room: layer for layer, rooms in LAYERS.items() for room in rooms}


def diagram() -> str:
    """Mermaid text: a box for each package, and an arrow for each
    import that no path over other packages shows already.
    """
    arrows = _without_detours(_imports())
    boxes = []
    for number, (layer, rooms) in enumerate(LAYERS.items()):
        boxes.append(f'    subgraph layer{number}["{layer}"]')
        boxes += [f'        {_id(room)}["{room}"]' for room in rooms]
        boxes.append("    end")
    lines = [
        f"    {_id(source)} --> {_id(target)}"
        for source in _ROOMS
        for target in _ROOMS
        if target in arrows[source]
    ]
    return "\n".join(["```mermaid", "flowchart TD", *boxes, *lines, "```"])


def _id(room: str) -> str:
    return room.replace(".", "_")


def _imports() -> Graph:
    graph: Graph = defaultdict(set)
    for app in ("claims", "sources", "factcheck"):
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            source = _room_of(_dotted(path))
            for module in _imported(path):
                target = _room_of(module)
                if source and target and target != source:
                    graph[source].add(target)
    return graph


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)


def _imported(path: Path) -> Iterator[str]:
    """The modules imported at the top level of a file, without those
    under `if TYPE_CHECKING`.
    """
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _room_of(module: str) -> str:
    """The package of a module; empty for what has no box, such as
    migrations and settings.
    """
    app, room, *_ = [*module.split("."), "", ""]
    if app == "claims":
        return room if room in _ROOMS else ""
    if app == "sources":
        return _SOURCES.get(room, "sources.reading")
    return room if app == "factcheck" and room in _ROOMS else ""


def _without_detours(graph: Graph) -> Graph:
    """The graph without arrows that a longer path implies."""
    # Packages of one layer may import each other both ways, so only paths through lower
    # layers count: otherwise two arrows of a cycle would remove each other.
    height = {layer: place for place, layer in enumerate(LAYERS)}

    def below(source: str, target: str) -> bool:
        return height[_ROOMS[source]] < height[_ROOMS[target]]

    # From the bottom up: what the lower packages reach is complete when the upper ones
    # need it.
    reached: Graph = defaultdict(set)
    for room in reversed(_ROOMS):
        for target in graph[room]:
            reached[room] |= {target} | (reached[target] if below(room, target) else set())
    return {
        room: {
            target
            for target in graph[room]
            if not any(
                target in reached[other] and below(room, other) for other in graph[room] - {target}
            )
        }
        for room in _ROOMS
    }
