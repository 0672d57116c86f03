"""What readers will be told of a correction, and what changes from the
version they have.
"""

import json
from dataclasses import dataclass
from typing import Any

from claims.choices import Category
from claims.models import Verdict
from sources.text_diff import Piece, difference


@dataclass(frozen=True, slots=True)
class CorrectionPreview:
    """`listed`: it stands in the public list of corrections too."""

    category: str
    what_was_wrong: str
    listed: bool
    pieces: list[Piece]


def correction_preview(
    verdict: Verdict | None, content: dict[str, Any]
) -> CorrectionPreview | None:
    """Of a version in work that replaces a published one; None of any
    other. `content` is that of the version.
    """
    if verdict is None or verdict.corrects is None or verdict.published_at:
        return None
    before = json.loads(verdict.corrects.content)
    return CorrectionPreview(
        str(verdict.get_category_display()),
        verdict.what_was_wrong,
        verdict.category != Category.TYPO,
        difference(_as_text(before), _as_text(content)),
    )


def _as_text(content: dict[str, Any]) -> str:
    """What a reader reads, line by line."""
    rating, claimant = content.get("rating") or {}, content.get("claimant") or {}
    evidence = [
        f"{item['publisher']}: {item.get('quote') or item.get('finding') or ''}"
        for item in content.get("evidence", [])
    ]
    lines = [
        content["claim"],
        claimant.get("name", ""),
        rating.get("name", ""),
        content["short_answer"],
        content["explanation"],
        *evidence,
    ]
    return "\n".join(line for line in lines if line)
