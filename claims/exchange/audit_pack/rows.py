"""The lines of a pack, gathered as those of any export: published
verdicts, what changed after publication, and decisions about selection.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from claims.choices import SelectionDecision, Status, VerdictState
from claims.exchange.desk_export.sections import Section
from claims.intake import selection_log
from claims.intake.selection_filter import SelectionFilter
from claims.models import Claim, Listing, Verdict
from claims.querysets.verdicts import RETRACTION
from claims.rules.headlines import wording_of
from factcheck.ledger import clock
from factcheck.ledger.canonical_json import canonical_json
from factcheck.newsroom.desk_days import in_days
from factcheck.newsroom.models import Desk, User
from sources.choices import ClaimantKind

VERDICTS, CHANGES, SELECTION = "verdicts.jsonl", "changes.jsonl", "selection.jsonl"
# Decisions that do not depend on whether the claim was published.
_FINAL = (SelectionDecision.DECLINED, SelectionDecision.PASSED_OVER)
Lines = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Pack:
    """Of which desk and days, both included, and who asks for it."""

    desk: Desk
    first: date | None
    last: date | None
    by: User

    @property
    def sections(self) -> tuple[Section, ...]:
        return (
            Section(self._verdicts, self._verdict),
            Section(self._corrections, self._correction),
            Section(self._retractions, self._retraction),
            Section(self._suggestions, self._decision),
            Section(self._claims, self._decision),
        )

    def _days(self, column: str) -> Q:
        return in_days(column, self.first, self.last, zone="verdict__claim__desk__time_zone")

    def _verdicts(self, desk: Desk) -> QuerySet[Listing]:
        """As readers have them now, by the day they first had one."""
        rows = Listing.objects.readable().filter(verdict__claim__desk=desk)
        return rows.filter(self._days("first_published_at")).select_related(
            "topic", "verdict__claim", "verdict__author", "verdict__approver"
        )

    def _verdict(self, row: Listing) -> Lines:
        verdict, content = row.verdict, json.loads(row.verdict.content)
        claimant = content["claimant"] or {}
        document = {
            "published": self._day(row.first_published_at),
            "rating": row.rating,
            "definition": content["rating"]["definition"],
            "claim": wording_of(content),
            "claimant": claimant.get("name", ""),
            "affiliation": affiliation_of(claimant),
            "topic": row.topic.name if row.topic else "",
            "language": row.language,
            "sources": len(content["evidence"]),
            "independent_sources": verdict.independent_sources,
            "replies": len(content["replies"]),
            "author": str(verdict.author),
            "approver": str(verdict.approver),
            "version": verdict.number,
            "address": _address(verdict.claim),
        }
        yield VERDICTS, canonical_json(document)

    def _changed(self, column: str) -> Q:
        zone = "claim__desk__time_zone"
        return Q(claim__desk=self.desk) & in_days(column, self.first, self.last, zone=zone)

    def _corrections(self, desk: Desk) -> QuerySet[Verdict]:
        rows = Verdict.objects.listed_corrections().filter(self._changed("published_at"))
        return rows.select_related("claim")

    def _correction(self, row: Verdict) -> Lines:
        yield self._change(row.category, row, row.published_at, row.what_was_wrong)

    def _retractions(self, desk: Desk) -> QuerySet[Verdict]:
        rows = Verdict.objects.filter(self._changed("retracted_at"), state=VerdictState.RETRACTED)
        return rows.select_related("claim")

    def _retraction(self, row: Verdict) -> Lines:
        yield self._change(RETRACTION, row, row.retracted_at, row.retraction_reason)

    def _change(self, kind: str, row: Verdict, at: datetime | None, reason: str) -> tuple[str, str]:
        document = {
            "day": at and self._day(at),
            "kind": kind,
            "claim": wording_of(json.loads(row.content)),
            "reason": reason,
            "address": _address(row.claim),
        }
        return CHANGES, canonical_json(document)

    @cached_property
    def _offered(self) -> dict[str, QuerySet[Any, Any]]:
        asked = SelectionFilter(desk=self.desk, first=self.first, last=self.last)
        return selection_log.offers(self.by, asked)

    def _suggestions(self, desk: Desk) -> QuerySet[Any, Any]:
        """Those that were decided. One that led to a claim counts if
        that claim may be shown.
        """
        shown = self._shown.values("pk")
        without = Q(claim=None, checked_in=None, decision__in=_FINAL)
        of_claim = Q(claim__in=shown) | Q(claim=None, checked_in__in=shown)
        rows = self._offered["suggestion"].exclude(decision=SelectionDecision.UNDECIDED)
        # The claim that was made of it, or that had checked it already.
        return _with_claimant(rows.filter(without | of_claim), "claim_row")

    def _claims(self, desk: Desk) -> QuerySet[Any, Any]:
        rows = self._offered["claim"].filter(pk__in=self._shown.values("pk"))
        return _with_claimant(rows, "pk")

    @property
    def _shown(self) -> QuerySet[Claim]:
        """What readers have or had, and what was declined, but for what is
        protected: its topic and claimant alone would tell.
        """
        public = Verdict.objects.on_public_record().order_by().values("claim")
        withheld = Verdict.objects.withholding().order_by().values("claim")
        protected = Claim.objects.order_by().protected(clock.now()).values("pk")
        of_desk = Claim.objects.order_by().filter(desk=self.desk)
        return of_desk.filter(
            Q(pk__in=public) & ~Q(pk__in=withheld)
            | Q(status=Status.DECLINED) & ~Q(pk__in=protected)
        )

    def _decision(self, row: Any) -> Lines:
        content = json.loads(row.signed or "{}")
        claimant = content.get("claimant") if content else row.named
        # The name alone counts where nothing says who is meant: of a verdict that is
        # being corrected it may be one that readers do not have.
        if content or claimant:
            affiliation = affiliation_of(claimant or {})
        else:
            affiliation = self._known.get(row.claimant_name, "")
        document = {
            "month": self._day(row.at)[:7],
            "decision": row.decision,
            "reason": row.reason,
            "affiliation": affiliation,
            "topic": row.about,
        }
        yield SELECTION, canonical_json(document)

    @cached_property
    def _known(self) -> dict[str, str]:
        """Of speakers of whom readers have a verdict, by their name; none
        of two namesakes.
        """
        rows = Listing.objects.readable().filter(
            verdict__claim__desk=self.desk, claimant__isnull=False
        )
        names = ("name", "kind", "description")
        found: dict[str, str] = {}
        for values in rows.values_list(*(f"claimant__{name}" for name in names)).distinct():
            claimant = dict(zip(names, values, strict=True))
            affiliation = affiliation_of(claimant)
            same = found.setdefault(claimant["name"], affiliation) == affiliation
            found[claimant["name"]] = affiliation if same else ""
        return found

    def _day(self, at: datetime) -> str:
        return at.astimezone(ZoneInfo(self.desk.time_zone)).date().isoformat()


def _with_claimant(rows: QuerySet[Any, Any], claim: str) -> QuerySet[Any, Any]:
    """With the content that readers have of the claim: a correction that
    is being written may name another claimant. Before there is any, with
    whom the claim names.
    """
    public = Verdict.objects.on_public_record().filter(claim=OuterRef(claim))
    named = Claim.objects.filter(pk=OuterRef(claim), claimant__isnull=False).order_by()
    fields = JSONObject(
        name="claimant__name", kind="claimant__kind", description="claimant__description"
    )
    annotated: QuerySet[Any, Any] = rows.annotate(
        signed=Subquery(public.order_by("-number").values("content")[:1]),
        named=Subquery(named.values(fields=fields)[:1]),
    )
    return annotated


def affiliation_of(claimant: dict[str, Any]) -> str:
    """An organisation stands for itself, a person for what the desk
    wrote of their office or party. "" where nothing is written.
    """
    if claimant.get("kind") == ClaimantKind.ORGANIZATION:
        return str(claimant["name"])
    return str(claimant.get("description") or "")


def _address(claim: Claim) -> str:
    return settings.SITE_URL + reverse("claims:verdict", args=[claim.address])
