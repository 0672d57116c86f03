"""The published verdict of a canonical claim, offered to its versions:
copied into that of one once a person confirmed that one. Nothing
is signed or published by it.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.choices import VerdictState
from claims.evidence.attaching import EvidenceDetails, attach_evidence
from claims.matching.variants import lock_both
from claims.models import Claim, ClaimVariant, Evidence, Rating, Verdict, VerdictCopy
from claims.models.claim_variant import REASON_LENGTH
from claims.models.recording import MEDIA
from claims.rules import content, source_protection
from claims.rules.variants import changed_since, newest_copy, open_correction_of
from claims.verdicts.validity import Dates
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import WorkflowError
from claims.workflow.editable import check_open
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User

_ON_RECORD = (VerdictState.PUBLISHED, VerdictState.RETRACTED)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a version may take over: the verdict that readers have of
    the canonical claim. `copied` is the newest decision about it, and
    `changed` says that the verdict is another one since.
    """

    variant: ClaimVariant
    source: Verdict | None
    copied: VerdictCopy | None
    changed: bool
    being_corrected: bool

    @property
    def may_copy(self) -> bool:
        return (
            self.source is not None
            and self.source.state == VerdictState.PUBLISHED
            and not self.being_corrected
        )

    @property
    def may_keep(self) -> bool:
        return self.changed and not self.being_corrected


def offer_of(variant: ClaimVariant) -> Offer:
    copied = newest_copy(variant.claim)
    return Offer(
        variant,
        _on_record(variant.canonical_id),
        copied,
        changed=copied is not None and changed_since(copied),
        being_corrected=open_correction_of(variant.canonical_id),
    )


def copy_verdict(
    claim: Claim, *, by: User, number: int, expected_version: int | None = None
) -> VerdictCopy:
    """Copy text, rating and evidence of the canonical claim's verdict,
    version `number`, into the working verdict of this claim. Copying
    what is there already returns the first row.

    Raise what `editable.lock` and `write_verdict` raise, and
    WorkflowError where readers have another version by now.
    """
    with transaction.atomic():
        variant, locked = _lock(claim, by, "verdict.write", "evidence.attach")
        source = _to_copy(variant, number)
        working = content.working_verdict(locked)
        before = working.version if working else 0
        attached = {item.pk for item in content.active_evidence(locked)}
        # Evidence first: it may wait for a link, and the audit log is locked last.
        for item in content.active_evidence(variant.canonical):
            _attach(locked, item, by)
        verdict = write_verdict(
            locked, by=by, details=_details(source, working), expected_version=expected_version
        )
        newest = newest_copy(locked)
        same = newest is not None and newest.source_id == source.pk and not newest.kept_reason
        new = {item.pk for item in content.active_evidence(locked)} - attached
        if newest and same and verdict.version == before and not new:
            return newest
        log_change("verdict.copy", locked, by=by, changes=_named(variant, source))
        return _record(variant, source, by)


def keep_verdict(claim: Claim, *, by: User, reason: str) -> VerdictCopy | None:
    """Say why the verdict stands although the verdict that it was copied
    from has changed. Nothing to say returns the newest decision.
    """
    with transaction.atomic():
        variant, locked = _lock(claim, by, "verdict.write")
        copy = newest_copy(locked)
        if copy is None or not changed_since(copy):
            return copy
        if open_correction_of(variant.canonical_id):
            raise WorkflowError(_being_corrected())
        stripped = reason.strip()
        if not stripped or len(stripped) > REASON_LENGTH:
            message = _("Give a reason in one sentence of at most 500 characters.")
            raise ValidationError({"reason": message})
        source_protection.refuse_exposed_names_in(locked, {"reason": stripped})
        source = _on_record(variant.canonical_id) or copy.source
        changes = {**_named(variant, source), "reason": ["", stripped]}
        log_change("verdict.keep", locked, by=by, changes=changes)
        return _record(variant, source, by, stripped)


def _lock(claim: Claim, by: User, *actions: str) -> tuple[ClaimVariant, Claim]:
    row = ClaimVariant.objects.in_force().filter(claim=claim).first()
    if row is None:
        raise WorkflowError(_("This claim is a version of no other one."))
    locked = lock_both(row.claim_id, row.canonical_id, by)
    row.claim, row.canonical = locked[row.claim_id], locked[row.canonical_id]
    for action in actions:
        check_open(row.claim, by, action)
    # Again, under the locks: it may have been undone.
    if not ClaimVariant.objects.in_force().filter(pk=row.pk).exists():
        raise WorkflowError(_("Somebody has just undone this. Reload the page."))
    return row, row.claim


def _on_record(canonical: int) -> Verdict | None:
    """What readers have, or had until it was retracted."""
    rows = Verdict.objects.filter(claim=canonical, state__in=_ON_RECORD)
    return rows.select_related("rating__scale").order_by("-number").first()


def _to_copy(variant: ClaimVariant, number: int) -> Verdict:
    if open_correction_of(variant.canonical_id):
        raise WorkflowError(_being_corrected())
    source = _on_record(variant.canonical_id)
    if source is None or source.state != VerdictState.PUBLISHED:
        raise WorkflowError(_("The other claim has no published verdict that could be copied."))
    if source.number != number:
        raise WorkflowError(
            _("Readers have version %(number)s of that verdict by now. Read it and copy that one.")
            % {"number": source.number}
        )
    return source


def _being_corrected() -> str:
    return _("That verdict is being corrected. Wait until its correction is published or dropped.")


def _details(source: Verdict, working: Verdict | None) -> VerdictDetails:
    """What the two claims share. How accurate a quote is, and what a
    recording shows, is about this claim alone: it stays as it was.
    """
    own = {name: getattr(working, name) if working else "" for name in ("quote_accuracy", *MEDIA)}
    return VerdictDetails(
        rating=_rating(source.rating),
        short_answer=source.short_answer,
        explanation=source.explanation,
        sole_source=source.sole_source,
        dates=Dates(as_of_date=source.as_of_date),
        **own,
    )


def _rating(rating: Rating | None) -> Rating | None:
    """That of the same name in the version of the scale that is in use
    now; none where it has none, so that somebody chooses.
    """
    if rating is None or rating.scale.in_use:
        return rating
    offered = Rating.objects.filter(scale__in_use=True, scale__name=rating.scale.name)
    return offered.filter(name=rating.name).first()


def _attach(claim: Claim, item: Evidence, by: User) -> None:
    # On the link itself: a file or an interview note has no URL to be cited by.
    details = EvidenceDetails(url=item.link.url, origin=item.origin, **item.words)
    attach_evidence(claim, item.link, by=by, details=details)


def _named(variant: ClaimVariant, source: Verdict) -> dict[str, list[str]]:
    """As the audit log names it: the claim, and which version was read."""
    return {"copied_from": ["", f"{variant.canonical.public_id}, {source.number}"]}


def _record(variant: ClaimVariant, source: Verdict, by: User, reason: str = "") -> VerdictCopy:
    return VerdictCopy.objects.create(
        variant=variant,
        source=source,
        was_retracted=source.state == VerdictState.RETRACTED,
        kept_reason=reason,
        by=by,
        at=clock.now(),
    )
