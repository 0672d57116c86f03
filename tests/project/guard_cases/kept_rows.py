"""One row of every table whose rows are never deleted, and the four ways to lose
one.
"""

from collections.abc import Callable

from django.apps import apps
from django.db import models

from claims.models import Reference, Topic
from factcheck.ledger import clock, triggers
from factcheck.ledger.models import AuditHead, KeyRotation
from tests.claims.export_cases import imported_claim
from tests.picture_rows import similar_pictures
from tests.project.guard_cases import rows
from tests.project.guard_cases.table import (
    CASES,
    Case,
    Newsroom,
    Statement,
    ask,
    delete,
    sql,
    working,
)

ADDED_ONLY: dict[str, Callable[[Newsroom], models.Model]] = {
    "claims_finishedarticle": rows.finished_article,
    "claims_interview": rows.talked,
    "claims_livechunk": lambda room: rows.heard(room).chunks.get(),
    "claims_methodology": rows.methodology,
    "claims_sitetext": rows.site_text,
    "claims_querymessage": rows.message,
    "claims_broughtrecord": lambda room: imported_claim(
        room.desk, room.editor
    ).came_with.records.get(),
    "claims_reference": lambda room: Reference.objects.create(
        kind="words", short_id="abcd1234", verdict=working(room.ready())
    ),
    "claims_signedcontent": lambda room: room.submitted().signed_contents.get(),
    "claims_sourceread": rows.read,
    "claims_transition": rows.step,
    "claims_verdictcopy": rows.copied,
    "claims_verdictrevision": lambda room: working(room.ready()).revisions.get(),
    "ledger_auditentry": rows.entry,
    "newsroom_accessgrant": rows.grant,
    "sources_articleversion": lambda room: room.suggestion.version,
    "sources_capture": rows.note,
    "sources_linkcheck": rows.check,
    "sources_picture": lambda room: similar_pictures().first,
    "sources_picturehash": lambda room: similar_pictures().first.hashes.get(),
    "sources_similarpictures": lambda room: similar_pictures(),
    "sources_reliabilitynote": rows.trusted,
}
NEVER_DELETED: dict[str, Callable[[Newsroom], models.Model]] = {
    "claims_confidentialidentity": rows.confidential_identity,
    "claims_sourcegrant": rows.access,
    "claims_sourcereadrequest": rows.asking,
    "ledger_keyrotation": lambda room: KeyRotation.objects.create(started_at=clock.now()),
    "claims_claim": lambda room: room.claim(),
    "claims_eventcount": rows.event_count,
    "claims_livesentence": lambda room: rows.heard(room).sentences.get(),
    "claims_livestream": rows.heard,
    "claims_webhookendpoint": rows.webhook,
    "claims_mailbox": rows.mailbox,
    "claims_replyrequest": rows.contact,
    "claims_evidence": lambda room: room.evidence(),
    "claims_interest": rows.interest,
    "claims_claimvariant": rows.variant,
    "claims_repetition": rows.repeated,
    "claims_repetitionproposal": rows.proposal,
    "claims_recheck": rows.review,
    "claims_scheduledpublication": rows.scheduled,
    "claims_sourcechange": rows.change,
    "claims_readertip": rows.sent_in,
    "claims_suggestion": lambda room: room.suggestion,
    "claims_query": lambda room: ask(room.claim(), room.checker),
    "claims_tip": rows.waiting_tip,
    "claims_tipmessage": rows.tip_message,
    "claims_importedclaim": lambda room: imported_claim(room.desk, room.editor),
    "claims_broughtexport": lambda room: imported_claim(room.desk, room.editor).came_with,
    "claims_importedfactcheck": rows.fact_check,
    "claims_topic": lambda room: Topic.objects.create(desk=room.desk, name="Trees"),
    "claims_verdict": lambda room: working(room.ready()),
    "claims_waiver": rows.waived,
    "ledger_audithead": lambda room: AuditHead.objects.get(),
    "newsroom_apitoken": rows.token,
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
