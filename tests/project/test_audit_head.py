"""The head of the audit chain stands on a public page; kept elsewhere, it finds a
record that was rewritten.
"""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from factcheck.ledger import triggers
from factcheck.ledger.audit_log import log_change
from factcheck.ledger.models import GENESIS, AuditEntry, AuditHead
from factcheck.newsroom.models import Desk, User

pytestmark = pytest.mark.django_db


def _verify(**options: Any) -> tuple[int, dict[str, Any]]:
    out = StringIO()
    try:
        call_command("verify_audit", stdout=out, **options)
    except SystemExit as ended:
        return int(ended.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def _rewritten() -> None:
    """By somebody who owns the database and makes the whole chain fit again."""
    triggers.remove("default")
    previous = GENESIS
    for entry in AuditEntry.objects.order_by("seq"):
        entry.actor, entry.previous_hash = "nobody", previous
        previous = entry.digest()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE ledger_auditentry SET actor = 'nobody', previous_hash = %s, hash = %s WHERE"
                " id = %s",
                [entry.previous_hash, previous, entry.pk],
            )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_audithead SET hash = %s", [previous])


def test_everybody_reads_the_head_and_nothing_else(
    client: Client, desk: Desk, editor: User
) -> None:
    entry = log_change("desk.change", desk, by=editor, changes={"name": ["Metro", "Hidden words"]})
    page, response = client.get("/audit/"), client.get("/audit/head.json")
    assert page.status_code == response.status_code == 200
    assert (
        entry.hash in page.text
        and f"<dd>{entry.seq}</dd>" in page.text
        and "verify_audit --head" in page.text
    )
    assert set(response.json()) == {"seq", "hash", "at"} and response.json()["hash"] == entry.hash
    for answer in (page, response):
        assert (
            "max-age=60" in answer["Cache-Control"]
            and "public" in answer["Cache-Control"]
            and not answer.cookies
        )
        assert not any(word in answer.text for word in ("editor", "Metro", "Hidden", "desk.change"))


def test_there_is_a_page_before_there_is_an_entry(client: Client, db: None) -> None:
    assert AuditHead.objects.get().hash in client.get("/audit/").text
    assert client.get("/audit/head.json").json() == {"seq": 0, "hash": GENESIS, "at": None}


def test_nothing_is_posted_there(client: Client, db: None) -> None:
    assert client.post("/audit/").status_code == client.post("/audit/head.json").status_code == 405


def test_a_head_that_was_published_is_found_in_the_chain_later(
    client: Client, desk: Desk, editor: User
) -> None:
    data = client.get("/audit/head.json").json()
    log_change("desk.change", desk, by=editor)
    assert _verify(head=data["hash"]) == (
        0,
        {"ok": True, "entries": data["seq"], "head_hash": data["hash"]},
    )
    assert _verify(head=data["hash"].upper())[0] == 0
    assert _verify()[1]["head_hash"] == AuditHead.objects.get().hash


def test_a_chain_that_was_rewritten_as_a_whole_holds_and_yet_does_not_hold_the_head(
    client: Client, desk: Desk, editor: User
) -> None:
    data = client.get("/audit/head.json").json()["hash"]
    _rewritten()
    assert _verify()[0] == 0
    status, told = _verify(head=data)
    assert status == 1 and "rewritten" in told["reason"]


def test_what_was_changed_before_the_head_is_found(
    client: Client, desk: Desk, editor: User
) -> None:
    data = client.get("/audit/head.json").json()["hash"]
    triggers.remove("default")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_auditentry SET actor = 'nobody' WHERE seq = 1")
    assert _verify(head=data)[1] == {
        "ok": False,
        "first_broken_entry": 1,
        "reason": "its content is not what was hashed",
    }


@pytest.mark.parametrize("typed", ["abc", "g" * 64, "0" * 63])
def test_half_a_hash_is_refused_in_words(db: None, typed: str) -> None:
    with pytest.raises(CommandError, match="64 hexadecimal digits"):
        call_command("verify_audit", head=typed)
