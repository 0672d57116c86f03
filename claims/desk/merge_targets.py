"""Work with duplicates beside the move itself: finding the claim to fold into, and using what a
duplicate brought.
"""

import re
from functools import reduce
from operator import and_, or_
from uuid import UUID

from django.db.models import Q

from claims.choices import Status
from claims.models import Claim
from claims.querysets import ClaimQuerySet
from factcheck.newsroom.models import User

SHOWN = 8
TELLING = 6  # the longest words of a claim, by which others are looked up
LOOKED_AT = 300
_ID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_SCREEN = re.compile(r"/claims/claim/([0-9]{1,18})(?:/|$)")
_PUBLIC = re.compile(r"/verdicts/[^/?#]*?([0-9a-fA-F]{8})(?:[/?#]|$)")


def targets(claim: Claim, *, by: User) -> ClaimQuerySet:
    """The claims of the desk that this one could be folded into, as far as this person
    sees them.
    """
    fit = (
        Claim.objects.visible_to(by)
        .filter(desk=claim.desk_id)
        .exclude(status__in=(Status.MERGED, Status.DECLINED))
    )
    return fit.exclude(pk=claim.pk)


def named(text: str, *, by: User) -> Claim | None:
    """The claim of an id, or of the address of its page here, of its public page, or of its place
    in the API.
    """
    asked = text.strip()
    seen = Claim.objects.visible_to(by)
    if found := _ID.search(asked):
        return seen.filter(public_id=UUID(found[0])).first()
    if found := _SCREEN.search(asked):
        return seen.filter(pk=int(found[1])).first()
    if found := _PUBLIC.search(asked):
        short = found[1].lower()
        rows = seen.exclude(slug="").filter(
            public_id__range=(UUID(short + "0" * 24), UUID(short + "f" * 24))
        )
        return next((row for row in rows if row.address in asked), None)
    return None


def with_words(claim: Claim, text: str, *, by: User) -> list[Claim]:
    """The targets that have all these words, newest first."""
    wanted = [Q(text__icontains=word) for word in text.split()]
    return (
        list(
            targets(claim, by=by)
            .filter(reduce(and_, wanted, Q()))
            .order_by("-created_at", "-pk")[:SHOWN]
        )
        if wanted
        else []
    )


def similar(claim: Claim, *, by: User) -> list[Claim]:
    """The targets that share most of their words with this claim, best first."""
    words = _words(claim.text)
    telling = sorted(words, key=lambda word: (-len(word), word))[:TELLING]
    if not telling:
        return []
    rows = targets(claim, by=by).filter(reduce(or_, (Q(text__icontains=word) for word in telling)))
    scored = [
        (_overlap(words, _words(row.text)), row)
        for row in rows.order_by("-created_at", "-pk")[:LOOKED_AT]
    ]
    return [row for _, row in sorted(scored, key=lambda pair: (-pair[0], -pair[1].pk))[:SHOWN]]


def _words(text: str) -> frozenset[str]:
    return frozenset(
        word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2 or word.isdigit()
    )


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)
