"""What the database refuses about suggestions: text that the article
does not contain, and a second decision on what a person decided.
"""

from claims.choices import Status
from claims.models import Suggestion
from factcheck.ledger.triggers import Guard, all_but, append_only, both, differs, no_delete

_TABLE = "claims_suggestion"


def suggestion_guards() -> tuple[Guard, ...]:
    return (
        *_span(),
        _origin(),
        _decided(),
        *_passed_over(),
        *no_delete(_TABLE, unique=("id", "public_id")),
    )


def _span() -> tuple[Guard, Guard]:
    # Offsets count code points from 0; substr() counts characters from 1 on both
    # databases. "end" is quoted because it is a keyword. COALESCE: of a version that is
    # not there the comparison would be NULL, and a NULL condition refuses nothing.
    differs_from_article = """
        COALESCE(
            (
                SELECT substr(v.text, NEW.start + 1, NEW."end" - NEW.start)
                FROM sources_articleversion v
                WHERE v.id = NEW.version_id
            ),
            ''
        ) <> NEW.text
    """
    message = "The text of a suggestion must stand in its article at the given span."
    return (
        both(f"{_TABLE}_span", _TABLE, "BEFORE INSERT", message, differs_from_article),
        both(f"{_TABLE}_span_kept", _TABLE, "BEFORE UPDATE", message, differs_from_article),
    )


def _origin() -> Guard:
    # The accuracy table measures extractors, and the selection log says what a person
    # chose: neither becomes the other.
    return both(
        f"{_TABLE}_origin",
        _TABLE,
        "BEFORE UPDATE",
        "Where a suggestion comes from cannot be changed.",
        differs("article_id", "extraction_id", "chosen_by_id", "chosen_at", "fingerprint"),
    )


def _decided() -> Guard:
    """The selection log counts decisions, so none is rewritten. The one
    way back is to take it back whole: it is then as if nobody had
    decided it. An accepted one has left a claim, which is closed first.
    """
    changed = differs(*all_but(Suggestion, "finished_article"))
    taken_back = f"""
        NEW.state = 'proposed'
        AND NEW.decided_by_id IS NULL
        AND NEW.decided_at IS NULL
        AND NEW.decline_reason = ''
        AND NEW.note = ''
        AND NEW.checked_in_id IS NULL
        AND NEW.decided_with_id IS NULL
        AND NOT EXISTS (
            SELECT 1
            FROM claims_claim c
            WHERE c.suggestion_id = OLD.id
                AND c.status <> '{Status.DECLINED.value}'
        )
    """
    return both(
        f"{_TABLE}_decided",
        _TABLE,
        "BEFORE UPDATE",
        "A decision on a suggestion cannot be changed, only taken back.",
        f"OLD.state <> 'proposed' AND ({changed}) AND NOT ({taken_back})",
    )


def _passed_over() -> tuple[Guard, ...]:
    finished_table = "claims_finishedarticle"
    # A suggestion must not lead people to the claims of a desk they have nothing to do
    # with.
    other_desk = """
        NEW.checked_in_id IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM claims_claim c
            JOIN sources_article a ON a.desk_id = c.desk_id
            WHERE c.id = NEW.checked_in_id
                AND a.id = NEW.article_id
        )
    """
    # Passed over once, while undecided, and by finishing its own article: otherwise the
    # accuracy table would count suggestions that nobody had in front of them.
    wrongly_passed_over = f"""
        ({differs("finished_article_id")})
        AND (
            OLD.finished_article_id IS NOT NULL
            OR OLD.state <> 'proposed'
            OR NOT EXISTS (
                SELECT 1
                FROM {finished_table} d
                JOIN sources_articleversion v ON v.id = d.version_id
                WHERE d.id = NEW.finished_article_id
                    AND v.article_id = NEW.article_id
            )
        )
    """
    return (
        both(
            f"{_TABLE}_checked_here",
            _TABLE,
            "BEFORE UPDATE",
            "The claim it was already checked in must be of the same desk.",
            other_desk,
        ),
        both(
            f"{_TABLE}_passed_over",
            _TABLE,
            "BEFORE UPDATE",
            "Only an undecided suggestion is passed over, once, when its article is finished.",
            wrongly_passed_over,
        ),
        both(
            f"{_TABLE}_born_proposed",
            _TABLE,
            "BEFORE INSERT",
            "A new suggestion must be undecided.",
            "NEW.state <> 'proposed' OR NEW.finished_article_id IS NOT NULL",
        ),
        *append_only(finished_table),
    )
