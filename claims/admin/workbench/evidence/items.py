"""The evidence of a claim as the workbench lists it, with the passage of the capture that a quote
stands in; and what the buttons beside an item do.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from claims.admin.workbench.panel import Answer
from claims.admin.workbench.respond import respond
from claims.evidence import attaching
from claims.evidence.source_changes import with_unchanged_at
from claims.models import Claim, ConfidentialIdentity, Evidence, SourceChange
from claims.public_site.passages import Passage, passage_in
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.models import Capture, ReliabilityNote
from sources.reliability import notes_in_force
from sources.watching.link_checks import check_now

CONTEXT = 160
RETRIES_END = timedelta(minutes=15)  # longer than a worker waits between two tries of one look
TURN_COMES = timedelta(minutes=1)  # of a host that is looked at politely
LONGEST_SEARCHED = (
    200_000  # searched at every view of the page; a longer capture is marked on its own page
)

_CHANGED = ("claim", "link")


class WithdrawForm(forms.Form):
    note = forms.CharField(label="Why", required=False, max_length=2000)


@dataclass(frozen=True, slots=True)
class Item:
    row: Evidence
    passage: Passage | None
    newer: Capture | None
    web: str
    identity: ConfidentialIdentity | None = None
    change: SourceChange | None = None
    trust: ReliabilityNote | None = None
    last_seen: datetime | None = None

    @property
    def waiting(self) -> bool:
        """A worker is about to look at the page: there is something new to show soon."""
        link = self.row.link
        if link.job_state == JobState.FAILED or link.next_attempt_at is None:
            return False
        patience = TURN_COMES if self.row.capture_id else RETRIES_END
        return link.next_attempt_at <= timezone.now() + patience


def items_of(claim: Claim, by: User) -> list[Item]:
    rows = (
        with_unchanged_at(claim.evidence.all())
        .select_related(
            "link__publisher__owner",
            "link__latest_capture",
            "origin__owner",
            "capture__interview__by",
            "added_by",
            "edited_by",
            "withdrawn_by",
        )
        .order_by("number")
    )
    hidden = (
        ConfidentialIdentity.objects.visible_to(by)
        .filter(interview__capture__evidence__claim=claim)
        .select_related("interview")
    )
    names = {identity.interview.capture_id: identity for identity in hidden}
    changed = SourceChange.objects.visible_to(by).pending().filter(evidence__claim=claim)
    waiting = {change.evidence_id: change for change in changed}
    trusted = notes_in_force((row.link.publisher_id for row in rows), desk=claim.desk_id)
    return [
        replace(
            _item(row),
            identity=names.get(row.capture_id or 0),
            change=waiting.get(row.pk),
            trust=trusted.get(row.link.publisher_id),
        )
        for row in rows
    ]


def _item(row: Evidence) -> Item:
    latest = row.link.latest_capture
    newer = latest if latest and latest.pk != row.capture_id else None
    copy = row.capture
    short = copy is not None and len(copy.text) + len(copy.page_text) <= LONGEST_SEARCHED
    passage = (
        passage_in(copy.text_holding(row.quote), row.quote, context=CONTEXT)
        if copy and short
        else None
    )
    seen = row.last_seen  # type: ignore[attr-defined]
    later = copy is not None and seen is not None and seen > copy.captured_at
    return Item(row, passage, newer, web(row.link.url), last_seen=seen if later else None)


def readable_item(claim: Claim, number: int, *related: str, by: User) -> Evidence:
    """One item, fetched with what is `related` to it, if this person may read it."""
    rows = Evidence.objects.visible_to(by).filter(claim=claim, number=number)
    item = (rows.select_related(*related) if related else rows).first()
    if item is None:
        raise Http404("There is no such evidence, or it is not yours to see.")
    return item


def numbered(claim: Claim, number: int | None, *, by: User) -> Evidence | None:
    """The item that a form names by its number; None where it names none."""
    if number is None:
        return None
    return readable_item(claim, number, by=by)


def web(url: str) -> str:
    """Only a web address becomes a link: what came through another door may be a script."""
    return url if url.startswith(("https://", "http://")) else ""


def withdraw(request: HttpRequest, claim: Claim, number: int) -> Answer:
    item = readable_item(claim, number, *_CHANGED, by=person(request))
    form = WithdrawForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""

    def do() -> str:
        attaching.withdraw(item, by=person(request), note=note)
        return f"Evidence {number} is withdrawn. It stays in the history."

    return respond(request, claim, None, do, place="evidence")


def recheck(request: HttpRequest, claim: Claim, number: int) -> Answer:
    item = readable_item(claim, number, *_CHANGED, by=person(request))

    def do() -> str:
        read = attaching.check_quote_again(item, by=person(request))
        return f"Evidence {number}: read in the newest capture, {read.get_quote_state_display()}."

    return respond(request, claim, None, do, place="evidence")


def look_now(request: HttpRequest, claim: Claim, number: int) -> Answer:
    item = readable_item(claim, number, *_CHANGED, by=person(request))

    def do() -> str:
        if not may(person(request), "link.check", item.link):
            raise PermissionDenied(
                f"Your role on {claim.desk} does not allow you to have links checked."
            )
        check_now(item.link, by=person(request))
        return f"Evidence {number}: a look at its link is under way."

    return respond(request, claim, None, do, place="evidence")
