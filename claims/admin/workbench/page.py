"""The workbench: everything about one claim on one page, with what a person may do to it and why
not the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from claims.admin.claim_list import due
from claims.admin.rechecks.parts import reviews_of
from claims.admin.workbench.claimform import WordsForm, claimants_for
from claims.admin.workbench.duplicates import duplicates_of, folded_into
from claims.admin.workbench.evidence import Item, around, items_of, web
from claims.admin.workbench.forms import (
    EvidenceForm,
    MoveForm,
    Part,
    VerdictForm,
    WithdrawForm,
    reads_shared_tables,
)
from claims.admin.workbench.gates import gates_of
from claims.admin.workbench.interests import rows_of
from claims.admin.workbench.moves import moves_of
from claims.admin.workbench.records import records_of
from claims.admin.workbench.refusal import Refusal, sentence
from claims.admin.workbench.repetitions import repetitions_of
from claims.admin.workbench.sources import FileForm, NoteForm
from claims.admin.workbench.times import times_of
from claims.admin.workbench.translation import translation_of
from claims.admin.workbench.verdict import Paper, paper_of
from claims.choices import Action, VerdictState
from claims.models import Claim
from claims.rules import content, independence
from claims.verdicts import validity
from claims.workflow import WorkflowError
from claims.workflow.editable import check_open
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from factcheck.newsroom.screens import person
from sources.naming import publisher_names

PARTS = {"words": "claim.edit", "source": "evidence.attach", "verdict": "verdict.write"}
MOST_ENTRIES = 200
FOLDED = (
    "This claim was folded into another one. Nothing on it changes until an editor unmerges them;"
    " open queries are still answered."
)
_WITH = ("desk", "claimant", "assignee", "topic", "suggestion__version", "suggestion__article")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a refused POST leaves on the page: the reason, and all that was typed."""

    refusal: Refusal | None = None
    forms: Mapping[str, Part] | None = None
    move: tuple[Action, MoveForm] | None = None
    conflict: bool = False


def seen(request: HttpRequest, pk: int) -> Claim:
    """The claim, if this person may know of it."""
    claim = Claim.objects.visible_to(person(request)).select_related(*_WITH).filter(pk=pk).first()
    if claim is None:
        raise Http404("There is no such claim, or it is not yours to see.")
    return claim


def address(claim: Claim, place: str = "") -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk]) + (f"#{place}" if place else "")


def show(request: HttpRequest, claim: Claim, kept: Kept | None = None) -> HttpResponse:
    left = kept or Kept()
    context = {**admin.site.each_context(request), **_context(claim, person(request), left)}
    status = left.refusal.status if left.refusal else 200
    with timezone.override(ZoneInfo(claim.desk.time_zone)):
        return render(request, "admin/claims/claim/workbench.html", context, status=status)


def _context(claim: Claim, by: User, kept: Kept) -> dict[str, Any]:
    prefetch_related_objects(
        [claim], "verdicts", "duplicates", "schedules"
    )  # what many parts of the page ask about
    reads_evidence = may(by, "evidence.view", claim)
    # First: whether the page renews itself. A capture that comes while the rest is read must not
    # leave half of it as it was.
    items = items_of(claim, by) if reads_evidence else []
    evidence = content.standing_evidence(claim)
    paper = paper_of(claim, evidence)
    return {
        "title": str(claim),
        "opts": Claim._meta,
        "claim": claim,
        "due": due(claim),
        "kept": kept,
        "moves": moves_of(claim, by, content_hash=paper.to_sign, refused=kept.move),
        "paper": paper,
        "independent": independence.independent(evidence),
        "reads_evidence": reads_evidence,
        **_evidence_of(items),
        "forms": {**_forms(claim, paper, by), **(kept.forms or {})},
        "claimants": claimants_for(by),
        "closed": _closed(claim, by),
        "publishers": (
            publisher_names(by)
            if may(by, "evidence.attach", claim) and reads_shared_tables(by)
            else []
        ),
        "may_check_links": may(by, "link.check", claim),
        "public_url": reverse("claims:verdict", args=[claim.address]) if claim.slug else "",
        "correction": claim.verdicts.all().open_corrections().first(),
        "versions": claim.verdicts.filter(state=VerdictState.SUPERSEDED).order_by("-number"),
        "first_said": web(claim.appearance_url),
        "article": _article(claim),
        **_history(claim, paper, reads_evidence),
        "gates": gates_of(claim, by),
        "duplicates": duplicates_of(claim, by),
        "folded_into": folded_into(claim, by),
        "may_unmerge": may(by, "claim.unmerge", claim),
        "may_export": may(by, "claim.export", claim),
        "times": times_of(claim, by),
        "interests": rows_of(claim, by),
        "reviews": reviews_of(claim, by),
        "records": records_of(claim, by),
        "translation": translation_of(claim, by),
        "repetitions": repetitions_of(claim, by) if reads_evidence else None,
    }


def _forms(claim: Claim, paper: Paper, by: User) -> dict[str, Any]:
    return {
        "words": WordsForm.of(claim),
        "source": EvidenceForm(by=by),
        "file": FileForm(),
        "note": NoteForm(),
        "verdict": VerdictForm(verdict=paper.verdict, proposed=validity.proposed(claim.desk)),
        "withdraw": WithdrawForm(auto_id=False),
    }


def _evidence_of(items: list[Item]) -> dict[str, Any]:
    standing = [item for item in items if item.row.withdrawn_at is None]
    return {
        "items": standing,
        "withdrawn": [item for item in items if item.row.withdrawn_at],
        "waiting": [item.row.number for item in standing if item.waiting],
    }


def _closed(claim: Claim, by: User) -> dict[str, str]:
    """Why a part cannot be changed by this person now, by part; under `all` where one reason covers
    the whole page.
    """
    reasons = {
        part: FOLDED if claim.merged_into_id else _reason(claim, by, action)
        for part, action in PARTS.items()
    }
    different = set(reasons.values())
    return {**reasons, "all": different.pop() if len(different) == 1 else ""}


def _reason(claim: Claim, by: User, action: str) -> str:
    try:
        check_open(claim, by, action)
    except (PermissionDenied, WorkflowError) as error:
        return sentence(error)
    return ""


def _article(claim: Claim) -> dict[str, Any] | None:
    """The claim where it was found: the sentence before it, the one after it."""
    suggestion = claim.suggestion
    if suggestion is None:
        return None
    before, after = around(suggestion.version.text, suggestion.start, suggestion.end)
    return {
        "row": suggestion.article,
        "url": web(suggestion.article.url or ""),
        "before": before,
        "said": suggestion.text,
        "after": after,
    }


def _history(claim: Claim, paper: Paper, reads_evidence: bool) -> dict[str, Any]:
    """Entries tell of evidence too, so they go to those who may read it."""
    told = AuditEntry.objects.filter(
        object_type=claim._meta.label_lower, object_id=str(claim.public_id)
    )
    moves = list(claim.transitions.select_related("by").order_by("-number"))
    return {
        "told": moves[0] if moves and moves[0].note else None,
        "revisions": (
            paper.verdict.revisions.select_related("by", "rating").order_by("-number")
            if paper.verdict
            else []
        ),
        "transitions": moves,
        "entries": told.order_by("-seq")[:MOST_ENTRIES] if reads_evidence else [],
    }
