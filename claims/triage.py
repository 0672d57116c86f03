"""What people do with suggestions, and claims made by hand: nothing becomes a claim without a person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from claims.choices import DeclineReason, SuggestionState
from claims.models import Claim, Suggestion
from claims.workflow import WorkflowError
from factcheck.ledger import clock, door
from factcheck.ledger.record import record
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may, may_on_desk
from sources.canonical import canonical_url
from sources.models import Claimant


@dataclass(frozen=True, slots=True)
class ClaimDetails:
    """What a person says about a claim when making it; `text` empty means as the article says it.

    `claimant` None means the speaker as read, or nobody where a person said `unattributed`.
    """

    text: str = ""
    claimant: Claimant | None = None
    stated_on: date | None = None
    appearance_url: str = ""
    language: str = ""
    due_at: datetime | None = None
    unattributed: bool = False


def accept(suggestion: Suggestion, *, by: User, details: ClaimDetails | None = None) -> Claim:
    """Make the claim of a suggestion; the same claim when asked again."""
    told = details or ClaimDetails()
    with transaction.atomic():
        locked = _lock(suggestion, by)
        if locked.state == SuggestionState.ACCEPTED:
            return locked.claim
        if locked.state == SuggestionState.DECLINED:
            raise WorkflowError("This suggestion was declined. If it is worth checking after all, make a claim by hand.")
        article = locked.article
        claim = Claim(
            desk=article.desk,
            suggestion=locked,
            text=told.text.strip() or locked.text,
            claimant=told.claimant or (None if told.unattributed else _speaker(locked, by)),
            stated_on=told.stated_on,
            appearance_url=_address(told.appearance_url) or article.url or "",
            language=told.language or locked.language or "en",
            due_at=told.due_at,
        )
        _decide(locked, SuggestionState.ACCEPTED, by)
        return _add(claim, by)


def decline(suggestion: Suggestion, *, by: User, reason: str, note: str = "") -> Suggestion:
    if reason not in DeclineReason.values:
        raise ValidationError({"reason": f"Choose one of: {', '.join(DeclineReason.values)}."})
    with transaction.atomic():
        locked = _lock(suggestion, by)
        if locked.state == SuggestionState.ACCEPTED:
            raise WorkflowError("This suggestion is already a claim. Decline the claim instead.")
        if locked.state == SuggestionState.PROPOSED:
            _decide(locked, SuggestionState.DECLINED, by, reason=reason, note=note)
    return locked


def create_claim(desk: Desk, *, by: User, details: ClaimDetails) -> tuple[Claim, bool]:
    """A claim without an article: a tip, a broadcast, a debate; (claim, is it new).

    Such a claim has no key but all it says: the same from the same person, while unfinished, is the first one again.
    """
    if not may_on_desk(by, "claim.create", desk.pk):
        raise PermissionDenied(f"Your role on {desk} does not allow you to make claims.")
    if not details.text.strip():
        raise ValidationError({"text": "Write the claim."})
    claim = Claim(
        desk=desk,
        text=details.text.strip(),
        claimant=details.claimant,
        stated_on=details.stated_on,
        appearance_url=_address(details.appearance_url),
        language=details.language or "en",
        due_at=details.due_at,
    )
    with transaction.atomic():
        hold(desk)
        same = _same(claim, by)
        return (same, False) if same else (_add(claim, by), True)


def hold(desk: Desk) -> None:
    """Of two equal requests at once the second one waits here; whoever also makes a claimant holds the desk before that.

    No key lock: every row that points at the desk checks it at its commit, while holding the audit head.
    """
    Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)


def _same(claim: Claim, by: User) -> Claim | None:
    said = {name: getattr(claim, name) for name in ("desk", "text", "claimant", "stated_on", "appearance_url")}
    return Claim.objects.unfinished().filter(created_by=by, suggestion=None, **said).first()


def _address(url: str) -> str:
    return canonical_url(url) if url.strip() else ""


def _add(claim: Claim, by: User) -> Claim:
    claim.created_by, claim.created_at = by, clock.now()
    claim.clean_fields()
    claim.save(force_insert=True)
    record("claim.create", claim, by=by, changes={"text": ["", claim.text]})
    return claim


def _lock(suggestion: Suggestion, by: User) -> Suggestion:
    locked = Suggestion.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=suggestion.pk)
    if not may(by, "suggestion.decide", locked):
        raise PermissionDenied(f"Your role on {locked.article.desk} does not allow you to decide suggestions.")
    return locked


def _decide(suggestion: Suggestion, state: SuggestionState, by: User, *, reason: str = "", note: str = "") -> None:
    suggestion.state, suggestion.decided_by, suggestion.decided_at = state, by, clock.now()
    suggestion.decline_reason, suggestion.note = reason, note
    suggestion.save(update_fields=["state", "decided_by", "decided_at", "decline_reason", "note"])
    record(f"suggestion.{state}", suggestion, by=by, changes={"state": [SuggestionState.PROPOSED, state], "reason": ["", reason]})


def _speaker(suggestion: Suggestion, by: User) -> Claimant | None:
    """The claimant of that name, made if new; none where the extractor was honest enough to leave it blank."""
    if not suggestion.speaker:
        return None
    name = " ".join(suggestion.speaker.split())[:200]
    with door.acting(by):
        return Claimant.objects.get_or_create(name=name, description="")[0]
