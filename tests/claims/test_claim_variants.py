"""Versions of one claim are grouped by people, and its verdict is copied into one of
them once a person confirmed that one. A correction of it is never silent.
"""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from claims.choices import Action, QuoteAccuracy
from claims.matching import decisions, index, variants
from claims.models import Claim, ClaimVariant, Recheck, Verdict, VerdictCopy
from claims.publication import rechecks, verdict_copies
from claims.verdicts import rating_scales as scales
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import GateError, MoveData, StaleError, WorkflowError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Membership, User
from tests import factories
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db


@shared
def variant(published: Claim, second_checker: User) -> Claim:
    """In work, and a version of the published one."""
    claim = factories.claim(second_checker, text=f"{published.text} So they say.")
    apply(claim, Action.TAKE, by=second_checker)
    variants.link(claim, published, by=second_checker)
    return claim


def _copied(claim: Claim, by: User) -> VerdictCopy:
    return verdict_copies.copy_verdict(claim, by=by, number=1)


def _corrected(claim: Claim, editor: User, second_editor: User, category: str) -> None:
    data = MoveData(note="A street was counted twice.", category=category)
    apply(claim, Action.CORRECT, by=editor, data=data)
    factories.written(claim, editor, answer="It planted half.")
    apply(claim, Action.SUBMIT, by=editor)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=second_editor)


def test_grouped_claims_are_not_proposed_again_until_that_is_undone(
    variant: Claim, published: Claim, second_checker: User
) -> None:
    index.update_due()
    assert decisions.matches_of(variant, second_checker) == []
    assert decisions.matches_of(published, second_checker) == []
    row = variants.link(variant, published, by=second_checker)
    assert ClaimVariant.objects.get() == row
    with pytest.raises(ValidationError, match="Give a reason"):
        variants.unlink(row, by=second_checker, reason=" ")
    for _ in range(2):
        variants.unlink(row, by=second_checker, reason="Another year.")
    assert decisions.matches_of(variant, second_checker)[0].claim == published
    again = variants.link(variant, published, by=second_checker)
    assert again.pk != row.pk
    logged = AuditEntry.objects.filter(action__startswith="variant.").order_by("pk")
    assert [one.action for one in logged] == ["variant.link", "variant.unlink", "variant.link"]


def test_of_one_level_and_one_desk(
    variant: Claim, published: Claim, second_checker: User, editor: User, outsider: User
) -> None:
    third = factories.claim(second_checker)
    # A version of a version is one of the canonical claim.
    assert variants.link(third, variant, by=second_checker).canonical == published
    loose = factories.claim(second_checker)
    for claim, other, why in (
        (published, variant, "a version of this one already"),
        (published, loose, "Other claims are versions of this one"),
        (variant, loose, "of another one already"),
        (loose, loose, "a version of this one already"),
    ):
        with pytest.raises(WorkflowError, match=why):
            variants.link(claim, other, by=second_checker)
    elsewhere = factories.claim(outsider)
    for claim, other, by in ((loose, elsewhere, editor), (loose, published, outsider)):
        with pytest.raises(Claim.DoesNotExist):
            variants.link(claim, other, by=by)


def test_who_sees_both_desks_groups_within_one(published: Claim, outsider: User) -> None:
    Membership.objects.create(user=outsider, desk=published.desk, role="editor")
    elsewhere = factories.claim(outsider, factories.desk("Sports"))
    with pytest.raises(WorkflowError, match="one desk"):
        variants.link(elsewhere, published, by=outsider)


