"""One request for each operation of the API that is answered with success: what bad
requests are made from, and the proof that they reach the code behind the door.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.choices import Action, Stance
from claims.desk.waivers import waive
from claims.evidence.attaching import EvidenceDetails, attach
from claims.evidence.interviews import Note, attach_note
from claims.evidence.source_access import grant_access
from claims.evidence.source_changes import detect, log_changes
from claims.exchange.webhooks import signing
from claims.intake.received_tips import SentTip, receive
from claims.intake.tips import TipDetails, add_tip
from claims.models import (
    BulkChange,
    Claim,
    ConfidentialIdentity,
    DeskChannel,
    Evidence,
    ImportedFactCheck,
    Notification,
    Recheck,
    SourceReadRequest,
    WebhookDelivery,
    WebhookEndpoint,
)
from claims.publication import methodology, site_texts
from claims.publication.rechecks import request_rechecks
from claims.publication.repetitions import RepetitionDetails, add
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.ledger.canonical_json import sha256
from factcheck.newsroom import mail
from factcheck.newsroom.list_exports import order
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.saved_views import NamedView, save
from sources.cited_links import cite
from sources.filestore import file_store
from sources.ingest import submit_url
from sources.models import Article, Capture
from sources.watching.feeds import follow
from tests import factories
from tests.claims.import_cases import BRIDGE, begun, checked, imported
from tests.project import live_requests, picture_requests, resource_requests
from tests.project.api import ROOT, Body
from tests.project.full_newsroom import ROLES
from tests.project.request_steps import STEPS
from tests.project.valid_exchange_requests import exchange_rows


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    template: str
    path: str
    body: Body | None

    @property
    def operation(self) -> tuple[str, str]:
        return self.method, self.template


class Story:
    """A desk on which `by`, who has every role, can do each operation once."""

    def __init__(self) -> None:
        self.desk: Desk = factories.desk()
        self.writer = factories.person("writer", self.desk, "checker")
        self.editor = factories.person("colleague", self.desk, "editor")
        # Last: whoever edits the first people of the list does not end this session.
        self.by: User = factories.person("everybody", self.desk, *ROLES)
        self.ids: dict[str, str] = {}
        self._published()
        self._articles()
        self._work()
        self._screens()
        picture_requests.prepare(self)
        resource_requests.prepare(self)

    def _screens(self) -> None:
        """What no operation of the API asks for, but screens do."""
        methodology.publish(by=self.by, text="How we work.")
        site_texts.publish(by=self.by, page="about", language="en", text="Who we are.")
        mail.send_later(self.writer, "password_changed", address="writer@news.example")
        save(NamedView("claims.claim", "Harbour", "q=harbour", None), by=self.by)
        order("claims.claim", "status__exact=open", by=self.by)
        mine, to_me = factories.claim(self.writer), MoveData(assignee=self.by)
        apply(mine, Action.ASSIGN, by=self.editor, data=to_me)
        told = Notification.objects.filter(user=self.by).first()
        self.ids["notification"] = str(told.public_id) if told else ""
        BulkChange.objects.create(kind="topic", by=self.by, made_at=clock.now())
        for name, state in (("import", begun), ("dry run", checked), ("imported", imported)):
            self.ids[name] = str(state(self.desk, self.by, BRIDGE).public_id)
        self.ids["imported_fact_check"] = str(ImportedFactCheck.objects.get().public_id)
        self.ids |= exchange_rows(self.desk, self.by)
        self.ids |= live_requests.ids(self.desk, self.by)
        DeskChannel.objects.create(
            desk=self.desk, service="slack", address="https://hooks.example/1"
        )
        follow(self.desk, by=self.by, url="https://paper.example/feed")
        webhook = WebhookEndpoint.objects.create(
            desk=self.desk, name="CMS", url="https://cms.example/", secret=signing.new_secret()
        )
        delivery = WebhookDelivery.objects.create(
            endpoint=webhook, made_at=clock.now(), job_state="failed"
        )
        self.ids |= {"webhook": str(webhook.public_id), "delivery": str(delivery.public_id)}

    def _published(self) -> None:
        claim = factories.published(self.writer, self.editor)
        link = claim.evidence.order_by("number")[0].link
        request_rechecks(link, by=self.editor, note="The office took the table back.")
        log_changes(detect(link, factories.captured(link, "The page says something else now.")))
        for name in ("confirmed", "withdrawn"):
            said = RepetitionDetails(
                factories.claimant("The mayor"),
                clock.now().date(),
                f"They {name} it.",
                "https://radio.example/again",
            )
            self.ids[name] = str(add(claim, by=self.writer, details=said).public_id)
        self.ids["desk"] = str(self.desk.public_id)
        for name in ("to join", "to make", "to close", "to pass", "to recheck"):
            of = claim.verdicts.get() if name == "to recheck" else None
            sent = SentTip(text=f"A tip {name}.", email="runa@mail.example", verdict=of)
            self.ids[name] = str(receive(sent, desk=self.desk).public_id)
        self.ids |= {
            "published": str(claim.public_id),
            "verdict": str(claim.verdicts.get().public_id),
            "link": str(link.public_id),
            "publisher": str(link.publisher.public_id) if link.publisher else "",
            "recheck": str(Recheck.objects.get().public_id),
            "source_change": str(claim.evidence.order_by("number")[0].changes.get().public_id),
        }

    def _articles(self) -> None:
        article = factories.article_read(self.writer)
        names = ("accepted", "declined", "already", "reopened")
        other = factories.article_read(
            self.writer, text=factories.ARTICLE.replace("412", "413") + "It cost 7 million euros.\n"
        )
        rows = [
            *article.suggestions.order_by("part", "rank"),
            *other.suggestions.order_by("part", "rank"),
        ]
        self.ids |= {name: str(row.public_id) for name, row in zip(names, rows, strict=False)}
        self.ids["article"] = str(article.public_id)
        fetched: Article = submit_url(self.desk, by=self.writer, url="https://paper.example/x")[0]
        self.ids["fetched"] = str(fetched.public_id)

    def _work(self) -> None:
        claim = factories.claim(self.by, on=self.desk)
        claim.claimant = factories.claimant("The mayor")
        claim.save(update_fields=["claimant"])
        apply(claim, Action.TAKE, by=self.by)
        for name in ("evidence", "to withdraw"):
            self.ids[name] = str(factories.evidence(claim, self.by).public_id)
        add_tip(claim, by=self.by, details=TipDetails("Ann", "ann@mail.example", "I was there."))
        self._identity(self._confidential(claim))
        self.ids["waiver"] = str(
            waive(claim, by=self.editor, reason="Only one register.").public_id
        )
        self.ids["archived"] = str(self._archived(claim).public_id)
        self.ids["claim"] = str(claim.public_id)

    def _confidential(self, claim: Claim) -> Evidence:
        note = Note(
            person="a person known to the desk",
            channel="phone",
            held_at=clock.now() - timedelta(hours=1),
            text="It was closed in April.",
            speaks_for="Harbour office",
            confidential=True,
            real_name="Nell",
            contact="4711",
        )
        item = EvidenceDetails(url="", stance=Stance.SUPPORTS, quote="closed in April")
        return attach_note(claim, by=self.by, note=note, item=item)

    def _identity(self, item: Evidence) -> None:
        """With somebody who may read it and has asked to."""
        identity = ConfidentialIdentity.objects.get()
        ends = clock.now() + timedelta(hours=1)
        grant_access(identity, by=self.editor, person=self.writer, reason="Calls.", ends_at=ends)
        request = SourceReadRequest.objects.create(
            identity=identity, by=self.writer, reason="Calls.", at=clock.now(), expires_at=ends
        )
        self.ids |= {
            "identity": str(item.public_id),
            "source_read_request": str(request.public_id),
        }

    def _archived(self, claim: Claim) -> Evidence:
        """On a page of which the whole answer was kept."""
        link = cite("https://archived.example/a", desk=self.desk, by=self.by)
        text = "The page as it was."
        capture = Capture.objects.create(
            desk=link.desk,
            url=link.url,
            final_url=link.url,
            title="A page",
            text=text,
            text_sha256=sha256(text),
            body_sha256=sha256(text),
            captured_at=clock.now(),
            warc_sha256=file_store().keep(b"not really gzip"),
            warc_size=15,
        )
        link.latest_capture, link.state = capture, "ok"
        link.save(update_fields=["latest_capture", "state"])
        item = EvidenceDetails(url=link.url, stance=Stance.REFUTES, finding="It was.")
        return attach(claim, by=self.by, details=item)

    def requests(self) -> Iterator[tuple[Request, Callable[[Any], None]]]:
        """Each with what to do with its answer: later ones ask for what it made."""
        for method, template, known, body in STEPS:
            names = re.findall(r"\{(\w+)\}", template)
            path = template
            for name in names:
                path = path.replace(f"{{{name}}}", self.ids[known.get(name, name)])
            filled = self._filled(body or {})
            made = known.get("made", "")
            yield (
                Request(
                    method, template.partition("?")[0], path, filled if body is not None else None
                ),
                lambda answer, made=made: self._learn(answer, made),  # type: ignore[misc]
            )

    def _filled(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._filled(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._filled(one) for one in value]
        return self._value(value) if isinstance(value, str) else value

    def _value(self, text: str) -> Any:
        if text == "{version of claim}":
            return Claim.objects.get(public_id=self.ids["claim"]).version
        if text == "{version of evidence}":
            return Evidence.objects.get(public_id=self.ids["evidence"]).version
        if text == "{future}":
            return (clock.now() + timedelta(days=3)).isoformat()
        return self.ids[text[1:-1]] if text.startswith("{") else text

    def _learn(self, answer: Any, made: str) -> None:
        if made:
            self.ids[made] = answer.json()["id"]


# Whose bodies are forms with a file.
MULTIPART = ("/files/", "imports/")


def send(client: Client, request: Request) -> Any:
    answer = _sent(client, request)
    if answer.streaming:
        b"".join(answer.streaming_content)  # which closes the file
    return answer


def _sent(client: Client, request: Request) -> Any:
    url = f"{ROOT}{request.path}"
    if request.body is None:
        return getattr(client, request.method)(url)
    if request.template.endswith(MULTIPART):
        file = SimpleUploadedFile("a.txt", str(request.body.get("file", "")).encode(), "text/plain")
        return client.post(url, request.body | {"file": file})
    return getattr(client, request.method)(
        url, json.dumps(request.body), content_type="application/json"
    )
