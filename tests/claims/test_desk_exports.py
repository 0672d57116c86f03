"""Exports of desks that a worker makes: ordered on a page or over the API, made in
steps, downloaded from any byte on, deleted after some days.
"""

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.exchange.desk_export import making
from claims.models import DeskExport
from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from tests import factories
from tests.claims.export_cases import exported
from tests.project.api import Api, is_problem

ADD = "/admin/claims/deskexport/add/"


def _page(made: DeskExport, name: str = "change") -> str:
    return reverse(f"admin:claims_deskexport_{name}", args=[made.pk])


def _whole(made: DeskExport) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(making.file_of(made).read_bytes()))


def _body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_an_editor_exports_the_desk_and_downloads_it_from_any_byte_on(
    client: Client, desk: Desk, editor: User, ready: Any
) -> None:
    client.force_login(editor)
    for _twice in range(2):
        pressed = client.post(ADD, {"desk": desk.pk})
    made = DeskExport.objects.get()
    assert pressed.url == _page(made)
    shown = client.get(_page(made, "state")).json()
    assert shown == {"done": 0, "of": None, "going_on": True}
    assert "data-progress" in client.get(_page(made)).text
    for _step in range(2):
        making.work(made.pk)
    made.refresh_from_db()
    assert not client.get(_page(made, "state")).json()["going_on"]
    page = client.get(_page(made)).text
    assert made.sha256 in page and _page(made, "download") in page
    whole = client.get(_page(made, "download"))
    body = _body(whole)
    assert hashlib.sha256(body).hexdigest() == made.sha256 and len(body) == made.size
    assert whole["ETag"] == f'"{made.sha256}"' and "no-store" in whole["Cache-Control"]
    asked = {"Range": "bytes=100-", "If-Range": whole["ETag"]}
    rest = client.get(_page(made, "download"), headers=asked)
    assert rest.status_code == 206 and _body(rest) == body[100:]
    other = client.get(_page(made, "download"), headers=asked | {"If-Range": '"another"'})
    assert other.status_code == 200 and _body(other) == body
    recorded = AuditEntry.objects.filter(action__contains="export").order_by("seq")
    # Going on with a download is no other one.
    assert list(recorded.values_list("action", flat=True)) == [
        "desk_export.order",
        "desk.export",
        "desk_export.download",
        "desk_export.download",
    ]
    assert AuditEntry.objects.get(action="desk.export").changes["claims"] == [0, 1]


@pytest.mark.parametrize("asked", ["bytes=0-9", "bytes=1-"])
def test_whoever_begins_with_a_part_is_on_record_too(
    client: Client, desk: Desk, editor: User, asked: str
) -> None:
    made = making.order(desk, by=editor)
    for _step in range(2):
        making.work(made.pk)
    client.force_login(editor)
    for _part in range(2):
        assert _body(client.get(_page(made, "download"), headers={"Range": asked}))
    entry = AuditEntry.objects.get(action="desk_export.download")
    assert (entry.actor, entry.object_id) == ("editor", str(made.public_id))


def test_a_worker_that_dies_leaves_nothing_twice(
    desk: Desk, checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = [str(factories.claim(checker).public_id) for _ in range(5)]
    monkeypatch.setattr(making, "STEP_SECONDS", 0.0)
    monkeypatch.setattr("claims.exchange.desk_export.collecting.AT_ONCE", 2)
    made = making.order(desk, by=editor)
    for _step in range(40):
        made.refresh_from_db()
        if made.job_state == JobState.DONE:
            break
        # It gathered or packed, and died before it could say so.
        making._prepared(DeskExport.objects.get(pk=made.pk))
        making.work(made.pk)
    lines = _whole(made).read("claims.jsonl").splitlines()
    assert [json.loads(line)["claim"]["id"] for line in lines] == claims
    assert made.rows == made.expected
    manifest = json.loads(_whole(made).read("manifest.json"))
    assert manifest["counts"] == made.counts and made.counts["claims"] == 5


def test_nobody_else_orders_or_reads_it(
    desk: Desk, editor: User, checker: User, outsider: User, client: Client
) -> None:
    made = making.order(desk, by=editor)
    client.force_login(checker)
    assert client.post(ADD, {"desk": desk.pk}).status_code == 403
    for who in (checker, outsider):
        api = Api(who)
        assert is_problem(api.get(f"desk-exports/{made.public_id}/file/"), 404)
    assert is_problem(Api(checker).post("desk-exports/", {}), 403)
    # Who lost the role meanwhile gets nothing made.
    Membership.objects.filter(user=editor).update(end_date=clock.now().date() - timedelta(days=2))
    making.work(made.pk)
    made.refresh_from_db()
    assert made.job_state == JobState.FAILED and "may not export" in made.last_error
    assert not made.file


def test_the_api_orders_follows_and_downloads(desk: Desk, editor: User, client: Client) -> None:
    api = Api(editor)
    first, second = (api.post("desk-exports/", {}) for _twice in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    path = f"desk-exports/{first.json()['id']}/"
    assert second.json()["id"] == first.json()["id"] and not first.json()["downloadable"]
    assert is_problem(api.get(f"{path}file/"), 404)
    for _step in range(2):
        making.work(DeskExport.objects.get().pk)
    told = api.get(path).json()
    assert (told["state"], told["downloadable"]) == ("done", True)
    assert api.get("desk-exports/").json()["results"] == [told]
    body = _body(api.get(f"{path}file/"))
    assert hashlib.sha256(body).hexdigest() == told["sha256"]
    part = api.client.get(f"/api/v1/{path}file/", headers={"Range": "bytes=-4"})
    assert (part.status_code, _body(part)) == (206, body[-4:])


def test_the_file_goes_when_its_time_is_over(desk: Desk, editor: User, client: Client) -> None:
    made = exported(desk, editor)
    assert making.delete_expired() == 0 and making.file_of(made).exists()
    DeskExport.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    for deleted in (1, 0):
        assert making.delete_expired() == deleted
    assert not making.folder_of(made).exists()
    client.force_login(editor)
    assert client.get(_page(made, "download")).status_code == 302
    assert "The file was deleted" in client.get(_page(made)).text
    assert is_problem(Api(editor).get(f"desk-exports/{made.public_id}/file/"), 404)
