"""The same POST sent several times at once makes one row: one caller is answered with
201, all others with 200, and everybody is told of the same row.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from claims.choices import Action
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.interviews import Note, attach_note
from claims.matching import index
from claims.models import Claim, Evidence, RatingScale
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom.models import Desk, Membership, User
from sources.models import Publisher
from tests import factories
from tests.claims.export_cases import imported_claim
from tests.project.api import ROOT, Api

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rules]
AT_ONCE = 6


@dataclass
class Room:
    person: User
    claim: Claim
    published: Claim
    ids: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def room(desk: Desk, checker: User, second_checker: User, editor: User) -> Room:
    claim = factories.claim(checker)
    claim.claimant = factories.claimant("The mayor")
    claim.stated_date, claim.appearance_url = clock.now().date(), "https://radio.example/"
    claim.save(update_fields=["claimant", "stated_date", "appearance_url"])
    apply(claim, Action.TAKE, by=checker)
    factories.evidence(claim, checker, domain="cited.example")
    published = factories.published(checker, editor)
    index.update_due()
    suggestion = factories.article_read(checker).suggestions.order_by("part", "rank")[0]
    for role in ("checker", "legal", "admin", "reporter"):
        Membership.objects.create(user=editor, desk=desk, role=role)
    ids = {
        "claim": str(claim.public_id),
        "desk": str(desk.public_id),
        "published": str(published.public_id),
        "suggestion": str(suggestion.public_id),
        "article": str(suggestion.article.public_id),
        "publisher": str(Publisher.objects.get(domain="cited.example").public_id),
        "link": str(published.evidence.all()[0].link.public_id),
        "imported_claim": str(imported_claim(desk, checker).public_id),
        "rating_scale": str(RatingScale.objects.filter(in_use=True)[0].public_id),
        "note": str(_note(claim, checker).public_id),
        "tomorrow": (clock.now() + timedelta(days=1)).isoformat(),
        "version": str(Claim.objects.get(pk=claim.pk).version),
    }
    return Room(editor, claim, published, ids)


def _note(claim: Claim, checker: User) -> Evidence:
    note = Note(
        person="a person known to the desk",
        channel="phone",
        held_at=clock.now() - timedelta(hours=1),
        text="It was closed in April.",
        confidential=True,
        real_name="Nell Varga",
    )
    item = EvidenceDetails(url="", stance="supports", quote="closed in April")
    return attach_note(claim, by=checker, note=note, item=item)


# Every operation that the OpenAPI document answers with both 201 and 200.
POSTS: dict[str, dict[str, Any]] = {
    "articles/": {"text": "The city planted 600 trees.\n"},
    "articles/{article}/citations/": {"note": "It was withdrawn."},
    "articles/{article}/finish/": {},
    "articles/{article}/suggestions/": {
        "start": 0,
        "end": 32,
        "text": "Harbour board reports more ships",
        "version": 1,
    },
    "claims/": {"text": "The city planted 700 trees.", "claimant": {"name": "A new person"}},
    "claims/{claim}/evidence/": {
        "url": "https://new.example/1",
        "stance": "refutes",
        "finding": "It was fewer.",
        "origin": "agency.example",
    },
    "claims/{claim}/files/": {"stance": "refutes", "finding": "It was fewer.", "publisher": "Archive"},
    "claims/{claim}/notes/": {
        "person": "Ana Field",
        "channel": "phone",
        "held_at": "2026-05-04T10:00Z",
        "text": "It was fewer.",
        "stance": "refutes",
        "quote": "It was fewer",
    },
    "claims/{claim}/queries/": {"text": "Which register is it?"},
    "claims/{published}/repetitions/": {
        "claimant": {"name": "The mayor"},
        "stated_date": "2026-06-01",
        "words": "600 trees!",
        "appearance_url": "https://radio.example/noon",
    },
    "claims/{claim}/reply-requests/": {
        "person": "The mayor",
        "channel": "email",
        "question": "Which register do you mean?",
    },
    "claims/{claim}/transitions/": {"action": "hold", "note": "Waiting.", "version": "{version}"},
    "claims/{claim}/waivers/": {"reason": "Only one register counts them."},
    "desk-exports/": {"desk": "{desk}"},
    "evidence/{note}/identity/grants/": {
        "person": "second_checker",
        "reason": "They call back.",
        "ends_at": "{tomorrow}",
    },
    "imported-claims/{imported_claim}/take-up/": {},
    "claims/{claim}/matches/{published}/repetition/": {},
    "claims/{claim}/matches/{published}/variant/": {},
    "feeds/": {"url": "https://paper.example/feed"},
    "interests/": {"about": "My sister runs her press office.", "owner": "A new owner"},
    "links/{link}/citations/": {"note": "The office withdrew the table."},
    "publishers/{publisher}/notes/": {"level": "with_care", "reason": "It prints what it is sent."},
    "roles/": {"person": "second_checker", "desk": "{desk}", "role": "editor"},
    "saved-views/": {"screen": "claims.claim", "name": "Late", "query": "due=overdue"},
    "methodology/": {"text": "Two people sign."},
    "scales/{rating_scale}/versions/": {},
    "site-texts/": {"page": "about", "language": "en", "text": "We check."},
    "service-accounts/": {"name": "Content system", "desk": "{desk}"},
    "suggestions/{suggestion}/accept/": {"claimant": {"name": "Another new person"}},
    "topics/": {"name": "Trees"},
    "verdicts/{verdict}/citations/": {"note": "It was wrong."},
}  # fmt: skip
# Nothing here cites them, so that no recheck is opened and each is answered with 200.
UNCITED = {"articles/{article}/citations/", "verdicts/{verdict}/citations/"}


def test_every_repeatable_operation_stands_in_the_table(db: None) -> None:
    paths = Client().get(f"{ROOT}schema/").json()["paths"]
    repeatable = {
        path.removeprefix(ROOT)
        .replace("{claim}/repetitions", "{published}/repetitions")
        .replace("{evidence}/identity", "{note}/identity")
        .replace("matches/{other}", "matches/{published}")
        for path, operations in paths.items()
        if {"200", "201"} <= operations.get("post", {}).get("responses", {}).keys()
    }
    assert repeatable == set(POSTS)


def _sender(room: Room, path: str) -> Callable[[], Any]:
    token = Api(room.person).client.defaults["HTTP_AUTHORIZATION"]
    url = f"{ROOT}{path.format(**room.ids)}"
    body = POSTS[path]
    if "ends_at" in body:
        body = body | {"ends_at": room.ids["tomorrow"]}
    if body.get("desk") == "{desk}":
        body = body | {"desk": room.ids["desk"]}
    if body.get("version") == "{version}":
        body = body | {"version": int(room.ids["version"])}

    def send() -> Any:
        client = Client(HTTP_AUTHORIZATION=token)
        if path.endswith("/files/"):
            content = b"It was fewer, the archive says.\n"
            file = SimpleUploadedFile("note.txt", content, "text/plain")
            return client.post(url, body | {"file": file})
        return client.post(url, json.dumps(body), content_type="application/json")

    return send


@pytest.mark.parametrize("path", sorted(set(POSTS) - UNCITED))
def test_of_equal_requests_at_once_one_is_answered_with_201(room: Room, path: str) -> None:
    send, barrier, answers = _sender(room, path), threading.Barrier(AT_ONCE), []

    def one() -> None:
        try:
            barrier.wait()
            answers.append(send())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200] * (AT_ONCE - 1) + [201], (statuses, answers[0].content[:300])
    ids = {answer.json().get("id", answer.json().get("number")) for answer in answers}
    assert len(ids) == 1, ids
    assert send().status_code == 200
