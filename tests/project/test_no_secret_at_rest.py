"""Names of confidential sources and senders, searched for in all that a thief of disks
would have: the database's own bytes or its dump, Redis' files, the logs.
"""

import base64
import logging
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from redis import Redis

from claims.choices import Action
from claims.evidence import source_access
from claims.evidence.interviews import Note
from claims.intake import extraction_jobs, tips
from claims.intake.tips import TipDetails
from claims.models import Claim, ConfidentialIdentity, Evidence, Extraction
from claims.rules.source_protection import ProtectedName
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories
from tests.project.api import Api
from tests.project.test_settings import KEY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
# Invented, of letters alone, so that no encoding but base64 hides one.
NAMES = ("Quaggaworth", "Okapisdottir")
CONTACTS = ("zebrunaphone", "lemurmailbox")
SENDER = ("Tapirfeld", "ibexpostbox", "narwhalmessage")
CANARIES = (*NAMES, *CONTACTS, *SENDER)
TOLD = "a person in the ministry known to the desk"
WHY = {"reason": "The ministry asks who said it."}


def forms(canary: str) -> Iterator[bytes]:
    """As it may stand in bytes: plain, in UTF-16, and in base64, where its letters
    depend on how many bytes come before.
    """
    yield canary.encode()
    yield canary.encode("utf-16-le")
    for before in range(3):
        coded = base64.b64encode(b"x" * before + canary.encode())
        yield coded[before and before + 1 : -4]


def found_in(data: bytes) -> list[str]:
    return [canary for canary in CANARIES if any(form in data for form in forms(canary))]


def typed(name: str, contact: str) -> dict[str, str]:
    return {
        "person": TOLD,
        "channel": "phone",
        "text": f"The figure was known in {contact[0]}.",
        "real_name": name,
        "contact": contact,
        "stance": "refutes",
        "finding": "It was known.",
    }


