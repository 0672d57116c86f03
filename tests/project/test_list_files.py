"""Lists as CSV files: as filtered, harmless in a spreadsheet, and for one person."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.newsroom import bounded_lists, list_exports
from factcheck.newsroom.csv_lines import plain_cell
from factcheck.newsroom.models import ListFile, ListFilePart, Membership, User
from tests import factories

LIST = reverse("admin:claims_claim_changelist")
OF = reverse("admin:newsroom_listfile_of", args=["claims.claim"])


def _rows(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode()
    return [*csv.DictReader(io.StringIO(text))]


def _made(client: Client, query: str = "") -> ListFile:
    client.post(f"{OF}?{query}")
    file = ListFile.objects.latest("pk")
    while file.job_state == JobState.WAITING:
        list_exports.write(file.pk)
        file.refresh_from_db()
    return file


def _download(client: Client, file: ListFile) -> Any:
    return client.get(reverse("admin:newsroom_listfile_download", args=[file.pk]))


def test_no_cell_runs_in_a_spreadsheet() -> None:
    for start in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20":
        for before in ("", "  "):
            assert plain_cell(f"{before}{start}1+1") == f"'{before}{start}1+1"
    assert [plain_cell(one) for one in ("a=1", None, 7)] == ["a=1", "", "7"]
    # Nothing is no zero: a score may be one.
    assert [plain_cell(one) for one in (0, Decimal("0.0000"))] == ["0", "0.0000"]


def test_a_short_list_is_sent_as_it_is_filtered(client: Client, editor: User) -> None:
    factories.claim(editor, text="=HYPERLINK(1) is what he said.")
    ready = factories.ready(editor)
    client.force_login(editor)
    page = client.get(f"{LIST}?status__exact=open&q=said").content.decode()
    assert f'href="{OF}?status__exact=open&amp;q=said"' in page
    answer = client.get(f"{OF}?status__exact=open&q=said")
    (row,) = _rows(answer)
    assert row["claim"] == "'=HYPERLINK(1) is what he said." and row["rating"] == ""
    assert answer["Content-Disposition"].startswith('attachment; filename="claims-')
    assert "no-store" in answer["Cache-Control"]
    (rated,) = _rows(client.get(f"{OF}?status__exact=in_progress"))
    assert (rated["id"], rated["rating"]) == (str(ready.public_id), "False")


def test_every_list_with_a_file_sends_one(client: Client, editor: User) -> None:
    Membership.objects.create(user=editor, desk=factories.desk(), role="auditor")
    factories.published(factories.person("c", factories.desk(), "checker"), editor)
    client.force_login(editor)
    for screen in ("sources.article", "sources.link", "sources.capture", "claims.evidence", "claims.suggestion", "claims.recheck", "ledger.auditentry"):  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(reverse("admin:newsroom_listfile_of", args=[screen]))
            assert answer.status_code == 200 and isinstance(_rows(answer), list), screen
        # Megabytes a row, of which no file shows a word.
        assert "page_text" not in str(queries.captured_queries), screen


@pytest.fixture
def long_list(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        factories.claim(editor, text=f"{number} quinces.")
    monkeypatch.setattr(bounded_lists, "MOST_COUNTED", 3)
    monkeypatch.setattr(list_exports, "STEP", 3)
    monkeypatch.setattr(list_exports, "AT_ONCE", 2)


def test_a_long_list_is_made_step_by_step(client: Client, editor: User, long_list: None) -> None:
    client.force_login(editor)
    assert "Make CSV" in client.get(LIST).content.decode()
    refused = client.get(OF, follow=True).content.decode()
    assert "too long to be sent at once" in refused
    pages = {client.post(f"{OF}?status__exact=open")["Location"] for _ in range(2)}
    file = ListFile.objects.get()  # a double click asks for one file
    assert pages == {reverse("admin:newsroom_listfile_change", args=[file.pk])}
    state = reverse("admin:newsroom_listfile_state", args=[file.pk])
    told = []
    for _step in range(3):
        told.append(client.get(state).json()["done"])
        assert "data-progress" in client.get(*pages).content.decode()
        list_exports.write(file.pk)
    assert told == [0, 3, 6] and client.get(state).json()["going_on"] is False
    list_exports.write(file.pk)  # a message that came twice
    file.refresh_from_db()
    assert (file.rows, file.expected, file.attempts) == (7, 7, 1)
    assert [row["claim"][0] for row in _rows(_download(client, file))] == list("6543210")


def test_only_its_owner_has_it_and_only_what_they_still_see(
    client: Client, editor: User, checker: User, long_list: None
) -> None:
    other = factories.desk("Other")
    membership = Membership.objects.create(user=editor, desk=other, role="editor")
    factories.claim(editor, other, text="A secret of the other desk.")
    client.force_login(editor)
    file = _made(client)
    assert len(_rows(_download(client, file))) == 8
    membership.end_date = clock.now().date() - timedelta(days=1)
    membership.save()
    left = _rows(_download(client, file))
    assert len(left) == 7 and "secret" not in str(left)
    client.force_login(checker)
    for what in ("change", "state", "download"):
        address = reverse(f"admin:newsroom_listfile_{what}", args=[file.pk])
        assert client.get(address).status_code == 404, what
    assert "claims.claim" not in client.get("/admin/newsroom/listfile/").content.decode()
    for role in Membership.objects.filter(user=editor, end_date=None):
        role.end_date = clock.now().date() - timedelta(days=1)
        role.save()
    client.force_login(editor)
    assert _download(client, file).status_code in {302, 403}


def test_it_is_deleted_after_its_time(client: Client, editor: User, long_list: None) -> None:
    client.force_login(editor)
    file = _made(client)
    assert list_exports.delete_expired() == 0
    ListFile.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert _download(client, file).status_code == 302
    assert list_exports.delete_expired() == ListFilePart.objects.count() + 3
    page = client.get(reverse("admin:newsroom_listfile_change", args=[file.pk]))
    assert "The file was deleted." in page.content.decode()


def test_a_file_that_waited_long_for_a_worker_is_whole(
    client: Client, editor: User, long_list: None
) -> None:
    client.force_login(editor)
    client.post(OF)
    file = ListFile.objects.get()
    list_exports.write(file.pk)
    # No worker ran for two days; the first thing it does is tidying up.
    ListFile.objects.update(expires_at=clock.now() - timedelta(days=1))
    list_exports.delete_expired()
    for _step in range(2):
        list_exports.write(file.pk)
    assert len(_rows(_download(client, file))) == 7


def test_what_cannot_be_made_says_why(client: Client, editor: User, long_list: None) -> None:
    client.force_login(editor)
    for asked in ("topic=424242", "nonsense=1", "rating=x"):
        for send in (client.get, client.post):
            answer = send(f"{OF}?{asked}")
            assert answer["Location"].startswith(f"{LIST}?{asked}"), asked
    assert not ListFile.objects.exists()
    for screen in ("no.such", "claims", "newsroom.user", "claims.claim\0"):
        assert client.get(reverse("admin:newsroom_listfile_of", args=[screen])).status_code == 404
    # The filter went while the file waited.
    client.post(f"{OF}?status__exact=open")
    ListFile.objects.update(query="topic=424242")
    file = ListFile.objects.get()
    list_exports.write(file.pk)
    file.refresh_from_db()
    assert (file.job_state, Claim.objects.count()) == (JobState.FAILED, 7)
    page = client.get(reverse("admin:newsroom_listfile_change", args=[file.pk]))
    assert "makes no sense any more" in page.content.decode()
