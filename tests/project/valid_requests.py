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
from tests.project import live_requests, resource_requests
from tests.project.api import ROOT
from tests.project.full_newsroom import ROLES
from tests.project.valid_exchange_requests import EXCHANGE_STEPS, exchange_rows

Body = dict[str, Any]


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


# Method, address, which row stands in it (“made”: what the answer is remembered as),
# and the body. In the order of work: a verdict is written before it is signed.
STEPS: tuple[tuple[str, str, dict[str, str], Body | None], ...] = (
    ("get", "me/", {}, None),
    ("get", "articles/", {}, None),
    ("post", "articles/", {}, {"text": "A text.", "external_id": "17", "title": "T", "byline": "B", "kind": "draft", "published_date": "2026-05-03"}),
    ("get", "articles/{article}/", {}, None),
    ("patch", "articles/{article}/", {}, {"title": "T", "byline": "B", "kind": "draft", "published_date": "2026-05-03"}),
    ("get", "articles/{article}/citations/", {}, None),
    ("post", "articles/{article}/citations/", {}, {"note": "Wrong."}),
    ("post", "articles/{article}/retry/", {"article": "fetched"}, {}),
    ("get", "suggestions/", {}, None),
    ("get", "suggestions/{suggestion}/", {"suggestion": "accepted"}, None),
    ("get", "matches/?text=The+storm+sank+40+boats", {}, None),
    ("get", "suggestions/{suggestion}/similar/", {"suggestion": "accepted"}, None),
    ("post", "articles/{article}/suggestions/", {}, {"start": 0, "end": 32, "text": "Harbour board reports more ships", "version": 1}),
    ("post", "suggestions/{suggestion}/span/", {"suggestion": "reopened"}, {"start": 34, "end": 46, "text": "By Ana Field", "version": 1}),
    ("post", "suggestions/{suggestion}/accept/", {"suggestion": "accepted"}, {"text": "Other words.", "wording": "Words.", "claimant": {"name": "A", "kind": "Person", "description": "", "same_as": "https://a.example/"}, "stated_date": "2026-05-03", "due_at": "2026-05-03T09:00:00Z"}),
    ("post", "suggestions/{suggestion}/decline/", {"suggestion": "declined"}, {"reason": "opinion", "note": "No."}),
    ("post", "suggestions/{suggestion}/already-checked/", {"suggestion": "already"}, {"claim": "{claim}", "note": ""}),
    ("post", "suggestions/{suggestion}/reopen/", {"suggestion": "declined"}, {}),
    ("post", "articles/{article}/finish/", {}, {}),
    ("get", "claims/", {}, None),
    ("post", "claims/", {}, {"text": "A claim.", "wording": "Claimed.", "claimant": {"name": "B"}, "stated_date": "2026-05-03", "appearance_url": "https://radio.example/", "language": "en", "again": True}),
    ("get", "claims/{claim}/", {}, None),
    ("patch", "claims/{claim}/", {}, {"text": "Other words of the claim.", "version": "{version of claim}"}),
    ("get", "claims/{claim}/evidence/", {}, None),
    ("post", "claims/{claim}/evidence/", {}, {"url": "https://paper.example/1", "stance": "supports", "quote": "Q", "finding": "F", "locator": "1", "origin": "agency.example"}),
    ("post", "claims/{claim}/files/", {"made": "file"}, {"stance": "context", "finding": "F", "publisher": "Archive", "file": "A file.", "title": "T", "transcript": ""}),
    ("post", "claims/{claim}/notes/", {}, {"person": "Ana", "channel": "phone", "held_at": "2026-05-04T10:00Z", "text": "Fewer.", "stance": "refutes", "quote": "Fewer"}),
    ("get", "claims/{claim}/verdict/", {"claim": "published"}, None),
    ("get", "claims/{claim}/tip/", {}, None),
    ("get", "claims/{claim}/export/", {}, None),
    ("put", "claims/{claim}/topic/", {}, {"topic": None}),
    ("put", "claims/{claim}/tags/", {}, {"tags": ["budget"]}),
    ("put", "claims/{claim}/risk/", {}, {"risk": "high"}),
    ("put", "claims/{claim}/priority/", {}, {"priority": "high", "reason": "A vote."}),
    ("get", "topics/", {}, None),
    ("get", "imports/", {}, None),
    ("post", "imports/", {}, {"file": "claim,rating,url\nA,False,https://checks.example/\n", "origin": "own_archive"}),
    ("get", "imports/{fact_check_import}/", {"fact_check_import": "import"}, None),
    ("get", "imports/{fact_check_import}/rows/", {"fact_check_import": "import"}, None),
    ("post", "imports/{fact_check_import}/columns/", {"fact_check_import": "import"}, {"mapping": {"claim": "Claim"}, "language": "en", "day_order": "dmy"}),
    ("post", "imports/{fact_check_import}/start/", {"fact_check_import": "dry run"}, {}),
    ("get", "imported-fact-checks/", {}, None),
    ("get", "imported-fact-checks/{imported_fact_check}/", {}, None),
    *live_requests.STEPS,
    ("get", "notifications/", {}, None),
    ("post", "notifications/{notification}/read/", {}, {}),
    ("post", "notifications/read/", {}, {}),
    ("post", "topics/", {}, {"name": "Trees"}),
    ("get", "claims/{claim}/repetitions/", {"claim": "published"}, None),
    ("post", "claims/{claim}/repetitions/", {"claim": "published"}, {"claimant": {"name": "The mayor"}, "stated_date": "2026-06-01", "words": "600!", "appearance_url": "https://radio.example/noon"}),
    ("post", "repetitions/{repetition}/confirm/", {"repetition": "confirmed"}, {}),
    ("post", "repetitions/{repetition}/withdraw/", {"repetition": "withdrawn"}, {"reason": "Somebody else."}),
    ("get", "selection-log/", {}, None),
    ("get", "selection-log/totals/", {}, None),
    ("get", "claims/{claim}/reply-requests/", {}, None),
    ("post", "claims/{claim}/reply-requests/", {"made": "reply_request"}, {"person": "The mayor", "channel": "email", "question": "Which?"}),
    ("get", "reply-requests/{reply_request}/", {}, None),
    ("post", "reply-requests/{reply_request}/outcome/", {}, {"outcome": "answered", "answer": "This one."}),
    ("get", "claims/{claim}/queries/", {}, None),
    ("post", "claims/{claim}/queries/", {"made": "query"}, {"text": "@colleague, is it final?", "blocking": True}),
    ("get", "queries/{query}/", {}, None),
    ("post", "queries/{query}/messages/", {}, {"text": "It is."}),
    ("post", "queries/{query}/resolve/", {}, {}),
    ("get", "claims/{claim}/waivers/", {}, None),
    ("post", "waivers/{waiver}/revoke/", {}, {}),
    ("post", "claims/{claim}/waivers/", {}, {"reason": "Another reason."}),
    ("get", "evidence/{evidence}/", {}, None),
    ("patch", "evidence/{evidence}/", {}, {"finding": "Else.", "version": "{version of evidence}"}),
    ("get", "evidence/{evidence}/file/", {"evidence": "file"}, None),
    ("get", "evidence/{evidence}/capture/", {}, None),
    ("get", "evidence/{evidence}/warc/", {"evidence": "archived"}, None),
    ("get", "evidence/{evidence}/identity/", {"evidence": "identity"}, None),
    ("post", "evidence/{evidence}/identity/read/", {"evidence": "identity"}, {"reason": "They call back."}),
    ("post", "evidence/{evidence}/identity/grants/", {"evidence": "identity", "made": "source_grant"}, {"person": "colleague", "reason": "They call back.", "ends_at": "{future}"}),
    ("post", "source-grants/{source_grant}/revoke/", {}, {}),
    ("post", "evidence/{evidence}/identity/two-people/", {"evidence": "identity"}, {}),
    ("post", "source-read-requests/{source_read_request}/confirm/", {}, {}),
    ("post", "evidence/{evidence}/refresh/", {}, {}),
    ("post", "evidence/{evidence}/withdraw/", {"evidence": "to withdraw"}, {"note": "Wrong."}),
    ("get", "source-changes/", {}, None),
    ("get", "source-changes/{source_change}/", {}, None),
    ("post", "source-changes/{source_change}/decision/", {}, {"note": "They count in spring."}),
    ("get", "publishers/", {}, None),
    ("get", "publishers/{publisher}/", {}, None),
    ("get", "publishers/{publisher}/notes/", {}, None),
    ("post", "publishers/{publisher}/notes/", {}, {"level": "with_care", "reason": "It prints all."}),
    ("get", "publishers/{publisher}/citations/", {}, None),
    ("put", "claims/{claim}/verdict/", {}, {"version": 0, "rating": "False", "scale": "Truth", "short_answer": "No.", "explanation": "So.", "quote_accuracy": "accurate", "media_kind": "image", "authenticity": "StagedContent", "media_context": "A fair.", "media_original": "https://a.example/"}),
    ("get", "claims/{claim}/transitions/", {}, None),
    ("post", "claims/{claim}/transitions/", {}, {"action": "hold", "note": "Waiting.", "version": "{version of claim}"}),
    ("get", "verdicts/", {}, None),
    ("get", "verdicts/{verdict}/", {}, None),
    ("get", "verdicts/{verdict}/citations/", {}, None),
    ("post", "verdicts/{verdict}/citations/", {}, {"note": "Wrong."}),
    ("get", "methodology/", {}, None),
    ("get", "site-texts/", {}, None),
    ("get", "ratings/", {}, None),
    ("get", "interests/", {}, None),
    ("post", "interests/", {"made": "interest"}, {"about": "My sister works there.", "claimant": "B", "owner": "C"}),
    ("post", "interests/{interest}/end/", {}, {}),
    ("get", "links/{link}/citations/", {}, None),
    ("post", "links/{link}/citations/", {}, {"note": "Wrong."}),
    ("get", "rechecks/", {}, None),
    ("get", "rechecks/{recheck}/", {}, None),
    ("post", "rechecks/{recheck}/assign/", {}, {"assignee": "writer"}),
    ("post", "rechecks/{recheck}/decision/", {}, {"decision": "unaffected", "reason": "Another table."}),
    ("get", "service-accounts/", {}, None),
    ("post", "service-accounts/", {"made": "service_account"}, {"name": "Content system", "desk": "{desk}"}),
    ("get", "service-accounts/{service_account}/", {}, None),
    ("post", "service-accounts/{service_account}/tokens/", {"made": "api_token"}, {"name": "Key", "scopes": ["articles:write"], "expires_at": "{future}"}),
    ("post", "service-accounts/{service_account}/end/", {}, {}),
    ("delete", "claims/{claim}/tip/", {}, None),
    ("get", "tips/", {}, None),
    ("get", "tips/{tip}/", {"tip": "to join"}, None),
    ("get", "tips/{tip}/message/", {"tip": "to join"}, None),
    ("get", "tips/{tip}/sender/", {"tip": "to join"}, None),
    ("post", "tips/{tip}/join/", {"tip": "to join"}, {"claim": "{claim}"}),
    ("post", "tips/{tip}/claim/", {"tip": "to make"}, {"text": "A claim of a reader.", "appearance_url": "https://radio.example/"}),
    ("post", "tips/{tip}/recheck/", {"tip": "to recheck"}, {"note": "The table is old."}),
    ("post", "tips/{tip}/pass/", {"tip": "to pass"}, {"desk": "{desk}"}),
    ("post", "tips/{tip}/close/", {"tip": "to close"}, {"reason": "spam"}),
    ("get", "events/", {}, None),
    ("get", "webhooks/", {}, None),
    ("post", "webhooks/", {}, {"name": "Archive", "url": "https://archive.example/hooks", "types": ["verdict.published"], "desk": "{desk}"}),
    ("get", "webhooks/{webhook}/", {}, None),
    ("patch", "webhooks/{webhook}/", {}, {"name": "System", "url": "https://cms.example/2", "types": ["claim.created"], "active": True}),
    ("post", "webhooks/{webhook}/rotate/", {}, {}),
    ("post", "webhooks/{webhook}/test/", {}, {}),
    ("get", "webhooks/{webhook}/deliveries/", {}, None),
    ("get", "deliveries/{delivery}/", {}, None),
    ("post", "deliveries/{delivery}/replay/", {}, {}),
    ("post", "webhooks/{webhook}/replay/", {}, {"since": "{future}"}),
    ("delete", "tips/{tip}/sender/", {"tip": "to join"}, None),
    *EXCHANGE_STEPS,
    *resource_requests.STEPS,
)  # fmt: skip


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