def _walk(
    client: Client,
    checker: User,
    editor: User,
    second_checker: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The whole way: attached, read, granted, confirmed, exported, published, refused,
    failed, erased.
    """
    client.raise_request_exception = False
    claim = factories.ready(checker)
    _attach(client, checker, claim)
    _read(client, checker, editor, second_checker, claim)
    _send_tips(client, checker, editor)
    _break(client, checker, claim, settings, monkeypatch)
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    client.force_login(editor)
    assert client.get(reverse("admin:claims_claim_export", args=[claim.pk])).status_code == 200
    claim.refresh_from_db()
    assert TOLD in Client().get(f"/verdicts/{claim.address}/").text
    factories.article(checker)
    for waiting in Extraction.objects.filter(job_state="waiting"):
        extraction_jobs.extract(waiting.pk)


def _attach(client: Client, checker: User, claim: Claim) -> None:
    client.force_login(checker)
    held = {"held_at": "2026-01-02T10:00", "confidential": "on"}
    door = reverse("admin:claims_claim_note", args=[claim.pk])
    exposed = typed(NAMES[0], CONTACTS[0]) | held | {"text": f"{NAMES[0]} said so."}
    assert client.post(door, exposed).status_code == 400
    assert client.post(door, typed(NAMES[0], CONTACTS[0]) | held).status_code == 302
    body = typed(NAMES[1], CONTACTS[1]) | {"held_at": "2026-01-02T10:00:00Z"}
    sent = Api(checker).post(
        f"claims/{claim.public_id}/notes/", body | {"confidential": True, "two_people": True}
    )
    assert sent.status_code == 201, sent.text
    assert ConfidentialIdentity.objects.count() == 2


def _read(client: Client, checker: User, editor: User, second_checker: User, claim: Claim) -> None:
    one, two = Evidence.objects.filter(claim=claim, capture__kind="note").order_by("number")
    assert (
        NAMES[0]
        in client.post(
            reverse("admin:claims_claim_identity", args=[claim.pk, one.number]), WHY
        ).text
    )
    identity = ConfidentialIdentity.objects.get(interview__capture=two.capture_id)
    ends = clock.now() + timedelta(days=1)
    source_access.grant_access(
        identity, by=editor, person=second_checker, reason="Calls back.", ends_at=ends
    )
    door = f"evidence/{two.public_id}/identity/read/"
    request = Api(checker).post(door, WHY).json()["id"]
    confirm = f"source-read-requests/{request}/confirm/"
    assert Api(second_checker).post(confirm, {}).status_code == 200
    assert NAMES[1] in Api(checker).post(door, WHY).text


def _send_tips(client: Client, checker: User, editor: User) -> None:
    sender = dict(zip(("name", "contact", "message"), SENDER, strict=True))
    made = Api(checker).post("claims/", {"text": "The bridge is closed.", "reader_tip": sender})
    assert made.status_code == 201
    assert SENDER[1] in Api(editor).get(f"claims/{made.json()['id']}/tip/").text
    page = {f"tip_{name}": value for name, value in sender.items()}
    page |= {
        "text": "The ferry sank.",
        "language": "en",
        "desk": str(Claim.objects.first().desk_id),
    }
    client.force_login(checker)
    assert client.post(reverse("admin:claims_claim_add"), page).status_code == 302
    claim = Claim.objects.latest("pk")
    shown = client.post(reverse("admin:claims_claim_tip_sender", args=[claim.pk]))
    assert SENDER[0] in shown.text
    tips.erase(claim, by=editor)


def _break(
    client: Client, checker: User, claim: Claim, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash with the names in its hands, and a key that is gone."""
    number = Evidence.objects.filter(claim=claim, capture__kind="note").first().number
    page = reverse("admin:claims_claim_identity", args=[claim.pk, number])
    with monkeypatch.context() as broken:
        broken.setattr(source_access, "log_change", lambda *_, **__: 1 / 0)
        assert client.post(page, WHY).status_code == 500
    keys, settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS, [KEY]
    client.force_login(checker)  # the session is lost with the key, too
    refused = client.post(page, WHY)
    assert refused.status_code == 503 and "FACTCHECK_ENCRYPTION_KEYS" in refused.text
    settings.ENCRYPTION_KEYS = keys
    client.force_login(checker)


def test_the_search_finds_what_is_there() -> None:
    for canary in CANARIES:
        for before in range(3):
            assert found_in(base64.b64encode(b"y" * before + canary.encode() + b"more"))
    assert found_in(b"..." + "Tapirfeld".encode("utf-16-le")) == ["Tapirfeld"]


def test_no_repr_prints_a_name() -> None:
    note = Note(TOLD, "phone", clock.now(), "", real_name=NAMES[0], contact=CONTACTS[0])
    objects = (note, TipDetails(*SENDER), ProtectedName.of(NAMES[0], f"{CONTACTS[0]}@mail.example"))
    assert found_in(repr(objects).encode()) == [] and TOLD in repr(objects)


def test_neither_database_nor_redis_nor_log_holds_a_name(
    client: Client,
    checker: User,
    editor: User,
    second_checker: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    _walk(client, checker, editor, second_checker, settings, monkeypatch)
    database, queue, log = stored_bytes(), _redis(), caplog.text.encode()
    assert TOLD.encode() in database, "the dump is of this database"
    assert b"extract" in queue, "a task was sent"
    assert b"ZeroDivisionError" in log, "the error was logged"
    assert (found_in(database), found_in(queue), found_in(log)) == ([], [], [])
    with capsys.disabled():
        sizes = f"{len(database):,} of the database, {len(queue):,} of Redis, {len(log):,} of logs"
        print(f"\n{len(CANARIES)} names, 0 found in bytes: {sizes}")  # noqa: T201


def stored_bytes() -> bytes:
    """The file with its log of pages on SQLite; the dump on PostgreSQL."""
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        # By another process: one that has the database open and closes a file of it,
        # drops its locks there, and the next process takes the database for its own.
        files = [str(one) for one in file.parent.glob(f"{file.name}*")]
        return subprocess.run(["cat", *files], capture_output=True, check=True).stdout
    tools = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))
    told = connection.get_connection_params()
    command = [str(tools[-1]), "--host", told["host"], "--port", str(told["port"])]
    return subprocess.run(
        [*command, "--username", told["user"], told["dbname"]], capture_output=True, check=True
    ).stdout


def _redis() -> bytes:
    """What Redis has on disk once it saved, and what it would write for each key."""
    redis = Redis.from_url(settings.REDIS_URL)
    redis.save()
    folder = Path(str(redis.config_get("dir")["dir"]))
    files = [folder / str(redis.config_get("dbfilename")["dbfilename"])]
    files += (folder / str(redis.config_get("appenddirname")["appenddirname"])).glob("*")
    data = [one.read_bytes() for one in files if one.exists()]
    for key in redis.scan_iter():
        data += [key, redis.dump(key) or b""]
        if redis.type(key) == b"list":
            data += redis.lrange(key, 0, -1)
        if redis.type(key) == b"hash":
            data += redis.hgetall(key).values()
    return b"\n".join([*data, *map(_decoded, data)])


def _decoded(data: bytes) -> bytes:
    """Bodies of messages, which are base64 of JSON."""
    start = data.find(b'{"body": "')
    if start < 0:
        return b""
    body = data[start + 10 :].partition(b'"')[0]
    try:
        return base64.b64decode(body)
    except ValueError:
        return b""
