"""One row of every table whose rows are never deleted, and the four ways to lose
one.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models

from claims.choices import Action, Status
from claims.exchange import event_order
from claims.exchange.webhooks import signing
from claims.live.streams import Chunk
from claims.models import (
    ConfidentialIdentity,
    EventCount,
    FinishedArticle,
    ImportedFactCheck,
    Interest,
    Interview,
    LiveStream,
    Methodology,
    QueryMessage,
    ReaderTip,
    Recheck,
    Reference,
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
    Topic,
    Transition,
    Waiver,
    WebhookEndpoint,
)  # fmt: skip
from factcheck.ledger import clock, triggers
from factcheck.ledger.canonical_json import sha256
from factcheck.ledger.models import AuditEntry, AuditHead, KeyRotation
from factcheck.newsroom import tokens
from factcheck.newsroom.models import AccessGrant, ApiToken, User
from sources.models import Capture, Link, LinkCheck, ReliabilityNote
from tests import factories
from tests.claims import live_cases
from tests.claims.export_cases import imported_claim
from tests.claims.import_cases import BRIDGE, imported
from tests.project.guard_cases.table import (
    CASES,
    SOON,
    Case,
    Newsroom,
    Statement,
    another,
    ask,
    delete,
    move,
    sql,
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


def heard(room: Newsroom) -> LiveStream:
    stream = live_cases.debate(room.desk, room.checker)
    live_cases.send(stream, room.checker, Chunk("We paid for it."))
    return live_cases.read(stream)


ADDED_ONLY: dict[str, Callable[[Newsroom], models.Model]] = {
    "claims_finishedarticle": finished_article,
    "claims_interview": talked,
    "claims_livechunk": lambda room: heard(room).chunks.get(),
    "claims_methodology": methodology,
    "claims_sitetext": site_text,
    "claims_querymessage": message,
    "claims_broughtrecord": lambda room: imported_claim(
        room.desk, room.editor
    ).came_with.records.get(),
    "claims_reference": lambda room: Reference.objects.create(
        kind="words", short_id="abcd1234", verdict=working(room.ready())
    ),
    "claims_signedcontent": lambda room: room.submitted().signed_contents.get(),
    "claims_sourceread": read,
    "claims_transition": step,
    "claims_verdictrevision": lambda room: working(room.ready()).revisions.get(),
    "ledger_auditentry": entry,
    "newsroom_accessgrant": grant,
    "sources_articleversion": lambda room: room.suggestion.version,
    "sources_capture": note,
    "sources_linkcheck": check,
    "sources_reliabilitynote": trusted,
}
NEVER_DELETED: dict[str, Callable[[Newsroom], models.Model]] = {
    "claims_confidentialidentity": confidential_identity,
    "claims_sourcegrant": access,
    "claims_sourcereadrequest": asking,
    "ledger_keyrotation": lambda room: KeyRotation.objects.create(started_at=clock.now()),
    "claims_claim": lambda room: room.claim(),
    "claims_eventcount": event_count,
    "claims_livesentence": lambda room: heard(room).sentences.get(),
    "claims_livestream": heard,
    "claims_webhookendpoint": webhook,
    "claims_replyrequest": contact,
    "claims_evidence": lambda room: room.evidence(),
    "claims_interest": interest,
    "claims_repetition": repeated,
    "claims_repetitionproposal": proposal,
    "claims_recheck": review,
    "claims_scheduledpublication": scheduled,
    "claims_sourcechange": change,
    "claims_readertip": sent_in,
    "claims_suggestion": lambda room: room.suggestion,
    "claims_query": lambda room: ask(room.claim(), room.checker),
    "claims_tip": waiting_tip,
    "claims_tipmessage": tip_message,
    "claims_importedclaim": lambda room: imported_claim(room.desk, room.editor),
    "claims_broughtexport": lambda room: imported_claim(room.desk, room.editor).came_with,
    "claims_importedfactcheck": fact_check,
    "claims_topic": lambda room: Topic.objects.create(desk=room.desk, name="Trees"),
    "claims_verdict": lambda room: working(room.ready()),
    "claims_waiver": waived,
    "ledger_audithead": lambda room: AuditHead.objects.get(),
    "newsroom_apitoken": token,
    "sources_article": lambda room: room.suggestion.article,
    "sources_link": lambda room: room.evidence().link,
}


def same_again(row: models.Model) -> Statement:
    table, columns = row._meta.db_table, [f'"{one.column}"' for one in row._meta.concrete_fields]
    names = ", ".join(columns)
    return sql(
        f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table} WHERE id = %s",
        row.pk,
    )


_WAYS: dict[str, Callable[[models.Model], Statement]] = {
    "no_update": lambda row: sql(f"UPDATE {row._meta.db_table} SET id = id WHERE id = %s", row.pk),
    "no_delete": delete,
    "no_truncate": lambda row: sql(f"TRUNCATE {row._meta.db_table} CASCADE"),
    "no_replace": same_again,
}


def _pointing_at(table: str) -> set[str]:
    """The tables that TRUNCATE … CASCADE empties together with this one."""
    found, news = set[str](), {table}
    while news:
        found |= news
        news = {
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            for field in model._meta.concrete_fields
            if field.related_model and field.related_model._meta.db_table in found
        } - found
    return found - {table}


def _enter() -> None:
    guarded = ADDED_ONLY | NEVER_DELETED
    refusing = {one.name for one in triggers.registered()}
    for table, row in guarded.items():
        emptied = {f"{one}_no_truncate" for one in _pointing_at(table)}
        also = {
            "no_truncate": emptied & refusing,
            # our own connections let REPLACE fire what stands on DELETE; other programs
            # do not
            "no_replace": {f"{table}_no_delete"},
        }
        for name, way in _WAYS.items():
            if name != "no_update" or table in ADDED_ONLY:
                CASES[f"{table}_{name}"] = Case(
                    lambda room, row=row, way=way: way(row(room)),
                    also=tuple(sorted(also.get(name, ()))),
                )


_enter()
