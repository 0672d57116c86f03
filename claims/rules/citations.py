"""What cites a source, an article or one of our verdicts: how far a
mistake in it reaches.
"""

import re
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.choices import ReferenceKind, VerdictState
from claims.models import Claim, Evidence, Reference, Verdict, VerdictCopy
from claims.models.reference import SHORT_ID
from claims.querysets.claims import ClaimQuerySet
from claims.querysets.verdicts import VerdictQuerySet
from claims.rules.translation_of import signed_as_translation
from factcheck.newsroom.models import User
from sources.models import Article, Link, Publisher

CitedObject = Link | Article | Verdict
IN_WORK = (VerdictState.WORKING, VerdictState.APPROVED)
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
    uncited = [published.filter(use) for use in _uncited_uses(obj, "claim__")]
    found = _any_of(cited, *uncited, *_signed_translations(obj))
    return published.filter(pk__in=found).exclude(claim__in=_own_claims(obj))


def claims_citing(obj: CitedObject) -> ClaimQuerySet:
    """The claims of `verdicts_citing`, and unfinished claims that use the object."""
    unfinished = Claim.objects.unfinished()
    items = Evidence.objects.active().filter(link__in=_links(obj)).order_by()
    uncited = [unfinished.filter(use) for use in _uncited_uses(obj, "")]
    published = Claim.objects.filter(pk__in=verdicts_citing(obj).order_by().values("claim"))
    found = _any_of(published, unfinished.filter(pk__in=items.values("claim")), *uncited)
    return Claim.objects.filter(pk__in=found).exclude(pk__in=_own_claims(obj))


def _any_of(first: QuerySet[Any], *others: QuerySet[Any]) -> QuerySet[Any]:
    """The keys of all. A UNION, as PostgreSQL answers OR between two
    tables by reading all of one.
    """
    keys = [rows.order_by().values("pk") for rows in others]
    return first.order_by().values("pk").union(*keys)


def claims_citing_publisher(publisher: Publisher, by: User) -> ClaimQuerySet:
    """The claims with active evidence that the publisher published or
    first reported, as far as this person may read both claim and
    evidence.
    """
    readable = Evidence.objects.visible_to(by).active().order_by()
    published = readable.filter(link__publisher=publisher).values("claim")
    reported = readable.filter(origin=publisher).values("claim")
    # Two short lists of an index each, for the reason that `_any_of` gives.
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
    # The rows narrow it down by the short id; only the pattern knows where a URL path
    # ends.
    similar = Link.objects.filter(pk__in=_references(obj, ReferenceKind.ADDRESS).values("link"))
    return [pk for pk, url in similar.values_list("pk", "url") if _leads_to(url, obj)]


def _uncited_uses(obj: CitedObject, prefix: str) -> list[Q]:
    """Uses without an item of evidence: a claim came from the article,
    an explanation links to the verdict, a claim translates it, or its
    verdict was copied from it.

    `prefix` leads from the filtered model, a verdict or a claim, to the
    claim. Of a claim, the explanation that is being written counts.
    """
    if isinstance(obj, Article):
        return [Q(**{f"{prefix}suggestion__article": obj})]
    if not isinstance(obj, Verdict):
        return []
    written = Verdict.objects.filter(
        pk__in=_references(obj, ReferenceKind.WORDS).values("verdict"),
        explanation__icontains=f"-{_short_id(obj)}",
    )
    explained = (
        Q(pk__in=written.order_by().values("pk"))
        if prefix
        else Q(pk__in=written.filter(state__in=IN_WORK).order_by().values("claim"))
    )
    # Of any version of it: a person kept theirs when a later one came, or it was
    # corrected since, and may rest on it still.
    copied = VerdictCopy.objects.filter(source__claim=obj.claim_id).order_by()
    return [
        explained,
        Q(**{f"{prefix}translation_of": obj.claim_id}),
        Q(**{f"{prefix}pk__in": copied.values("variant__claim")}),
    ]


def _references(verdict: Verdict, kind: ReferenceKind) -> QuerySet[Reference]:
    return Reference.objects.filter(short_id=_short_id(verdict), kind=kind).order_by()


def _signed_translations(obj: CitedObject) -> list[QuerySet[Any]]:
    """The published verdicts that were signed as its translations, even
    where an open correction has since detached the claim from its
    original.
    """
    if not isinstance(obj, Verdict):
        return []
    return [signed_as_translation(of=obj.claim.public_id)]


def _short_id(verdict: Verdict) -> str:
    """The end of its public URL, which stays the same when the slug
    before it changes.
    """
    return verdict.claim.public_id.hex[:SHORT_ID]


def _leads_to(url: str, verdict: Verdict) -> bool:
    """Whether the URL is the page of the verdict or a page below it, under any slug."""
    site = re.escape(_SCHEME.sub("", settings.SITE_URL))
    page = rf"https?://{site}/verdicts/[^/?#]*{_short_id(verdict)}(?:[/?#].*)?"
    # Slugs may be in any script, and some browsers copy them percent-encoded.
    return re.fullmatch(page, unquote(url), re.IGNORECASE | re.DOTALL) is not None
