"""Search over all that a person may see, by kind.

Each kind begins with what is visible to the person; the index narrows
that, and only then are rows ordered, counted and read. Newest first: it
is what a desk looks for, and the order that both databases page through
without sorting all that was found.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.choices import VerdictState
from claims.models import Claim, Evidence, ImportedClaim, ImportedFactCheck, Verdict
from factcheck.ledger import full_text
from factcheck.ledger.full_text import INDEXED_LENGTH
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import desks_where
from sources.canonical_urls import UrlError, canonical_url
from sources.models import Article, ArticleVersion, Claimant, Link, Publisher

# Counted further than this, a common word would be slow and the number of no use.
MOST_COUNTED = 100
INDEXED_VERDICTS = (
    VerdictState.WORKING,
    VerdictState.APPROVED,
    VerdictState.PUBLISHED,
    VerdictState.RETRACTED,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """`rows` are all that the person may see of it."""

    name: str
    title: str | Promise
    rows: Callable[[User], QuerySet[Any]]

    def found(self, by: User, typed: str) -> QuerySet[Any]:
        words = full_text.met_in_order(self.name, _asked(self.name, typed))
        return self.rows(by).filter(words).order_by("-pk")

    def count(self, by: User, typed: str) -> int:
        """How many there are, up to one more than MOST_COUNTED."""
        words = full_text.counted(self.name, _asked(self.name, typed))
        rows = self.rows(by).filter(words).order_by().values("pk")
        return rows[: MOST_COUNTED + 1].count()

    def page(
        self,
        by: User,
        typed: str,
        *,
        length: int,
        before: int | None = None,
    ) -> list[Any]:
        """The newest, or those that are older than the row numbered `before`."""
        older = Q(pk__lt=before) if before is not None else Q()
        return list(self.found(by, typed).filter(older)[:length])


def _asked(name: str, typed: str) -> str:
    """A link is kept by its canonical address: so is what one pastes."""
    if name == "link" and "://" in typed:
        try:
            return canonical_url(typed.strip())
        except UrlError:
            return typed
    return typed


def _claims(by: User) -> QuerySet[Any]:
    words = Prefetch(
        "verdicts",
        Verdict.objects.filter(state__in=INDEXED_VERDICTS).only(
            "claim", "short_answer", "explanation"
        ),
        to_attr="words",
    )
    return Claim.objects.visible_to(by).select_related("claimant", "desk").prefetch_related(words)


def _articles(by: User) -> QuerySet[Any]:
    newest = ArticleVersion.objects.filter(article=OuterRef("pk")).order_by("-number")
    text = newest.annotate(beginning=Substr("text", 1, INDEXED_LENGTH)).values("beginning")[:1]
    return (
        Article.objects.visible_to(by).select_related("desk").annotate(newest_text=Subquery(text))
    )


def _evidence(by: User) -> QuerySet[Any]:
    return (
        Evidence.objects.visible_to(by)
        .active()
        .select_related("claim__desk", "capture")
        .defer("capture__text", "capture__page_text", "capture__pages")
    )


def _links(by: User) -> QuerySet[Any]:
    return Link.objects.visible_to(by).select_related("publisher", "desk")


def _publishers(by: User) -> QuerySet[Any]:
    # To assigned-only members, lists of names would tell whom the newsroom writes
    # about.
    rows = Publisher.objects.visible_to(by)
    return rows if desks_where(by, "link.view") else rows.none()


def _claimants(by: User) -> QuerySet[Any]:
    rows = Claimant.objects.visible_to(by).current()
    return rows if desks_where(by, "link.view") else rows.none()


def _fact_checks(by: User) -> QuerySet[Any]:
    return ImportedFactCheck.objects.visible_to(by).select_related("desk")


def _imported_claims(by: User) -> QuerySet[Any]:
    return ImportedClaim.objects.visible_to(by).select_related("came_with").defer("document")


KINDS = {
    kind.name: kind
    for kind in (
        Kind("claim", _("Claims"), _claims),
        Kind("imported_claim", _("Imported claims"), _imported_claims),
        Kind("fact_check", _("Imported fact checks"), _fact_checks),
        Kind("article", _("Articles"), _articles),
        Kind("evidence", _("Evidence"), _evidence),
        Kind("claimant", _("People and organisations"), _claimants),
        Kind("publisher", _("Publishers"), _publishers),
        Kind("link", _("Links"), _links),
    )
}
