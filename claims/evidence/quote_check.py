"""Which capture evidence is checked in, and whether its quote is there."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, QuerySet

from claims.choices import QuoteState
from claims.models import Claim, Evidence
from factcheck.ledger.audit_log import log_change
from sources.models import Capture, Link
from sources.quotes import find_quote, nearest


def pin(item: Evidence, capture: Capture | None) -> None:
    """Set the capture and the result of the quote check on the item;
    the caller saves it.
    """
    item.capture, item.nearest = capture, ""
    if not item.quote:
        item.quote_state = QuoteState.NO_QUOTE
    elif capture is None:
        item.quote_state = QuoteState.UNCHECKED
    elif find_quote(item.quote, capture.text_holding(item.quote)):
        item.quote_state = QuoteState.FOUND
    else:
        item.quote_state = QuoteState.NOT_FOUND
        # Captions and repeated paragraphs stand in the text of the whole page only.
        texts = (capture.text, capture.page_text)
        item.nearest = next(filter(None, (nearest(item.quote, text) for text in texts)), "")


def set_page(item: Evidence) -> None:
    """Set the locator to the page of a PDF with the quote, where nobody
    has entered a locator.
    """
    page = item.capture.page_of(item.quote) if item.capture and not item.locator else 0
    # Stored and signed, so the same in every language.
    item.locator = f"page {page}" if page else item.locator


def attach_capture(link: Link, capture: Capture) -> None:
    """Check the quotes of evidence that waits for the first capture of
    its link.

    Unsigned claims only: signed content must not change under its
    signatures.
    """
    unsigned = Claim.objects.unsigned()
    waiting = Evidence.objects.active().filter(link=link, capture=None, claim__in=unsigned)
    with transaction.atomic():
        pinned = []
        for item in waiting.select_for_update(of=("self",), no_key=True):
            # Read again after the lock: a signature may have come while this waited for
            # it.
            if unsigned.filter(pk=item.claim_id).exists():
                pin(item, capture)
                set_page(item)
                item.save(update_fields=["capture", "quote_state", "nearest", "locator"])
                pinned.append(item)
        # After the last quote check: in a long document it takes seconds, and the first
        # audit entry locks the audit head, for which everybody who saves anything would
        # then wait.
        for item in pinned:
            changes = {
                "evidence": [item.number, item.number],
                "capture": ["", str(capture.public_id)],
                "quote": ["", item.quote_state],
            }
            log_change("evidence.capture", item.claim, by=None, changes=changes)


def links_with_older_captures(links: Iterable[int]) -> QuerySet[Evidence, int]:
    """Those of the links with evidence that is not checked in their newest capture."""
    evidence = (
        Evidence.objects.active()
        .filter(link__among=links)
        .exclude(capture=F("link__latest_capture"))
    )
    # Without the model's default order: the caller unites this with another query, and
    # SQLite allows no ORDER BY in the parts of a union.
    return evidence.order_by().values_list("link_id", flat=True)


def links_with_unchecked_quotes(links: Iterable[int]) -> QuerySet[Evidence, int]:
    """Those of the links with evidence that waits for its first capture."""
    waiting = Evidence.objects.active().filter(
        link__among=links, capture=None, claim__in=Claim.objects.unsigned()
    )
    return waiting.order_by().values_list("link_id", flat=True)
