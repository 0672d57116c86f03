"""What the newsroom decided about suggestions, as rated sentences to learn from."""

from claims.choices import DeclineReason, Status, SuggestionState
from claims.extraction.scoring import TRAINED
from claims.management.datasets import DatasetError, Line
from claims.models import Suggestion
from factcheck.newsroom.models import Desk

# Said of the sentence itself. A duplicate, or no time for it, says nothing about whether it is
# worth checking.
UNWORTHY = (DeclineReason.UNCHECKABLE, DeclineReason.OPINION, DeclineReason.TRIVIAL)


def read(desk_name: str = "") -> list[Line]:
    """Accepted or already checked is yes; declined for what it says is no; the rest is left out."""
    rows = (
        Suggestion.objects.filter(language__in=TRAINED)
        .exclude(state=SuggestionState.PROPOSED)
        .order_by("pk")
    )
    if desk_name:
        desk = Desk.objects.filter(name=desk_name).first()
        if desk is None:
            raise DatasetError(
                f"There is no desk {desk_name!r}. Give its name as the admin shows it."
            )
        rows = rows.filter(article__desk=desk)
    found = []
    for row in rows.select_related("claim").only(
        "text", "state", "decline_reason", "claim__status"
    ):
        label = _label(row)
        if label is not None:
            found.append(Line(row.text, label))
    return found


def _label(row: Suggestion) -> bool | None:
    claim = getattr(row, "claim", None)
    if claim is not None and claim.status == Status.DECLINED:
        return None  # people thought both ways of it
    if row.state == SuggestionState.DECLINED:
        return False if row.decline_reason in UNWORTHY else None
    return True
