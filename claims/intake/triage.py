"""Decisions on suggestions, and manual claims: nothing becomes a claim
without a person.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import DeclineReason, Status, SuggestionState
from claims.intake.claim_editing import check_stated_date
from claims.models import Claim, FinishedArticle, Suggestion, Topic
from claims.signals import claim_created
from claims.workflow import WorkflowError, accept_again
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.values import clean_values
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may, may_on_desk
from sources.canonical_urls import canonical_url
from sources.claimants import get_or_create_claimant
from sources.models import Article, Claimant


@dataclass(frozen=True, slots=True)
class ClaimDetails:
    """What a person enters for a new claim; an empty `text` means the
    words of the article.

    `claimant` None means whom the suggestion proposes, or nobody where
    `unattributed` is set. `wording` None means as proposed for the
    words of the article, and none for other words.
    """

    text: str = ""
    claimant: Claimant | None = None
    stated_date: date | None = None
    appearance_url: str = ""
    language: str = ""
    due_at: datetime | None = None
    unattributed: bool = False
    topic: Topic | None = None
    wording: str | None = None


def accept(
    suggestion: Suggestion,
    *,
    by: User,
    details: ClaimDetails | None = None,
) -> Claim:
    """Create the claim of a suggestion; accepting again returns the same claim."""
    entered = details or ClaimDetails()
    with transaction.atomic():
        locked = lock(suggestion, by)
        if locked.state == SuggestionState.ACCEPTED:
            return locked.claim
        if locked.state != SuggestionState.PROPOSED:
            raise WorkflowError(
                _(
                    "This suggestion was already %(decided)s. To check it all the same,"
                    " create a claim manually."
                )
                % {"decided": _decided(locked)}
            )
        article = locked.article
        # An acceptance that was taken back has left its claim, which a suggestion has
        # once.
        own = Claim.objects.filter(suggestion=locked)
        taken_back = own.select_for_update(no_key=True).first()
        claim = taken_back or Claim(desk=article.desk, suggestion=locked)
        claim.text = entered.text.strip() or locked.text
        claim.wording = _wording(entered, locked)
        claim.claimant = entered.claimant or (
            None if entered.unattributed else _proposed(locked, by)
        )
        claim.stated_date = entered.stated_date
        check_stated_date(claim)
        claim.appearance_url = _canonical(entered.appearance_url) or article.url or ""
        claim.language = _language(entered.language, locked.language)
        claim.due_at = entered.due_at
        claim.topic = _topic_on(article.desk, entered.topic)
        _decide(locked, SuggestionState.ACCEPTED, by)
        return _add_again(claim, by) if taken_back else _add(claim, by)


def decline(
    suggestion: Suggestion,
    *,
    by: User,
    reason: str,
    note: str = "",
    decided_with: Suggestion | None = None,
) -> Suggestion:
    """Decline an undecided suggestion; declining it again keeps the
    first reason and note.
    """
    if reason not in DeclineReason.values:
        raise ValidationError(
            {
                "reason": _("Choose one of: %(values)s.")
                % {"values": ", ".join(DeclineReason.values)}
            }
        )
    with transaction.atomic():
        locked = lock(suggestion, by)
        if locked.state == SuggestionState.ACCEPTED:
            raise WorkflowError(_("This suggestion was accepted. Decline its claim instead."))
        if locked.state == SuggestionState.ALREADY_CHECKED:
            raise WorkflowError(
                _("This suggestion was already %(decided)s.") % {"decided": _decided(locked)}
            )
        if locked.state == SuggestionState.PROPOSED:
            locked.decided_with = decided_with
            _decide(locked, SuggestionState.DECLINED, by, reason=reason, note=note)
    return locked


def already_checked(
    suggestion: Suggestion,
    *,
    by: User,
    claim: Claim,
    note: str = "",
    decided_with: Suggestion | None = None,
) -> Suggestion:
    """Close a suggestion because `claim` of the same desk says the
    same; the log links the two.
    """
    with transaction.atomic():
        locked = lock(suggestion, by)
        if locked.state == SuggestionState.ALREADY_CHECKED and locked.checked_in_id == claim.pk:
            return locked
        if locked.state != SuggestionState.PROPOSED:
            raise WorkflowError(
                _("This suggestion was already %(decided)s.") % {"decided": _decided(locked)}
            )
        # Held, as undo() holds it: or the claim is closed while this suggestion is
        # being marked as checked in it.
        found = Claim.objects.visible_to(by).filter(pk=claim.pk, desk=locked.article.desk)
        checked_claim = found.select_for_update(of=("self",), no_key=True).first()
        if checked_claim is None:
            raise ValidationError(
                {
                    "checked_in": _("Choose a claim of %(desk)s that you can see.")
                    % {"desk": locked.article.desk}
                }
            )
        if checked_claim.status == Status.DECLINED:
            raise ValidationError(
                {
                    "checked_in": _(
                        "That claim was declined and never checked. Choose another or decline"
                        " the suggestion."
                    )
                }
            )
        locked.decided_with = decided_with
        _decide(locked, SuggestionState.ALREADY_CHECKED, by, note=note, checked_in=checked_claim)
    return locked


def _decided(suggestion: Suggestion) -> str:
    if suggestion.state == SuggestionState.ALREADY_CHECKED:
        return _("checked in “%(checked_in)s”") % {"checked_in": suggestion.checked_in}
    return str(suggestion.get_state_display())


def finish_article(article: Article, *, by: User) -> FinishedArticle:
    """Finish an article: its undecided suggestions are passed over.

    Finishing again with nothing left undecided returns the previous
    row.
    """
    with transaction.atomic():
        rows = Article.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
        locked = rows.get(pk=article.pk)
        if not may(by, "suggestion.decide", locked):
            raise PermissionDenied(
                _("Your role on %(desk)s does not allow you to finish its articles.")
                % {"desk": locked.desk}
            )
        version = locked.versions.order_by("-number").first()
        if version is None:
            raise WorkflowError(_("The article has no text yet and cannot be finished."))
        # Locked in the order of their ids, as everywhere: two people who finish at
        # once, or one who decides meanwhile, wait for each other and never in a circle.
        undecided = list(
            locked.suggestions.select_for_update(no_key=True)
            .filter(state=SuggestionState.PROPOSED, finished_article=None)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        previous = FinishedArticle.objects.filter(version=version).first()
        if previous and not undecided:
            return previous
        finished = FinishedArticle.objects.create(
            version=version, passed_over=len(undecided), by=by, at=clock.now()
        )
        # A bulk update is fine here: being passed over is a link to this row, not
        # another state.
        Suggestion.objects.filter(pk__in=undecided).update(finished_article=finished)
        log_change(
            "article.finish",
            locked,
            by=by,
            changes={"version": ["", version.number], "passed_over": ["", len(undecided)]},
        )
    return finished


def create_claim(
    desk: Desk, *, by: User, details: ClaimDetails, once: bool = False
) -> tuple[Claim, bool]:
    """Create a claim without an article, such as a tip or a broadcast;
    return it and whether it is new.

    It has no natural key, so an unfinished claim of the same person
    with the same values is returned instead of a second one; with
    `once` also a finished one of the desk, whoever created it.
    """
    if not may_on_desk(by, "claim.create", desk.pk):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow you to create claims.") % {"desk": desk}
        )
    if not details.text.strip():
        raise ValidationError({"text": _("Enter the claim.")})
    claim = Claim(
        desk=desk,
        text=details.text.strip(),
        wording=_one_line(details.wording or ""),
        claimant=details.claimant,
        stated_date=details.stated_date,
        appearance_url=_canonical(details.appearance_url),
        language=_language(details.language),
        due_at=details.due_at,
        topic=_topic_on(desk, details.topic),
    )
    check_stated_date(claim)
    with transaction.atomic():
        hold(desk)
        existing = _existing(claim, by, once=once)
        return (existing, False) if existing else (_add(claim, by), True)


def hold(desk: Desk) -> None:
    """Serialise manual claims of a desk, so that of two equal requests
    the second finds the first.

    A caller that creates a claimant as well calls this before it does,
    or two of them deadlock.
    """
    # FOR NO KEY UPDATE: inserting a row with a foreign key takes a key share lock on
    # the desk, at a moment when the audit head is locked already. A plain FOR UPDATE
    # would block it there.
    Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)


def _existing(claim: Claim, by: User, *, once: bool) -> Claim | None:
    key = {
        name: getattr(claim, name)
        for name in ("desk", "text", "wording", "claimant", "stated_date", "appearance_url")
    }
    same = Claim.objects.filter(suggestion=None, **key)
    own = same.unfinished().filter(created_by=by).first()
    if own or not once:
        return own
    return same.visible_to(by).finished().order_by("-pk").first()


def _wording(entered: ClaimDetails, suggestion: Suggestion) -> str:
    own, words = entered.text.strip(), entered.wording
    if words is not None:
        return _one_line(words)
    # What was proposed for the words of the article may be wrong of others.
    return suggestion.proposed_wording if own in ("", suggestion.text) else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _topic_on(desk: Desk, topic: Topic | None) -> Topic | None:
    if topic and topic.desk_id != desk.pk:
        raise ValidationError({"topic": _("Choose a topic of %(desk)s.") % {"desk": desk}})
    return topic


def _language(*known: str) -> str:
    """The first that says one; a claim in none is in the newsroom's."""
    return next((tag for tag in known if tag and tag != "und"), settings.SITE_LANGUAGE)


