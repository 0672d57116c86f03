"""The export: everything about a claim as one JSON file, for an
auditor, an archive or another system.

Of queries that are privileged between editors and legal it says only
that there are some, and of withdrawn evidence only who withdrew it and
when. The history is a part of its own, so that two exports can be
compared without it.
"""

from datetime import datetime
from typing import Any

from claims.models import Claim, Evidence, Query, Rating, ReplyRequest, Verdict
from claims.models.verdict import WRITTEN
from factcheck.ledger.canonical_json import canonical_json, sha256
from factcheck.newsroom.models import User
from sources.models import Capture

# Raise SCHEMA with every change of names or meaning: files are kept for years, and
# verify_content must know how to read them.
KIND, SCHEMA = "factcheck.claim", 1
Json = dict[str, Any]


def export(claim: Claim) -> str:
    """The claim as canonical JSON: an unchanged claim gives the same bytes again."""
    return canonical_json(
        {
            "kind": KIND,
            "schema": SCHEMA,
            "claim": _claim(claim),
            "assignee": _person(claim.assignee),
            "evidence": [_evidence(item) for item in _items(claim)],
            "reply_requests": [
                _reply_request(attempt)
                for attempt in claim.reply_requests.select_related("claimant", "by").order_by(
                    "number"
                )
            ],
            "waivers": _waivers(claim),
            "queries": _queries(claim),
            "privileged_threads": claim.queries.filter(privileged=True).exists(),
            "verdicts": [_verdict(verdict) for verdict in _verdicts(claim)],
            "history": _history(claim),
        }
    )


def _claim(claim: Claim) -> Json:
    suggestion, merged_into = claim.suggestion, claim.merged_into
    return {
        "id": claim.public_id,
        "desk": {"id": claim.desk.public_id, "name": claim.desk.name},
        "text": claim.text,
        "wording": claim.wording,
        "claimant": claim.claimant and claim.claimant.signed_fields,
        "stated_date": claim.stated_date,
        "appearance": claim.appearance_url,
        "language": claim.language,
        "translation_of": claim.translation_of and claim.translation_of.public_id,
        "status": claim.status,
        "held_from": claim.held_from,
        "merged_into": merged_into and merged_into.public_id,
        "merged_from": claim.merged_from,
        "duplicates": list(claim.duplicates.order_by("pk").values_list("public_id", flat=True)),
        "due_at": claim.due_at,
        "risk": claim.risk,
        "tags": [tag.name for tag in claim.tags.all()],
        "priority": claim.priority_word,
        "priority_reason": claim.priority_reason,
        "embargo_until": claim.embargo_until,
        "version": claim.version,
        "address": claim.address if claim.slug else "",
        "created_by": _person(claim.created_by),
        "created_at": claim.created_at,
        "suggestion": (
            suggestion
            and {
                "id": suggestion.public_id,
                "article": suggestion.article.public_id,
                "text": suggestion.text,
                "start": suggestion.start,
                "end": suggestion.end,
            }
        ),
    }


def _person(user: User | None) -> Json | None:
    return {"username": user.get_username(), "name": str(user)} if user else None


def _items(claim: Claim) -> list[Evidence]:
    return list(
        claim.evidence.select_related(
            "link__publisher", "origin", "capture", "added_by", "withdrawn_by"
        ).order_by("number")
    )


def _evidence(item: Evidence) -> Json:
    public_fields = {
        "number": item.number,
        "id": item.public_id,
        "added_by": _person(item.added_by),
        "added_at": item.added_at,
    }
    # Somebody decided that this text must not be used: it may be wrong or personal
    # data.
    if item.withdrawn_at:
        return {
            **public_fields,
            "withdrawn_by": _person(item.withdrawn_by),
            "withdrawn_at": item.withdrawn_at,
        }
    return {
        **public_fields,
        # The name of an offline source is a hash of its file, and no address.
        "url": item.link.url if item.link.online else None,
        "publisher": item.publisher_name,
        "origin": item.origin_name,
        **item.words,
        "quote_state": item.quote_state,
        "capture": _capture(item.capture),
    }


def _capture(capture: Capture | None) -> Json | None:
    if capture is None:
        return None
    return {
        "id": capture.public_id,
        "url": capture.url,
        "final_url": capture.final_url,
        "title": capture.title,
        "at": capture.captured_at,
        "body_sha256": capture.body_sha256,
        "warc_sha256": capture.warc_sha256,
        "text_sha256": capture.text_sha256,
        "page_text_sha256": sha256(capture.page_text) if capture.page_text else "",
    }


def _reply_request(attempt: ReplyRequest) -> Json:
    fields = (
        "number",
        "person",
        "channel",
        "question",
        "sent_at",
        "deadline_at",
        "outcome",
        "answer",
        "reason",
        "outcome_at",
        "late",
    )
    return {
        "id": attempt.public_id,
        "claimant": attempt.claimant.name,
        **{name: getattr(attempt, name) for name in fields},
        "by": _person(attempt.by),
        "at": attempt.at,
    }


