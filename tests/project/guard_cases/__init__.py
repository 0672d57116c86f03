"""One case for every guard of the database: see test_each_guard_alone."""

from tests.project.guard_cases import (
    kept_rows,
    on_claimants,
    on_claims,
    on_events,
    on_live,
    on_matches,
    on_publication,
    on_records,
    on_sources,
    on_variants,
    on_verdicts,
)
from tests.project.guard_cases.free import FREE
from tests.project.guard_cases.table import CASES, Case, Newsroom

__all__ = [
    "CASES",
    "FREE",
    "Case",
    "Newsroom",
    "kept_rows",
    "on_claimants",
    "on_claims",
    "on_events",
    "on_live",
    "on_matches",
    "on_publication",
    "on_records",
    "on_sources",
    "on_variants",
    "on_verdicts",
]
