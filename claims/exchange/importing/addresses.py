"""The fact checks of a page, from the JSON-LD in it."""

from django.utils.translation import gettext as _

from claims.exchange.importing.claim_reviews import reviews_in, scripts_in
from claims.exchange.importing.json_files import parsed
from claims.exchange.importing.tables import FAULT, ImportFileError, Record
from sources.canonical_urls import UrlError, canonical_url
from sources.charset import decoded
from sources.fetching import pages

MOST_ADDRESSES = 500
_SHOWN = 60


def addresses_in(typed: str) -> list[str]:
    """One on each line. Raises ImportFileError."""
    lines = typed.split()
    if len(lines) > MOST_ADDRESSES:
        raise ImportFileError(
            _("Enter at most %(most)d addresses at once.") % {"most": MOST_ADDRESSES}
        )
    for number, line in enumerate(lines, 1):
        try:
            canonical_url(line)
        except UrlError as error:
            raise ImportFileError(
                _("Address %(number)d is not that of a web page: “%(address)s”.")
                % {"number": number, "address": line[:_SHOWN]}
            ) from error
    return lines


def records_at(address: str) -> list[Record]:
    """At least one: what stands on the page, or why nothing does.
    Raises RetryLaterError where the host asked for peace.
    """
    try:
        visit = pages.get(canonical_url(address))
    except UrlError:
        return [{FAULT: "address"}]
    if not visit.answered:
        return [{FAULT: "no_page"}]
    exchange = visit.exchange
    page = decoded(exchange.body, content_type=exchange.header("content-type"))
    found = [record for script in scripts_in(page) for record in _reviews(script)]
    for record in found:
        if FAULT not in record:
            # A page that names no address of its own is the one that was asked for.
            record.setdefault("address", exchange.final_url)
    return found or [{FAULT: "none_on_page"}]


def _reviews(script: str) -> list[Record]:
    try:
        return list(reviews_in(parsed(script)))
    except ImportFileError:
        # One broken script among several is usual; the others count.
        return []