def _waivers(claim: Claim) -> list[Json]:
    return [
        {
            "id": waiver.public_id,
            "of": waiver.kind,
            "evidence": waiver.evidence and waiver.evidence.number,
            "reason": waiver.reason,
            "by": _person(waiver.by),
            "at": waiver.at,
            "revoked_by": _person(waiver.revoked_by),
            "revoked_at": waiver.revoked_at,
        }
        for waiver in claim.waivers.select_related("evidence", "by", "revoked_by").order_by("pk")
    ]


def _queries(claim: Claim) -> list[Json]:
    # Privileged ones are left out whole: handing them on could end the privilege.
    open_to_desk = claim.queries.filter(privileged=False).select_related(
        "evidence", "verdict", "opened_by", "resolved_by"
    )
    return [
        {
            "id": query.public_id,
            "evidence": query.evidence and query.evidence.number,
            "passage": query.passage,
            "part": query.part,
            "start": query.start,
            "verdict": query.verdict and query.verdict.number,
            "blocking": query.blocking,
            "opened_by": _person(query.opened_by),
            "opened_at": query.opened_at,
            "resolved_by": _person(query.resolved_by),
            "resolved_at": query.resolved_at,
            "messages": _messages(query),
        }
        for query in open_to_desk.prefetch_related("messages__by").order_by("pk")
    ]


def _messages(query: Query) -> list[Json]:
    return [
        {
            "number": message.number,
            "by": _person(message.by),
            "at": message.at,
            "text": message.text,
        }
        for message in query.messages.all()
    ]


def _verdicts(claim: Claim) -> list[Verdict]:
    people = ("author", "approver", "published_by", "retracted_by", "retraction_confirmed_by")
    return list(
        claim.verdicts.select_related(
            "rating__scale", "corrects", "evidence_waiver", *people
        ).order_by("number")
    )


def _verdict(verdict: Verdict) -> Json:
    waiver = verdict.evidence_waiver
    return {
        "id": verdict.public_id,
        "number": verdict.number,
        "state": verdict.state,
        **_text_fields(verdict),
        # The signed text itself and not a copy of its values: only its bytes have the
        # signed hash.
        "content": verdict.content,
        "content_hash": verdict.content_hash,
        "signatures": {
            "author": _signature(verdict.author, verdict.author_hash, verdict.author_signed_at),
            "approver": _signature(
                verdict.approver, verdict.approver_hash, verdict.approver_signed_at
            ),
        },
        "sources_needed": verdict.sources_needed,
        "independent_sources": verdict.independent_sources,
        "evidence_waiver": waiver and waiver.public_id,
        "correction": _correction(verdict),
        "published": _act(verdict.published_by, verdict.published_at),
        "first_published_at": verdict.first_published_at,
        "closed_at": verdict.closed_at,
        "retracted": _act(verdict.retracted_by, verdict.retracted_at),
        "retraction_reason": verdict.retraction_reason,
        "retraction_confirmed": _act(
            verdict.retraction_confirmed_by, verdict.retraction_confirmed_at
        ),
        "revisions": [
            {"number": saved.number, **_text_fields(saved), "by": _person(saved.by), "at": saved.at}
            for saved in verdict.revisions.select_related("rating__scale", "by").order_by("number")
        ],
    }


def _text_fields(written: Any) -> Json:
    """What an author wrote, of a verdict or of one of its revisions."""
    rating: Rating | None = written.rating
    return {
        **{name: getattr(written, name) for name in WRITTEN},
        "rating": (
            rating
            and {
                "scale": rating.scale.name,
                "scale_version": rating.scale.version,
                "name": rating.name,
                "value": rating.value,
            }
        ),
    }


def _signature(by: User | None, digest: str, at: datetime | None) -> Json | None:
    """None if nobody signed, or if an edit ended the signature."""
    return {"by": _person(by), "hash": digest, "at": at} if by and digest else None


def _correction(verdict: Verdict) -> Json | None:
    if verdict.corrects is None:
        return None
    return {
        "corrects": verdict.corrects.number,
        "category": verdict.category,
        "what_was_wrong": verdict.what_was_wrong,
        "meanwhile": verdict.meanwhile,
        "opened_at": verdict.opened_at,
    }


def _act(by: User | None, at: datetime | None) -> Json | None:
    return {"by": _person(by), "at": at} if at else None


def _history(claim: Claim) -> list[Json]:
    return [
        {
            "number": transition.number,
            "action": transition.action,
            "from": transition.from_status,
            "to": transition.to_status,
            "by": _person(transition.by),
            "at": transition.at,
            "note": transition.note,
            "data": transition.data,
            "content_hash": transition.content_hash,
            "entry_point": transition.entry_point,
        }
        for transition in claim.transitions.select_related("by").order_by("number")
    ]
