"""The home panels about claims: mine, unassigned, awaiting review, and what needs
attention.
"""

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.admin.home.deadlines import failed_publications
from claims.admin.triage.article_page import with_work
from claims.choices import QuoteState, Status
from claims.models import Claim, Evidence, Verdict
from claims.querysets.claims import ClaimQuerySet
from factcheck.ledger.due_work import JobState
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Entry, Panel, Row, add_entry, add_panel
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where, desks_where_assigned
from sources.models import Article, Link
from sources.watching.schedule import FAILING

ROWS = 8
# States in which a lost quote can still be mended before somebody signs or publishes
# it.
_UNPUBLISHED = (
    Status.OPEN,
    Status.IN_PROGRESS,
    Status.IN_REVIEW,
    Status.APPROVED,
    Status.ON_HOLD,
)


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
    if moment is None:
        return SafeString()
    # Whole phrases with a gap for the time: word order differs between languages.
    return format_html(_("was due {}") if late else _("due {}"), ago(moment))


def _by_deadline(claims: ClaimQuerySet) -> ClaimQuerySet:
    # NULL sorts first on SQLite and last on PostgreSQL; no deadline always comes last
    # here.
    return claims.select_related("claimant").order_by(
        F("due_at").asc(nulls_last=True), "created_at", "pk"
    )


def _panel(title: str, claims: ClaimQuerySet, url: str, empty: str) -> Panel:
    # Only a full panel may have more behind it; the others are spared the COUNT.
    rows = [_claim_row(claim) for claim in _by_deadline(claims)[:ROWS]]
    return Panel(title, rows, claims.count() if len(rows) == ROWS else len(rows), url, empty)


def mine(user: User) -> Panel | None:
    """Claims assigned to the person; None for those who could never take one."""
    claims = Claim.objects.visible_to(user).mine(user)
    if (
        not desks_where(user, "claim.take")
        and not desks_where_assigned(user, "claim.take")
        and not claims.exists()
    ):
        return None
    empty = _(
        "No claims assigned to you. Take an unassigned claim or review the suggestions of an"
        " article."
    )
    return _panel(
        _("My claims by deadline"),
        claims,
        _list_url("admin:claims_claim_changelist", assignee__id__exact=user.pk),
        empty,
    )


def unassigned(user: User) -> Panel | None:
    """Open claims on the desks where the person may take them."""
    desks = desks_where(user, "claim.take")
    claims = Claim.objects.visible_to(user).filter(status=Status.OPEN, desk__in=desks)
    url = _list_url("admin:claims_claim_changelist", status__exact=Status.OPEN.value)
    return (
        _panel(
            _("Unassigned"),
            claims,
            url,
            _("No unassigned claims. Accept one from an article."),
        )
        if desks
        else None
    )


def awaiting_review(user: User) -> Panel | None:
    """Claims that wait for the second person of a verdict."""
    desks = desks_where(user, "claim.sign")
    claims = Claim.objects.visible_to(user).filter(status=Status.IN_REVIEW, desk__in=desks)
    url = _list_url("admin:claims_claim_changelist", status__exact=Status.IN_REVIEW.value)
    return (
        _panel(_("Awaiting review"), claims, url, _("No claims await review.")) if desks else None
    )


def unconfirmed(user: User) -> Panel | None:
    """Shown to editors until a second one has confirmed each retraction."""
    desks = desks_where(user, "claim.confirm_retraction")
    waiting = Verdict.objects.unconfirmed().filter(claim__desk__in=desks).values("claim")
    claims = Claim.objects.visible_to(user).filter(pk__in=waiting)
    if not claims.exists():
        return None
    return _panel(
        _("Retractions awaiting confirmation"),
        claims,
        _list_url("admin:claims_claim_changelist", status__exact=Status.RETRACTED.value),
        "",
    )


def needs_attention(user: User) -> Panel | None:
    """What failed in the background: articles, link checks, scheduled publications,
    quotes.
    """
    if not desks_where(user, "link.view"):
        return None
    articles = with_work(Article.objects.visible_to(user)).filter(work_state=JobState.FAILED)
    links = Link.objects.visible_to(user).filter(state__in=FAILING)
    quotes = (
        Evidence.objects.visible_to(user)
        .active()
        .filter(quote_state=QuoteState.NOT_FOUND, claim__status__in=_UNPUBLISHED)
    )
    # A link that failed its check is one finding; a check that could not run is
    # another.
    unchecked = Link.objects.visible_to(user).filter(job_state=JobState.FAILED)
    # Failed publications first: readers wait for those.
    rows = [
        *failed_publications(user),
        *_failed_articles(articles.count()),
        *_failing_links(links.count()),
        *_unchecked_links(unchecked.count()),
    ]
    rows += [
        _quote_row(item)
        for item in quotes.select_related("claim", "link").order_by("claim", "number")[:ROWS]
    ]
    return Panel(
        _("Needs attention"),
        rows,
        empty=_("All articles processed, all links online, all quotes found."),
    )


def _list_url(name: str, **filters: object) -> str:
    return f"{reverse(name)}?{urlencode(filters)}"


def _failed_articles(count: int) -> list[Row]:
    text = ngettext(
        "%(count)s article could not be processed",
        "%(count)s articles could not be processed",
        count,
    )
    return _counted(
        "failed", text, count, _list_url("admin:sources_article_changelist", work="failed")
    )


def _failing_links(count: int) -> list[Row]:
    text = ngettext("%(count)s link is not online", "%(count)s links are not online", count)
    states = ",".join(sorted(FAILING))
    return _counted(
        "not_found", text, count, _list_url("admin:sources_link_changelist", state__in=states)
    )


def _unchecked_links(count: int) -> list[Row]:
    text = ngettext(
        "%(count)s link could not be checked", "%(count)s links could not be checked", count
    )
    return _counted(
        "failed",
        text,
        count,
        _list_url("admin:sources_link_changelist", job_state__exact=JobState.FAILED),
    )


def _counted(state: str, text: str, count: int, url: str) -> list[Row]:
    row = Row(text=text % {"count": count}, url=url, badge=badge(state, _("attention")))
    return [row] if count else []


def _quote_row(item: Evidence) -> Row:
    return Row(
        text=str(item.claim),
        url=reverse("admin:claims_claim_change", args=[item.claim_id]),
        badge=badge("not_found", _("quote not found")),
        note=_("Evidence %(number)s: %(link)s") % {"number": item.number, "link": item.link},
    )


add_entry(20, Entry(gettext_lazy("Add claim"), "admin:claims_claim_add", "claim.create"))
add_panel(10, mine)
add_panel(14, unconfirmed)
add_panel(20, needs_attention)
add_panel(30, unassigned)
add_panel(40, awaiting_review)
