"""The panels of the home screen: what is mine, what is free, what waits for review, and what needs
a look.
"""

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.home.deadlines import unpublished
from claims.admin.triage.article_page import with_work
from claims.choices import QuoteState, Status
from claims.models import Claim, Evidence, Verdict
from claims.querysets import ClaimQuerySet
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Entry, Panel, Row, add_entry, add_panel
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where, desks_where_assigned
from sources.models import Article, Link
from sources.watching.schedule import FAILING

ROWS = 8


def _list_of_claims(**asked: object) -> str:
    return f"{reverse('admin:claims_claim_changelist')}?{urlencode(asked)}"


def _claim_row(claim: Claim) -> Row:
    late = bool(claim.due_at and claim.due_at < timezone.now())
    return Row(
        text=str(claim),
        url=reverse("admin:claims_claim_change", args=[claim.pk]),
        badge=badge(claim.status, claim.get_status_display()),
        note=claim.claimant.name if claim.claimant else "",
        moment=_due(claim.due_at, late=late),
        late=late,
    )


def _due(moment: datetime | None, *, late: bool) -> SafeString:
    return (
        format_html("{} {}", "was due" if late else "due", ago(moment)) if moment else SafeString()
    )


def _by_deadline(claims: ClaimQuerySet) -> ClaimQuerySet:
    return claims.select_related("claimant").order_by(
        F("due_at").asc(nulls_last=True), "created_at", "pk"
    )


def _panel(title: str, claims: ClaimQuerySet, url: str, empty: str) -> Panel:
    rows = [_claim_row(claim) for claim in _by_deadline(claims)[:ROWS]]
    return Panel(title, rows, claims.count() if len(rows) == ROWS else len(rows), url, empty)


def mine(user: User) -> Panel | None:
    claims = Claim.objects.visible_to(user).mine(user)
    if (
        not desks_where(user, "claim.take")
        and not desks_where_assigned(user, "claim.take")
        and not claims.exists()
    ):
        return None
    empty = "Nothing is assigned to you. Take one of the open claims, or look through an article."
    return _panel(
        "My claims by deadline", claims, _list_of_claims(assignee__id__exact=user.pk), empty
    )


def free(user: User) -> Panel | None:
    desks = desks_where(user, "claim.take")
    claims = Claim.objects.visible_to(user).filter(status=Status.OPEN, desk__in=desks)
    url = _list_of_claims(status__exact=Status.OPEN.value)
    return (
        _panel(
            "Open, to take", claims, url, "No claim waits to be taken. Accept one from an article."
        )
        if desks
        else None
    )


def in_review(user: User) -> Panel | None:
    desks = desks_where(user, "claim.sign")
    claims = Claim.objects.visible_to(user).filter(status=Status.IN_REVIEW, desk__in=desks)
    url = _list_of_claims(status__exact=Status.IN_REVIEW.value)
    return (
        _panel("In review", claims, url, "Nothing waits for a second pair of eyes.")
        if desks
        else None
    )


def unconfirmed(user: User) -> Panel | None:
    """Shown to editors until a second one has confirmed each retraction."""
    desks = desks_where(user, "claim.confirm_retraction")
    waiting = Verdict.objects.unconfirmed().filter(claim__desk__in=desks).values("claim")
    claims = Claim.objects.visible_to(user).filter(pk__in=waiting)
    if not claims.exists():
        return None
    return _panel(
        "Retractions to confirm", claims, _list_of_claims(status__exact=Status.RETRACTED.value), ""
    )


def needs_attention(user: User) -> Panel | None:
    """What broke without anybody's fault: articles that could not be read, links that are not
    there, lost quotes.
    """
    if not desks_where(user, "link.view"):
        return None
    articles = with_work(Article.objects.visible_to(user)).filter(work_state=JobState.FAILED)
    links = Link.objects.visible_to(user).filter(state__in=FAILING)
    quotes = (
        Evidence.objects.visible_to(user)
        .active()
        .filter(quote_state=QuoteState.NOT_FOUND, claim__status__in=_UNSIGNED)
    )
    unread = _ask("admin:sources_article_changelist", work="failed")
    lost = _ask("admin:sources_link_changelist", state__in=",".join(sorted(FAILING)))
    unchecked = Link.objects.visible_to(user).filter(job_state=JobState.FAILED)
    given_up = _ask("admin:sources_link_changelist", job_state__exact=JobState.FAILED)
    rows = [
        *_broken("failed", "could not be read", "article", articles.count(), unread),
        *_broken("not_found", "did not answer", "link", links.count(), lost),
        *_broken("failed", "could not be checked", "link", unchecked.count(), given_up),
    ]
    rows = [*unpublished(user), *rows]
    rows += [
        _quote_row(item)
        for item in quotes.select_related("claim", "link").order_by("claim", "number")[:ROWS]
    ]
    return Panel(
        "Needs a look",
        rows,
        0,
        "",
        "Every article was read, every link answers, every quote was found.",
    )


_UNSIGNED = (Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW, Status.APPROVED, Status.ON_HOLD)


def _ask(name: str, **asked: str) -> str:
    return f"{reverse(name)}?{urlencode(asked)}"


def _broken(state: str, what: str, noun: str, count: int, url: str) -> list[Row]:
    text = f"{count} {noun}{'' if count == 1 else 's'} {what}"
    return [Row(text=text, url=url, badge=badge(state, "look"))] if count else []


def _quote_row(item: Evidence) -> Row:
    return Row(
        text=str(item.claim),
        url=reverse("admin:claims_claim_change", args=[item.claim_id]),
        badge=badge("not_found", "quote not found"),
        note=f"Evidence {item.number}: {item.link}",
    )


add_entry(20, Entry("Make a claim", "admin:claims_claim_add", "claim.create"))
add_panel(10, mine)
add_panel(14, unconfirmed)
add_panel(20, needs_attention)
add_panel(30, free)
add_panel(40, in_review)
