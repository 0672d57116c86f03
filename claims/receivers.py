"""What claims does on signals of sources and of the workflow."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from claims.choices import Action
from claims.desk import form_drafts
from claims.desk.notifications import events as notifications
from claims.evidence import source_changes
from claims.evidence.quote_check import (
    attach_capture,
    links_with_older_captures,
    links_with_unchecked_quotes,
)
from claims.exchange import events
from claims.intake.extraction_jobs import request_extraction
from claims.live import running as live
from claims.matching import answers, index
from claims.models import (
    Claim,
    Evidence,
    Extraction,
    Recheck,
    Repetition,
    ScheduledPublication,
    Tip,
    Transition,
    Verdict,
)
from claims.publication import repeat_checks
from claims.signals import (
    article_read,
    claim_created,
    claim_moved,
    evidence_restored,
    recheck_decided,
    recheck_opened,
    tip_received,
)
from factcheck.ledger.due_work import gave_up
from factcheck.newsroom.models import User
from factcheck.newsroom.signals import access_narrowed
from sources import public_archive
from sources.models import ArticleVersion, Capture, Link
from sources.signals import article_ready, capture_stored, captures_unchanged, link_died


@receiver(article_ready, dispatch_uid="claims.read_article")
def read_article(version: ArticleVersion, **_: Any) -> None:
    request_extraction(version)


@receiver(capture_stored, dispatch_uid="claims.check_quotes")
def check_quotes(link: Link, capture: Capture, **_: Any) -> None:
    # Most captures are the first of their link: the queries below, which select whole
    # claims, cost more than storing it.
    evidence = Evidence.objects.active().filter(link=link).order_by()
    cited = set(evidence.values_list("capture_id", flat=True))
    # Changes are detected while the evidence still has the captures it was read in.
    # Their audit entries are written last, as that locks the head of the chain.
    changes = source_changes.detect(link, capture) if cited - {None} else []
    if None in cited:
        attach_capture(link, capture)
    _record(changes)


@receiver(evidence_restored, dispatch_uid="claims.reassess_source_changes")
def reassess_source_changes(claim: Claim, since: datetime | None, **_: Any) -> None:
    _record(source_changes.detect_missed(claim, since=since))


def _record(changes: list[source_changes.DetectedChange]) -> None:
    opened = [change.row for change in changes if not change.decision_before]
    notifications.sources_changed(opened)
    events.sources_changed(opened)
    source_changes.log_changes(changes)


@receiver(captures_unchanged, dispatch_uid="claims.check_waiting_quotes")
def check_waiting_quotes(captures: dict[int, int], **_: Any) -> None:
    """Check the quotes that wait for a capture, of links whose pages
    are unchanged.

    Few of them need it: those cited since their last capture, and those
    cited in an older one. `captures` holds the latest capture by link,
    both as keys.
    """
    links = set(links_with_older_captures(captures))
    # So after most batches: the queries below cost a quarter of what writing a batch
    # costs.
    if not links:
        return
    for pk in sorted(
        links_with_unchecked_quotes(links).union(source_changes.links_without_decision(links))
    ):
        # The signal comes after the commit that stored the link checks, so the locks
        # are gone: each link is locked again, and skipped if another capture came
        # meanwhile.
        with transaction.atomic():
            rows = Link.objects.select_for_update(of=("self",), no_key=True).select_related(
                "latest_capture"
            )
            link = rows.filter(pk=pk, latest_capture=captures[pk]).first()
            if link and link.latest_capture:
                check_quotes(link, link.latest_capture)


@receiver(article_read, dispatch_uid="claims.write_article_read")
def write_article_read(extraction: Extraction, **_: Any) -> None:
    events.article_read(extraction)


@receiver(article_read, dispatch_uid="claims.carry_over_live_decisions")
def carry_over_live_decisions(extraction: Extraction, **_: Any) -> None:
    live.article_read(extraction)


@receiver(claim_created, dispatch_uid="claims.write_claim_created")
def write_claim_created(claim: Claim, **_: Any) -> None:
    events.claim_created(claim)


@receiver(recheck_decided, dispatch_uid="claims.write_recheck_decided")
def write_recheck_decided(recheck: Recheck, **_: Any) -> None:
    events.recheck_decided(recheck)


@receiver(claim_moved, dispatch_uid="claims.archive_sources")
def archive_sources(transition: Transition, **_: Any) -> None:
    # Not before: whoever is asked for a copy learns that the page is cited.
    if transition.action == Action.PUBLISH:
        cited = transition.claim.evidence.active().values_list("link", flat=True)
        public_archive.ask_for(cited)


@receiver(claim_moved, dispatch_uid="claims.answer_match")
def answer_match(transition: Transition, **_: Any) -> None:
    claim = transition.claim
    if transition.action == Action.MERGE and claim.merged_into is not None:
        answers.of_claim(claim, claim.merged_into, taken=True)


@receiver(claim_moved, dispatch_uid="claims.tell_of_move")
def tell_of_move(transition: Transition, **_: Any) -> None:
    notifications.move(transition)
    events.claim_moved(transition)


@receiver(recheck_opened, dispatch_uid="claims.tell_of_recheck")
def tell_of_recheck(recheck: Recheck, **_: Any) -> None:
    notifications.recheck_opened(recheck)
    events.recheck_opened(recheck)


@receiver(tip_received, dispatch_uid="claims.tell_of_tip")
def tell_of_tip(tip: Tip, by: User | None = None, **_: Any) -> None:
    notifications.tip_received(tip, by=by)
    events.tip_arrived(tip)


@receiver(link_died, dispatch_uid="claims.tell_of_dead_source")
def tell_of_dead_source(link: Link, **_: Any) -> None:
    if link.dead_since:
        notifications.source_died(link, since=link.dead_since)
        events.source_died(link)


@receiver(gave_up, sender=ScheduledPublication, dispatch_uid="claims.tell_of_failed_schedule")
def tell_of_failed_schedule(pk: int, **_: Any) -> None:
    notifications.schedule_failed(ScheduledPublication.objects.select_related("claim").get(pk=pk))


@receiver(access_narrowed, dispatch_uid="claims.delete_drafts_out_of_reach")
def delete_drafts_out_of_reach(user: User, **_: Any) -> None:
    form_drafts.delete_out_of_reach(user)


@receiver(post_save, sender=Extraction, dispatch_uid="claims.check_repeats")
def check_repeats(instance: Extraction, **_: Any) -> None:
    if instance.finished_at and instance.suggestion_count:
        repeat_checks.request(extraction=instance)


@receiver(tip_received, dispatch_uid="claims.check_repeats_of_tip")
def check_repeats_of_tip(tip: Tip, **_: Any) -> None:
    repeat_checks.request(tip=tip)


@receiver(post_save, sender=Claim, dispatch_uid="claims.index_claim")
@receiver(post_save, sender=Verdict, dispatch_uid="claims.index_verdict")
@receiver(post_save, sender=Repetition, dispatch_uid="claims.index_repetition")
def index_what_is_known(**_: Any) -> None:
    # The triggers have marked what is due, if anything. Without this it waits for the
    # sweep.
    index.nudge()
