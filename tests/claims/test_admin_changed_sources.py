"""A changed source on the screens: news on the home page and the workbench, both texts
compared, one decision, the record to save.
"""

import io

import pytest
from django.test import Client
from warcio.archiveiterator import ArchiveIterator

from claims.choices import Action, SourceChangeDecision
from claims.evidence.source_changes import detect, log_changes
from claims.models import Claim, Evidence, SourceChange
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom.models import Membership, User
from sources.captures import store_web_archive
from sources.choices import LinkState
from sources.fetch_types import FetchResult
from sources.fetching.pages import PageVisit
from sources.filestore import file_store
from sources.models import Capture, LinkCheck
from sources.readable import read_page
from tests import factories
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
OLD = "The register lists <b>812</b> trees in the northern park.\nIt was counted by hand."
NEW = OLD.replace("812", "700")


@shared
def item(checker: User) -> Evidence:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    return factories.evidence(claim, checker, quote="<b>812</b> trees", text=OLD)


@shared
def change(item: Evidence) -> SourceChange:
    log_changes(detect(item.link, factories.captured(item.link, NEW)))
    return item.changes.get()


def page(change: SourceChange) -> str:
    return f"/admin/claims/sourcechange/{change.pk}/change/"


def test_the_checker_is_told_and_sees_word_by_word_what_changed(
    client: Client, checker: User, change: SourceChange
) -> None:
    client.force_login(checker)
    home, bench = (
        client.get("/admin/").text,
        client.get(f"/admin/claims/claim/{change.evidence.claim_id}/change/").text,
    )
    assert "Changed sources of my claims</h2>" in home and page(change) in home
    assert (
        "The page has changed." in bench
        and "Quote not found in the new text." in bench
        and page(change) in bench
    )
    shown = client.get(page(change)).text
    assert '<del><span class="sr">[removed:] </span>&lt;b&gt;812&lt;/b&gt;' in shown
    assert '<ins><span class="sr">[added:] </span>&lt;b&gt;700&lt;/b&gt;' in shown
    assert page(change) in client.get("/admin/claims/sourcechange/?decision=pending").text


def test_it_is_decided_with_one_button_and_is_then_no_news(
    client: Client, checker: User, editor: User, change: SourceChange
) -> None:
    client.force_login(checker)
    answer = client.post(
        f"/admin/claims/sourcechange/{change.pk}/supports/",
        {"note": "Another way to count."},
        follow=True,
    )
    assert "Marked: source still supports" in answer.text and "Another way to count." in answer.text
    assert "Changed sources of my claims</h2>" not in client.get("/admin/").text
    client.force_login(editor)
    late = client.post(
        f"/admin/claims/sourcechange/{change.pk}/supports/", {"note": "I typed this."}
    )
    assert (
        late.status_code == 409 and "already decided" in late.text and "I typed this." in late.text
    )
    change.refresh_from_db()
    assert (change.decision, change.decided_by) == (SourceChangeDecision.STILL_SUPPORTS, checker)


def test_a_note_too_long_is_kept_on_the_page(
    client: Client, checker: User, change: SourceChange
) -> None:
    client.force_login(checker)
    answer = client.post(
        f"/admin/claims/sourcechange/{change.pk}/supports/", {"note": "tree " * 500}
    )
    assert answer.status_code == 400 and "tree tree tree" in answer.text
    change.refresh_from_db()
    assert change.pending


def test_who_may_not_is_refused(
    client: Client,
    auditor: User,
    reporter: User,
    outsider: User,
    admin_person: User,
    superuser: User,
    change: SourceChange,
) -> None:
    client.force_login(auditor)
    assert client.get(page(change)).status_code == 200
    for person, status in (
        (auditor, 403),
        (reporter, 403),
        (outsider, 404),
        (admin_person, 403),
        (superuser, 403),
    ):
        client.force_login(person)
        assert (
            client.post(f"/admin/claims/sourcechange/{change.pk}/supports/").status_code == status
        ), person
    change.refresh_from_db()
    assert change.pending


