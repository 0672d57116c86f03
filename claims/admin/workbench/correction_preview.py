"""What readers will be told of a correction, and what changes from the
version they have.
"""

import json
from copy import copy
from dataclasses import dataclass
from typing import Any

from claims.admin.workbench.changes import ShownPart, shown_changes
from claims.choices import Category
from claims.models import Verdict
from factcheck.ledger import clock


@dataclass(frozen=True, slots=True)
class CorrectionPreview:
    """`notices` are those of its page, the new one first; empty for a
    typo, which readers are not told of.
    """

    verdict: Verdict
    notices: list[Verdict]
    parts: list[ShownPart]


def correction_preview(
    verdict: Verdict | None,
    content: dict[str, Any],
) -> CorrectionPreview | None:
    """Of a version in work that replaces a published one; None of any
    other. `content` is that of the version.
    """
    if verdict is None or verdict.corrects is None or verdict.published_at:
        return None
    return CorrectionPreview(
        verdict,
        _notices(verdict),
        shown_changes(json.loads(verdict.corrects.content), content),
    )


def _notices(verdict: Verdict) -> list[Verdict]:
    if verdict.category == Category.TYPO:
        return []
    dated = copy(verdict)
    dated.published_at = clock.now()
    earlier = verdict.claim.verdicts.all().listed_corrections().select_related("corrects")
    return [dated, *earlier]
