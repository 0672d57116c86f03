"""Evidence as readers see it: as it was signed, with the state of the source today."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from claims.models import Evidence, Verdict
from claims.public_site.addresses import address_of, of_published
from claims.public_site.caching import with_last_modified
from claims.public_site.passages import Passage, passage_in
from factcheck.newsroom.languages import of_text
from sources.models import Capture

Json = dict[str, Any]

PASSAGE_CONTEXT = 160


@of_published
def evidence_copy(request: HttpRequest, verdict: Verdict, number: int) -> HttpResponse:
    """The archived copy of a source, with the quoted passage marked.

    Http404 if the verdict cites nothing under this number, or a file or
    an interview note.
    """
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
            _("No archived copy has this number. The verdict page lists the archived copies.")
        )
    capture = Capture.objects.get(public_id=item.signed["capture"]["id"])
    # a quote may come from the rest of the page, such as a caption, and not from the
    # article
    text = capture.text_holding(item.signed["quote"])
    context = {
        "verdict": verdict,
        "content": content,
        "item": item,
        "passage": passage_in(text, item.signed["quote"]) or Passage(text, "", ""),
        # readers compute the hash of the text they are shown, so it is the hash of that
        # one
        "fingerprint": item.signed["capture"][
            "text_sha256" if text == capture.text else "page_text_sha256"
        ],
        "zone": verdict.claim.desk.time_zone,
        "canonical": address_of(verdict, "claims:evidence_copy", number=number),
    }
    with of_text(content["language"]):
        page = render(request, "claims/evidence_copy.html", context)
    response = with_last_modified(page, verdict.published_at, item.row.link.last_checked_at)
    response["X-Robots-Tag"] = "noindex"  # search engines should find the source itself
    return response


@dataclass(frozen=True, slots=True)
class Cited:
    """One item of evidence: as it was signed, and the row whose link
    says how its source is now.
    """

    signed: Json
    row: Evidence
    passage: Passage | None = None


def _is_page(capture: Json | None) -> bool:
    """Whether readers may read the capture. Files and interview notes
    were never public: their text stays with the desk.
    """
    return capture is not None and "kind" not in capture


def cited_in(verdict: Verdict, content: Json) -> list[Cited]:
    """The evidence of the signed content, each with its row and, where
    its page is gone, with the quoted passage.
    """
    items = content["evidence"]
    rows = verdict.claim.evidence.filter(
        public_id__in=[item["id"] for item in items]
    ).select_related("link__public_copy")
    row_of = {str(row.public_id): row for row in rows}
    passages = _passages_of_dead_links(items, row_of)
    return [Cited(item, row_of[item["id"]], passages.get(item["id"])) for item in items]


def _passages_of_dead_links(
    items: list[Json], row_of: dict[str, Evidence]
) -> dict[str, Passage | None]:
    """By evidence ID, the quoted passage of each page that readers can
    no longer open.
    """
    dead_items = [
        item
        for item in items
        if row_of[item["id"]].link.dead_since and item["quote"] and _is_page(item["capture"])
    ]
    captures = (
        {
            str(capture.public_id): capture
            for capture in Capture.objects.filter(
                public_id__in=[item["capture"]["id"] for item in dead_items]
            )
        }
        if dead_items
        else {}
    )
    return {
        item["id"]: passage_in(
            captures[item["capture"]["id"]].text_holding(item["quote"]),
            item["quote"],
            context=PASSAGE_CONTEXT,
        )
        for item in dead_items
    }
