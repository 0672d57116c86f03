"""What people decide of a sentence while it is fresh. Everybody on the
stream sees it at once, and nobody is asked again.
"""

from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import LiveDecision
from claims.extraction import claimant_names
from claims.intake import triage
from claims.intake.triage import ClaimDetails
from claims.models import Claim, LiveSentence, LiveStream
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.claimants import get_or_create_claimant
from sources.models import Claimant


def accept(sentence: LiveSentence, *, by: User) -> Claim:
    """Make the sentence a claim; accepting it again returns the same claim."""
    with transaction.atomic():
        stream, row = _lock(sentence, by)
        if row.claim:
            return row.claim
        _refuse_decided(row)
        # Before a claimant is created: see hold().
        triage.hold(stream.desk)
        details = ClaimDetails(
            text=row.text,
            claimant=_claimant(row, stream, by),
            stated_date=row.chunk.received_at.astimezone(ZoneInfo(stream.desk.time_zone)).date(),
            appearance_url=stream.source_url,
            language=stream.language,
        )
        claim, _new = triage.create_claim(stream.desk, by=by, details=details, once=True)
        row.claim = claim
        _decide(stream, row, LiveDecision.ACCEPTED, by)
    return claim


def dismiss(sentence: LiveSentence, *, by: User) -> LiveSentence:
    """Nothing to check here; dismissing it again changes nothing."""
    with transaction.atomic():
        stream, row = _lock(sentence, by)
        if row.state != LiveDecision.DISMISSED:
            _refuse_decided(row)
            _decide(stream, row, LiveDecision.DISMISSED, by)
    return row


def reopen(sentence: LiveSentence, *, by: User) -> LiveSentence:
    """Take a dismissal back. The claim of an accepted sentence is
    declined on its own page instead.
    """
    with transaction.atomic():
        stream, row = _lock(sentence, by)
        if row.state == LiveDecision.ACCEPTED:
            raise WorkflowError(_("This sentence has a claim. Decline that claim instead."))
        if row.state == LiveDecision.DISMISSED:
            if stream.carried_over_at:
                raise WorkflowError(
                    _("The stream is an article by now. Decide its suggestion there.")
                )
            _decide(stream, row, LiveDecision.OPEN, by)
    return row


def _lock(sentence: LiveSentence, by: User) -> tuple[LiveStream, LiveSentence]:
    rows = LiveStream.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    stream = rows.select_related("desk").get(pk=sentence.stream_id)
    if not may(by, "suggestion.decide", stream):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow you to decide sentences.")
            % {"desk": stream.desk}
        )
    # Only with its stream locked does anybody change a sentence.
    row = stream.sentences.select_related("claim", "chunk", "decided_by").get(pk=sentence.pk)
    return stream, row


def _refuse_decided(row: LiveSentence) -> None:
    if row.state != LiveDecision.OPEN:
        raise WorkflowError(
            _("%(name)s decided this already: %(decision)s.")
            % {"name": row.decided_by, "decision": row.get_state_display()}
        )


def _decide(stream: LiveStream, row: LiveSentence, state: LiveDecision, by: User) -> None:
    before, open_again = row.state, state == LiveDecision.OPEN
    stream.change_count += 1
    stream.save(update_fields=["change_count"])
    row.state, row.change = state, stream.change_count
    row.decided_by, row.decided_at = (None, None) if open_again else (by, clock.now())
    row.save(update_fields=["state", "change", "decided_by", "decided_at", "claim"])
    changes: dict[str, list[object]] = {
        "sentence": ["", row.number],
        "state": [before, state],
    }
    if row.claim:
        changes["claim"] = ["", str(row.claim.public_id)]
    log_change("live_stream.decide", stream, by=by, changes=changes)


def _claimant(row: LiveSentence, stream: LiveStream, by: User) -> Claimant | None:
    proposed = claimant_names.propose(row.speaker, language=stream.language)
    if proposed is None:
        return None
    name = proposed.name[:200]
    return get_or_create_claimant(name, desk=stream.desk, by=by, kind=proposed.kind)