def test_an_auditor_groups_and_copies_nothing(
    variant: Claim, published: Claim, second_checker: User, checker: User, auditor: User
) -> None:
    row = ClaimVariant.objects.get()
    for attempt in (
        lambda: variants.link(variant, published, by=auditor),
        lambda: variants.unlink(row, by=auditor, reason="No."),
        lambda: _copied(variant, auditor),
        # A checker, but not the one who writes this verdict.
        lambda: _copied(variant, checker),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert not VerdictCopy.objects.exists()


def test_merging_and_grouping_refuse_each_other(
    variant: Claim, published: Claim, second_checker: User, editor: User
) -> None:
    canonical, member = factories.claim(second_checker), factories.claim(second_checker)
    variants.link(member, canonical, by=second_checker)
    with pytest.raises(GateError, match="Other claims are versions"):
        factories.merged(canonical, published, editor)
    factories.merged(member, canonical, editor)
    gone = factories.merged(factories.claim(second_checker), published, editor)
    with pytest.raises(WorkflowError, match="The other claim is merged"):
        variants.link(factories.claim(second_checker), gone, by=second_checker)
    apply(member, Action.UNMERGE, by=editor)
    assert variants.variants_seen(member, by=editor)[0].canonical == canonical


def test_a_verdict_is_copied_into_one_draft_and_passes_two_signatures(
    variant: Claim, published: Claim, second_checker: User, editor: User
) -> None:
    other = factories.claim(second_checker)
    variants.link(other, published, by=second_checker)
    source = Verdict.objects.published().get(claim=published)
    copy = _copied(variant, second_checker)
    draft = variant.verdicts.get()
    for name in ("rating", "short_answer", "explanation", "sole_source"):
        assert getattr(draft, name) == getattr(source, name)
    assert not draft.quote_accuracy and draft.state == "working" and not other.verdicts.exists()
    theirs, ours = (claim.evidence.order_by("number") for claim in (published, variant))
    assert [item.link for item in ours] == [item.link for item in theirs]
    assert [item.words for item in ours] == [item.words for item in theirs]
    # Twice is once.
    assert _copied(variant, second_checker) == copy and ours.count() == theirs.count()
    with pytest.raises(WorkflowError, match="stay versions"):
        variants.unlink(copy.variant, by=editor, reason="Another year.")
    _published(variant, second_checker, editor)
    assert Verdict.objects.published().filter(claim=variant).exists()


def _published(variant: Claim, by: User, editor: User) -> None:
    draft = variant.verdicts.get()
    details = VerdictDetails(
        draft.rating, draft.short_answer, draft.explanation, quote_accuracy=QuoteAccuracy.ACCURATE
    )
    write_verdict(variant, by=by, details=details)
    apply(variant, Action.SUBMIT, by=by)
    apply(variant, Action.APPROVE_AND_PUBLISH, by=editor)


def test_a_correction_opens_a_recheck_of_what_was_copied_and_published(
    variant: Claim, published: Claim, second_checker: User, editor: User, second_editor: User
) -> None:
    _copied(variant, second_checker)
    _published(variant, second_checker, editor)
    mine = factories.published(second_checker, editor)
    before = Verdict.objects.get(claim=variant)
    _corrected(published, editor, second_editor, "typo")
    assert not Recheck.objects.exists()
    _corrected(published, editor, second_editor, "correction")
    recheck = Recheck.objects.get()
    assert recheck.claim == variant != mine and recheck.note == "A street was counted twice."
    after = Verdict.objects.get(claim=variant)
    assert (after.state, after.content) == ("published", before.content)
    rechecks.mark_unaffected(recheck, by=editor, reason="The street is not in this one.")
    apply(published, Action.RETRACT, by=editor, data=factories.note("Misread."))
    assert Recheck.objects.pending().get().claim == variant


def test_a_draft_that_was_copied_from_what_changed_is_not_signed(
    variant: Claim, published: Claim, second_checker: User, editor: User, second_editor: User
) -> None:
    _copied(variant, second_checker)
    data = MoveData(note="A street was counted twice.", category="correction")
    apply(published, Action.CORRECT, by=editor, data=data)
    with pytest.raises(WorkflowError, match="is being corrected"):
        _copied(variant, second_checker)
    with pytest.raises(GateError, match="Wait until its correction"):
        _published(variant, second_checker, editor)
    factories.written(published, editor, answer="It planted half.")
    apply(published, Action.SUBMIT, by=editor)
    apply(published, Action.APPROVE_AND_PUBLISH, by=second_editor)
    with pytest.raises(GateError, match="corrected or retracted since"):
        _published(variant, second_checker, editor)
    with pytest.raises(WorkflowError, match="version 2 of that verdict"):
        _copied(variant, second_checker)
    with pytest.raises(ValidationError, match="Give a reason"):
        verdict_copies.keep_verdict(variant, by=second_checker, reason="")
    for _ in range(2):
        verdict_copies.keep_verdict(variant, by=second_checker, reason="Not about streets.")
    assert VerdictCopy.objects.count() == 2
    apply(variant, Action.SUBMIT, by=second_checker)
    apply(variant, Action.APPROVE, by=editor)
    apply(published, Action.RETRACT, by=editor, data=factories.note("Misread."))
    with pytest.raises(GateError, match="corrected or retracted since"):
        apply(variant, Action.PUBLISH, by=editor)
    apply(variant, Action.RECALL, by=second_checker, data=factories.note("Retracted there."))
    kept = verdict_copies.keep_verdict(variant, by=second_checker, reason="The register says so.")
    assert kept is not None and kept.was_retracted
    with pytest.raises(WorkflowError, match="no published verdict"):
        _copied(variant, second_checker)
    _published(variant, second_checker, editor)
    assert Verdict.objects.published().filter(claim=variant).exists()


def test_what_was_typed_meanwhile_is_not_lost_and_an_old_rating_is_not_used(
    variant: Claim, published: Claim, second_checker: User, admin_person: User
) -> None:
    factories.written(variant, second_checker, answer="Mine.")
    with pytest.raises(StaleError):
        verdict_copies.copy_verdict(variant, by=second_checker, number=1, expected_version=0)
    scale = published.verdicts.get().rating.scale
    newer, _ = scales.new_version(scale, by=admin_person)
    scales.activate(newer, by=admin_person)
    verdict_copies.copy_verdict(variant, by=second_checker, number=1, expected_version=1)
    draft = variant.verdicts.get()
    assert draft.rating.scale == newer and draft.rating.name == published.verdicts.get().rating.name
    assert draft.quote_accuracy == QuoteAccuracy.ACCURATE
    assert [one.short_answer for one in draft.revisions.order_by("number")] == [
        "Mine.",
        published.verdicts.get().short_answer,
    ]
