"""The rows of `PublicChange`: whatever readers see is counted when it
changes, by the statement that changes it, whoever writes it. The pages
that are kept for readers are those of one count.
"""

from django.db import connections

from claims.choices import VerdictState
from claims.models import (
    Claim,
    ClaimVariant,
    Methodology,
    PublicChange,
    Repetition,
    SiteText,
    Topic,
    Verdict,
)
from claims.models.verdict import PUBLIC
from factcheck.ledger.triggers import Upkeep, differs
from factcheck.newsroom.models import Desk, User
from sources.models import Link, PublicCopy

_TABLE, _VERDICT = PublicChange._meta.db_table, Verdict._meta.db_table
_PUBLIC = ", ".join(f"'{state.value}'" for state in PUBLIC)
_WORKING = VerdictState.WORKING.value
# What a correction that is open says to readers, and that it was dropped. Its text is
# nobody's business before it is published.
_CORRECTION = f"NEW.corrects_id IS NOT NULL AND ({differs('state', 'meanwhile', 'closed_at')})"
_OF_PUBLIC_RECORD = f"""
    EXISTS (SELECT 1 FROM {_VERDICT} v WHERE v.claim_id = NEW.id AND v.state IN ({_PUBLIC}))
"""
# A variant that readers have is named on the pages of the others.
_VARIANT_READ = f"""
    EXISTS (SELECT 1 FROM {_VERDICT} v WHERE v.claim_id = NEW.claim_id AND v.state IN ({_PUBLIC}))
"""
# (what happens to a row of which model, when that is a change for readers)
_CHANGES = (
    (Verdict, "INSERT", f"NEW.corrects_id IS NOT NULL OR NEW.state <> '{_WORKING}'"),
    (
        Verdict,
        "UPDATE",
        f"OLD.state IN ({_PUBLIC}) OR NEW.state IN ({_PUBLIC}) OR {_CORRECTION}",
    ),
    (Claim, "UPDATE OF slug, topic_id, translation_of_id, desk_id", _OF_PUBLIC_RECORD),
    (Repetition, "UPDATE", "NEW.confirmed_at IS NOT NULL"),
    (ClaimVariant, "INSERT", _VARIANT_READ),
    (ClaimVariant, "UPDATE OF undone_at", _VARIANT_READ),
    (Methodology, "INSERT", "TRUE"),
    (SiteText, "INSERT", "TRUE"),
    (Topic, "UPDATE OF name", differs("name")),
    (Desk, "UPDATE OF name, time_zone", differs("name", "time_zone")),
    # Those who signed are named as they are called now.
    (
        User,
        "UPDATE OF byline, first_name, last_name, username",
        differs("byline", "first_name", "last_name", "username"),
    ),
    # The time of the last check is left out: pages show only its day, and are rendered
    # again every minute anyway.
    (
        Link,
        "UPDATE OF state, dead_since",
        f"NEW.published_since IS NOT NULL AND ({differs('state', 'dead_since')})",
    ),
    (PublicCopy, "UPDATE OF address", differs("address")),
)


class PublicChanges:
    """The table, as `kept_tables` keeps it."""

    kept_in = _TABLE

    def triggers(self) -> tuple[Upkeep, ...]:
        return tuple(
            Upkeep(
                f"{_TABLE}_of_{model._meta.model_name}_{when.split()[0].lower()}",
                model._meta.db_table,
                _TABLE,
                f"AFTER {when}",
                sqlite=_count(condition),
                postgres=_count(condition),
            )
            for model, when, condition in _CHANGES
        )

    def fill(self, using: str) -> None:
        """Whatever changed while nobody counted is one change."""
        with connections[using].cursor() as cursor:
            cursor.execute(_count("1 = 1"))


def _count(condition: str) -> str:
    return f"INSERT INTO {_TABLE} (number) SELECT 1 WHERE {condition};"


PUBLIC_CHANGES = PublicChanges()
