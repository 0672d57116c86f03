"""Captures: what a page said at one time, one row per text, with the
web archive file of the fetch.

A capture is never overwritten. Another text is another row; the same
text again is a check that found it unchanged.
"""

from dataclasses import replace
from datetime import datetime

from django.db.models import Max

from factcheck.ledger import clock
from sources.fetching.pages import PageVisit, Warc
from sources.filestore import file_store
from sources.models import Capture, Link
from sources.warc import warc_of


def readable(visit: PageVisit) -> bool:
    """Whether the visit brought a text that can be captured."""
    return visit.answered and bool(visit.page.text.strip())


def store_web_archive(link: Link, visit: PageVisit) -> PageVisit:
    """Store the web archive file of a visit whose text is new to the
    link; returns the visit with its file.

    Call it before the transaction that stores the visit: the file must
    exist before a row names it, and a slow disk must not hold a lock.
    Raises StorageError.
    """
    if visit.warc.sha256 or not readable(visit) or _known(link, visit):
        return visit
    record = warc_of(visit.exchange, at=clock.now())
    return replace(visit, warc=Warc(file_store().keep(record), len(record)))


def capture(link: Link, visit: PageVisit) -> Capture | None:
    """The capture of a visit, existing or new; None if there was
    nothing to read. Call it in the transaction that stores the visit.
    """
    if not readable(visit):
        return None
    visit, page = store_web_archive(link, visit), visit.page
    return Capture.objects.get_or_create(
        desk_id=link.desk_id,
        url=link.url,
        text_sha256=page.text_sha256,
        defaults={
            "final_url": visit.exchange.final_url[:4000],
            "title": page.title[:500],
            "text": page.text,
            "page_text": page.page_text,
            "pages": list(page.pages),
            "body_sha256": page.body_sha256,
            "content_type": visit.exchange.header("content-type")[:200],
            "note": page.note[:300],
            "warc_sha256": visit.warc.sha256,
            "warc_size": visit.warc.size,
            "captured_at": clock.now(),
        },
    )[0]


def unchanged_at(copy: Capture) -> datetime | None:
    """When a check last found exactly this text; None if that was not
    after the capture.
    """
    last: datetime | None = copy.checks.aggregate(last=Max("checked_at"))["last"]
    return last if last and last > copy.captured_at else None


def _known(link: Link, visit: PageVisit) -> bool:
    return Capture.objects.filter(
        desk_id=link.desk_id, url=link.url, text_sha256=visit.page.text_sha256
    ).exists()
