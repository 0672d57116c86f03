"""What cites a source, an article or one of our verdicts: how far a
mistake in it reaches.
"""

import re
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models import Claim, Evidence, Verdict
from claims.querysets.claims import ClaimQuerySet
from claims.querysets.verdicts import VerdictQuerySet
from claims.rules.translation_of import signed_as_translation
from factcheck.newsroom.models import User
from sources.models import Article, Link, Publisher

CitedObject = Link | Article | Verdict
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)


def verdicts_citing(obj: CitedObject) -> VerdictQuerySet:
    """The verdicts that are published now, withheld ones too, and use
    the object.

    Replaced versions do not count. Evidence withdrawn for a correction
    that is still open counts: the published version was signed with it.
    """
    # Signed content cannot be joined on. Evidence was in it if it was added before the
    # approval and not withdrawn by then.
    signed, published = OuterRef("approver_signed_at"), Verdict.objects.published()
    items = Evidence.objects.filter(link__in=_links(obj)).order_by()
    in_force = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=signed)
    then = items.filter(in_force, claim=OuterRef("claim"), added_at__lte=signed)
    # The first condition starts from the few items; the second alone would be asked of
    # every verdict.
    cited = published.filter(Exists(then), claim__in=items.values("claim"))
    uncited = _uncited_use(obj, "claim__", Q()) | Q(pk__in=_signed_translations(obj))
    either = _either(cited, published.filter(uncited))
    return published.filter(pk__in=either).exclude(claim__in=_own_claims(obj))


def claims_citing(obj: CitedObject) -> ClaimQuerySet:
    """The claims of `verdicts_citing`, and unfinished claims that use the object."""
    unfinished = Claim.objects.unfinished()
    items = Evidence.objects.active().filter(link__in=_links(obj)).order_by()
    uncited = _uncited_use(obj, "", Q(verdicts__state__in=("working", "approved")))
    either = _either(unfinished.filter(pk__in=items.values("claim")), unfinished.filter(uncited))
    published = verdicts_citing(obj).order_by().values("claim")
    found = Claim.objects.filter(pk__in=published.union(either))
    return found.exclude(pk__in=_own_claims(obj))


def _either(one: QuerySet[Any], other: QuerySet[Any]) -> QuerySet[Any]:
    """The keys of both. A UNION, as PostgreSQL answers OR between two
    tables by reading all of one.
    """
    return one.order_by().values("pk").union(other.order_by().values("pk"))


def claims_citing_publisher(publisher: Publisher, by: User) -> ClaimQuerySet:
    """The claims with active evidence that the publisher published or
    first reported, as far as this person may read both claim and
    evidence.
    """
    readable = Evidence.objects.visible_to(by).active().order_by()
    published = readable.filter(link__publisher=publisher).values("claim")
    reported = readable.filter(origin=publisher).values("claim")
    # Two short lists of an index each, for the reason that `_either` gives.
    return Claim.objects.visible_to(by).filter(pk__in=published.union(reported))


def _own_claims(obj: CitedObject) -> list[int]:
    # A verdict may link to its own earlier version, which is no citation.
    return [obj.claim_id] if isinstance(obj, Verdict) else []


def _links(obj: CitedObject) -> list[int]:
    """The links that lead to the object: of its own desk, but of any
    desk where it is a verdict, which everybody can read.
    """
    if isinstance(obj, Link):
        return [obj.pk]
    if isinstance(obj, Article):
        # An update of an article may have been published at a URL of its own.
        urls = {obj.url or "", *obj.versions.values_list("url", flat=True)} - {""}
        return list(
            Link.objects.filter(desk=obj.desk_id, url__in=urls).values_list("pk", flat=True)
        )
    # SQL narrows the rows by the short id; only the pattern knows where a URL path
    # ends.
    similar = Link.objects.filter(url__icontains=_short_id(obj))
    return [pk for pk, url in similar.values_list("pk", "url") if _leads_to(url, obj)]


def _uncited_use(obj: CitedObject, prefix: str, explained_in: Q) -> Q:
    """Uses without an item of evidence: a claim came from the article,
    an explanation links to the verdict, or a claim translates it.

    `prefix` leads from the filtered model to the claim; `explained_in`
    says which explanations count.
    """
    if isinstance(obj, Article):
        return Q(**{f"{prefix}suggestion__article": obj})
    if isinstance(obj, Verdict):
        field = "explanation" if prefix else "verdicts__explanation"
        return explained_in & Q(**{f"{field}__icontains": f"-{_short_id(obj)}"}) | Q(
            **{f"{prefix}translation_of": obj.claim_id}
        )
    return Q(pk__in=[])


def _signed_translations(obj: CitedObject) -> list[int]:
    """The published verdicts that were signed as its translations, even
    where an open correction has since detached the claim from its
    original.
    """
    return (
        list(signed_as_translation(of=obj.claim.public_id).values_list("pk", flat=True))
        if isinstance(obj, Verdict)
        else []
    )


def _short_id(verdict: Verdict) -> str:
    """The end of its public URL, which stays the same when the slug
    before it changes.
    """
    return verdict.claim.public_id.hex[:8]


def _leads_to(url: str, verdict: Verdict) -> bool:
    """Whether the URL is the page of the verdict or a page below it, under any slug."""
    site = re.escape(_SCHEME.sub("", settings.SITE_URL))
    page = rf"https?://{site}/verdicts/[^/?#]*{_short_id(verdict)}(?:[/?#].*)?"
    # Slugs may be in any script, and some browsers copy them percent-encoded.
    return re.fullmatch(page, unquote(url), re.IGNORECASE | re.DOTALL) is not None
