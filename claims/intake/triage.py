"""What people do with suggestions, and claims made by hand: nothing becomes a claim without a
person.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from claims.choices import DeclineReason, Status, SuggestionState
from claims.models import Claim, FinishedArticle, Suggestion, Topic
from claims.workflow import WorkflowError
from factcheck.ledger import change_context, clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may, may_on_desk
from sources.canonical_urls import canonical_url
from sources.models import Article, Claimant


@dataclass(frozen=True, slots=True)
class ClaimDetails:
    """What a person says about a claim when making it; `text` empty means as the article says it.

    `claimant` None means the speaker as read, or nobody where a person said `unattributed`.
    """

    text: str = ""
    claimant: Claimant | None = None
    stated_date: date | None = None
    appearance_url: str = ""
    language: str = ""
    due_at: datetime | None = None
    unattributed: bool = False
    topic: Topic | None = None


def accept(suggestion: Suggestion, *, by: User, details: ClaimDetails | None = None) -> Claim:
    """Make the claim of a suggestion; the same claim when asked again."""
    told = details or ClaimDetails()
    with transaction.atomic():
        locked = _lock(suggestion, by)
        if locked.state == SuggestionState.ACCEPTED:
            return locked.claim
        if locked.state != SuggestionState.PROPOSED:
            raise WorkflowError(
                f"This suggestion was {_decided(locked)}. If it is worth checking after all, make a"
                " claim by hand."
            )
        article = locked.article
        claim = Claim(
            desk=article.desk,
            suggestion=locked,
            text=told.text.strip() or locked.text,
            claimant=told.claimant or (None if told.unattributed else _speaker(locked, by)),
            stated_date=told.stated_date,
            appearance_url=_address(told.appearance_url) or article.url or "",
            language=told.language or locked.language or "en",
            due_at=told.due_at,
            topic=_topic_on(article.desk, told.topic),
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
        if locked.state == SuggestionState.ALREADY_CHECKED:
            raise WorkflowError(
                f"This suggestion was {_decided(locked)}. What a person decided stays decided."
            )
        if locked.state == SuggestionState.PROPOSED:
            _decide(locked, SuggestionState.DECLINED, by, reason=reason, note=note)
    return locked


def reopen_declined(suggestion: Suggestion, *, by: User) -> Suggestion:
    """A suggestion declined by mistake waits for a decision again. That it was declined, by whom
    and why, stays on record.
    """
    with transaction.atomic():
        locked = _lock(suggestion, by)
        if locked.state == SuggestionState.PROPOSED:
            return locked
        if locked.state != SuggestionState.DECLINED:
            raise WorkflowError(
                f"This suggestion was {_decided(locked)}. Only a declined one is taken back."
            )
        told = {
            "state": [SuggestionState.DECLINED, SuggestionState.PROPOSED],
            "reason": [locked.decline_reason, ""],
        }
        locked.state, locked.decided_by, locked.decided_at = SuggestionState.PROPOSED, None, None
        locked.decline_reason = locked.note = ""
        locked.save(update_fields=["state", "decided_by", "decided_at", "decline_reason", "note"])
        log_change("suggestion.reopen", locked, by=by, changes=told)
    return locked


def already_checked(
    suggestion: Suggestion, *, by: User, claim: Claim, note: str = ""
) -> Suggestion:
    """The desk has a claim that says the same. It is named, so that the ledger leads from one to
    the other.
    """
    with transaction.atomic():
        locked = _lock(suggestion, by)
        if locked.state == SuggestionState.ALREADY_CHECKED and locked.checked_in_id == claim.pk:
            return locked
        if locked.state != SuggestionState.PROPOSED:
            raise WorkflowError(
                f"This suggestion was {_decided(locked)}. What a person decided stays decided."
            )
        found = Claim.objects.visible_to(by).filter(pk=claim.pk, desk=locked.article.desk).first()
        if found is None:
            raise ValidationError(
                {"checked_in": f"Name a claim of {locked.article.desk} that you may see."}
            )
        if found.status == Status.DECLINED:
            raise ValidationError(
                {
                    "checked_in": (
                        "That claim was declined, so it was not checked. Name another, or decline"
                        " this with a reason."
                    )
                }
            )
        _decide(locked, SuggestionState.ALREADY_CHECKED, by, note=note, checked_in=found)
    return locked


def _decided(suggestion: Suggestion) -> str:
    if suggestion.state == SuggestionState.ALREADY_CHECKED:
        return f"already checked in “{suggestion.checked_in}”"
    return str(suggestion.get_state_display())


def finish_article(article: Article, *, by: User) -> FinishedArticle:
    """The desk has finished with the article: the rest is passed over without a word. Again, with
    nothing left, is the last time.
    """
    with transaction.atomic():
        rows = Article.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
        locked = rows.get(pk=article.pk)
        if not may(by, "suggestion.decide", locked):
            raise PermissionDenied(
                f"Your role on {locked.desk} does not allow you to finish with its articles."
            )
        version = locked.versions.order_by("-number").first()
        if version is None:
            raise WorkflowError("This article has no text yet, so nobody can be done with it.")
        rest = list(
            locked.suggestions.select_for_update(no_key=True)
            .filter(state=SuggestionState.PROPOSED, done=None)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        last = FinishedArticle.objects.filter(version=version).first()
        if last and not rest:
            return last
        done = FinishedArticle.objects.create(
            version=version, passed_over=len(rest), by=by, at=clock.now()
        )
        Suggestion.objects.filter(pk__in=rest).update(done=done)
        log_change(
            "article.done",
            locked,
            by=by,
            changes={"version": ["", version.number], "passed_over": ["", len(rest)]},
        )
    return done


def create_claim(desk: Desk, *, by: User, details: ClaimDetails) -> tuple[Claim, bool]:
    """A claim without an article: a tip, a broadcast, a debate; (claim, is it new).

    Such a claim has no key but all it says: the same from the same person, while unfinished, is the
    first one again.
    """
    if not may_on_desk(by, "claim.create", desk.pk):
        raise PermissionDenied(f"Your role on {desk} does not allow you to make claims.")
    if not details.text.strip():
        raise ValidationError({"text": "Write the claim."})
    claim = Claim(
        desk=desk,
        text=details.text.strip(),
        claimant=details.claimant,
        stated_date=details.stated_date,
        appearance_url=_address(details.appearance_url),
        language=details.language or "en",
        due_at=details.due_at,
        topic=_topic_on(desk, details.topic),
    )
    with transaction.atomic():
        hold(desk)
        same = _same(claim, by)
        return (same, False) if same else (_add(claim, by), True)


def hold(desk: Desk) -> None:
    """Of two equal requests at once the second one waits here; whoever also makes a claimant holds
    the desk before that.

    No key lock: every row that points at the desk checks it at its commit, while holding the audit
    head.
    """
    Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)


def _same(claim: Claim, by: User) -> Claim | None:
    said = {
        name: getattr(claim, name)
        for name in ("desk", "text", "claimant", "stated_date", "appearance_url")
    }
    return Claim.objects.unfinished().filter(created_by=by, suggestion=None, **said).first()


def _topic_on(desk: Desk, topic: Topic | None) -> Topic | None:
    if topic and topic.desk_id != desk.pk:
        raise ValidationError({"topic": f"Choose a topic of {desk}."})
    return topic


def _address(url: str) -> str:
    return canonical_url(url) if url.strip() else ""


def _add(claim: Claim, by: User) -> Claim:
    claim.created_by, claim.created_at = by, clock.now()
    clean_values(claim)
    claim.save(force_insert=True)
    about = {"topic": ["", claim.topic.name]} if claim.topic else {}
    log_change("claim.create", claim, by=by, changes={"text": ["", claim.text], **about})
    return claim


def _lock(suggestion: Suggestion, by: User) -> Suggestion:
    locked = (
        Suggestion.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .get(pk=suggestion.pk)
    )
    if not may(by, "suggestion.decide", locked):
        raise PermissionDenied(
            f"Your role on {locked.article.desk} does not allow you to decide suggestions."
        )
    return locked


def _decide(
    suggestion: Suggestion,
    state: SuggestionState,
    by: User,
    *,
    reason: str = "",
    note: str = "",
    checked_in: Claim | None = None,
) -> None:
    suggestion.state, suggestion.decided_by, suggestion.decided_at = state, by, clock.now()
    suggestion.decline_reason, suggestion.note, suggestion.checked_in = reason, note, checked_in
    suggestion.save(
        update_fields=["state", "decided_by", "decided_at", "decline_reason", "note", "checked_in"]
    )
    named = {"checked_in": ["", str(checked_in.public_id)]} if checked_in else {}
    log_change(
        f"suggestion.{state}",
        suggestion,
        by=by,
        changes={"state": [SuggestionState.PROPOSED, state], "reason": ["", reason], **named},
    )


def _speaker(suggestion: Suggestion, by: User) -> Claimant | None:
    """The claimant of that name, made if new; none where the extractor was honest enough to leave
    it blank.
    """
    if not suggestion.speaker:
        return None
    name = " ".join(suggestion.speaker.split())[:200]
    with change_context.acting_as(by):
        return Claimant.objects.get_or_create(name=name, description="")[0]
