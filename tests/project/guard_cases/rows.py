"""How a row of a table that keeps its rows is made; see kept_rows."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from claims.choices import Action, Status
from claims.exchange import event_order
from claims.exchange.webhooks import signing
from claims.live.streams import Chunk
from claims.models import (
    Claim,
    ClaimVariant,
    ConfidentialIdentity,
    EventCount,
    FinishedArticle,
    ImportedFactCheck,
    Interest,
    Interview,
    LiveStream,
    Mailbox,
    Methodology,
    QueryMessage,
    ReaderTip,
    Recheck,
    Repetition,
    RepetitionProposal,
    ReplyRequest,
    ScheduledPublication,
    SiteText,
    SourceChange,
    SourceGrant,
    SourceRead,
    SourceReadRequest,
    Tip,
    TipMessage,
    Transition,
    VerdictCopy,
    Waiver,
    WebhookEndpoint,
)  # fmt: skip
from factcheck.ledger import clock
from factcheck.ledger.canonical_json import sha256
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom import tokens
from factcheck.newsroom.models import AccessGrant, ApiToken, User
from sources.models import Capture, Link, LinkCheck, ReliabilityNote
from tests import factories
from tests.claims import live_cases
from tests.claims.import_cases import BRIDGE, imported
from tests.project.guard_cases.table import (
    SOON,
    Newsroom,
    another,
    ask,
    move,
    working,
)  # fmt: skip


def contact(room: Newsroom) -> ReplyRequest:
    now = clock.now()
    return ReplyRequest.objects.create(
        claim=room.claim(), claimant=factories.claimant("Lena Brandt"), number=1,
        person="The press office", channel="email", question="Is it so?", sent_at=now,
        deadline_at=now + SOON, by=room.checker, at=now,
    )  # fmt: skip


def note(room: Newsroom) -> Capture:
    text = "She said so."
    return Capture.objects.create(
        desk=room.desk, kind="note", url=f"urn:sha256:{sha256(text)}", text=text,
        text_sha256=sha256(text), body_sha256=sha256(text), captured_at=clock.now(),
    )  # fmt: skip


def interview(room: Newsroom, capture: Capture | None = None, **values: Any) -> Interview:
    """Not written yet."""
    now, kept = clock.now(), capture or note(room)
    return Interview(
        desk=room.desk, capture=kept, person="Jon Okafor", channel="phone", held_at=now,
        by=room.checker, signed_at=now, sha256=kept.text_sha256, **values,
    )  # fmt: skip


def talked(room: Newsroom, **values: Any) -> Interview:
    made = interview(room, **values)
    made.save()
    return made


def identity(talk: Interview, room: Newsroom) -> ConfidentialIdentity:
    """Not written yet."""
    return ConfidentialIdentity(interview=talk, name="Jon Okafor", by=room.checker, at=clock.now())


def confidential_identity(room: Newsroom) -> ConfidentialIdentity:
    made = identity(talked(room, confidential=True), room)
    made.save()
    return made


def granted(room: Newsroom, **values: Any) -> SourceGrant:
    """Not written yet."""
    now = clock.now()
    return SourceGrant(
        **{
            "identity": confidential_identity(room), "person": room.second_checker, "by": room.editor,
            "reason": "Calls back.", "at": now, "ends_at": now + timedelta(days=9), **values,
        }
    )  # fmt: skip


def access(room: Newsroom) -> SourceGrant:
    made = granted(room)
    made.save()
    return made


def asked_to_read(identity: ConfidentialIdentity, by: User, **values: Any) -> SourceReadRequest:
    """Not written yet."""
    now = clock.now()
    return SourceReadRequest(
        identity=identity,
        by=by,
        reason="Why.",
        at=now,
        expires_at=now + timedelta(hours=1),
        **values,
    )


def asking(room: Newsroom) -> SourceReadRequest:
    made = asked_to_read(confidential_identity(room), room.checker)
    made.save()
    return made


def reading(identity: ConfidentialIdentity, by: User) -> SourceRead:
    """Not written yet."""
    return SourceRead(identity=identity, by=by, reason="Why.", at=clock.now())


def read(room: Newsroom) -> SourceRead:
    made = reading(confidential_identity(room), room.checker)
    made.save()
    return made


def repetition(room: Newsroom, **values: Any) -> Repetition:
    """Not written yet."""
    return Repetition(
        **{
            "claim": room.claim(), "claimant": factories.claimant("Lena Brandt"),
            "claimant_name": "Lena Brandt", "stated_date": "2026-05-01", "words": "As I said.",
            "appearance_url": "https://example.org/", "added_by": room.checker,
            "added_at": clock.now(),
        }
        | values
    )  # fmt: skip


def repeated(room: Newsroom) -> Repetition:
    made = repetition(room, claim=room.published())
    made.save()
    return made


def proposal(room: Newsroom) -> RepetitionProposal:
    return RepetitionProposal.objects.create(
        claim=room.claim(), suggestion=room.suggestion, found_at=clock.now()
    )


def variant(room: Newsroom, canonical: Claim | None = None) -> ClaimVariant:
    return ClaimVariant.objects.create(
        claim=room.claim(), canonical=canonical or room.claim(),
        linked_by=room.checker, linked_at=clock.now(),
    )  # fmt: skip


def copied(room: Newsroom) -> VerdictCopy:
    published = room.published()
    return VerdictCopy.objects.create(
        variant=variant(room, published), source=published.verdicts.get(),
        by=room.checker, at=clock.now(),
    )  # fmt: skip


def review(room: Newsroom) -> Recheck:
    claim = room.published()
    return Recheck.objects.create(
        claim=claim, verdict=working(claim), cause="recheck_date", opened_at=clock.now()
    )


def change(room: Newsroom) -> SourceChange:
    item = room.evidence()
    text = "The page says something else."
    after = another(item.capture, text=text, text_sha256=sha256(text))
    after.save()
    return SourceChange.objects.create(
        evidence=item, before=item.capture, after=after, quote_state="no_quote",
        noticed_at=clock.now(),
    )  # fmt: skip


def plan(room: Newsroom, **values: Any) -> ScheduledPublication:
    """Not written yet, and without its move."""
    claim = room.approved()
    verdict = working(claim)
    return ScheduledPublication(
        **{
            "claim": claim, "verdict": verdict, "content_hash": verdict.content_hash,
            "at": clock.now() + SOON, "zone": "UTC", "by": room.editor, "made_at": clock.now(),
        }
        | values
    )  # fmt: skip


def scheduled(room: Newsroom) -> ScheduledPublication:
    made = plan(room)
    move(made.claim, Action.SCHEDULE, Status.APPROVED, room.editor).save()
    made.save()
    return made


def reader_tip(room: Newsroom) -> ReaderTip:
    """Not written yet."""
    now = clock.now()
    return ReaderTip(
        claim=room.claim(), name="A reader", received_at=now, erase_date=now + timedelta(days=9),
        entered_by=room.checker, entered_at=now,
    )  # fmt: skip


def sent_in(room: Newsroom) -> ReaderTip:
    made = reader_tip(room)
    made.claim.from_reader = True
    made.claim.save(update_fields=["from_reader"])
    made.save()
    return made


def tip(room: Newsroom, **values: Any) -> Tip:
    """Not written yet."""
    token = sha256(str(uuid4()))
    return Tip(
        **{"desk": room.desk, "kind": "claim", "received_at": clock.now(), "token_hash": token}
        | values
    )


def waiting_tip(room: Newsroom, **values: Any) -> Tip:
    made = tip(room, **values)
    made.save()
    return made


def tip_message(room: Newsroom) -> TipMessage:
    soon = clock.now() + SOON
    return TipMessage.objects.create(tip=waiting_tip(room), text="Is it so?", erase_date=soon)


def waiver(room: Newsroom, **values: Any) -> Waiver:
    """Not written yet."""
    return Waiver(
        **{
            "claim": room.claim(), "kind": "evidence", "reason": "Nobody else knows.",
            "by": room.editor, "at": clock.now(),
        }
        | values
    )  # fmt: skip


def waived(room: Newsroom, **values: Any) -> Waiver:
    made = waiver(room, **values)
    made.save()
    return made


def interest(room: Newsroom) -> Interest:
    return Interest.objects.create(user=room.checker, about="A cousin.", declared_date="2026-01-01")


def finished_article(room: Newsroom) -> FinishedArticle:
    return FinishedArticle.objects.create(
        version=room.suggestion.version, passed_over=1, by=room.checker, at=clock.now()
    )


def step(room: Newsroom) -> Transition:
    """A move that its claim has not followed yet: so only its own guards speak of
    it.
    """
    made = move(room.claim(), Action.TAKE, Status.IN_PROGRESS, room.checker)
    made.save()
    return made


def token(room: Newsroom) -> ApiToken:
    return tokens.issue(room.checker, by=room.checker, name="Key", scopes=["read"])[0]


def grant(room: Newsroom) -> AccessGrant:
    now = clock.now()
    return AccessGrant.objects.create(
        user=room.checker, by=room.editor, what="password", at=now, blocks_until=now
    )


def methodology(room: Newsroom) -> Methodology:
    soon = clock.now() + SOON
    return Methodology.objects.create(
        number=1000, text="We ask twice.", in_force_from=soon, made_by=room.editor,
        made_at=clock.now(),
    )  # fmt: skip


def site_text(room: Newsroom) -> SiteText:
    return SiteText.objects.create(
        page="about", language="en", number=1000, text="We ask twice.", made_by=room.editor,
        in_force_from=clock.now() + SOON, made_at=clock.now(),
    )  # fmt: skip


def fact_check(room: Newsroom) -> ImportedFactCheck:
    imported(room.desk, room.editor, BRIDGE)
    return ImportedFactCheck.objects.get()


def message(room: Newsroom) -> QueryMessage:
    query = ask(room.claim(), room.checker)
    return QueryMessage.objects.create(
        query=query, number=1, by=room.checker, at=clock.now(), text="Is it so?"
    )


def trusted(room: Newsroom) -> ReliabilityNote:
    return ReliabilityNote.objects.create(
        publisher=room.evidence().link.publisher, desk=room.desk, level="trusted",
        reason="It mends its errors.", by=room.editor, at=clock.now(),
    )  # fmt: skip


def check(room: Newsroom) -> LinkCheck:
    link: Link = room.evidence().link
    return LinkCheck.objects.create(link=link, checked_at=clock.now(), state="ok", elapsed_ms=10)


def entry(room: Newsroom) -> AuditEntry:
    assert room.checker, "whoever joins is on record"
    return AuditEntry.objects.latest("seq")


def event_count(room: Newsroom) -> EventCount:
    room.claim()
    event_order.number_events()
    return EventCount.objects.get()


def webhook(room: Newsroom) -> WebhookEndpoint:
    return WebhookEndpoint.objects.create(
        desk=room.desk, name="CMS", url="https://cms.example/", secret=signing.new_secret()
    )


def mailbox(room: Newsroom) -> Mailbox:
    return Mailbox.objects.create(desk=room.desk, secret_hash="x")


def heard(room: Newsroom) -> LiveStream:
    stream = live_cases.debate(room.desk, room.checker)
    live_cases.send(stream, room.checker, Chunk("We paid for it."))
    return live_cases.read(stream)
