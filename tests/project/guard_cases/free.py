"""Of rows that are kept, the columns that may change all the same, as people reviewed
them.
"""

from factcheck.ledger.due_work import WORK_FIELDS

_LOOK = {"night_confirmed_at", "night_confirmed_by_id"}
_CONFIRMED = {"retraction_confirmed_at", "retraction_confirmed_by_id"}
_RETRACTED = {"retracted_at", "retracted_by_id", "retraction_reason"}
_PUBLISHED = {"published_at", "published_by_id", "first_published_at"}
_WORDS = {
    "rating_id", "quote_accuracy", "short_answer", "explanation", "sole_source", "as_of_date", "recheck_date",
    "media_kind", "authenticity", "media_context", "media_original",
}  # fmt: skip
_MERGED = {"status", "moves", "version", "merged_into_id", "merged_from"}

FREE: dict[str, set[str]] = {
    "sources_claimant_kept": {"desk_id", "replaced_at"},
    "claims_claim_frozen": _MERGED
    | {"topic_id", "from_reader", "held_from", "assignee_id", "due_at", "embargo_until"}
    | {"priority", "priority_reason"}
    | {"shared_with_legal", "slug"},
    "claims_claim_unmerged_whole": _MERGED,
    "claims_verdict_sealed": _WORDS | _LOOK | _PUBLISHED | {"state", "version", "closed_at"},
    "claims_verdict_frozen": _LOOK | _RETRACTED | _CONFIRMED | {"state", "closed_at"},
    "claims_verdict_closed": _LOOK | _CONFIRMED | {"state"},
    "claims_evidence_kept": {
        "stance", "quote", "finding", "locator", "origin_id", "capture_id", "quote_state",
        "publisher_name", "origin_name",
        "nearest", "version", "edited_by_id", "edited_at", "withdrawn_by_id", "withdrawn_at",
    },
    "claims_listing_as_signed": {"topic_id"},
    "claims_rating_shown": {"position", "needs_reply"},
    "claims_ratingscale_kept": {"in_use"},
    "claims_suggestion_decided": {"finished_article_id"},
    "claims_topic_kept": {"name"},
    "claims_importedclaim_kept": {"taken_up_as_id"},
    "claims_importedfactcheck_kept": {
        "claim", "claimant", "stated_date", "rating", "publisher", "author", "title",
        "explanation", "published_date", "language", "site", "record", "origin", "changed_at",
    },
    "claims_livestream_kept": {
        *WORK_FIELDS, "last_number", "read_number", "read_characters", "sentence_count",
        "change_count", "ended_at", "ended_by_id", "article_id", "carried_over_at",
    },
    "claims_livesentence_kept": {"state", "decided_by_id", "decided_at", "claim_id", "change"},
    "claims_repetition_kept": {
        "confirmed_by_id", "confirmed_at", "withdrawn_by_id", "withdrawn_at", "withdrawal_reason",
    },
    "claims_differentclaim_kept": set(),
    "claims_claimvariant_kept": {"undone_by_id", "undone_at", "undo_reason"},
    "claims_picturedecision_kept": set(),
    "claims_repetitionproposal_kept": {"state", "repetition_id", "decided_by_id", "decided_at"},
    "claims_recheck_kept": {
        "assignee_id", "decision", "decided_by_id", "decided_at", "reason", "next_recheck_date",
    },
    "claims_sourcechange_kept": {"decision", "decided_by_id", "decided_at", "note"},
    "claims_interest_kept": {"ended_date"},
    "claims_waiver_kept": {"revoked_by_id", "revoked_at"},
    "claims_replyrequest_kept": {"outcome", "answer", "reason", "outcome_at"},
    "claims_query_kept": {"resolved_by_id", "resolved_at", "signed_hash"},
    "claims_scheduledpublication_kept": {*WORK_FIELDS, "ended_at", "ended_by_id", "ended_with"},
    "claims_readertip_once": {"erased_at", "erased_by_id"},
    "claims_tip_kept": {
        "state", "claim_id", "recheck_id", "reason", "decided_by_id", "decided_at", "desk_id",
    },
    "claims_event_kept": set(),  # two are numbered once: see on_events
    "claims_tipmessage_once": {"erased_at", "erased_by_id"},
}  # fmt: skip
