"""A cited page that says something else: one task for each event, none for nonces and
sidebars, decided once by a person.
"""

import random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.choices import Action, QuoteState, SourceChangeDecision
from claims.evidence import attaching, editing, source_changes
from claims.evidence.editing import EvidenceText
from claims.models import Claim, Evidence, SourceChange
from claims.workflow import MoveData, WorkflowError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources import captures
from sources.choices import LinkState
from sources.fetch_types import FetchResult
from sources.fetching.pages import PageVisit
from sources.models import Capture, Link
from sources.readable import read_page
from sources.signals import capture_stored, captures_unchanged
from tests import factories
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
OLD = "The register lists 812 trees in the northern park."
NEW = "The register lists 700 trees in the northern park."


@shared
def claim(checker: User) -> Claim:
    made = factories.claim(checker)
    apply(made, Action.TAKE, by=checker)
    return made


@shared
def item(claim: Claim, checker: User) -> Evidence:
    return factories.evidence(claim, checker, quote="812 trees", text=OLD)


def says(item: Evidence, text: str) -> Capture:
    """As if a worker had looked at the page just now and found this text."""
    link = item.link
    known = Capture.objects.filter(url=link.url, text=text).first()
    link.latest_capture = copy = known or factories.captured(link, text)
    link.save(update_fields=["latest_capture"])
    capture_stored.send(type(link), link=link, capture=copy)
    return copy


def decisions(item: Evidence) -> list[str]:
    return list(item.changes.order_by("pk").values_list("decision", flat=True))


def test_a_changed_text_is_one_task_however_often_it_is_seen(item: Evidence) -> None:
    for _ in range(3):
        says(item, NEW)
    change = item.changes.get()
    assert (change.before.text, change.after.text, change.quote_state) == (
        OLD,
        NEW,
        QuoteState.NOT_FOUND,
    )
    assert AuditEntry.objects.filter(action="source_change.detect").count() == 1
    item.refresh_from_db()
    assert item.capture.text == OLD  # what was read in is not changed underneath the evidence


def test_each_further_change_is_a_task_of_its_own_and_only_the_last_waits(item: Evidence) -> None:
    for number in range(60):
        says(item, OLD.replace("northern", f"{number}th"))
    assert decisions(item) == [SourceChangeDecision.CHANGED_AGAIN] * 59 + [
        SourceChangeDecision.PENDING
    ]


def test_a_page_that_says_again_what_was_read_needs_nobody(item: Evidence) -> None:
    says(item, NEW)
    says(item, OLD)
    assert decisions(item) == [SourceChangeDecision.REVERTED]
    says(item, NEW)
    assert decisions(item)[1:] == [SourceChangeDecision.PENDING]


def test_still_supports_is_decided_once_and_not_asked_again(
    item: Evidence, checker: User, editor: User
) -> None:
    says(item, NEW)
    change = source_changes.decide(item.changes.get(), by=checker, note=" Only the adjective. ")
    assert (change.decision, change.note, change.decided_by) == (
        SourceChangeDecision.STILL_SUPPORTS,
        "Only the adjective.",
        checker,
    )
    assert source_changes.decide(change, by=checker, note="Only the adjective.") == change
    with pytest.raises(WorkflowError, match="already decided by checker: still supports"):
        source_changes.decide(change, by=editor)
    for text in (NEW, OLD, NEW):
        says(item, text)
    assert decisions(item) == [SourceChangeDecision.STILL_SUPPORTS]
    entry = AuditEntry.objects.get(action="source_change.decide")
    assert (entry.actor, entry.changes["decision"]) == ("checker", ["pending", "still_supports"])


def test_a_text_that_was_left_again_is_asked_about_again(item: Evidence, checker: User) -> None:
    for text in (NEW, OLD):
        says(item, text)
        attaching.check_quote_again(item, by=checker)
    says(item, NEW)
    assert decisions(item) == ["edited", "edited", "pending"]


def test_nothing_waits_about_a_text_that_is_there_no_more(item: Evidence, checker: User) -> None:
    says(item, NEW)
    source_changes.decide(item.changes.get(), by=checker)
    says(item, OLD.replace("812", "900"))
    says(item, NEW)
    assert decisions(item) == ["still_supports", "changed_again"]


