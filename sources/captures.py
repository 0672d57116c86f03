"""What of a look is kept: our copy of what the page says, once per text, with the record of the
fetch it came from.

A copy is never overwritten. Another text is another row; the same text again is a look that found
it unchanged.
"""

from dataclasses import replace
from datetime import datetime

from django.db.models import Max

from factcheck.ledger import clock
from sources.fetching.pages import PageVisit, Warc
from sources.filestore import file_store
from sources.models import Capture, Link
from sources.warc import warc_of


def readable(look: PageVisit) -> bool:
    return look.answered and bool(look.page.text.strip())


def archived(link: Link, look: PageVisit) -> PageVisit:
    """Keep the record of a fetch whose text is new to the link, best before the transaction that
    stores the look.

    No row names a file that is not there. Raises StorageError where the disk does not take it.
    """
    if look.warc.sha256 or not readable(look) or _known(link, look):
        return look
    record = warc_of(look.exchange, at=clock.now())
    return replace(look, warc=Warc(file_store().keep(record), len(record)))


def capture(link: Link, look: PageVisit) -> Capture | None:
    """The row of a look, in the transaction that stores it; None where there was
    nothing to read.
    """
    if not readable(look):
        return None
    look, page = archived(link, look), look.page
    return Capture.objects.get_or_create(
        desk_id=link.desk_id,
        url=link.url,
        text_sha256=page.text_sha256,
        defaults={
            "final_url": look.exchange.final_url[:4000],
            "title": page.title[:500],
            "text": page.text,
            "page_text": page.page_text,
            "pages": list(page.pages),
            "body_sha256": page.body_sha256,
            "content_type": look.exchange.header("content-type")[:200],
            "note": page.note[:300],
            "warc_sha256": look.warc.sha256,
            "warc_size": look.warc.size,
            "captured_at": clock.now(),
        },
    )[0]


def seen_unchanged(copy: Capture) -> datetime | None:
    """When the page last said exactly this, where that was later than the copy."""
    last: datetime | None = copy.checks.aggregate(last=Max("checked_at"))["last"]
    return last if last and last > copy.captured_at else None


def _known(link: Link, look: PageVisit) -> bool:
    return Capture.objects.filter(
        desk_id=link.desk_id, url=link.url, text_sha256=look.page.text_sha256
    ).exists()
