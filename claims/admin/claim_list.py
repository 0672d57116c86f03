"""The columns of the claim list."""

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.choices import Priority
from claims.models import Claim, Evidence, Verdict
from claims.querysets.claims import CURRENT, UNFINISHED
from claims.rules import independence
from factcheck.newsroom.badges import ago, badge

# What independence.independent() reads of each item, fetched once for the whole page.
# To an attribute of its own: `claim.evidence` must keep meaning all evidence, withdrawn
# items too.
ACTIVE_EVIDENCE = Prefetch(
    "evidence",
    Evidence.objects.active()
    .select_related("link__publisher", "origin")
    .prefetch_related("waivers"),
    to_attr="active_evidence",
)


def with_rating(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """With `rating_name`, of the verdict as it stands."""
    current = Verdict.objects.filter(claim=OuterRef("pk"), state__in=CURRENT)
    newest = current.order_by("-number").values("rating__name")[:1]
    return claims.annotate(rating_name=Subquery(newest))


def is_late(claim: Claim) -> bool:
    """Past its deadline, while there is still something to do about it."""
    return claim.due_at is not None and claim.status in UNFINISHED and claim.due_at < timezone.now()


def due(claim: Claim) -> SafeString:
    """The deadline, marked when it has passed; of what is finished none."""
    if is_late(claim):
        return format_html('<span class="late">{}</span>', ago(claim.due_at))
    return ago(claim.due_at if claim.status in UNFINISHED else None)


def priority(claim: Claim) -> SafeString:
    return raised(claim) or format_html(
        '<span class="quiet">{}</span>', claim.get_priority_display()
    )


def raised(claim: Claim) -> SafeString:
    """The priority where it is not the normal one, else nothing; the
    reason is its tooltip.
    """
    if claim.priority == Priority.NORMAL:
        return SafeString()
    mark = badge(f"priority_{claim.priority_word}", claim.get_priority_display())
    return format_html('<span title="{}">{}</span>', claim.priority_reason, mark)


def sources(claim: Claim) -> str:
    """Independent sources, of those that the desk requires. Needs the
    prefetch ACTIVE_EVIDENCE.
    """
    evidence: list[Evidence] = claim.active_evidence  # type: ignore[attr-defined]
    return _("%(found)s of %(needed)s") % {
        "found": independence.independent(evidence),
        "needed": claim.sources_needed,
    }
