"""Public pages are the same for everybody: no cookies, no scripts, kept for a minute,
asked again cheaply.
"""

import pytest
from django.test import Client

from claims.models import Claim
from factcheck.newsroom.models import User
from sources.models import Link
from tests.claims.public_pages import page, publish
from tests.shared_rows import shared


@shared
def claim(checker: User, editor: User) -> Claim:
    return publish(checker, editor)


@pytest.fixture
def paths(claim: Claim) -> list[str]:
    return [
        "/",
        "/verdicts/",
        page(claim),
        page(claim, "claimreview.json"),
        page(claim, "evidence/1/"),
        "/feeds/verdicts.atom",
        "/feeds/verdicts.json",
        "/feeds/corrections.rss",
        "/sitemap.xml",
        "/sitemaps/news.xml",
    ]


def test_no_public_page_sets_or_reads_a_cookie(client: Client, paths: list[str]) -> None:
    for path in [*paths, "/verdicts/nothing/"]:
        answer = client.get(path)
        assert not answer.cookies, path
        assert "cookie" not in answer.get("Vary", "").lower(), path


def test_somebody_signed_in_gets_the_same_page(
    client: Client, editor: User, paths: list[str]
) -> None:
    before = [client.get(path).content for path in paths]
    client.force_login(editor)
    assert [client.get(path).content for path in paths] == before


def test_public_pages_run_no_script(client: Client, paths: list[str]) -> None:
    for path in paths:
        policy = client.get(path)["Content-Security-Policy"]
        assert "script-src 'none'" in policy and "'unsafe-inline'" not in policy
    shown = client.get(paths[2]).text
    assert shown.count("<script") == 1 == shown.count('<script type="application/ld+json">')
    assert " style=" not in shown and " on" + "click" not in shown


def test_caches_keep_a_page_but_ask_whether_it_still_holds(
    client: Client, paths: list[str]
) -> None:
    for path in paths:
        assert set(client.get(path)["Cache-Control"].split(", ")) == {"public", "no-cache"}


def test_an_unchanged_page_is_not_sent_again(client: Client, paths: list[str]) -> None:
    for path in paths[1:]:
        first = client.get(path)
        by_tag = client.get(path, headers={"If-None-Match": first["ETag"]})
        by_date = client.get(path, headers={"If-Modified-Since": first["Last-Modified"]})
        for again in (by_tag, by_date):
            assert (again.status_code, again.content) == (304, b"")
        assert "script-src 'none'" in by_tag["Content-Security-Policy"]


def test_a_page_is_sent_again_when_a_source_has_gone(client: Client, claim: Claim) -> None:
    first = client.get(page(claim))
    now = claim.verdicts.get().published_at
    Link.objects.update(state="gone", failing_since=now, dead_since=now)
    assert client.get(page(claim), headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_head_of_a_page_has_no_body(client: Client, paths: list[str]) -> None:
    for path in paths[1:]:
        answer = client.head(path)
        assert (answer.status_code, answer.content) == (200, b"")
