"""Evidence as readers see it: as it was signed, with the state of the source today."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
)
from django.shortcuts import render

from claims.models import Evidence, Verdict
from claims.public_site.addresses import address_of, of_published
from claims.public_site.caching import dated
from claims.public_site.passages import Passage, passage_in
from sources.models import Capture

Json = dict[str, Any]

AROUND_QUOTE = 160


@of_published
def evidence_copy(request: HttpRequest, verdict: Verdict, number: int) -> HttpResponse:
    """The text of a source as we kept it, with the quoted passage marked."""
    content: Json = json.loads(verdict.content)
    item = next(
        (
            item
            for item in cited_in(verdict, content)
            if item.signed["number"] == number and _is_page(item.signed["capture"])
        ),
        None,
    )
    if item is None:
        raise Http404(
            "We keep no copy under this number. The verdict page lists the copies there are."
        )
    capture = Capture.objects.get(public_id=item.signed["capture"]["id"])
    text = capture.text_holding(item.signed["quote"])
    context = {
        "verdict": verdict,
        "content": content,
        "item": item,
        "passage": passage_in(text, item.signed["quote"]) or Passage(text, "", ""),
        "fingerprint": item.signed["capture"][
            "text_sha256" if text == capture.text else "page_text_sha256"
        ],
        "zone": verdict.claim.desk.time_zone,
        "canonical": address_of(verdict, "claims:evidence_copy", number=number),
    }
    response = dated(
        render(request, "claims/evidence_copy.html", context),
        verdict.published_at,
        item.row.link.last_checked_at,
    )
    response["X-Robots-Tag"] = "noindex"  # the source itself should be found, not our copy of it
    return response


@dataclass(frozen=True, slots=True)
class Cited:
    """One item of evidence: as it was signed, and the row whose link tells how the
    source is today.
    """

    signed: Json
    row: Evidence
    passage: Passage | None = None


def _is_page(capture: Json | None) -> bool:
    """Files and notes of conversations were not published by anybody: their text stays with the
    desk.
    """
    return capture is not None and "kind" not in capture


def cited_in(verdict: Verdict, content: Json) -> list[Cited]:
    items = content["evidence"]
    rows = verdict.claim.evidence.filter(
        public_id__in=[item["id"] for item in items]
    ).select_related("link")
    row_of = {str(row.public_id): row for row in rows}
    kept = _copies_of_the_dead(items, row_of)
    return [Cited(item, row_of[item["id"]], kept.get(item["id"])) for item in items]


def _copies_of_the_dead(
    items: list[Json], row_of: dict[str, Evidence]
) -> dict[str, Passage | None]:
    """What a page that is gone said, where we quote it: readers cannot look there any more."""
    gone = [
        item
        for item in items
        if row_of[item["id"]].link.dead_since and item["quote"] and _is_page(item["capture"])
    ]
    copies = (
        {
            str(copy.public_id): copy
            for copy in Capture.objects.filter(
                public_id__in=[item["capture"]["id"] for item in gone]
            )
        }
        if gone
        else {}
    )
    return {
        item["id"]: passage_in(
            copies[item["capture"]["id"]].text_holding(item["quote"]),
            item["quote"],
            context=AROUND_QUOTE,
        )
        for item in gone
    }
