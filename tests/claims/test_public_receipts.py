"""Receipts: signed by the newsroom, verified without it."""

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from claims.choices import Action
from claims.exchange.receipts import NoReceiptError, faults
from claims.models import Claim
from claims.workflow import MoveData, apply
from factcheck.ledger.models import AuditHead
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import page, publish
from tests.shared_rows import shared

KEYS = "/.well-known/factcheck-keys.json"
OTHER_KEY = base64.urlsafe_b64encode(b"k" * 32).decode()


@shared
def claim(checker: User, editor: User) -> Claim:
    return publish(checker, editor)


def _receipt(client: Client, claim: Claim) -> dict[str, Any]:
    found: dict[str, Any] = client.get(page(claim, "receipt.json")).json()
    return found


def test_a_receipt_binds_the_verdict_to_the_audit_log(client: Client, claim: Claim) -> None:
    signed = _receipt(client, claim)
    verdict, head = claim.verdicts.get(), AuditHead.objects.get()
    told = signed["receipt"]
    assert told["content_hash"] == verdict.content_hash
    assert (told["author"], told["approver"]) == ("checker", "editor")
    assert (told["audit_head"]["seq"], told["audit_head"]["hash"]) == (head.seq, head.hash)
    keys = client.get(KEYS).text
    content = client.get(page(claim, "content.json")).content
    assert faults(json.dumps(signed), keys, content) == []


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl here")
def test_openssl_verifies_it_too(client: Client, claim: Claim, tmp_path: Path) -> None:
    signed, (key,) = _receipt(client, claim), client.get(KEYS).json()["keys"]
    written = json.dumps(
        signed["receipt"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    # how RFC 8410 writes a public key, before its 32 bytes
    der = bytes.fromhex("302a300506032b6570032100") + base64.urlsafe_b64decode(f"{key['x']}=")
    (tmp_path / "key.der").write_bytes(der)
    (tmp_path / "text").write_bytes(written.encode())
    (tmp_path / "signature").write_bytes(base64.urlsafe_b64decode(f"{signed['signature']}=="))
    command = "openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key.der"
    done = subprocess.run(
        [*command.split(), "-in", "text", "-sigfile", "signature"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["content_hash", "url", "approver", "published_at"])
def test_a_changed_receipt_is_found_out(client: Client, claim: Claim, name: str) -> None:
    signed, keys = _receipt(client, claim), client.get(KEYS).text
    signed["receipt"][name] += "x"
    assert "signature does not fit" in faults(json.dumps(signed), keys)[0]


def test_another_content_is_found_out(client: Client, claim: Claim) -> None:
    signed, keys = _receipt(client, claim), client.get(KEYS).text
    assert "content is not" in faults(json.dumps(signed), keys, b"{}")[0]


def test_a_receipt_is_valid_after_the_key_was_changed(client: Client, claim: Claim) -> None:
    signed = json.dumps(_receipt(client, claim))
    with override_settings(RECEIPT_KEYS=[OTHER_KEY]):
        assert "does not hold the key" in faults(signed, client.get(KEYS).text)[0]
    with override_settings(RECEIPT_KEYS=[OTHER_KEY, *settings.RECEIPT_KEYS]):
        assert faults(signed, client.get(KEYS).text) == []
        assert _receipt(client, claim)["key"] != json.loads(signed)["key"]


@override_settings(RECEIPT_KEYS=[])
def test_without_a_key_there_are_no_receipts(client: Client, claim: Claim) -> None:
    assert client.get(page(claim, "receipt.json")).status_code == 404
    assert client.get(KEYS).json() == {"keys": []}


def test_a_retracted_verdict_has_none(client: Client, claim: Claim, editor: User) -> None:
    apply(claim, Action.RETRACT, by=editor, data=MoveData(note="The register was misread."))
    assert client.get(page(claim, "receipt.json")).status_code == 410


def test_a_private_key_is_never_told(client: Client, claim: Claim) -> None:
    (key,) = client.get(KEYS).json()["keys"]
    assert set(key) == {"crv", "kty", "x", "kid", "use", "alg"}


@pytest.mark.parametrize("text", [
    "", "[]", "null", "{}", "[" * 100_000, '{"receipt": 1, "key": 2, "signature": 3}', '{"receipt": {"content_hash": 1.5}, "key": [], "signature": ""}',
])  # fmt: skip
def test_what_is_no_receipt_is_named(client: Client, db: None, text: str) -> None:
    keys = client.get(KEYS).text
    with pytest.raises(NoReceiptError):
        faults(text, keys)
    with pytest.raises(NoReceiptError):
        faults(keys, text)


def test_the_command_says_whether_it_is_true(
    client: Client, claim: Claim, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {
        "receipt": page(claim, "receipt.json"),
        "keys": KEYS,
        "content": page(claim, "content.json"),
    }
    files = {name: tmp_path / f"{name}.json" for name in names}
    for name, address in names.items():
        files[name].write_bytes(client.get(address).content)
    given = [
        str(files["receipt"]),
        "--keys",
        str(files["keys"]),
        "--content",
        str(files["content"]),
    ]
    call_command("verify_receipt", *given)
    assert "ok" in capsys.readouterr().out
    files["content"].write_text("{}")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_receipt", *given)
    assert ended.value.code == 1 and "MISMATCH" in capsys.readouterr().out
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_receipt", str(tmp_path / "none"), "--keys", str(files["keys"]))


def test_each_verdict_has_its_own(client: Client, checker: User, editor: User) -> None:
    first, second = (factories.published(checker, editor) for _ in range(2))
    assert _receipt(client, first)["receipt"]["url"] != _receipt(client, second)["receipt"]["url"]
