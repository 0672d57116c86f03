"""Taking a decision on a suggestion back, as long as nothing rests on it."""

from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import SuggestionState
from claims.intake.triage import lock
from claims.models import Claim, Suggestion
from claims.workflow import WorkflowError, take_back
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User

_DECISION = [
    "state",
    "decided_by",
    "decided_at",
    "decline_reason",
    "note",
    "checked_in",
    "decided_with",
]


def undo(suggestion: Suggestion, *, by: User) -> Suggestion:
    """Make a decided suggestion undecided again; the audit log keeps
    the decision. The claim of an accepted one is closed, and refuses
    once something has happened to it.
    """
    with transaction.atomic():
        *along, locked = _locked(suggestion, by)
        if locked.state == SuggestionState.PROPOSED:
            return locked
        # What was decided on its card goes back with it, before its claim is closed.
        accepted = locked.state == SuggestionState.ACCEPTED
        undone = [(one, _forget(one)) for one in (*along, locked)]
        for one in along:
            one.save(update_fields=_DECISION)
        if accepted:
            _close_claim(locked, by)
        locked.save(update_fields=_DECISION)
        for one, changes in undone:
            log_change("suggestion.reopen", one, by=by, changes=changes)
    return locked


def _locked(suggestion: Suggestion, by: User) -> list[Suggestion]:
    """With what was decided on its card, which stands before it. All at
    first: whoever holds one of them may wait for the audit log.
    """
    locked = lock(suggestion, by)
    others = locked.decided_along.order_by("pk")
    return [*(one for other in others for one in _locked(other, by)), locked]


def _close_claim(suggestion: Suggestion, by: User) -> None:
    # Held before they are counted, or one more is marked meanwhile.
    claim = Claim.objects.select_for_update(no_key=True).get(suggestion=suggestion)
    checked = claim.repeated_in.count()
    if checked:
        raise WorkflowError(
            _("%(count)s suggestions were marked as checked in its claim. Undo those first.")
            % {"count": checked}
        )
    take_back(claim, by=by)


def _forget(suggestion: Suggestion) -> dict[str, list[object]]:
    changes: dict[str, list[object]] = {
        "state": [suggestion.state, SuggestionState.PROPOSED],
        "reason": [suggestion.decline_reason, ""],
    }
    if suggestion.checked_in:
        changes["checked_in"] = [str(suggestion.checked_in.public_id), ""]
    suggestion.state, suggestion.decided_by = SuggestionState.PROPOSED, None
    suggestion.decided_at, suggestion.checked_in = None, None
    suggestion.decided_with = None
    suggestion.decline_reason = suggestion.note = ""
    return changes
