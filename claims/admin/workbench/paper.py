"""The verdict as the workbench shows it: its words, who signed what, and what of it a reader will
see.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.choices import VerdictState
from claims.models import Claim, Evidence, Verdict
from claims.rules.content import (
    Content,
    build_content,
    matches_author_signature,
    matches_both_signatures,
    working_verdict,
)
from factcheck.newsroom.models import User


@dataclass(frozen=True, slots=True)
class Signature:
    role: str
    by: User
    at: datetime | None
    hash: str
    holds: bool


@dataclass(frozen=True, slots=True)
class VerdictPanel:
    """One verdict, the content a signature would cover now, and the signatures under it.

    `to_sign` is the hash of that content; empty where nothing is being worked on.
    """

    verdict: Verdict | None
    content: dict[str, Any]
    signatures: tuple[Signature, ...]
    to_sign: str = ""

    @property
    def stale(self) -> bool:
        return not all(signature.holds for signature in self.signatures)


def verdict_panel_of(
    claim: Claim, evidence: list[Evidence], *, as_read: bool = False
) -> VerdictPanel:
    """Of the working version, else of the one readers have; `as_read` asks for that one in any
    case.
    """
    kept = (
        claim.verdicts.exclude(state=VerdictState.DROPPED)
        .select_related("rating__scale")
        .order_by("-number")
    )
    working = None if as_read else working_verdict(claim)
    verdict = working or (kept.exclude(published_at=None) if as_read else kept).first()
    if verdict is None:
        return VerdictPanel(None, {}, ())
    frozen = (
        verdict.content if verdict.published_at else ""
    )  # readers see what was signed, whatever came later
    now = build_content(claim, verdict, evidence)
    return VerdictPanel(
        verdict,
        json.loads(frozen or now.text),
        _signatures(now, verdict),
        now.hash if working else "",
    )


def _signatures(now: Content, verdict: Verdict) -> tuple[Signature, ...]:
    found = []
    if verdict.author and verdict.author_hash:
        holds = matches_author_signature(now, verdict)
        found.append(
            Signature(
                "Author", verdict.author, verdict.author_signed_at, verdict.author_hash, holds
            )
        )
    if verdict.approver and verdict.approver_hash:
        holds = matches_both_signatures(now, verdict)
        found.append(
            Signature(
                "Approver",
                verdict.approver,
                verdict.approver_signed_at,
                verdict.approver_hash,
                holds,
            )
        )
    return tuple(found)
