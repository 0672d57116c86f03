"""The copy that an item of evidence is read in, and whether its quote stands there."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, QuerySet

from claims.choices import QuoteState
from claims.models import Claim, Evidence
from factcheck.ledger.audit_log import log_change
from sources.models import Capture, Link
from sources.quotes import find_quote, nearest


def pin(item: Evidence, capture: Capture | None) -> None:
    item.capture, item.nearest = capture, ""
    if not item.quote:
        item.quote_state = QuoteState.NO_QUOTE
    elif capture is None:
        item.quote_state = QuoteState.UNCHECKED
    elif find_quote(item.quote, capture.text_holding(item.quote)):
        item.quote_state = QuoteState.FOUND
    else:
        item.quote_state, item.nearest = QuoteState.NOT_FOUND, nearest(item.quote, capture.text)


def place(item: Evidence) -> None:
    """Where nobody has said where in a PDF it stands, the page of the quote is said."""
    page = item.capture.page_of(item.quote) if item.capture and not item.locator else 0
    item.locator = f"page {page}" if page else item.locator


def attach_capture(link: Link, capture: Capture) -> None:
    """A link was captured: check the quotes of the evidence that waits for it.

    Only where nobody has signed yet: what was signed must not change underneath the signatures.
    """
    unsigned = Claim.objects.unsigned()
    waiting = Evidence.objects.active().filter(link=link, capture=None, claim__in=unsigned)
    with transaction.atomic():
        pinned = []
        for item in waiting.select_for_update(of=("self",), no_key=True):
            if unsigned.filter(
                pk=item.claim_id
            ).exists():  # asked again: a signature may have been given during the wait
                pin(item, capture)
                place(item)
                item.save(update_fields=["capture", "quote_state", "nearest", "locator"])
                pinned.append(item)
        # not before the last quote was looked up: in a long document that takes seconds, and this
        # the audit head
        for item in pinned:
            told = {
                "evidence": [item.number, item.number],
                "capture": ["", str(capture.public_id)],
                "quote": ["", item.quote_state],
            }
            log_change("evidence.capture", item.claim, by=None, changes=told)


def links_with_older_captures(links: Iterable[int]) -> QuerySet[Evidence, int]:
    """Which of these links have evidence that is not read in their last copy."""
    elsewhere = (
        Evidence.objects.active()
        .filter(link__among=links)
        .exclude(capture=F("link__latest_capture"))
    )
    return elsewhere.order_by().values_list("link_id", flat=True)


def links_with_unchecked_quotes(links: Iterable[int]) -> QuerySet[Evidence, int]:
    """Which of these links have evidence that waits for a capture."""
    waiting = Evidence.objects.active().filter(
        link__among=links, capture=None, claim__in=Claim.objects.unsigned()
    )
    return waiting.order_by().values_list("link_id", flat=True)
