"""What the database refuses about the desk's records: what was said, selections, topics, scales,
methodology, senders.
"""

from claims.choices import Action, DeclineReason, VerdictState
from claims.models import RatingScale, ReaderTip, Topic
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete

_USED = "EXISTS (SELECT 1 FROM {table} v WHERE v.rating_id = {of})"


def record_guards() -> tuple[Guard, ...]:
    return (
        _said(),
        _declined(),
        *_selections(),
        *_topics(),
        *_scales(),
        *append_only("claims_methodology", unique=("id", "number")),
        *_submitters(),
    )


def _said() -> Guard:
    """On the step to approved alone, so that what was approved before this was asked
    stays valid.
    """
    named = (
        "EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = NEW.claim_id AND c.claimant_id IS NOT"
        " NULL)"
    )
    approved = VerdictState.APPROVED.value
    return both(
        "claims_verdict_said",
        "claims_verdict",
        "BEFORE UPDATE",
        "The verdict does not tell whether the claimant said it.",
        f"NEW.state = '{approved}' AND OLD.state <> '{approved}' AND NEW.quote_accuracy = ''"
        f" AND {named}",
    )


def _declined() -> Guard:
    known = ", ".join(f"'{reason}'" for reason in DeclineReason.values)
    refused = f"NEW.action = '{Action.DECLINE.value}' AND COALESCE({{}}, '') NOT IN ({known})"
    return Guard(
        "claims_transition_reason",
        "claims_transition",
        "BEFORE INSERT",
        "A claim is declined with a reason of the list.",
        sqlite=refused.format("json_extract(NEW.data, '$.reason')"),
        postgres=refused.format("NEW.data ->> 'reason'"),
    )


def _selections() -> tuple[Guard, ...]:
    table, done = "claims_suggestion", "claims_finishedarticle"
    elsewhere = (
        "NEW.checked_in_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_claim c JOIN"
        " sources_article a ON a.desk_id = c.desk_id WHERE c.id = NEW.checked_in_id AND a.id ="
        " NEW.article_id)"
    )
    unlike = (
        f"({differs('done_id')}) AND (OLD.done_id IS NOT NULL OR OLD.state <> 'proposed' OR NOT"
        f" EXISTS (SELECT 1 FROM {done} d JOIN sources_articleversion v ON v.id = d.version_id"
        " WHERE d.id = NEW.done_id AND v.article_id = NEW.article_id))"
    )
    return (
        both(
            f"{table}_checked_here",
            table,
            "BEFORE UPDATE",
            "It was already checked in a claim of the same desk.",
            elsewhere,
        ),
        both(
            f"{table}_passed_over",
            table,
            "BEFORE UPDATE",
            "What nobody decided is passed over once, with its article.",
            unlike,
        ),
        both(
            f"{table}_born_proposed",
            table,
            "BEFORE INSERT",
            "A suggestion starts as proposed.",
            "NEW.state <> 'proposed' OR NEW.done_id IS NOT NULL",
        ),
        *append_only(done),
    )


def _topics() -> tuple[Guard, ...]:
    astray = (
        "NEW.topic_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_topic t WHERE t.id ="
        " NEW.topic_id AND t.desk_id = NEW.desk_id)"
    )
    message = "The topic is of another desk."
    return (
        both("claims_claim_topic", "claims_claim", "BEFORE INSERT", message, astray),
        both("claims_claim_topic_kept", "claims_claim", "BEFORE UPDATE", message, astray),
        both(
            "claims_topic_kept",
            "claims_topic",
            "BEFORE UPDATE",
            "A topic stays with its desk.",
            differs(*all_but(Topic, "name")),
        ),
        *no_delete("claims_topic", unique=("id", "public_id")),
    )


def _scales() -> tuple[Guard, ...]:
    """A word that any verdict or revision carries is never deleted, and its scale keeps name and
    version.
    """
    scale, rating = "claims_ratingscale", "claims_rating"
    carried = " OR ".join(
        _USED.format(table=table, of="OLD.id")
        for table in ("claims_verdict", "claims_verdictrevision")
    )
    words = " OR ".join(
        f"EXISTS (SELECT 1 FROM {rating} r JOIN {table} v ON v.rating_id = r.id WHERE r.scale_id ="
        " OLD.id)"
        for table in ("claims_verdict", "claims_verdictrevision")
    )
    message = "A scale that verdicts use is never renamed or deleted: make a new version of it."
    return (
        both(
            f"{rating}_used",
            rating,
            "BEFORE DELETE",
            "A rating that verdicts use is never deleted: make a new version of the scale.",
            carried,
        ),
        both(f"{scale}_used", scale, "BEFORE DELETE", message, words),
        both(
            f"{scale}_kept",
            scale,
            "BEFORE UPDATE",
            message,
            f"({differs(*all_but(RatingScale, 'in_use'))}) AND ({words})",
        ),
    )


def _submitters() -> tuple[Guard, ...]:
    table = "claims_readertip"
    reworded = f"NEW.erased_at IS NULL AND ({differs('name', 'contact', 'message')})"
    kept = differs(*all_but(ReaderTip, "name", "contact", "message", "erased_at", "erased_by"))
    unmarked = (
        "NOT EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = NEW.claim_id AND c.from_reader)"
    )
    return (
        both(
            f"{table}_marked",
            table,
            "BEFORE INSERT",
            "The claim does not say that a reader sent it.",
            unmarked,
        ),
        both(
            f"{table}_once",
            table,
            "BEFORE UPDATE",
            "What a sender told us is erased once, and never reworded.",
            f"OLD.erased_at IS NOT NULL OR {reworded} OR {kept}",
        ),
        *no_delete(table, unique=("id", "claim_id")),
    )
