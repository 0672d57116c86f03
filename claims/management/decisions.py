"""The newsroom's decisions on suggestions, as rated sentences to train on."""

from claims.choices import DeclineReason, Status, SuggestionState
from claims.extraction.scoring import TRAINED
from claims.management.datasets import DatasetError, Line
from claims.models import Suggestion
from factcheck.newsroom.models import Desk

# Reasons about the sentence itself. A duplicate, or no time for it, does not make a
# sentence less worth checking.
UNWORTHY = (DeclineReason.UNCHECKABLE, DeclineReason.OPINION, DeclineReason.TRIVIAL)


def read(desk_name: str = "") -> list[Line]:
    """Accepted or already checked is yes, declined for its content is
    no; others are left out.
    """
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
    lines = []
    for row in rows.select_related("claim").only(
        "text", "state", "decline_reason", "claim__status"
    ):
        label = _label(row)
        if label is not None:
            lines.append(Line(row.text, label))
    return lines


def _label(row: Suggestion) -> bool | None:
    claim = getattr(row, "claim", None)
    if claim is not None and claim.status == Status.DECLINED:
        return None  # accepted and declined: people disagreed about it
    if row.state == SuggestionState.DECLINED:
        return False if row.decline_reason in UNWORTHY else None
    return True
