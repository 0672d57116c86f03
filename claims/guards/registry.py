"""All guards of this app, as `claims.apps` registers them.

They refuse whoever writes: SQL, the ORM, or code that skips the
workflow.
"""

from claims.guards.access import interest_guards
from claims.guards.captures import capture_row_guards
from claims.guards.claimants import claimant_guards
from claims.guards.claims import claim_guards
from claims.guards.events import event_guards
from claims.guards.evidence import evidence_guards, rating_guard
from claims.guards.gates import gate_row_guards
from claims.guards.listings import listing_guards
from claims.guards.live import live_guards
from claims.guards.matches import match_guards
from claims.guards.merging import merge_guards
from claims.guards.publication_times import schedule_guards
from claims.guards.rechecks import recheck_guards
from claims.guards.records import record_guards
from claims.guards.references import reference_guards
from claims.guards.repetitions import repetition_guards
from claims.guards.source_access import source_access_guards
from claims.guards.source_changes import source_change_guards
from claims.guards.suggestions import suggestion_guards
from claims.guards.tags import tag_guards
from claims.guards.tips import tip_guards
from claims.guards.transitions import transition_guards
from claims.guards.translations import translation_guards
from claims.guards.variants import variant_guards
from claims.guards.verdicts import verdict_guards

GUARDS = (
    *claim_guards(),
    *claimant_guards(),
    *merge_guards(),
    *tag_guards(),
    *tip_guards(),
    *translation_guards(),
    *reference_guards(),
    *repetition_guards(),
    *match_guards(),
    *variant_guards(),
    *transition_guards(),
    *verdict_guards(),
    *listing_guards(),
    *suggestion_guards(),
    *gate_row_guards(),
    *schedule_guards(),
    *capture_row_guards(),
    *interest_guards(),
    *recheck_guards(),
    *event_guards(),
    *source_access_guards(),
    *source_change_guards(),
    *record_guards(),
    *live_guards(),
    *evidence_guards(),
    rating_guard(),
)
