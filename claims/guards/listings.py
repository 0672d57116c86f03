"""The rows of `Listing`, kept as the published verdicts are: listed by
the statement that publishes a verdict, and no longer after the one that
replaces or retracts it, whoever writes them.
"""

from django.db import connections

from claims.choices import VerdictState
from claims.models import Claim, Listing, Verdict
from claims.models.listing import LONGEST_APPEARANCE, LONGEST_HOST
from factcheck.ledger.kept_tables import in_words_of
from factcheck.ledger.triggers import POSTGRES, SQLITE, Guard, Upkeep, all_but, both, differs

_LISTING, _VERDICT, _CLAIM = (model._meta.db_table for model in (Listing, Verdict, Claim))
_IN_WORK = f"'{VerdictState.WORKING.value}', '{VerdictState.APPROVED.value}'"
# An open correction may have given the claim another claimant already.
_SIGNED = f"""
    SELECT v.id, v.first_published_at, c.topic_id,
        CASE WHEN w.id IS NULL THEN c.claimant_id ELSE w.claimant_before_id END AS claimant_id,
        {{json_text}}(v.content, '$.rating.name') AS rating,
        {{json_text}}(v.content, '$.language') AS language,
        {{json_text}}(v.content, '$.appearance') AS appearance
    FROM {_VERDICT} v
    JOIN {_CLAIM} c ON c.id = v.claim_id
    LEFT JOIN {_VERDICT} w ON w.corrects_id = v.id AND w.state IN ({_IN_WORK})
    WHERE v.state = '{VerdictState.PUBLISHED.value}'
        AND NOT EXISTS (SELECT 1 FROM {_LISTING} l WHERE l.verdict_id = v.id)
"""
# An appearance is free text: only a web address leads to a page that others share.
_WITH_ADDRESS = """
    SELECT signed.*, CASE WHEN lower(appearance) LIKE 'http://%'
        OR lower(appearance) LIKE 'https://%' THEN appearance ELSE '' END AS address
    FROM ({signed}) AS signed
"""
_WITH_HOST = """
    SELECT addressed.*, lower(substr(rest, 1, {{position}}(rest, '/') - 1)) AS host
    FROM (
        SELECT one.*, substr(address, {{position}}(address, '://') + 3) || '/' AS rest
        FROM ({addressed}) AS one
    ) AS addressed
"""
_LISTED = f"""
    INSERT INTO {_LISTING} (verdict_id, first_published_at, topic_id, claimant_id, rating,
        language, appearance, host)
    SELECT id, first_published_at, topic_id, claimant_id, rating, language,
        CASE WHEN length(address) <= {LONGEST_APPEARANCE} THEN address ELSE '' END,
        substr(CASE WHEN host LIKE 'www.%' THEN substr(host, 5) ELSE host END, 1, {LONGEST_HOST})
    FROM ({{hosted}}) AS hosted
"""


def _list(vendor: str, condition: str = "") -> str:
    """SQL that lists the published verdicts, or one that the condition on `v` names."""
    addressed = _WITH_ADDRESS.format(signed=f"{_SIGNED} {condition}")
    hosted = _WITH_HOST.format(addressed=addressed)
    return in_words_of(vendor, _LISTED.format(hosted=hosted))


def _published(key: str) -> str:
    return (
        f"SELECT 1 FROM {_VERDICT} v WHERE v.id = {key}"
        f" AND v.state = '{VerdictState.PUBLISHED.value}'"
    )


def listing_guards() -> tuple[Guard, ...]:
    """Readers find what is listed: no statement lists anything else, or
    hides what is published.
    """
    stays = "A published verdict stays listed for readers."
    return (
        both(
            f"{_LISTING}_published",
            _LISTING,
            "BEFORE INSERT",
            "Only a published verdict is listed for readers.",
            f"NOT EXISTS ({_published('NEW.verdict_id')})",
        ),
        both(
            f"{_LISTING}_as_signed",
            _LISTING,
            "BEFORE UPDATE",
            "A verdict is listed as it was signed: only its topic may change.",
            differs(*all_but(Listing, "topic")),
        ),
        # The trigger that takes a verdict off the list comes after its state changed.
        both(
            f"{_LISTING}_stays",
            _LISTING,
            "BEFORE DELETE",
            stays,
            f"EXISTS ({_published('OLD.verdict_id')})",
        ),
        # TRUNCATE fires no trigger of a row, and a REPLACE deletes without one.
        Guard(
            f"{_LISTING}_no_truncate",
            _LISTING,
            "BEFORE TRUNCATE",
            stays,
            postgres="TRUE",
            statement=True,
        ),
        Guard(
            f"{_LISTING}_no_replace",
            _LISTING,
            "BEFORE INSERT",
            stays,
            sqlite=f"EXISTS (SELECT 1 FROM {_LISTING} WHERE verdict_id = NEW.verdict_id)",
        ),
    )


class Listings:
    """The table, as `kept_tables` keeps it."""

    kept_in = _LISTING

    def triggers(self) -> tuple[Upkeep, ...]:
        unlist = (
            f"DELETE FROM {_LISTING} WHERE verdict_id = NEW.id"
            f" AND NEW.state <> '{VerdictState.PUBLISHED.value}';"
        )
        set_topic = (
            f"UPDATE {_LISTING} SET topic_id = NEW.topic_id WHERE verdict_id IN"
            f" (SELECT id FROM {_VERDICT} WHERE claim_id = NEW.id);"
        )
        return (
            Upkeep(
                f"{_LISTING}_of_verdict",
                _VERDICT,
                _LISTING,
                "AFTER UPDATE OF state",
                sqlite=f"{unlist} {_list(SQLITE, 'AND v.id = NEW.id')};",
                postgres=f"{unlist} {_list(POSTGRES, 'AND v.id = NEW.id')};",
            ),
            Upkeep(
                f"{_LISTING}_of_topic",
                _CLAIM,
                _LISTING,
                "AFTER UPDATE OF topic_id",
                sqlite=set_topic,
                postgres=set_topic,
            ),
        )

    def fill(self, using: str) -> None:
        """List what is published, and nothing else, by the topics of
        today. Rows that are there may stay: all else of them is as it was
        signed, and while it is published none can be deleted.
        """
        with connections[using].cursor() as cursor:
            cursor.execute(f"DELETE FROM {_LISTING} WHERE NOT EXISTS ({_published('verdict_id')})")
            cursor.execute(_list(connections[using].vendor))
            cursor.execute(
                f"UPDATE {_LISTING} SET topic_id = (SELECT c.topic_id FROM {_VERDICT} v"
                f" JOIN {_CLAIM} c ON c.id = v.claim_id WHERE v.id = verdict_id)"
            )


LISTINGS = Listings()
