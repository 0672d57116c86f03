"""What the database refuses about the desk's records: reasons of
declined claims, topics, rating scales, the methodology, texts for
readers, reader tips and drafts.
"""

from claims.choices import TAKEN_BACK, Action, DeclineReason
from claims.models import ImportedClaim, ImportedFactCheck, RatingScale, ReaderTip, Topic
from claims.models.reader_tip import PERSONAL
from factcheck.ledger.encrypted_columns import (
    changed_but_by_rotation,
    in_plain_text,
    stored_encrypted,
)
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete

# A rating is used by verdicts and also by their revisions, which keep what was written
# meanwhile.
_RATED_TABLES = ("claims_verdict", "claims_verdictrevision")


def record_guards() -> tuple[Guard, ...]:
    return (
        _decline_reason(),
        *_topics(),
        *_fact_checks(),
        *_imported_claims(),
        *_scales(),
        *append_only("claims_methodology", unique=("id", "number")),
        *append_only("claims_sitetext", unique=("id", "page, language, number")),
        *_reader_tips(),
        *_channels(),
        *_drafts(),
    )


def _decline_reason() -> Guard:
    # The reason stands in the JSON of the transition; the two databases read JSON
    # differently. COALESCE: without the key the comparison would be NULL, and a NULL
    # condition refuses nothing.
    reasons = ", ".join(f"'{reason}'" for reason in (*DeclineReason.values, TAKEN_BACK))
    unknown = f"NEW.action = '{Action.DECLINE.value}' AND COALESCE({{}}, '') NOT IN ({reasons})"
    return Guard(
        "claims_transition_reason",
        "claims_transition",
        "BEFORE INSERT",
        "A declined claim needs one of the listed reasons.",
        sqlite=unknown.format("json_extract(NEW.data, '$.reason')"),
        postgres=unknown.format("NEW.data ->> 'reason'"),
    )


def _topics() -> tuple[Guard, ...]:
    foreign_topic = """
        NEW.topic_id IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM claims_topic t
            WHERE t.id = NEW.topic_id
                AND t.desk_id = NEW.desk_id
        )
    """
    message = "The topic belongs to another desk."
    return (
        both("claims_claim_topic", "claims_claim", "BEFORE INSERT", message, foreign_topic),
        both("claims_claim_topic_kept", "claims_claim", "BEFORE UPDATE", message, foreign_topic),
        both(
            "claims_topic_kept",
            "claims_topic",
            "BEFORE UPDATE",
            "A topic can be renamed, but not moved to another desk.",
            differs(*all_but(Topic, "name")),
        ),
        *no_delete("claims_topic", unique=("id", "public_id")),
    )


def _fact_checks() -> tuple[Guard, ...]:
    """Another import may change what one says, not whose it is."""
    said = (
        "claim", "claimant", "stated_date", "rating", "publisher", "author", "title",
        "explanation", "published_date", "language", "site", "record", "origin", "changed_at",
    )  # fmt: skip
    table = "claims_importedfactcheck"
    return (
        both(
            "claims_importedfactcheck_kept",
            table,
            "BEFORE UPDATE",
            "An imported fact check keeps its desk, its address and who imported it.",
            differs(*all_but(ImportedFactCheck, *said)),
        ),
        *no_delete(table, unique=("id", "public_id", "desk_id, key, part")),
    )


def _imported_claims() -> tuple[Guard, ...]:
    """They say what another newsroom exported; here one can only be taken up."""
    table = "claims_importedclaim"
    return (
        both(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            "An imported claim stays as it was exported. It can be taken up, once.",
            f"{differs(*all_but(ImportedClaim, 'taken_up_as'))} OR OLD.taken_up_as_id IS NOT NULL",
        ),
        *no_delete(table, unique=("id", "public_id", "desk_id, digest")),
        *append_only("claims_broughtrecord", unique=("id", "desk_id, member, digest")),
        *no_delete("claims_broughtexport", unique=("id", "public_id", "desk_id, manifest_sha256")),
    )


def _scales() -> tuple[Guard, ...]:
    """A rating that any verdict or revision has is never deleted, and
    its scale keeps its name and version: readers of an old verdict can
    look up what the word meant.
    """
    scale, rating = "claims_ratingscale", "claims_rating"
    rating_used = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} v WHERE v.rating_id = OLD.id)" for table in _RATED_TABLES
    )
    scale_used = " OR ".join(
        f"""
            EXISTS (
                SELECT 1
                FROM {rating} r
                JOIN {table} v ON v.rating_id = r.id
                WHERE r.scale_id = OLD.id
            )
        """
        for table in _RATED_TABLES
    )
    message = "A used rating scale cannot be renamed or deleted. Make a new version of it."
    # The best and the worst value of a scale are signed, on every desk that uses it.
    another_range = f"NEW.value IS NOT NULL AND ({scale_used.replace('OLD.id', 'NEW.scale_id')})"
    return (
        both(
            f"{rating}_used",
            rating,
            "BEFORE DELETE",
            "A used rating cannot be deleted. Make a new version of the scale.",
            rating_used,
        ),
        both(
            f"{rating}_range",
            rating,
            "BEFORE INSERT",
            "A used rating scale gets no further values. Make a new version of it.",
            another_range,
        ),
        both(
            f"{rating}_range_kept",
            rating,
            "BEFORE UPDATE OF value, scale_id",
            "A used rating scale keeps its values. Make a new version of it.",
            f"({differs('value', 'scale_id')}) AND"
            f" ({scale_used.replace('OLD.id', 'OLD.scale_id')}"
            f" OR {scale_used.replace('OLD.id', 'NEW.scale_id')})",
        ),
        both(f"{scale}_used", scale, "BEFORE DELETE", message, scale_used),
        both(
            f"{scale}_kept",
            scale,
            "BEFORE UPDATE",
            message,
            f"({differs(*all_but(RatingScale, 'in_use'))}) AND ({scale_used})",
        ),
    )


def _reader_tips() -> tuple[Guard, ...]:
    """Personal data is erased once and for good; what the reader wrote
    is never reworded.
    """
    table = "claims_readertip"
    reworded = f"NEW.erased_at IS NULL AND {changed_but_by_rotation(*PERSONAL)}"
    altered = differs(*all_but(ReaderTip, *PERSONAL, "erased_at", "erased_by"))
    # The mark outlives the erasure: colleagues still see that a reader sent the claim
    # in.
    unmarked = """
        NOT EXISTS (
            SELECT 1
            FROM claims_claim c
            WHERE c.id = NEW.claim_id
                AND c.from_reader
        )
    """
    return (
        both(
            f"{table}_marked",
            table,
            "BEFORE INSERT",
            "The claim of a reader tip must be marked as sent in by a reader.",
            unmarked,
        ),
        both(
            f"{table}_once",
            table,
            "BEFORE UPDATE",
            "A reader tip can be erased once, and not edited.",
            f"OLD.erased_at IS NOT NULL OR {reworded} OR {altered}",
        ),
        both(
            f"{table}_encrypted",
            table,
            "BEFORE INSERT",
            "What a reader sent is stored encrypted.",
            in_plain_text(*PERSONAL),
        ),
        *no_delete(table, unique=("id", "claim_id")),
    )


def _channels() -> tuple[Guard, ...]:
    message = "The address of a webhook is stored encrypted."
    return stored_encrypted("claims_deskchannel", message, "address")


def _drafts() -> tuple[Guard, ...]:
    message = "What somebody is typing is stored encrypted."
    return stored_encrypted("claims_formdraft", message, "words")
