"""What readers are told that a claim says, wherever it is named: pages,
lists, feeds and formats for machines.
"""

from typing import Any

Json = dict[str, Any]


def wording_of(content: Json) -> str:
    """The wording for readers, or the claim's own words."""
    # Absent from content that was signed before there was one, or without one.
    return str(content.get("wording") or content["claim"])


def own_words_of(content: Json) -> str:
    """What was said, where readers get another wording; else ""."""
    return str(content["claim"]) if content.get("wording") else ""


def headline_of(content: Json) -> str:
    return f"{content['rating']['name']}: {wording_of(content)}"
