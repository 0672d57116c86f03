"""Rows that were found, as the page and the completion show them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from claims.models import Claim, Evidence, ImportedClaim, ImportedFactCheck
from factcheck.newsroom.badges import ago, badge
from factcheck.newsroom.excerpts import excerpt
from sources.models import Article, Claimant, Link, Publisher


@dataclass(frozen=True, slots=True)
class Shown:
    """`texts` are what the words may stand in beside the title."""

    title: str
    url: str
    texts: tuple[str, ...] = ()
    note: str = ""
    badge: SafeString = field(default_factory=SafeString)
    moment: SafeString = field(default_factory=SafeString)


@dataclass(frozen=True, slots=True)
class Result:
    """One line, with the words that were found marked."""

    shown: Shown
    title: SafeString
    excerpts: list[SafeString]


def result(kind: str, row: Any, pattern: re.Pattern[str] | None) -> Result:
    shown = SHOWN_AS[kind](row)
    found = [text for text in shown.texts if pattern and pattern.search(text)]
    return Result(shown, excerpt(shown.title, pattern), [excerpt(text, pattern) for text in found])


def _page(name: str, row: Any) -> str:
    return reverse(f"admin:{name}_change", args=[row.pk])


def _claim(claim: Claim) -> Shown:
    verdicts: list[Any] = claim.words  # type: ignore[attr-defined]
    return Shown(
        claim.text,
        _page("claims_claim", claim),
        (
            claim.claimant.label if claim.claimant else "",
            *(text for one in verdicts for text in (one.short_answer, one.explanation)),
        ),
        claim.desk.name,
        badge(claim.status, claim.get_status_display()),
        ago(claim.created_at),
    )


def _fact_check(fact_check: ImportedFactCheck) -> Shown:
    return Shown(
        fact_check.claim,
        _page("claims_importedfactcheck", fact_check),
        (fact_check.claimant, fact_check.title, fact_check.explanation),
        f"{fact_check.publisher}: {fact_check.rating}",
        moment=ago(fact_check.imported_at),
    )


def _imported_claim(claim: ImportedClaim) -> Shown:
    return Shown(
        claim.text,
        _page("claims_importedclaim", claim),
        (claim.claimant, claim.short_answer, claim.explanation),
        f"{claim.newsroom}: {claim.rating}" if claim.rating else claim.newsroom,
        moment=ago(claim.came_with.brought_at),
    )


def _article(article: Article) -> Shown:
    text: str = article.newest_text or ""  # type: ignore[attr-defined]
    return Shown(
        str(article),
        _page("sources_article", article),
        (article.byline, article.url or "", text),
        article.desk.name,
        moment=ago(article.created_at),
    )


def _evidence(item: Evidence) -> Shown:
    return Shown(
        item.quote or item.finding,
        f"{_page('claims_claim', item.claim)}#evidence-{item.number}",
        (
            item.finding if item.quote else "",
            item.locator,
            item.publisher_name,
            item.capture.title if item.capture else "",
        ),
        str(item.claim),
        badge(item.claim.status, item.claim.get_status_display()),
        ago(item.added_at),
    )


def _link(link: Link) -> Shown:
    return Shown(
        link.url,
        _page("sources_link", link),
        note=link.publisher.name,
        badge=badge(link.state, link.get_state_display()),
    )


def _publisher(publisher: Publisher) -> Shown:
    return Shown(publisher.name, _page("sources_publisher", publisher), (publisher.domain or "",))


def _claimant(claimant: Claimant) -> Shown:
    return Shown(claimant.name, _page("sources_claimant", claimant), (claimant.description,))


SHOWN_AS: dict[str, Callable[[Any], Shown]] = {
    "claim": _claim,
    "imported_claim": _imported_claim,
    "fact_check": _fact_check,
    "article": _article,
    "evidence": _evidence,
    "link": _link,
    "publisher": _publisher,
    "claimant": _claimant,
}
