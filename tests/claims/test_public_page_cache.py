"""Readers get a page as it was made once, with all its headers, until something changes
for them; people of the newsroom never do.
"""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from claims.choices import Action, Meanwhile
from claims.models import Claim
from claims.public_site import kept_pages
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import page, publish

pytestmark = pytest.mark.django_db
OWN = {"X-Request-ID"}


@pytest.fixture
def claim(checker: User, editor: User) -> Claim:
    return publish(checker, editor)


@pytest.fixture
def paths(claim: Claim) -> list[str]:
    assert claim.claimant
    return [
        "/verdicts/",
        "/verdicts/?q=planted",
        f"/claimants/{claim.claimant.public_id}/",
        page(claim),
        page(claim).rstrip("/") + ".json",
        page(claim, "claimreview.json"),
        page(claim, "embed/"),
        "/corrections/",
        "/feeds/verdicts.atom",
        "/sitemap.xml",
        f"/oembed?url=http://localhost:8000{page(claim)}",
        "/v1alpha1/claims:search?query=planted",
    ]


@pytest.fixture(autouse=True)
def shared_pages() -> Iterator[None]:
    kept_pages._shared._paused_until = 0.0
    yield
    kept_pages._shared._paused_until = 0.0


def _queries(client: Client, path: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(path, headers=headers)
    return len(queries)


def _forget_here() -> None:
    """As another process."""
    caches["pages_at_hand"].clear()


def test_the_second_reader_costs_one_query_and_gets_the_same(
    client: Client, paths: list[str]
) -> None:
    for path in paths:
        first = client.get(path)
        assert first.status_code == 200, path
        for headers, status in (({}, 200), ({"If-None-Match": first["ETag"]}, 304)):
            with CaptureQueriesContext(connection) as queries:
                again = client.get(path, headers=headers)
            assert (again.status_code, len(queries)) == (status, 1), path
            assert again.content == (first.content if status == 200 else b"")
            # Security headers and all.
            kept = {name for name in first.headers if name not in kept_pages._OF_BODY} - OWN
            assert {name: again[name] for name in kept} == {name: first[name] for name in kept}


def test_another_process_finds_it_in_redis_but_for_what_can_be_asked_without_end(
    client: Client, paths: list[str]
) -> None:
    for path in paths:
        first = client.get(path).content
        _forget_here()
        queries = _queries(client, path)
        assert (queries > 1) == ("?" in path), path
        assert client.get(path).content == first


def test_every_change_is_shown_at_once(client: Client, claim: Claim, editor: User) -> None:
    path = page(claim)
    before = [client.get(each) for each in (path, "/verdicts/")]
    wrong = MoveData(note="Wrong.", category="correction", meanwhile=Meanwhile.WITHHELD)
    apply(claim, Action.CORRECT, by=editor, data=wrong)
    assert "planted" not in client.get("/verdicts/").text
    for each, old in zip((path, "/verdicts/"), before, strict=True):
        answer = client.get(each, headers={"If-None-Match": old["ETag"]})
        assert answer.status_code == 200 and answer["ETag"] != old["ETag"]
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    assert client.get(path).content == before[0].content
    apply(claim, Action.RETRACT, by=editor, data=factories.note("Misread."))
    for _ in range(2):
        assert client.get(path, headers={"If-None-Match": before[0]["ETag"]}).status_code == 410


def test_nothing_of_a_page_that_there_is_not_is_kept(
    client: Client, editor: User, approved: Claim
) -> None:
    path = f"/verdicts/it-{approved.public_id.hex[:8]}/"
    assert [client.get(path).status_code for _ in range(2)] == [404, 404]
    apply(approved, Action.PUBLISH, by=editor)
    approved.refresh_from_db()
    assert client.get(page(approved)).status_code == 200


def test_who_has_a_session_is_not_answered_from_it(
    client: Client, claim: Claim, editor: User
) -> None:
    client.force_login(editor)
    usual = _queries(client, page(claim))
    assert usual > 1 and _queries(client, page(claim)) == usual
    # Nor is what they are given kept for others.
    assert _queries(Client(), page(claim)) > 1


def test_a_host_that_is_not_ours_gets_no_kept_page(client: Client, claim: Claim) -> None:
    assert client.get(page(claim)).status_code == 200
    refused = client.get(page(claim), headers={"Host": "elsewhere.example"})
    assert refused.status_code == 400 and "planted" not in refused.text
    assert refused.has_header("Content-Security-Policy")


def test_without_redis_a_page_is_made_and_kept_by_the_process(
    client: Client, claim: Claim, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    away = settings.CACHES["pages"] | {"LOCATION": "redis://127.0.0.1:9/0"}
    monkeypatch.setitem(caches.settings, "pages", away)
    monkeypatch.delattr(caches._connections, "pages", raising=False)
    assert client.get(page(claim)).status_code == 200
    assert _queries(client, page(claim)) == 1
    _forget_here()
    assert client.get(page(claim)).status_code == 200


@pytest.mark.parametrize("forged", [b"", b"x" * 500])
def test_what_others_wrote_to_redis_is_not_shown(
    client: Client, claim: Claim, forged: bytes
) -> None:
    shown, path = client.get(page(claim)).content, f"{page(claim)}?"
    key = kept_pages._key(path, kept_pages.current_version())
    elsewhere = client.get("/verdicts/")
    other = caches["pages"].get(kept_pages._key("/verdicts/?", kept_pages.current_version()))
    assert elsewhere.status_code == 200 and other
    # Signed by us, of another address.
    for value in (forged, other, other[:32] + forged):
        caches["pages"].set(key, value, 60)
        _forget_here()
        assert client.get(page(claim)).content == shown


def test_a_process_remembers_the_version_for_a_part_of_a_second(
    client: Client, claim: Claim, editor: User, settings: Settings
) -> None:
    settings.PUBLIC_VERSION_SECONDS = 3600
    try:
        client.get(page(claim))
        assert _queries(client, page(claim)) == 0
        apply(claim, Action.RETRACT, by=editor, data=factories.note("Misread."))
        assert client.get(page(claim)).status_code == 200
        # Its time is over.
        kept_pages._known = kept_pages._known._replace(until=0.0)
        assert client.get(page(claim)).status_code == 410
    finally:
        kept_pages._known = kept_pages._known._replace(until=0.0)
