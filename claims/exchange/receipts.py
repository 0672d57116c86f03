"""Receipts: what the newsroom signs with its own key about a published
verdict, so that anybody can prove later what was published, without the
newsroom and without its database.

The signature (Ed25519, RFC 8032) is over the canonical JSON of the
receipt. Keys are published as a JWK set (RFC 7517, RFC 8037), each named
by its thumbprint (RFC 7638).
"""

import base64
import binascii
import hashlib
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from claims.models import Verdict
from factcheck.ledger.canonical_json import canonical_json, sha256

KIND, SCHEMA = "factcheck.receipt", 1
Json = dict[str, Any]


class NoReceiptError(Exception):
    """A file is not what was asked for; the message says what to give."""


def receipt(verdict: Verdict, *, url: str, audit_head: Json) -> Json:
    """The signed receipt of a published verdict. `audit_head` binds it
    to all that the audit log held by then.

    Raises ValueError where FACTCHECK_RECEIPT_KEYS is not set.
    """
    if not settings.RECEIPT_KEYS:
        raise ValueError("FACTCHECK_RECEIPT_KEYS is not set.")
    statement = {
        "kind": KIND,
        "schema": SCHEMA,
        "newsroom": settings.SITE_NAME,
        "url": url,
        "claim": verdict.claim.public_id,
        "version": verdict.number,
        "published_at": verdict.published_at,
        "content_hash": verdict.content_hash,
        "signed_by_author_at": verdict.author_signed_at,
        "approved_at": verdict.approver_signed_at,
        "author": str(verdict.author),
        "approver": str(verdict.approver),
        "audit_head": audit_head,
    }
    text = canonical_json(statement)
    key = _private_key(settings.RECEIPT_KEYS[0])
    return {
        "receipt": json.loads(text),
        "key": _public_jwk(key)["kid"],
        "signature": _base64url(key.sign(text.encode())),
    }


def public_keys() -> Json:
    """Those of now and of before, with which old receipts are verified."""
    return {"keys": [_public_jwk(_private_key(key)) for key in settings.RECEIPT_KEYS]}


def faults(receipt_text: str, keys_text: str, content: bytes | None = None) -> list[str]:
    """What is wrong with a receipt, in sentences; empty if it is true.

    Raises NoReceiptError for a text that is no receipt or no key set.
    """
    document, keys = _object(receipt_text, "receipt"), _object(keys_text, "set of keys")
    try:
        statement, kid, signature = (document[name] for name in ("receipt", "key", "signature"))
        signed_hash, signed = statement["content_hash"], canonical_json(statement).encode()
        known = {key["kid"]: _decoded(key["x"]) for key in keys["keys"]}
        raw_signature = _decoded(signature)
        public = Ed25519PublicKey.from_public_bytes(known[kid]) if kid in known else None
    except (KeyError, TypeError, ValueError, UnicodeEncodeError, RecursionError) as error:
        raise NoReceiptError(
            "This is not a receipt with its set of keys. Give the receipt.json of a verdict and the"
            " newsroom's /.well-known/factcheck-keys.json."
        ) from error
    if public is None:
        return ["The set of keys does not hold the key of this receipt."]
    try:
        public.verify(raw_signature, signed)
    except InvalidSignature:
        return ["The signature does not fit the receipt: it was changed, or signed by another."]
    if content is not None and hashlib.sha256(content).hexdigest() != signed_hash:
        return ["The content is not the one of this receipt."]
    return []


def _object(text: str, what: str) -> Json:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoReceiptError(f"The {what} is not JSON ({error}).") from error
    if not isinstance(document, dict):
        raise NoReceiptError(f"The {what} is not a JSON object.")
    return document


def _private_key(key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(key))


def _public_jwk(key: Ed25519PrivateKey) -> Json:
    x = _base64url(key.public_key().public_bytes_raw())
    required = {"crv": "Ed25519", "kty": "OKP", "x": x}
    thumbprint = bytes.fromhex(sha256(canonical_json(required)))
    return {**required, "kid": _base64url(thumbprint), "use": "sig", "alg": "EdDSA"}


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(f"{text}{'=' * (-len(text) % 4)}", altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("This is not base64url.") from error
