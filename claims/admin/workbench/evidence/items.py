"""The evidence of a claim as the workbench lists it, with the passage
of the capture that contains the quote; and the actions on one item.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.workbench.panel import Answer, PageState
from claims.admin.workbench.respond import respond
from claims.evidence import attaching
from claims.models import Claim, ConfidentialIdentity, Evidence, SourceChange
from claims.public_site.passages import Passage, passage_in
from claims.rules.source_protection import is_confidential
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.models import Capture, ReliabilityNote
from sources.reliability import notes_in_force
from sources.watching.link_checks import check_now

CONTEXT = 160
# Longer than a worker waits between two attempts of one check.
RETRIES_END = timedelta(minutes=15)
# A check of the same host may have to wait this long: hosts are visited one request at
# a time.
TURN_COMES = timedelta(minutes=1)
# Searched at every view of the page; the quote in a longer capture is marked on its own
# page only.
LONGEST_SEARCHED = 200_000

_CHANGED = ("claim", "link")


class WithdrawForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=2000)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    row: Evidence
    passage: Passage | None
    newer: Capture | None
    web: str
    identity: ConfidentialIdentity | None = None
    change: SourceChange | None = None
    reliability: ReliabilityNote | None = None
    unchanged_since: datetime | None = None

    @property
    def waiting(self) -> bool:
        """Whether a worker is about to check the page: there is
        something new to show soon.
        """
        link = self.row.link
        if link.job_state == JobState.FAILED or link.next_attempt_at is None:
            return False
        # Without a capture everyone waits for it, so its retries count too.
        patience = TURN_COMES if self.row.capture_id else RETRIES_END
        return link.next_attempt_at <= timezone.now() + patience


def items_of(state: PageState) -> list[EvidenceRow]:
    """The rows of a claim's evidence as the list shows them."""
    claim, by, rows = state.claim, state.by, state.all_evidence
    # One query each for identities, changes and notes, however many items there are.
    confidential = [row.capture_id for row in rows if is_confidential(row)]
    identities = (
        ConfidentialIdentity.objects.visible_to(by)
        .filter(interview__capture__in=confidential)
        .select_related("interview")
        if confidential
        else ()
    )
    identity_by_capture = {identity.interview.capture_id: identity for identity in identities}
    changes = SourceChange.objects.visible_to(by).pending().filter(evidence__claim=claim)
    if not state.contents.source_changes:
        changes = changes.none()
    change_by_evidence = {change.evidence_id: change for change in changes}
    publishers = {row.link.publisher_id for row in rows}
    if not state.contents.reliability_notes:
        publishers = set()
    notes = notes_in_force(publishers, desk=claim.desk_id)
    return [
        replace(
            _item(row),
            identity=identity_by_capture.get(row.capture_id or 0),
            change=change_by_evidence.get(row.pk),
            reliability=notes.get(row.link.publisher_id),
        )
        for row in rows
    ]


def _item(row: Evidence) -> EvidenceRow:
    latest = row.link.latest_capture
    newer = latest if latest and latest.pk != row.capture_id else None
    capture = row.capture
    searchable = (
        capture is not None and len(capture.text) + len(capture.page_text) <= LONGEST_SEARCHED
    )
    passage = (
        passage_in(capture.text_holding(row.quote), row.quote, context=CONTEXT)
        if capture and searchable
        else None
    )
    # Annotated by with_unchanged_at; worth showing only if it is newer than the
    # capture's own time.
    unchanged = row.last_seen  # type: ignore[attr-defined]
    later = capture is not None and unchanged is not None and unchanged > capture.captured_at
    return EvidenceRow(
        row, passage, newer, web(row.link.url), unchanged_since=unchanged if later else None
    )


def readable_item(claim: Claim, number: int, *related: str, by: User) -> Evidence:
    """One item, fetched with what is `related` to it. Raises Http404
    unless this person may read it.
    """
    rows = Evidence.objects.visible_to(by).filter(claim=claim, number=number)
    item = (rows.select_related(*related) if related else rows).first()
    if item is None:
        raise Http404(_("Evidence not found, or you do not have access to it."))
    return item


def numbered(claim: Claim, number: int | None, *, by: User) -> Evidence | None:
    """The item that a form names by its number; None where it names none."""
    if number is None:
        return None
    return readable_item(claim, number, by=by)


def web(url: str) -> str:
    """The URL if it is a web address, else empty. Rows that did not
    come through a form may hold any scheme, and a browser would run
    `javascript:`.
    """
    return url if url.startswith(("https://", "http://")) else ""


def withdraw(request: HttpRequest, claim: Claim, number: int) -> Answer:
    item = readable_item(claim, number, *_CHANGED, by=person(request))
    form = WithdrawForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""

    def save() -> str:
        attaching.withdraw(item, by=person(request), note=note)
        return _("Evidence %(number)s withdrawn. It stays in the history.") % {"number": number}

    return respond(request, claim, None, save, section="evidence")


def read_newest_capture(request: HttpRequest, claim: Claim, number: int) -> Answer:
    item = readable_item(claim, number, *_CHANGED, by=person(request))

    def save() -> str:
        checked = attaching.check_quote_again(item, by=person(request))
        return _("Evidence %(number)s checked against the latest capture: %(quote_state)s.") % {
            "number": number,
            "quote_state": checked.get_quote_state_display(),
        }

    return respond(request, claim, None, save, section="evidence")


def check_link(request: HttpRequest, claim: Claim, number: int) -> Answer:
    item = readable_item(claim, number, *_CHANGED, by=person(request))

    def save() -> str:
        # Asked of the link: several desks may cite it, and one person may belong to
        # another of them.
        if not may(person(request), "link.check", item.link):
            raise PermissionDenied(
                _("Your role on %(desk)s cannot check links.") % {"desk": claim.desk}
            )
        check_now(item.link, by=person(request))
        return _("Evidence %(number)s: link check started.") % {"number": number}

    return respond(request, claim, None, save, section="evidence")
