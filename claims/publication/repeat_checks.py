"""Whether what comes in repeats what was published: proposals for a
person, and nothing more. No check is started and nothing is published.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import KnownKind, ProposalState, SuggestionState, TipKind
from claims.desk.notifications import events
from claims.matching import answers, lookup
from claims.matching.model import Likeness
from claims.models import (
    Claim,
    Extraction,
    RepeatCheck,
    Repetition,
    RepetitionProposal,
    Suggestion,
    Tip,
)
from claims.publication import repetitions
from claims.publication.repetitions import RepetitionDetails
from claims.workflow import WorkflowError
from factcheck.ledger import clock, due_work
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.nudge import nudge
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import may

_MOST = 200  # suggestions of one text


@dataclass(frozen=True, slots=True)
class _Found:
    claim: int
    suggestion: int | None = None
    tip: int | None = None


def request(*, extraction: Extraction | None = None, tip: Tip | None = None) -> None:
    """In the transaction in which it came in; once for each."""
    row, new = RepeatCheck.objects.get_or_create(
        extraction=extraction, tip=tip, defaults=due_work.nudged_now()
    )
    if new:
        nudge(RepeatCheck.task_name, row.pk)


def check(pk: int, *, takeover: bool = False) -> bool:
    return due_work.run_due(RepeatCheck, pk, prepare=_find, store=_store, takeover=takeover)


def _find(row: RepeatCheck) -> list[_Found]:
    if row.tip is not None:
        return _of_tip(row.tip)
    if row.extraction is None:
        return []
    version = row.extraction.version
    waiting = Suggestion.objects.filter(version=version, state=SuggestionState.PROPOSED)
    # A later version of the text that a claim was found in does not repeat it.
    of_it = Claim.objects.filter(suggestion__article=version.article_id).order_by()
    own = set(of_it.values_list("pk", flat=True))
    return [
        _Found(claim, suggestion=one.pk)
        for one in waiting.order_by("part", "rank", "pk")[:_MOST]
        for claim in _repeated(one.text, one.language, version.article.desk)
        if claim not in own
    ]


def _of_tip(tip: Tip) -> list[_Found]:
    text = tip.message.text
    if tip.kind != TipKind.CLAIM or not text:
        return []
    return [_Found(claim, tip=tip.pk) for claim in _repeated(text, "", tip.desk)]


def _repeated(text: str, language: str, desk: Desk) -> list[int]:
    """Claims of the desk whose published verdict, or a repetition of
    it, says the same. Those of other desks are proposed to nobody.
    """
    language = language or settings.SITE_LANGUAGE
    matches = lookup.for_readers(text, language, desk=desk, limit=20)
    return [
        match.verdict.claim_id
        for match in matches
        if match.likeness == Likeness.SAME
        and match.entry.kind in (KnownKind.VERDICT, KnownKind.REPETITION)
        and match.verdict is not None
        and match.verdict.claim.desk_id == desk.pk
    ]


def _store(row: RepeatCheck, found: list[_Found]) -> None:
    for one in found:
        proposal, new = RepetitionProposal.objects.get_or_create(
            claim=Claim(pk=one.claim),
            suggestion=Suggestion(pk=one.suggestion) if one.suggestion else None,
            tip=Tip(pk=one.tip) if one.tip else None,
            defaults={"found_at": clock.now()},
        )
        if new:
            events.repeated(proposal)


def add_repetition(
    proposal: RepetitionProposal, *, by: User, details: RepetitionDetails
) -> Repetition:
    """Make a repetition of it, for somebody else to confirm."""
    with transaction.atomic():
        # The claim first, as everything that adds repetitions locks it.
        Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal.claim_id)
        row = _lock(proposal, by)
        if row.state == ProposalState.ADDED and row.repetition is not None:
            return row.repetition
        _refuse_decided(row)
        answers.of_proposal(row, *_proposed(row), taken=True)
        repetition = repetitions.add(row.claim, by=by, details=details)
        _decide(row, ProposalState.ADDED, by, repetition)
    return repetition


def dismiss(proposal: RepetitionProposal, *, by: User) -> None:
    """It is no repetition; dismissing it again changes nothing."""
    with transaction.atomic():
        Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal.claim_id)
        row = _lock(proposal, by)
        if not may(by, "repetition.add", row.claim):
            raise PermissionDenied(
                _("Only checkers and editors of %(desk)s can add repeated claims.")
                % {"desk": row.claim.desk}
            )
        if row.state == ProposalState.DISMISSED:
            return
        _refuse_decided(row)
        _decide(row, ProposalState.DISMISSED, by, None)
        answers.of_proposal(row, *_proposed(row), taken=False)
        changes = {"proposal": ["open", "dismissed"]}
        log_change("repetition.dismiss_proposal", row.claim, by=by, changes=changes)


def _proposed(row: RepetitionProposal) -> tuple[str, str]:
    """What was proposed, and its language; of an erased tip nothing."""
    if row.suggestion is not None:
        return row.suggestion.text, row.suggestion.language or settings.SITE_LANGUAGE
    text = row.tip.message.text if row.tip is not None else ""
    return text, settings.SITE_LANGUAGE


def _lock(proposal: RepetitionProposal, by: User) -> RepetitionProposal:
    rows = RepetitionProposal.objects.visible_to(by).select_related("claim__desk", "repetition")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)


def _refuse_decided(row: RepetitionProposal) -> None:
    if row.state != ProposalState.OPEN:
        raise WorkflowError(
            _("%(person)s has already decided about this.") % {"person": row.decided_by}
        )


def _decide(
    row: RepetitionProposal, state: ProposalState, by: User, repetition: Repetition | None
) -> None:
    row.state, row.repetition = state, repetition
    row.decided_by, row.decided_at = by, clock.now()
    row.save(update_fields=["state", "repetition", "decided_by", "decided_at"])
