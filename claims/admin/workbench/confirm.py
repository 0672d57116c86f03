"""The page that asks once more before readers see a change, and shows what they will see."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from claims.admin.workbench.moves import moves_of
from claims.admin.workbench.page import Kept, address
from claims.admin.workbench.verdict import paper_of
from claims.choices import Action
from claims.models import Claim
from claims.rules.content import standing_evidence
from factcheck.newsroom.screens import person

_WILL_HAPPEN: dict[Action, tuple[str, ...]] = {
    Action.PUBLISH: (
        "Everybody can read the verdict below at once, and it joins the feeds.",
        "Its address is fixed from now on, and its sources are watched.",
        (
            "What is published is never edited. A mistake is corrected or retracted in public, with"
            " a reason."
        ),
    ),
    Action.CORRECT: (
        "A new version opens, with the words below to start from; the claim is yours to work on.",
        "Marked or withheld, the verdict leaves the feeds and the data for search engines at once.",
        (
            "Two people sign the corrected version; its page then says what was wrong. The old"
            " version stays readable."
        ),
    ),
    Action.RETRACT: (
        "The page of the verdict shows at once that it was retracted, with your reason.",
        "It leaves the feeds and the data for search engines.",
        "A retracted verdict does not come back. A second editor confirms it afterwards.",
    ),
}
_WILL_HAPPEN[Action.APPROVE_AND_PUBLISH] = (
    "You sign exactly the words and evidence below.",
    *_WILL_HAPPEN[Action.PUBLISH],
)


def confirm(
    request: HttpRequest, claim: Claim, action: Action, kept: Kept | None = None
) -> HttpResponse:
    left = kept or Kept()
    evidence = standing_evidence(claim)
    paper = paper_of(claim, evidence, as_read=action == Action.RETRACT)
    moves = moves_of(claim, person(request), content_hash=paper.to_sign, refused=left.move)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"{action.label}?",
        "opts": Claim._meta,
        "claim": claim,
        "kept": left,
        "button": next(button for button in moves.buttons if button.action == action),
        "will_happen": _WILL_HAPPEN[action],
        "paper": paper,
        "standing": evidence,
        "back": address(claim),
    }
    status = left.refusal.status if left.refusal else 200
    with timezone.override(ZoneInfo(claim.desk.time_zone)):
        return render(request, "admin/claims/claim/confirm.html", context, status=status)
