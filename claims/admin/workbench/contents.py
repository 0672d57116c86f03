"""What a claim has at all: one statement, so that panels do not ask
each table of what most claims have none of.
"""

from dataclasses import dataclass

from django.db import connection

from claims.models import Claim

_CONTENTS = """
SELECT
  EXISTS (SELECT 1 FROM claims_waiver WHERE claim_id = %(claim)s),
  EXISTS (SELECT 1 FROM claims_scheduledpublication WHERE claim_id = %(claim)s),
  EXISTS (SELECT 1 FROM claims_claim WHERE merged_into_id = %(claim)s),
  EXISTS (SELECT 1 FROM claims_claim WHERE translation_of_id = %(claim)s),
  EXISTS (SELECT 1 FROM claims_claimvariant WHERE undone_at IS NULL
    AND (claim_id = %(claim)s OR canonical_id = %(claim)s)),
  EXISTS (SELECT 1 FROM claims_claimtag WHERE claim_id = %(claim)s),
  EXISTS (SELECT 1 FROM claims_query WHERE claim_id = %(claim)s),
  EXISTS (SELECT 1 FROM claims_replyrequest WHERE claim_id = %(claim)s),
  EXISTS (SELECT 1 FROM claims_sourcechange AS changed
    JOIN claims_evidence AS item ON item.id = changed.evidence_id
    WHERE item.claim_id = %(claim)s),
  EXISTS (SELECT 1 FROM claims_interest),
  EXISTS (SELECT 1 FROM sources_reliabilitynote WHERE desk_id = %(desk)s)
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """Whoever may not see a row must still not learn of it: this says
    only where there is nothing to ask for. `interests` are anybody's,
    `reliability_notes` the desk's.
    """

    waivers: bool
    schedules: bool
    duplicates: bool
    translations: bool
    variants: bool
    tags: bool
    queries: bool
    reply_requests: bool
    source_changes: bool
    interests: bool
    reliability_notes: bool


def contents_of(claim: Claim) -> Contents:
    with connection.cursor() as cursor:
        cursor.execute(_CONTENTS, {"claim": claim.pk, "desk": claim.desk_id})
        return Contents(*map(bool, cursor.fetchone()))
