"""What claims does when sources has news."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from claims.evidence import source_changes
from claims.evidence.quote_check import (
    attach_capture,
    links_with_older_captures,
    links_with_unchecked_quotes,
)
from claims.intake.extraction_jobs import request_extraction
from claims.models import Claim
from claims.signals import evidence_restored
from sources.models import ArticleVersion, Capture, Link
from sources.signals import article_ready, capture_stored, captures_unchanged


@receiver(article_ready, dispatch_uid="claims.read_article")
def read_article(version: ArticleVersion, **_: Any) -> None:
    request_extraction(version)


@receiver(capture_stored, dispatch_uid="claims.check_quotes")
def check_quotes(link: Link, capture: Capture, **_: Any) -> None:
    news = source_changes.notice(link, capture)
    attach_capture(link, capture)
    source_changes.write_down(news)


@receiver(evidence_restored, dispatch_uid="claims.reassess_source_changes")
def reassess_source_changes(claim: Claim, since: datetime | None, **_: Any) -> None:
    source_changes.write_down(source_changes.look_again(claim, since=since))


@receiver(captures_unchanged, dispatch_uid="claims.check_waiting_quotes")
def check_waiting_quotes(captures: dict[int, int], **_: Any) -> None:
    """Of pages that still say the same few need anything: what was cited since their copy, and what
    was read in an older one.

    Sent after the commit that stored the looks, so each link is locked again, and passed over if
    its copy is another now.
    """
    few = set(links_with_older_captures(captures))
    if not few:
        # as after most batches: the questions below cost as much as a quarter of writing one
        return
    for pk in sorted(
        links_with_unchecked_quotes(few).union(source_changes.links_without_decision(few))
    ):
        with transaction.atomic():
            rows = Link.objects.select_for_update(of=("self",), no_key=True).select_related(
                "latest_capture"
            )
            link = rows.filter(pk=pk, latest_capture=captures[pk]).first()
            if link and link.latest_capture:
                check_quotes(link, link.latest_capture)
