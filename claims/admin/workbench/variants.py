"""Other versions of the claim on its workbench: which they are, and the
verdict that may be copied from the canonical one.
"""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.forms import Part
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.choices import Status
from claims.matching import decisions, variants
from claims.models import Claim, ClaimVariant, VerdictCopy
from claims.models.claim_variant import REASON_LENGTH
from claims.publication import verdict_copies
from claims.publication.verdict_copies import Offer
from claims.workflow.editable import EDITABLE
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.permissions import may


class _ReasonForm(Part):
    section = "variants"
    repeated = True

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=REASON_LENGTH)


class UndoVariantForm(_ReasonForm):
    part = "undo_variant"


class KeepVerdictForm(_ReasonForm):
    part = "keep_verdict"


class CopyVerdictForm(Part):
    """`number` is the version that was read, `version` that of
    the working verdict."""

    part = "copy_verdict"
    section = "variants"

    number = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class VariantRow:
    """`other` is the claim that stands beside this one; `copy` the
    newest decision about its verdict, where it is a variant.
    """

    link: ClaimVariant
    other: Claim
    is_canonical: bool
    copy: VerdictCopy | None
    url: str
    may_undo: bool


@dataclass(frozen=True, slots=True)
class OfferPanel:
    """`evidence` counts what would be attached beside the text;
    `version` is that of the working verdict, 0 for none.
    """

    offer: Offer
    evidence: int
    version: int
    may_copy: bool
    may_keep: bool


@dataclass(frozen=True, slots=True)
class Variants:
    rows: list[VariantRow]
    offer: OfferPanel | None


def variants_of(state: PageState) -> Variants:
    claim, by = state.claim, state.by
    links = variants.variants_seen(claim, by=by)
    copies = _newest_copies(links)
    may_decide = may(by, "match.decide", claim)
    rows = []
    for link in links:
        copy, own = copies.get(link.pk), claim.pk in (link.claim_id, link.canonical_id)
        may_undo = may_decide and own and copy is None
        if link.claim_id == claim.pk:
            rows.append(_row(link, link.canonical, is_canonical=True, may_undo=may_undo))
        elif link.claim.status not in (Status.MERGED, Status.DECLINED):
            rows.append(_row(link, link.claim, copy=copy, may_undo=may_undo))
    # A variant also sees the others, each linked to the canonical claim.
    own_link = next((link for link in links if link.claim_id == claim.pk), None)
    return Variants(rows, _offer(state, own_link) if own_link else None)


def _row(
    link: ClaimVariant,
    other: Claim,
    *,
    may_undo: bool,
    is_canonical: bool = False,
    copy: VerdictCopy | None = None,
) -> VariantRow:
    url = reverse("admin:claims_claim_change", args=[other.pk])
    return VariantRow(link, other, is_canonical, copy, url, may_undo)


def _newest_copies(links: list[ClaimVariant]) -> dict[int, VerdictCopy]:
    copies = VerdictCopy.objects.filter(variant__in=links).select_related("by", "source")
    return {copy.variant_id: copy for copy in copies.order_by("pk")}


def _offer(state: PageState, link: ClaimVariant) -> OfferPanel | None:
    claim, by, working = state.claim, state.by, state.draft[0]
    link.claim = claim
    offer = verdict_copies.offer_of(link)
    if offer.source is None:
        return None
    may_write = claim.status in EDITABLE and may(by, "verdict.write", claim)
    return OfferPanel(
        offer,
        evidence=link.canonical.evidence.all().active().count(),
        version=working.version if working else 0,
        may_copy=offer.may_copy and may_write and may(by, "evidence.attach", claim),
        may_keep=offer.may_keep and may_write,
    )


def context(state: PageState) -> Context:
    if not state.contents.variants:
        return {"variants": None}
    return {"variants": variants_of(state)}


def link(request: HttpRequest, claim: Claim, other: UUID) -> Answer:
    by = person(request)
    known = decisions.known_to(by, claim, other)
    row = Claim.objects.visible_to(by).filter(pk=known.pk).first() if known else None
    if row is None:
        raise Http404(_("Claim not found, or you do not have access to it."))

    def save() -> str:
        variants.link(claim, row, by=by)
        return _("Marked as another version of the same claim. It is not proposed here again.")

    return respond(request, claim, None, save, section="variants")


def undo(request: HttpRequest, claim: Claim, claim_variant: UUID) -> Answer:
    form, by = UndoVariantForm(request.POST), person(request)
    rows = ClaimVariant.objects.visible_to(by).filter(public_id=claim_variant)
    row = rows.filter(claim=claim).first() or rows.filter(canonical=claim).first()
    if row is None:
        raise Http404(_("Version of the claim not found, or you do not have access to it."))

    def save() -> str:
        variants.unlink(row, by=by, reason=form.cleaned_data["reason"])
        return _("No longer versions of one claim. They may be proposed again.")

    return respond(request, claim, form, save)


def copy(request: HttpRequest, claim: Claim) -> Answer:
    form, by = CopyVerdictForm(request.POST), person(request)

    def save() -> str:
        cleaned = form.cleaned_data
        verdict_copies.copy_verdict(
            claim, by=by, number=cleaned["number"], expected_version=cleaned["version"]
        )
        return _("Verdict copied. Check each word before you sign.")

    return respond(request, claim, form, save, section="verdict")


def keep(request: HttpRequest, claim: Claim) -> Answer:
    form, by = KeepVerdictForm(request.POST), person(request)

    def save() -> str:
        verdict_copies.keep_verdict(claim, by=by, reason=form.cleaned_data["reason"])
        return _("Kept as it stands, with your reason.")

    return respond(request, claim, form, save)


PANEL = Panel(
    context,
    (
        Route("known/<uuid:other>/variant/", link, "known_variant"),
        Route("variants/<uuid:claim_variant>/undo/", undo, "variant_undo"),
        Route("variants/copy/", copy, "variant_copy"),
        Route("variants/keep/", keep, "variant_keep"),
    ),
)
