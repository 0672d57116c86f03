"""A verdict that is scheduled under embargo is nowhere on the public site before its
time, and everywhere from then on; a retraction takes it away everywhere.
"""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client

from claims import urls
from claims.choices import Action
from claims.intake.topics import add_topic, set_topic
from claims.models import Claim
from claims.publication.embargo import set_embargo
from claims.publication.scheduling import publish_scheduled
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.times import Clock, times

__all__ = ["times"]
pytestmark = pytest.mark.django_db
SECRET = "The quagga harbour closes its north quay."
SITE = "http://localhost:8000"
# As many before the release as after it.
INSTANTS = 500
# At each of them a few addresses, in turn: that makes each of them answer at dozens.
ASKED_AT_ONCE = 2
# What shows the verdict as soon as it is published, by the name of its address.
SHOWN_IN = {
    "verdicts",
    "verdict",
    "content",
    "claim_review",
    "verdict_json",
    "feed",
    "topic_feed",
    "datafeed",
    "embed",
    "share_picture",
    "oembed",
    "claims_search",
    "news_sitemap",
    "sitemap",
}


def _scheduled(checker: User, editor: User) -> Claim:
    claim = factories.approved(checker, editor, text=SECRET)
    topic, _ = add_topic(claim.desk, by=editor, name="Harbours")
    set_topic(claim, by=editor, topic=topic)
    ends = clock.now() + timedelta(hours=6)
    set_embargo(claim, by=editor, until=ends)
    apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=ends))
    claim.refresh_from_db()
    return claim


def _addresses(claim: Claim) -> Iterator[tuple[str, str]]:
    """Name and path of every address of the public site, filled for this claim."""
    short = claim.public_id.hex[:8]
    address = quote(claim.address if claim.slug else f"the-quagga-harbour-{short}")
    # What is planned for the last evening of a month may be published in the next one.
    published = claim.verdicts.published().first()
    at = (published and published.first_published_at) or claim.schedules.get().at
    assert claim.topic is not None
    values = {
        "<str:address>": address,
        "<int:number>": "1",
        "<uuid:topic>": str(claim.topic.public_id),
        "<uuid:claimant>": "00000000-0000-0000-0000-000000000000",
        "<uuid:mailbox>": "00000000-0000-0000-0000-000000000000",
        "<int:year>": str(at.year),
        "<int:month>": str(at.month),
        "<str:tip_token>": "nobody-has-this-link",
        "<slug:page>": "about",
        "<slug:language>": "en",
    }
    asked = {
        "oembed": f"?url={quote(f'{SITE}/verdicts/{address}/')}",
        "claims_search": "?query=quagga",
    }
    for one in urls.urlpatterns:
        route = str(one.pattern)
        for placeholder, value in values.items():
            route = route.replace(placeholder, value)
        kinds = ("atom", "rss", "json") if "<str:feed_format>" in route else ("",)
        for kind in kinds:
            path = route.replace("<str:feed_format>", kind)
            assert "<" not in path, f"Say in this test what stands for {path}."
            yield one.name or "", f"/{path}{asked.get(one.name or '', '')}"


def _tells(answer: HttpResponse) -> bool:
    """Whether the claim is in it, as text, as an address or as a picture."""
    if answer.headers.get("Content-Type") == "image/png":
        return answer.status_code == 200
    words = f"{dict(answer.items())} {answer.getvalue().decode()}".lower()
    return "quagga harbour" in words or "quagga-harbour" in words


def test_it_is_nowhere_before_its_time_and_everywhere_after(
    client: Client, times: Clock, checker: User, editor: User
) -> None:
    claim = _scheduled(checker, editor)
    plan, draw = claim.schedules.get(), random.Random(7)
    in_turn = cycle([path for _, path in _addresses(claim)])
    for _ in range(INSTANTS):
        times.set(plan.at - timedelta(microseconds=draw.randrange(1, 6 * 3600 * 10**6)))
        publish_scheduled(plan.pk)
        told = [path for path in islice(in_turn, ASKED_AT_ONCE) if _tells(client.get(path))]
        assert told == []
    times.set(plan.at + timedelta(microseconds=draw.randrange(6 * 3600 * 10**6)))
    publish_scheduled(plan.pk)
    claim.refresh_from_db()
    showing = cycle([path for name, path in _addresses(claim) if name in SHOWN_IN])
    for _ in range(INSTANTS):
        times.set(plan.at + timedelta(microseconds=draw.randrange(6 * 3600 * 10**6)))
        publish_scheduled(plan.pk)
        silent = [path for path in islice(showing, ASKED_AT_ONCE) if not _tells(client.get(path))]
        assert silent == []


def test_a_retraction_takes_it_from_every_address(
    client: Client, times: Clock, checker: User, editor: User
) -> None:
    claim = _scheduled(checker, editor)
    plan = claim.schedules.get()
    times.set(plan.at)
    publish_scheduled(plan.pk)
    claim.refresh_from_db()
    before = {path: client.get(path).get("ETag", "") for _, path in _addresses(claim)}
    apply(claim, Action.RETRACT, by=editor, data=MoveData(note="The register was misread."))
    for name, path in _addresses(claim):
        answer = client.get(path, headers={"If-None-Match": before[path]})
        # these say that it was retracted
        if name not in {"corrections", "corrections_feed", "embed", "share_picture"}:
            assert answer.status_code in {404, 410} or not _tells(answer), path
        if name in SHOWN_IN:
            assert answer.status_code != 304, path


def test_what_shows_it_are_addresses_that_there_are() -> None:
    assert {one.name for one in urls.urlpatterns} >= SHOWN_IN
