"""Sitemaps and the small files that programs look for."""

from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from lxml import etree

from claims.choices import Action
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests.claims.public_pages import Words, page, publish
from tests.claims.times import Clock, times
from tests.golden import assert_golden

__all__ = ["times"]
SITE = "http://localhost:8000"
NOON = datetime(2031, 6, 1, 12, tzinfo=UTC)


def _locations(answer: HttpResponse) -> list[str]:
    assert answer.status_code == 200
    return [str(found.text) for found in etree.fromstring(answer.content).iter("{*}loc")]


def test_the_index_leads_to_a_sitemap_for_each_month(
    client: Client, checker: User, editor: User, times: Clock
) -> None:
    times.set(NOON)
    first = publish(checker, editor, Words(claim="Bread <is> \"cheaper\" & 'better'."))
    times.set(NOON + timedelta(days=60))
    second = publish(checker, editor)
    index = _locations(client.get("/sitemap.xml"))
    assert index == [
        f"{SITE}/sitemaps/pages.xml",
        f"{SITE}/sitemaps/2031-6.xml",
        f"{SITE}/sitemaps/2031-7.xml",
    ]
    found = [at for path in index for at in _locations(client.get(path.removeprefix(SITE)))]
    assert found[-2:] == [f"{SITE}{page(first)}", f"{SITE}{page(second)}"]
    for address in found:
        assert client.get(address.removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize("name", ["sitemap.xml", "sitemaps/2031-6.xml", "sitemaps/news.xml"])
def test_a_sitemap_reads_as_written_down(
    client: Client, checker: User, editor: User, times: Clock, name: str
) -> None:
    times.set(NOON)
    publish(checker, editor, public_id="abcdef01000000000000000000000001")
    assert_golden(name.replace("/", "-"), client.get(f"/{name}").content)


def test_news_are_those_of_two_days(
    client: Client, checker: User, editor: User, times: Clock
) -> None:
    times.set(NOON)
    words = Words(claim="Pear\x7f trees < \ufffe bloom &c.", language="pt-BR")
    claim = publish(checker, editor, words)
    times.set(NOON + timedelta(hours=47))
    shown = client.get("/sitemaps/news.xml")
    assert _locations(shown) == [f"{SITE}{page(claim)}"]
    document = etree.fromstring(shown.content)
    assert document.findtext(".//{*}title") == f"False: {claim.text}".replace("\ufffe", "\ufffd")
    assert document.findtext(".//{*}language") == "pt"
    times.set(NOON + timedelta(hours=49))
    assert _locations(client.get("/sitemaps/news.xml")) == []


def test_a_retracted_verdict_leaves_all_sitemaps(
    client: Client, checker: User, editor: User, times: Clock
) -> None:
    times.set(NOON)
    claim = publish(checker, editor)
    apply(claim, Action.RETRACT, by=editor, data=MoveData(note="The register was misread."))
    assert _locations(client.get("/sitemap.xml")) == [f"{SITE}/sitemaps/pages.xml"]
    assert _locations(client.get("/sitemaps/news.xml")) == []
    assert client.get("/sitemaps/2031-6.xml").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["2031-13.xml", "2031-0.xml", "0-1.xml", "99999-1.xml", "9999-12.xml", "2031-6.json", "x.xml"],
)
def test_nonsense_is_not_found(client: Client, db: None, path: str) -> None:
    assert client.get(f"/sitemaps/{path}").status_code == 404


def test_robots_may_read_what_readers_may(client: Client, db: None) -> None:
    answer = client.get("/robots.txt")
    robots = RobotFileParser()
    robots.parse(answer.text.splitlines())
    assert robots.can_fetch("AnyBot", "/verdicts/x-00000000/")
    assert not robots.can_fetch("AnyBot", "/admin/")
    assert robots.site_maps() == [f"{SITE}/sitemap.xml", f"{SITE}/sitemaps/news.xml"]


@override_settings(CONTACT="desk@paper.example")
def test_who_finds_a_weakness_learns_whom_to_tell(client: Client, db: None, times: Clock) -> None:
    times.set(NOON)
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:desk@paper.example"
    assert fields["Expires"] == "2031-11-28T00:00:00+00:00"
    assert fields["Canonical"] == f"{SITE}/.well-known/security.txt"


def test_without_a_contact_there_is_no_such_file(client: Client, db: None) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