def test_a_page_that_changed_while_its_claim_was_declined_is_asked_about_when_it_is_reopened(
    item: Evidence, claim: Claim, editor: User
) -> None:
    apply(claim, Action.DECLINE, by=editor, data=MoveData(reason="no_capacity"))
    says(item, NEW)
    assert decisions(item) == []
    apply(claim, Action.REOPEN, by=editor, data=factories.note("It is time."))
    assert decisions(item) == ["pending"]


def test_a_page_that_changed_while_nobody_watched_is_asked_about_at_the_next_check(
    item: Evidence,
) -> None:
    """The look finds nothing new, for the copy was made while the item was being
    attached.
    """
    with CaptureQueriesContext(connection) as queries:
        captures_unchanged.send(Link, captures={item.link_id: item.capture_id})
    assert len(queries) == 1, "most pages are read in their last copy and need nothing"
    copy = factories.captured(item.link, NEW)
    assert decisions(item) == []
    for _ in range(2):
        captures_unchanged.send(Link, captures={item.link_id: copy.pk})
    assert decisions(item) == ["pending"]
    captures_unchanged.send(
        Link, captures={item.link_id: item.capture_id}
    )  # the copy of a look that was overtaken meanwhile
    assert decisions(item) == ["pending"]
    with CaptureQueriesContext(connection) as queries:
        captures_unchanged.send(Link, captures={item.link_id: copy.pk})
    assert len(queries) == 2, "nothing is locked for what was asked already"


def test_who_may_not_decide_is_refused(
    item: Evidence, auditor: User, outsider: User, checker: User
) -> None:
    says(item, NEW)
    change = item.changes.get()
    with pytest.raises(PermissionDenied, match="Only checkers and editors"):
        source_changes.decide(change, by=auditor)
    with pytest.raises(Claim.DoesNotExist):
        source_changes.decide(change, by=outsider)
    with pytest.raises(ValidationError, match="2000"):
        source_changes.decide(change, by=checker, note="x" * 2001)
    assert not SourceChange.objects.visible_to(outsider).exists()
    assert decisions(item) == [SourceChangeDecision.PENDING]


def test_an_edit_a_new_reading_or_a_withdrawal_settles_it(claim: Claim, checker: User) -> None:
    edited, read, withdrawn = (
        factories.evidence(claim, checker, quote="812 trees", text=OLD) for _ in range(3)
    )
    for item in (edited, read, withdrawn):
        says(item, NEW)
    words = EvidenceText(stance=edited.stance, quote="700 trees", finding="", locator="")
    editing.edit_evidence(edited, by=checker, words=words)
    attaching.check_quote_again(read, by=checker)
    attaching.withdraw(withdrawn, by=checker)
    assert [decisions(item) for item in (edited, read, withdrawn)] == [
        ["edited"],
        ["edited"],
        ["withdrawn"],
    ]
    edited.refresh_from_db()
    assert (edited.quote_state, edited.capture.text) == (
        QuoteState.FOUND,
        NEW,
    )  # looked up where the page has it now
    for item in (edited, read, withdrawn):
        says(item, NEW)
    assert SourceChange.objects.pending().count() == 0


def test_dropping_a_correction_asks_again_what_was_settled_in_it(
    editor: User, published: Claim
) -> None:
    edited, kept = published.evidence.order_by("number")[:2]
    for item in (edited, kept):
        says(item, NEW)
    source_changes.decide(kept.changes.get(), by=editor)
    apply(
        published,
        Action.CORRECT,
        by=editor,
        data=MoveData(note="It was misread.", category="correction"),
    )
    attaching.withdraw(edited, by=editor)
    apply(published, Action.DROP_CORRECTION, by=editor, data=MoveData(note="It was not."))
    assert decisions(edited) == [SourceChangeDecision.WITHDRAWN, SourceChangeDecision.PENDING]
    assert decisions(kept) == [SourceChangeDecision.STILL_SUPPORTS]
    assert AuditEntry.objects.filter(action="source_change.detect").count() == 3


