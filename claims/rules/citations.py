"""What stands on a source, an article or a verdict of ours: how far a mistake in it reaches."""

import re
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from claims.models import Claim, Evidence, Verdict
from claims.querysets import ClaimQuerySet, VerdictQuerySet
from claims.rules.translation_of import signed_as_translation
from factcheck.newsroom.models import User
from sources.models import Article, Link, Publisher

CitedObject = Link | Article | Verdict
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)


def verdicts_citing(thing: CitedObject) -> VerdictQuerySet:
    """The verdicts readers have now, withheld ones too, that use it. Versions that were replaced no
    longer count.

    An item withdrawn for a correction that is still open stands in the published version all the
    same.
    """
    signed = OuterRef("approver_signed_at")
    cited = Evidence.objects.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=signed),
        claim=OuterRef("claim"),
        link__in=_links(thing),
        added_at__lte=signed,
    )
    beside = _beside(thing, "claim__", Q()) | Q(pk__in=_translating(thing))
    return (
        Verdict.objects.published()
        .filter(Q(Exists(cited)) | beside)
        .exclude(claim__in=_itself(thing))
    )


def claims_citing(thing: CitedObject) -> ClaimQuerySet:
    """The claims of those verdicts, and those in work that use it."""
    cited = Evidence.objects.active().filter(claim=OuterRef("pk"), link__in=_links(thing))
    working = Claim.objects.unfinished().filter(
        Q(Exists(cited)) | _beside(thing, "", Q(verdicts__state__in=("working", "approved")))
    )
    published = verdicts_citing(thing).values("claim")
    return Claim.objects.filter(Q(pk__in=published) | Q(pk__in=working.values("pk"))).exclude(
        pk__in=_itself(thing)
    )


def claims_of(publisher: Publisher, by: User) -> ClaimQuerySet:
    """The claims whose evidence it published or first reported, of those whose evidence this person
    may read.
    """
    readable = (
        Evidence.objects.visible_to(by)
        .active()
        .filter(Q(link__publisher=publisher) | Q(origin=publisher))
    )
    return Claim.objects.visible_to(by).filter(pk__in=readable.order_by().values("claim"))


def _itself(thing: CitedObject) -> list[int]:
    return [thing.claim_id] if isinstance(thing, Verdict) else []


def _links(thing: CitedObject) -> list[int]:
    """The cited addresses that are it: of any desk where it is a verdict that
    everybody can read.
    """
    if isinstance(thing, Link):
        return [thing.pk]
    if isinstance(thing, Article):
        addresses = {thing.url or "", *thing.versions.values_list("url", flat=True)} - {
            ""
        }  # an update has one of its own
        return list(
            Link.objects.filter(desk=thing.desk_id, url__in=addresses).values_list("pk", flat=True)
        )
    near = Link.objects.filter(url__icontains=_short(thing))
    return [pk for pk, url in near.values_list("pk", "url") if _leads_to(url, thing)]


def _beside(thing: CitedObject, prefix: str, worded: Q) -> Q:
    """How it is used without being cited: a claim was found in the article, an explanation links to
    the verdict, or it is a translation.
    """
    if isinstance(thing, Article):
        return Q(**{f"{prefix}suggestion__article": thing})
    if isinstance(thing, Verdict):
        field = "explanation" if prefix else "verdicts__explanation"
        return worded & Q(**{f"{field}__icontains": f"-{_short(thing)}"}) | Q(
            **{f"{prefix}translation_of": thing.claim_id}
        )
    return Q(pk__in=[])


def _translating(thing: CitedObject) -> list[int]:
    """The verdicts that readers have as its translations, also where a correction in work makes the
    claim its own.
    """
    return (
        list(signed_as_translation(of=thing.claim.public_id).values_list("pk", flat=True))
        if isinstance(thing, Verdict)
        else []
    )


def _short(verdict: Verdict) -> str:
    """The end of its public address, which is the same whatever slug stands before it."""
    return verdict.claim.public_id.hex[:8]


def _leads_to(url: str, verdict: Verdict) -> bool:
    """Is it the page of the verdict, or a page below it? The slug before the digits may be an old
    one.
    """
    site = re.escape(_SCHEME.sub("", settings.SITE_URL))
    page = rf"https?://{site}/verdicts/[^/?#]*{_short(verdict)}(?:[/?#].*)?"
    return re.fullmatch(page, unquote(url), re.IGNORECASE | re.DOTALL) is not None