def test_assigned_work_alone_shows_its_own_changes_and_no_others(
    client: Client, checker: User, change: SourceChange
) -> None:
    freelancer = factories.person("freelancer", change.evidence.claim.desk)
    Membership.objects.create(
        user=freelancer, desk=change.evidence.claim.desk, role="checker", assigned_only=True
    )
    client.force_login(freelancer)
    assert client.get(page(change)).status_code == 404
    type(change.evidence.claim).objects.filter(pk=change.evidence.claim_id).update(
        assignee=freelancer
    )
    assert client.get(page(change)).status_code == 200
    assert page(change) in client.get("/admin/").text
    assert client.post(f"/admin/claims/sourcechange/{change.pk}/supports/").status_code == 302


def test_of_a_published_verdict_the_way_on_is_a_correction(
    client: Client, checker: User, editor: User, published: Claim
) -> None:
    item = published.evidence.first()
    log_changes(detect(item.link, factories.captured(item.link, NEW)))
    client.force_login(editor)
    shown = client.get(page(item.changes.get())).text
    assert "Correct the verdict" in shown and "Edit the evidence" not in shown
    client.force_login(checker)
    assert "Correct the verdict" not in client.get(page(item.changes.get())).text


def test_the_copy_shows_when_it_was_seen_unchanged_and_the_nearest_passage(
    client: Client, checker: User, item: Evidence
) -> None:
    LinkCheck.objects.create(
        link=item.link, checked_at=clock.now(), state="ok", elapsed_ms=9, capture=item.capture
    )
    client.force_login(checker)
    path = f"/admin/claims/claim/{item.claim_id}/evidence/{item.number}/capture/"
    assert "Unchanged since" in client.get(f"/admin/claims/claim/{item.claim_id}/change/").text
    shown = client.get(path).text
    assert (
        "Unchanged since" in shown
        and '<mark id="quote">&lt;b&gt;812&lt;/b&gt; trees</mark>' in shown
    )
    other = factories.evidence(
        item.claim,
        checker,
        quote="lists 812 trees in the southern park",
        text="Nothing new.\nThe register lists 812 trees in the northern park.",
    )
    shown = client.get(path.replace("evidence/1/", f"evidence/{other.number}/")).text
    way = f"/admin/claims/claim/{item.claim_id}/evidence/{other.number}/edit/?nearest"
    assert way in client.get(f"/admin/claims/claim/{item.claim_id}/change/").text
    assert (
        ">\nThe register lists 812 trees in the northern park.</textarea>" in client.get(way).text
    )
    assert (
        '<mark class="near" id="quote">The register lists 812 trees in the northern park.</mark>'
        in shown
        and "Go to the nearest passage" in shown
    )


def test_the_record_of_a_fetch_is_saved_by_who_sees_the_copy_and_by_nobody_else(
    client: Client, checker: User, reporter: User, outsider: User, item: Evidence
) -> None:
    body = b"<!doctype html><title>T</title><p>The register lists 9 trees.</p>"
    visit = PageVisit(
        FetchResult(url=item.link.url, final_url=item.link.url, status=200, body=body),
        LinkState.OK,
        "",
        read_page(body, url="", content_type="text/html"),
    )
    kept = store_web_archive(item.link, visit)
    copy = Capture.objects.create(
        desk=item.link.desk,
        url=item.link.url,
        text=visit.page.text,
        text_sha256=visit.page.text_sha256,
        body_sha256=visit.page.body_sha256,
        captured_at=clock.now(),
        warc_sha256=kept.warc.sha256,
        warc_size=kept.warc.size,
    )
    path = f"/admin/sources/capture/{copy.pk}/warc/"
    client.force_login(checker)
    assert path in client.get(f"/admin/sources/capture/{copy.pk}/change/").text
    answer = client.get(path)
    assert (
        answer["Content-Disposition"].startswith("attachment;")
        and answer["X-Content-Type-Options"] == "nosniff"
    )
    assert "no-store" in answer["Cache-Control"] and answer["Content-Type"] == "application/warc"
    records = list(ArchiveIterator(io.BytesIO(answer.getvalue())))
    assert [record.rec_type for record in records] == ["warcinfo", "response"]
    assert (
        client.get(f"/admin/sources/capture/{item.capture_id}/warc/").status_code == 404
    )  # it has none
    for person, status in ((reporter, 403), (outsider, 404)):
        client.force_login(person)
        assert client.get(path).status_code == status
    client.logout()
    assert client.get(path).status_code == 302  # to the login
    client.force_login(checker)
    file_store().delete(f"{kept.warc.sha256[:2]}/{kept.warc.sha256}")
    assert "missing from the file store" in client.get(path, follow=True).text
