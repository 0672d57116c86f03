"""Verifying an export: every hash is computed again from the file
alone, without the database, so that somebody outside the newsroom can
do it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claims.choices import VerdictState
from claims.exchange.export import KIND, SCHEMA
from factcheck.ledger.canonical_json import canonical_json, sha256

# States that a verdict reaches only with two signatures.
TWICE_SIGNED = (
    VerdictState.APPROVED,
    VerdictState.PUBLISHED,
    VerdictState.SUPERSEDED,
    VerdictState.RETRACTED,
)


class NoExportError(Exception):
    """The text is not an export of a claim; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result for one version of the verdict: the computed hash and
    what does not match it.
    """

    number: int
    state: str
    computed: str
    faults: tuple[str, ...]

    def __str__(self) -> str:
        result = "; ".join(self.faults) or (
            f"ok, {self.computed}" if self.computed else "not signed"
        )
        return f"version {self.number} ({self.state}): {result}"


def findings(text: str) -> list[Finding]:
    """One finding for each version of the verdict, in order. Raises NoExportError."""
    verdicts = _verdicts(text)
    try:
        return [_finding(verdict) for verdict in verdicts]
    except (AttributeError, KeyError, TypeError, UnicodeEncodeError) as error:
        raise NoExportError(
            "A verdict in this file is not as exports have it. Export the claim again."
        ) from error


def _verdicts(text: str) -> list[Any]:
    try:
        document = json.loads(text)
    # The file comes from anywhere: deep nesting must not end in a traceback either.
    except (ValueError, RecursionError) as error:
        raise NoExportError(
            f"This is not JSON ({error}). Give the file that export_claim wrote."
        ) from error
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise NoExportError(
            "This is not the export of a claim. Give the file that export_claim wrote."
        )
    if document.get("schema") != SCHEMA:
        raise NoExportError(
            f"This export has schema {document.get('schema')!r}. This program reads schema {SCHEMA}"
            " only."
        )
    if not isinstance(document.get("verdicts"), list):
        raise NoExportError("This export has no list of verdicts. Export the claim again.")
    return list(document["verdicts"])


def _finding(verdict: Mapping[str, Any]) -> Finding:
    content: str = verdict["content"]
    signatures: Mapping[str, Any] = verdict["signatures"]
    recorded = {
        "the recorded hash": verdict["content_hash"],
        **{
            f"the hash that the {role} signed": signed["hash"]
            for role, signed in signatures.items()
            if signed
        },
    }
    computed = sha256(content) if content else ""
    faults = [
        f"MISMATCH: {what} is {digest or 'empty'}, the content has {computed or 'none'}"
        for what, digest in recorded.items()
        if digest != computed
    ]
    if verdict["state"] in TWICE_SIGNED:
        faults += [
            f"MISMATCH: no signature of the {role}"
            for role in ("author", "approver")
            if not signatures[role]
        ]
    # A hash can match although the text is not canonical: then no other program arrives
    # at it.
    if content and not _is_canonical(content):
        faults.append("NOT CANONICAL: the content is not canonical JSON")
    return Finding(verdict["number"], verdict["state"], computed, tuple(faults))


def _is_canonical(content: str) -> bool:
    try:
        return canonical_json(json.loads(content)) == content
    except (ValueError, TypeError, RecursionError):
        return False
