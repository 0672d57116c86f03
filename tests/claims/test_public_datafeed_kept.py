"""The feed in bulk out of files that a worker keeps: the same bytes as row by row,
never older than what readers see, and from any byte on.
"""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.models import Verdict
from claims.public_site import datafeed, kept_datafeed
from claims.tasks import keep_datafeed
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.hostile_verdicts import publish_hostile
from tests.claims.public_pages import publish

FEED = "/datafeed.json"
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "datafeed"


def _is_file(answer: HttpResponseBase) -> bool:
    return answer.get("Accept-Ranges") == "bytes"


def _claims(answer: Any) -> list[str]:
    feed = json.loads(answer.getvalue())
    return sorted(element["item"][0]["claimReviewed"] for element in feed["dataFeedElement"])


def test_the_files_say_what_the_rows_say_in_parts(
    client: Client, checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_datafeed, "PART", 3)
    publish_hostile(publish(checker, editor), 7, seed=3)
    streamed = client.get(FEED)
    row_by_row = streamed.getvalue()
    keep_datafeed()
    with CaptureQueriesContext(connection) as asked:
        file = client.get(FEED)
        assert _is_file(file) and file.getvalue() == row_by_row
    assert not any(
        Verdict._meta.db_table in one["sql"] and "content" in one["sql"] for one in asked
    )
    packed = client.get(FEED, headers=GZIP)
    assert packed["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.getvalue()) == row_by_row
    assert packed["ETag"] != file["ETag"] and packed["Last-Modified"] == streamed["Last-Modified"]
    for answer, headers in ((file, {}), (packed, GZIP)):
        known = {**headers, "If-None-Match": answer["ETag"]}
        assert client.get(FEED, headers=known).status_code == 304


@pytest.mark.parametrize("change", ["correction", "withheld", "retraction"])
def test_a_change_is_in_the_feed_at_once_and_makes_one_part_anew(
    client: Client,
    checker: User,
    editor: User,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: str,
) -> None:
    monkeypatch.setattr(kept_datafeed, "PART", 1)
    other, claim = publish(checker, editor), factories.published(checker, editor)
    keep_datafeed()
    before, parts = client.get(FEED), set(folder.glob("*.part"))
    assert _claims(before) == sorted([other.text, claim.text])
    if change == "retraction":
        apply(claim, Action.RETRACT, by=editor, data=MoveData(note="Misread."))
    else:
        meanwhile = "withheld" if change == "withheld" else "under_review"
        data = MoveData(note="Misread.", category="correction", meanwhile=meanwhile)
        apply(claim, Action.CORRECT, by=editor, data=data)
    after = client.get(FEED, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200 and not _is_file(after) and _claims(after) == [other.text]
    keep_datafeed()
    again = client.get(FEED, headers={"If-None-Match": before["ETag"]})
    assert _is_file(again) and _claims(again) == [other.text]
    assert set(folder.glob("*.part")) == parts
    if change != "retraction":
        apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
        assert _claims(client.get(FEED)) == sorted([other.text, claim.text])


def test_what_is_the_same_is_not_written_again(
    client: Client, checker: User, editor: User, folder: Path, settings: Any
) -> None:
    publish(checker, editor)
    assert kept_datafeed.keep() and not kept_datafeed.keep()
    first = client.get(FEED)["ETag"]
    # Something that readers see, and that is not in the feed.
    User.objects.update(byline="Somebody Else")
    assert kept_datafeed.keep() and client.get(FEED)["ETag"] == first
    settings.DATA_LICENSE = "https://licence.example/by"
    assert not _is_file(client.get(FEED))
    assert kept_datafeed.keep() and client.get(FEED)["ETag"] != first


def test_a_download_goes_on_where_it_broke_off(client: Client, checker: User, editor: User) -> None:
    publish(checker, editor)
    keep_datafeed()
    whole = client.get(FEED)
    body, tag = whole.getvalue(), whole["ETag"]
    size = len(body)

    def part(asked: str, **more: str) -> Any:
        return client.get(FEED, headers={"Range": asked, **more})

    rest = part("bytes=100-", **{"If-Range": tag})
    assert (rest.status_code, rest.getvalue()) == (206, body[100:])
    assert rest["Content-Range"] == f"bytes 100-{size - 1}/{size}" and rest["ETag"] == tag
    assert part("bytes=2-4").getvalue() == body[2:5]
    assert part("bytes=-7").getvalue() == body[-7:]
    assert part(f"bytes=5-{size * 9}").getvalue() == body[5:]
    for nonsense in ("bytes=4-2", "bytes=1-2,4-5", "lines=1-2", "bytes=-", "bytes=a-b"):
        assert (part(nonsense).status_code, part(nonsense).getvalue()) == (200, body)
    assert part("bytes=100-", **{"If-Range": '"another"'}).getvalue() == body
    for beyond in (f"bytes={size}-", "bytes=-0"):
        assert part(beyond).status_code == 416
        assert part(beyond)["Content-Range"] == f"bytes */{size}"


@pytest.mark.parametrize("lost", ["whole", "note", "nonsense"])
def test_without_the_files_the_rows_are_read(
    client: Client, checker: User, editor: User, folder: Path, lost: str
) -> None:
    claim = publish(checker, editor)
    keep_datafeed()
    if lost == "whole":
        for file in folder.glob("*.json*"):
            if file.name != "state.json":
                file.unlink()
    elif lost == "note":
        (folder / "state.json").unlink()
    else:
        (folder / "state.json").write_text("[]")
    answer = client.get(FEED)
    assert not _is_file(answer) and _claims(answer) == [claim.text]


def test_two_workers_at_once_are_no_harm_and_old_files_go(
    client: Client, checker: User, editor: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = publish(checker, editor)
    written = kept_datafeed._put_together

    def meanwhile(*given: Any) -> None:
        monkeypatch.setattr(kept_datafeed, "_put_together", written)
        assert kept_datafeed.keep()
        written(*given)

    monkeypatch.setattr(kept_datafeed, "_put_together", meanwhile)
    assert kept_datafeed.keep() and _claims(client.get(FEED)) == [claim.text]
    apply(claim, Action.RETRACT, by=editor, data=MoveData(note="Misread."))
    monkeypatch.setattr(kept_datafeed, "KEEP_SECONDS", -1)
    assert kept_datafeed.keep() and _claims(client.get(FEED)) == []
    assert not list(folder.glob("*.part")) and len(list(folder.iterdir())) == 3
    assert datafeed.TYPE in client.get(FEED)["Content-Type"]
