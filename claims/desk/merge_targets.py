"""Find the claim that a duplicate should be merged into."""

import re
from functools import reduce
from operator import and_, or_
from uuid import UUID

from django.db.models import Q

from claims.choices import Status
from claims.models import Claim
from claims.querysets.claims import ClaimQuerySet
from factcheck.newsroom.models import User

SHOWN = 8
LONGEST_WORDS = 6  # of a claim; others are looked up by them
MAX_CANDIDATES = 300  # the newest; each is compared in Python
_ID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
# At most 18 digits: a longer number is no bigint, and PostgreSQL would raise an error.
_SCREEN = re.compile(r"/claims/claim/([0-9]{1,18})(?:/|$)")
_PUBLIC = re.compile(r"/verdicts/[^/?#]*?([0-9a-fA-F]{8})(?:[/?#]|$)")


def targets(claim: Claim, *, by: User) -> ClaimQuerySet:
    """The claims of the desk that this one could be merged into and
    this person may see.
    """
    open_claims = (
        Claim.objects.visible_to(by)
        .filter(desk=claim.desk_id)
        .exclude(status__in=(Status.MERGED, Status.DECLINED))
    )
    return open_claims.exclude(pk=claim.pk)


def named(text: str, *, by: User) -> Claim | None:
    """The claim of an id, or of a URL of its staff page, its public page or the API."""
    search_text = text.strip()
    visible = Claim.objects.visible_to(by)
    if match := _ID.search(search_text):
        return visible.filter(public_id=UUID(match[0])).first()
    if match := _SCREEN.search(search_text):
        return visible.filter(pk=int(match[1])).first()
    if match := _PUBLIC.search(search_text):
        prefix = match[1].lower()
        # A public URL ends in the first eight digits of the id, so they are searched as
        # a range: a uuid column knows no "starts with", and a range uses its index.
        rows = visible.exclude(slug="").filter(
            public_id__range=(UUID(prefix + "0" * 24), UUID(prefix + "f" * 24))
        )
        # Two ids may begin alike, so the slug has to fit, too.
        return next((row for row in rows if row.address in search_text), None)
    return None


def with_words(claim: Claim, text: str, *, by: User) -> list[Claim]:
    """The merge targets that contain all these words, newest first."""
    conditions = [Q(text__icontains=word) for word in text.split()]
    return (
        list(
            targets(claim, by=by)
            .filter(reduce(and_, conditions, Q()))
            .order_by("-created_at", "-pk")[:SHOWN]
        )
        if conditions
        else []
    )


def similar(claim: Claim, *, by: User) -> list[Claim]:
    """The merge targets that share most of their words with this claim, best first."""
    words = _words(claim.text)
    longest = sorted(words, key=lambda word: (-len(word), word))[:LONGEST_WORDS]
    if not longest:
        return []
    # Any of the longest words narrows the rows in SQL; short words would match the
    # whole desk.
    rows = targets(claim, by=by).filter(reduce(or_, (Q(text__icontains=word) for word in longest)))
    scored = [
        (_overlap(words, _words(row.text)), row)
        for row in rows.order_by("-created_at", "-pk")[:MAX_CANDIDATES]
    ]
    return [row for _, row in sorted(scored, key=lambda pair: (-pair[0], -pair[1].pk))[:SHOWN]]


def _words(text: str) -> frozenset[str]:
    return frozenset(
        word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2 or word.isdigit()
    )


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)
