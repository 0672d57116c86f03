"""The home panels of what failed in the background: articles, link
checks, quotes, and sources of published verdicts that are gone.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.claim_work import claims_of, list_of
from claims.admin.links import cited_in_public
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.home_panels import Panel, Row, Tally, add_panel
from factcheck.newsroom.jobs.addresses import jobs
from factcheck.newsroom.jobs.kinds import State, kinds_for
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where
from sources.models import OFFLINE, Link
from sources.watching.schedule import FAILING


def needs_attention(user: User) -> Panel | None:
    """A number for each kind of failure."""
    if not desks_where(user, "link.view"):
        return None
    states = ",".join(sorted(FAILING))
    # A link that failed its check is one finding; a check that could not run is
    # another.
    return Panel(
        _("Needs attention"),
        empty=_("All articles processed, all links online, all quotes found."),
        tallies=(
            *_failed_jobs(user),
            Tally(
                _links(user).filter(state__in=FAILING),
                _list("sources_link", state__in=states),
                _not_online,
                badge("not_found", _("attention")),
            ),
            Tally(
                claims_of(user, "quote_not_found"),
                list_of("quote_not_found"),
                _quotes,
                badge("not_found", _("quote not found")),
            ),
        ),
    )


def dead_sources(user: User) -> Panel | None:
    """For editors: readers still find these in published verdicts."""
    if not desks_where(user, "claim.correct"):
        return None
    dead = cited_in_public(_links(user).filter(dead_since__isnull=False))
    return Panel(
        _("Dead sources of published verdicts"),
        dead.order_by("dead_since", "pk"),
        lambda found: [_dead_row(link) for link in found],
        _list("sources_link", dead="yes", cited="published"),
        read=lambda links: links.select_related("publisher"),
    )


def _links(user: User) -> QuerySet[Link]:
    # As the list of links: files and notes have no address that could fail.
    links: QuerySet[Link] = Link.objects.visible_to(user).exclude(url__startswith=OFFLINE)
    return links


def _dead_row(link: Link) -> Row:
    return Row(
        text=link.url,
        url=reverse("admin:sources_link_change", args=[link.pk]),
        badge=badge("gone", _("dead")),
        note=str(link.publisher),
        moment=ago(link.dead_since),
    )


def _list(model: str, **filters: object) -> str:
    return f"{reverse(f'admin:{model}_changelist')}?{urlencode(filters)}"


def _failed_jobs(user: User) -> Iterator[Tally]:
    for kind in kinds_for(user).values():
        if kind.has_panel:
            continue
        yield Tally(
            kind.in_states(user, [State.FAILED]),
            jobs(kind=kind.name, state=State.FAILED),
            kind.failed,
            badge("failed", _("attention")),
        )


def _not_online(number: int, shown: str) -> str:
    return ngettext("%(count)s link is not online", "%(count)s links are not online", number) % {
        "count": shown
    }


def _quotes(number: int, shown: str) -> str:
    return ngettext(
        "%(count)s claim with a quote that its source does not contain",
        "%(count)s claims with a quote that their source does not contain",
        number,
    ) % {"count": shown}


add_panel(18, dead_sources)
add_panel(24, needs_attention)