def _canonical(url: str) -> str:
    return canonical_url(url) if url.strip() else ""


def _add(claim: Claim, by: User) -> Claim:
    claim.created_by, claim.created_at = by, clock.now()
    clean_values(claim)
    claim.save(force_insert=True)
    changes = {"text": ["", claim.text]}
    if claim.wording:
        changes["wording"] = ["", claim.wording]
    if claim.topic:
        changes["topic"] = ["", claim.topic.name]
    claim_created.send(Claim, claim=claim)
    log_change("claim.create", claim, by=by, changes=changes)
    return claim


def _add_again(claim: Claim, by: User) -> Claim:
    clean_values(claim)
    accept_again(claim, by=by)
    return claim


def lock(suggestion: Suggestion, by: User) -> Suggestion:
    """The row, for whoever may decide it."""
    locked = (
        Suggestion.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .get(pk=suggestion.pk)
    )
    if not may(by, "suggestion.decide", locked):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow you to decide suggestions.")
            % {"desk": locked.article.desk}
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
        update_fields=[
            "state",
            "decided_by",
            "decided_at",
            "decline_reason",
            "note",
            "checked_in",
            "decided_with",
        ]
    )
    checked_change = {"checked_in": ["", str(checked_in.public_id)]} if checked_in else {}
    log_change(
        f"suggestion.{state}",
        suggestion,
        by=by,
        changes={
            "state": [SuggestionState.PROPOSED, state],
            "reason": ["", reason],
            **checked_change,
        },
    )


def _proposed(suggestion: Suggestion, by: User) -> Claimant | None:
    """The claimant that the suggestion proposes, created if new; None
    where its speaker is no person or organisation with a name.
    """
    proposed = suggestion.proposed_claimant
    if proposed is None:
        return None
    return get_or_create_claimant(
        proposed.name[:200], desk=suggestion.article.desk, by=by, kind=proposed.kind
    )
