"""The verdict as the workbench shows it: its content, the signatures
under it, and whether they cover the current text.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from claims.choices import VerdictState
from claims.models import Claim, Evidence, Verdict
from claims.rules.content import (
    IN_WORK,
    Content,
    build_content,
    matches_author_signature,
    matches_both_signatures,
)
from factcheck.newsroom.models import User


@dataclass(frozen=True, slots=True)
class Signature:
    role: str
    by: User
    at: datetime | None
    hash: str
    is_valid: bool


@dataclass(frozen=True, slots=True)
class VerdictPanel:
    """One verdict, the content a signature would cover now, and the
    signatures under it.

    `to_sign` is that content; None where nothing is being worked on.
    """

    verdict: Verdict | None
    content: dict[str, Any]
    signatures: tuple[Signature, ...]
    to_sign: Content | None = None

    @property
    def stale(self) -> bool:
        return not all(signature.is_valid for signature in self.signatures)


def verdict_panel_of(
    claim: Claim, evidence: list[Evidence], *, as_read: bool = False
) -> VerdictPanel:
    """Of the working version, else of the one readers have; `as_read`
    takes the one they have in any case.
    """
    # all() and tests in Python, not filter(): the workbench prefetches the versions.
    versions = sorted(
        (version for version in claim.verdicts.all() if version.state != VerdictState.DROPPED),
        key=lambda version: version.number,
        reverse=True,
    )
    in_work = [version for version in versions if version.state in IN_WORK and not as_read]
    shown = [version for version in versions if version.published_at or not as_read]
    verdict = next(iter([*in_work, *shown]), None)
    if verdict is None:
        return VerdictPanel(None, {}, ())
    # Readers see what was signed, whatever has changed since in the rows it was built
    # from.
    published = verdict.content if verdict.published_at else ""
    current = build_content(claim, verdict, evidence)
    return VerdictPanel(
        verdict,
        json.loads(published or current.text),
        _signatures(current, verdict),
        current if in_work else None,
    )


def _signatures(current: Content, verdict: Verdict) -> tuple[Signature, ...]:
    signatures = []
    if verdict.author and verdict.author_hash:
        is_valid = matches_author_signature(current, verdict)
        signatures.append(
            Signature(
                _("Author"), verdict.author, verdict.author_signed_at, verdict.author_hash, is_valid
            )
        )
    if verdict.approver and verdict.approver_hash:
        # The approver signs with the author: their signature is void as soon as either
        # is.
        is_valid = matches_both_signatures(current, verdict)
        signatures.append(
            Signature(
                _("Approver"),
                verdict.approver,
                verdict.approver_signed_at,
                verdict.approver_hash,
                is_valid,
            )
        )
    return tuple(signatures)