def test_a_claim_that_is_reopened_asks_what_its_pages_say_now(
    claim: Claim, item: Evidence, editor: User
) -> None:
    apply(claim, Action.DECLINE, by=editor, data=MoveData(note="No.", reason="trivial"))
    says(item, NEW)
    assert decisions(item) == []
    apply(claim, Action.REOPEN, by=editor, data=MoveData(note="Yes."))
    assert decisions(item) == [SourceChangeDecision.PENDING]


def test_published_evidence_is_watched_and_a_retracted_one_is_not(
    editor: User, published: Claim
) -> None:
    item = published.evidence.first()
    says(item, NEW)
    assert decisions(item) == [SourceChangeDecision.PENDING]
    source_changes.decide(item.changes.get(), by=editor)
    apply(published, Action.RETRACT, by=editor, data=MoveData(note="It was misread."))
    says(item, OLD)
    assert decisions(item) == [SourceChangeDecision.STILL_SUPPORTS]


def test_the_database_keeps_it_as_it_was_noticed_and_decided(item: Evidence, checker: User) -> None:
    says(item, NEW)
    source_changes.decide(item.changes.get(), by=checker)
    other = factories.evidence(item.claim, checker, text="Another page.")
    for statement in (
        "DELETE FROM claims_sourcechange",
        "UPDATE claims_sourcechange SET note = 'x'",
        (
            "UPDATE claims_sourcechange SET decision = 'pending', decided_by_id = NULL, decided_at"
            " = NULL"
        ),
        f"UPDATE claims_sourcechange SET after_id = {other.capture_id}",
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(Error), transaction.atomic():
        SourceChange.objects.create(
            evidence=item,
            before=item.capture,
            after=other.capture,
            quote_state="found",
            noticed_at=item.added_at,
        )  # a copy of another page


FIGURES = random.Random(7)
SHELL = """<!doctype html><html lang="en"><head><title>The count of trees</title><meta name="csrf" content="{nonce}">
<script nonce="{nonce}">window.build = "{nonce}"</script></head><body data-build="{nonce}">
<nav><a href="/?s={nonce}">Home</a> <a href="/politics">Politics</a></nav>
<article><h1>The count of trees</h1>
<p>The register of the park office lists {figure} trees in the northern park, more than in any year since the count began.</p>
<p>It was counted by hand in spring, the office says, by four people over eleven days, and each tree was given a number and a tag.</p>
<p>In the southern park the count is not over yet; the office expects the last of its figures before the end of the summer.</p></article>
<aside class="sidebar"><h2>Most read</h2><ul><li><a href="/a{nonce}">{headline}</a></li><li>{readers} people read this now</li></ul></aside>
<form><input type="hidden" name="token" value="{nonce}"></form><!-- served by node {nonce} --></body></html>"""


def reload(figure: int) -> bytes:
    nonce = f"{FIGURES.getrandbits(64):x}"
    headline = f"Headline {FIGURES.randint(1, 9999)} of the hour, which many people read"
    return SHELL.format(
        nonce=nonce, figure=figure, headline=headline, readers=FIGURES.randint(1, 99999)
    ).encode()


def reloaded(item: Evidence, figure: int) -> str:
    """What a worker keeps of a look at the page as it is now; the hash of the bytes
    that came.
    """
    link, body = item.link, reload(figure)
    page = read_page(body, url=link.url, content_type="text/html")
    link.latest_capture = captures.capture(
        link,
        PageVisit(
            FetchResult(url=link.url, final_url=link.url, status=200, body=body),
            LinkState.OK,
            "",
            page,
        ),
    )
    link.save(update_fields=["latest_capture"])
    capture_stored.send(Link, link=link, capture=link.latest_capture)
    return page.body_sha256


def test_60_reloads_with_other_nonces_are_no_alert_and_60_with_one_other_figure_are_60(
    item: Evidence, checker: User
) -> None:
    reloaded(item, 4210)
    attaching.check_quote_again(
        item, by=checker
    )  # from here on it is read in what the page says now
    before = item.changes.count()
    assert len({reloaded(item, 4210) for _ in range(60)}) == 60
    assert item.changes.count() == before
    assert Capture.objects.filter(url=item.link.url).count() == 2
    for number in range(60):
        reloaded(item, 4211 + number)
    assert item.changes.count() == before + 60
    assert item.changes.pending().count() == 1
