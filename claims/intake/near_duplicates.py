"""One decision for the same statement in several articles: the others
follow the suggestion on whose card they stand.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from claims.choices import SuggestionState
from claims.intake import triage
from claims.models import Suggestion
from claims.workflow import WorkflowError
from factcheck.newsroom.models import User


def decide_along(suggestion: Suggestion, others: Iterable[int], *, by: User) -> int:
    """Decide `others` as this one was: checked in its claim, or
    declined for its reason. Those of other desks, or that somebody
    decided meanwhile, are left alone. Returns how many were decided.
    """
    decided = Suggestion.objects.visible_to(by).get(pk=suggestion.pk)
    count = 0
    # By key, each in a transaction of its own, as people who decide at once would.
    for other in _undecided(decided, others, by):
        try:
            _follow(decided, other, by)
        except (ValidationError, WorkflowError):
            # Its claim, too, may have been declined meanwhile.
            continue
        count += 1
    return count


def _undecided(
    decided: Suggestion,
    others: Iterable[int],
    by: User,
) -> QuerySet[Suggestion]:
    return (
        Suggestion.objects.visible_to(by)
        .filter(
            pk__in=list(others),
            article__desk=decided.article.desk_id,
            state=SuggestionState.PROPOSED,
        )
        .exclude(pk=decided.pk)
        .order_by("pk")
    )


def _follow(decided: Suggestion, other: Suggestion, by: User) -> None:
    claim = decided.claim if decided.state == SuggestionState.ACCEPTED else decided.checked_in
    if claim:
        triage.already_checked(other, by=by, claim=claim, decided_with=decided)
    elif decided.state == SuggestionState.DECLINED:
        triage.decline(
            other,
            by=by,
            reason=decided.decline_reason,
            note=decided.note,
            decided_with=decided,
        )
