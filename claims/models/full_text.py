"""Which words of claims, verdicts, evidence and suggestions are found by search.

Left out are all rows that fewer people may read than the claim they
belong to: queries, reply requests, waivers, interviews, tips. What is
in no index cannot be told by one.
"""

from claims.choices import VerdictState
from factcheck.ledger.full_text import Follows, Index

# Of the verdicts, what readers have or will have, and not what was replaced.
_states = ", ".join(
    f"'{state}'"
    for state in (
        VerdictState.WORKING,
        VerdictState.APPROVED,
        VerdictState.PUBLISHED,
        VerdictState.RETRACTED,
    )
)
_VERDICTS = (
    "SELECT {joined}(v.short_answer || ' ' || v.explanation, ' ')"  # noqa: S608
    f" FROM claims_verdict v WHERE v.claim_id = t.id AND v.state IN ({_states})"
)
# For readers: of published verdicts alone, and as they were signed.
_PUBLISHED = " || ' ' || ".join(
    f"coalesce({{json_text}}(t.content, '$.{path}'), '')"
    for path in (
        "claim",
        "wording",
        "claimant.name",
        "claimant.description",
        "short_answer",
        "explanation",
    )
)
_CLAIMANT = (
    "SELECT c.name || ' ' || c.description FROM sources_claimant c WHERE c.id = t.claimant_id"
)
_PAGE = "SELECT p.title FROM sources_capture p WHERE p.id = t.capture_id"

_OF_IMPORTED = ("text", "claimant", "short_answer", "explanation")
_OF_OTHERS = ("claim", "claimant", "title", "explanation", "publisher")

INDEXES = (
    Index(
        "claim",
        "claims_claim",
        f"t.text || ' ' || t.wording || ' ' || coalesce(({_CLAIMANT}), '')"
        f" || ' ' || coalesce(({_VERDICTS}), '')",
        (
            Follows("claims_claim", ("text", "wording", "claimant_id")),
            Follows("claims_verdict", ("short_answer", "explanation", "state"), key="claim_id"),
        ),
    ),
    Index(
        "verdict",
        "claims_verdict",
        f"CASE WHEN t.state = '{VerdictState.PUBLISHED}' THEN {_PUBLISHED} ELSE '' END",
        (Follows("claims_verdict", ("state",)),),
    ),
    Index(
        "evidence",
        "claims_evidence",
        "t.quote || ' ' || t.finding || ' ' || t.locator || ' ' || t.publisher_name || ' ' ||"
        f" coalesce(({_PAGE}), '')",
        (
            Follows(
                "claims_evidence", ("quote", "finding", "locator", "publisher_name", "capture_id")
            ),
        ),
    ),
    Index(
        "suggestion",
        "claims_suggestion",
        "t.text || ' ' || t.speaker",
        (Follows("claims_suggestion", ("text", "speaker")),),
    ),
    Index(
        "imported_claim",
        "claims_importedclaim",
        " || ' ' || ".join(f"t.{column}" for column in _OF_IMPORTED),
        (Follows("claims_importedclaim", _OF_IMPORTED),),
    ),
    Index(
        "fact_check",
        "claims_importedfactcheck",
        " || ' ' || ".join(f"t.{column}" for column in _OF_OTHERS),
        (Follows("claims_importedfactcheck", _OF_OTHERS),),
    ),
)
