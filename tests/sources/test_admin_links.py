"""A link's page shows what each look found; its button makes it due now."""

from django.test import Client

from factcheck.ledger import clock
from factcheck.newsroom.models import Desk, User
from sources.cited_links import cite
from sources.models import Link, LinkCheck
from tests import factories
from tests.shared_rows import shared

COPY = "The register lists <b>12</b> mills.\n  It was last changed in May."


@shared
def link(desk: Desk, checker: User) -> Link:
    made = cite("https://mills.example/register", desk=desk, by=checker)
    factories.captured(made, COPY)
    LinkCheck.objects.create(
        link=made,
        checked_at=clock.now(),
        state="timeout",
        reason="No answer within 20 seconds.",
        elapsed_ms=20_000,
    )
    Link.objects.filter(pk=made.pk).update(next_attempt_at=None, job_state="done")
    return made


def test_the_page_shows_history_and_copy_as_plain_text(auditor: User, link: Link) -> None:
    raw = Client()  # the one of the fixture folds line breaks
    raw.force_login(auditor)
    html = raw.get(f"/admin/sources/link/{link.pk}/change/").content.decode()
    assert "No answer within 20 seconds." in html
    assert "lists &lt;b&gt;12&lt;/b&gt; mills.\n  It was" in html
    assert "Check link" not in html


def test_check_now_makes_the_link_due_and_is_safe_twice(
    client: Client, checker: User, link: Link
) -> None:
    client.force_login(checker)
    for _ in range(2):
        answer = client.post(f"/admin/sources/link/{link.pk}/check/")
        assert answer["Location"] == f"/admin/sources/link/{link.pk}/change/"
    link.refresh_from_db()
    assert (link.job_state, link.attempts) == ("waiting", 0)
    assert link.next_attempt_at is not None


def test_who_may_not_check_is_refused(
    client: Client, auditor: User, outsider: User, reporter: User, link: Link
) -> None:
    for person, status in ((auditor, 403), (outsider, 404), (reporter, 403)):
        client.force_login(person)
        assert client.post(f"/admin/sources/link/{link.pk}/check/").status_code == status
    link.refresh_from_db()
    assert link.next_attempt_at is None


def test_a_check_is_never_requested_by_a_get(client: Client, checker: User, link: Link) -> None:
    client.force_login(checker)
    assert client.get(f"/admin/sources/link/{link.pk}/check/").status_code == 405


def test_another_desk_sees_neither_link_nor_copy(
    client: Client, outsider: User, link: Link
) -> None:
    client.force_login(outsider)
    copy = link.latest_capture
    assert copy is not None
    for address in (f"link/{link.pk}/change/", f"capture/{copy.pk}/change/"):
        assert client.get(f"/admin/sources/{address}").status_code == 404
    for listed in ("link", "capture"):
        assert "mills.example" not in client.get(f"/admin/sources/{listed}/").content.decode()


def test_links_are_narrowed_by_state_and_by_being_dead(
    client: Client, checker: User, link: Link
) -> None:
    client.force_login(checker)
    now = clock.now()
    Link.objects.filter(pk=link.pk).update(state="gone", failing_since=now, dead_since=now)
    cite("https://alive.example/page", desk=link.desk, by=checker)
    for asked in ("dead=yes", "state__exact=gone", "state__in=gone,not_found"):
        html = client.get(f"/admin/sources/link/?{asked}").content.decode()
        assert "mills.example" in html
        assert "alive.example/page" not in html


def test_a_copy_cannot_be_written_in(client: Client, editor: User, link: Link) -> None:
    client.force_login(editor)
    copy = link.latest_capture
    assert copy is not None
    address = f"/admin/sources/capture/{copy.pk}/change/"
    assert "lists &lt;b&gt;12&lt;/b&gt; mills." in client.get(address).content.decode()
    assert client.post(address, {"text": "Something else."}).status_code == 403
    assert (
        client.post(f"/admin/sources/capture/{copy.pk}/delete/", {"post": "yes"}).status_code == 403
    )
