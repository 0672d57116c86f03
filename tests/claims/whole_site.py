"""A site with one of everything that readers meet, and who follows all of its links."""

import gzip
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from lxml import etree, html

from claims.choices import Action
from claims.intake.received_tips import SentTip, receive, token_of
from claims.intake.topics import add_topic, set_topic
from claims.models import Claim
from claims.publication import methodology, repetitions
from claims.publication.translations import set_original
from claims.workflow import apply
from factcheck.newsroom.models import User
from sources.models import Link
from tests import factories
from tests.claims.hostile_verdicts import publish_hostile
from tests.claims.public_pages import Words, publish
from tests.claims.test_public_media_review import media_claim

SITE = "http://localhost:8000"
# What a browser loads by itself, by element and attribute.
_LOADED = (
    "//script/@src | //img/@src | //img/@srcset | //iframe/@src | //source/@src | //video/@src"
)
_LOADED += " | //object/@data | //embed/@src | //link[@rel='stylesheet' or @rel='icon']/@href"
_framed = re.compile(r'<iframe src=\\"([^"\\]+)')
_css_address = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


def fill(checker: User, editor: User, second_editor: User, admin: User) -> str:
    """Returns the address where somebody follows what they sent in."""
    for text in ("Two people sign.", "Two people sign *each* verdict.\n\n- one\n- two"):
        methodology.publish(by=admin, text=text)
    words = Words(
        claim="The harbour of Port Evers saw 412 ships.",
        explanation="The **yearbook** counts\n\n```\n401\n```\n\n[It](https://yearbook.example) > all.",
        quote="401 calls",
        page="The board counted 401 calls in 2025.",
    )
    claim = publish(checker, editor, words)
    topic, _ = add_topic(claim.desk, by=editor, name="Harbours & <ships>")
    set_topic(claim, by=editor, topic=topic)
    _repeated(claim, checker, editor)
    # Its pages show the passage of the archived copy.
    Link.objects.filter(evidence__claim=claim).update(
        failing_since=timezone.now(), dead_since=timezone.now(), failures=9
    )
    factories.corrected(checker, editor, second_editor)
    media_claim(checker, editor)
    _translated(claim, checker, editor)
    factories.retracted(checker, editor)
    for meanwhile in ("under_review", "withheld"):
        factories.correcting(checker, editor, meanwhile=meanwhile)
    publish_hostile(publish(checker, editor), 4, seed=36)
    tip = receive(SentTip(text="Is it so?", client="192.0.2.7"), desk=claim.desk)
    return f"/tips/{token_of(tip)}/"


def _repeated(claim: Claim, checker: User, editor: User) -> None:
    details = repetitions.RepetitionDetails(
        claimant=factories.claimant("Mira Halloway"),
        stated_date=date(2026, 6, 2),
        words="412 ships!",
        appearance_url="https://tv.example/evening",
    )
    repetitions.confirm(repetitions.add(claim, by=checker, details=details), by=editor)


def _translated(original: Claim, checker: User, editor: User) -> None:
    claim = factories.ready(checker, text="412 Schiffe liefen den Hafen an.")
    set_original(claim, by=checker, original=original, language="de")
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)


@dataclass(frozen=True, slots=True)
class Visit:
    status: int
    kind: str
    body: bytes

    @property
    def is_page(self) -> bool:
        return bool(self.body) and self.kind.startswith("text/html")

    @property
    def sent(self) -> int:
        """The bytes that travel: the proxy of the image compresses what is text."""
        return len(gzip.compress(self.body))


@dataclass
class Crawl:
    """`wrong` says in words what a reader would stumble over."""

    visits: dict[str, Visit] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    fragments: set[tuple[str, str, str]] = field(default_factory=set)

    def run(self, *starts: str) -> None:
        client, waiting = Client(SERVER_NAME="localhost", SERVER_PORT="8000"), deque(starts)
        while waiting:
            address = waiting.popleft()
            if address in self.visits:
                continue
            response = client.get(address)
            self.visits[address] = visit = _visited(response)
            if visit.status in {301, 302}:
                waiting.append(response["Location"])
            elif visit.status != 200:
                self.wrong.append(f"{address} answers {visit.status}")
            waiting += [link for link in self._links(address, visit) if _worth_following(link)]
        for at, to, name in self.fragments:
            if to in self.visits and f'id="{name}"'.encode() not in self.visits[to].body:
                self.wrong.append(f"{at} leads to #{name}, which {to} does not have")

    def _links(self, address: str, visit: Visit) -> Iterator[str]:
        loaded, others = _addresses_in(visit)
        for link in (*loaded, *others):
            whole, name = urldefrag(urljoin(SITE + address, link))
            inside = whole.startswith(f"{SITE}/")
            if not inside and link in loaded:
                self.wrong.append(f"{address} loads {link} from another host")
            if inside:
                path = whole.removeprefix(SITE)
                if name:
                    self.fragments.add((address, path, name))
                yield path

    def weight(self, address: str) -> int:
        """The bytes of a page with all that it loads."""
        loaded, _ = _addresses_in(self.visits[address])
        paths = {urljoin(address, link) for link in loaded}
        return sum(self.visits[path].sent for path in (address, *paths))


def _visited(response: HttpResponse) -> Visit:
    body = response.getvalue() if response.streaming else response.content
    return Visit(response.status_code, response.get("Content-Type", ""), bytes(body))


def _addresses_in(visit: Visit) -> tuple[list[str], list[str]]:
    """What is loaded with it, and what it leads to."""
    if visit.is_page:
        document = html.document_fromstring(visit.body)
        loaded = [str(found) for found in document.xpath(_LOADED)]
        return loaded, [str(found) for found in document.xpath("//@href | //form/@action")]
    if visit.kind.startswith("text/css"):
        return ["".join(found) for found in _css_address.findall(visit.body.decode())], []
    if "xml" in visit.kind:
        document = etree.fromstring(visit.body)
        texts = (document.iter("{*}loc"), document.iter("{*}link"))
        return [], [str(one.get("href") or one.text) for found in texts for one in found]
    # What an oEmbed puts into the page of another site.
    return [], [unescape(found) for found in _framed.findall(visit.body.decode())]


def _worth_following(address: str) -> bool:
    """Lists narrowed twice are without an end."""
    query = dict(parse_qsl(urlsplit(address).query))
    return len(query.keys() - {"before"}) <= 1
