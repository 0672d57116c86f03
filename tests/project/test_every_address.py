"""Every address of the project opened as everybody: it answers as reviewed, and shows
no marked secret to whom it is not for.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from redis import Redis

from claims.desk.search import KINDS
from claims.intake import extraction_jobs
from claims.models import Extraction
from factcheck.ledger.due_work import DueWork
from factcheck.ledger.models import AuditEntry
from sources.models import Link
from tests.project.answer_headers import faults
from tests.project.every_url import addresses, filled
from tests.project.full_newsroom import WHO, Newsroom
from tests.project.secret_markers import PREFIX, SECRETS, published_claim

MOST_ENTRIES = 5
METHOD_NOT_ALLOWED = 405
LEFT_OUT = {"admin/logout/"}  # it would end the session of the crawl; it shows nothing
READY = "/healthz/ready"  # whether workers are up is not the matter here
REVIEWED = Path(__file__).with_name("urls.txt")


@pytest.fixture
def room(db: None) -> Newsroom:
    made = Newsroom()
    published_claim(made)
    return made


def _searches() -> Iterator[str]:
    """Lists asked for a part of every mark, as somebody would who guesses; and asked
    for nonsense.
    """
    for model in admin.site._registry:
        name = f"{model._meta.app_label}/{model._meta.model_name}"
        yield from (f"/admin/{name}/?q={PREFIX}", f"/admin/{name}/?nonsense={PREFIX}")
        for one in model._meta.get_fields():
            if one.many_to_one and one.related_model:
                asked = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={one.name}"
                yield f"/admin/autocomplete/?{asked}&term={PREFIX}"
    for name in ("articles", "suggestions", "claims", "verdicts", "ratings"):
        yield from (f"/api/v1/{name}/?page_size=100", f"/api/v1/{name}/?nonsense={PREFIX}")
    yield from (f"/admin/search/{path}?q={PREFIX}" for path in ("", "completion/"))
    yield from (f"/admin/sources/{row}/names/?q={PREFIX}" for row in ("claimant", "publisher"))
    yield from (f"/admin/search/?q={PREFIX}&kind={kind}" for kind in KINDS)
    yield f"/api/v1/matches/?text={PREFIX}+the+harbour+board+counted+ships"
    yield f"/admin/claims/claim/add/known/?text={PREFIX}+the+harbour+board+counted+ships"
    yield from (f"/admin/jobs/?{asked}" for asked in (f"q={PREFIX}", "state=all"))
    yield from (
        f"/api/v1/claims/?q={PREFIX}",
        "/api/v1/claims/?status=approved",
        "/api/v1/claims/?assignee=a_checker",
    )
    yield from (
        f"/verdicts/?q={PREFIX}",
        f"/verdicts/{PREFIX}/",
        f"/{PREFIX}",
        f"/api/v1/{PREFIX}/",
        f"/admin/{PREFIX}/",
    )


def _paths() -> list[str]:
    found = [path for one in addresses() if one.route not in LEFT_OUT for path in filled(one)]
    telling = [
        entry.pk for entry in AuditEntry.objects.order_by("pk") if PREFIX in str(entry.changes)
    ][:MOST_ENTRIES]
    return [*found, *_searches(), *(f"/admin/ledger/auditentry/{pk}/change/" for pk in telling)]


def reviewed() -> dict[str, list[str]]:
    lines = [
        line.split()
        for line in REVIEWED.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    return {route: answers for route, *answers in lines}


def _answers(statuses: dict[tuple[str, str], str]) -> dict[str, list[str]]:
    """What the first path of each pattern answered to each person; "-" where there was
    no row to open it with.
    """
    first = {f"/{one.route}": (filled(one) or [""])[0] for one in addresses()}
    return {route: [statuses.get((who, path), "-") for who in WHO] for route, path in first.items()}


def _status(response: HttpResponse, path: str) -> str:
    """“sign-in” where one is led to the sign-in page, and the class alone of other
    ways elsewhere.
    """
    if response.status_code in {301, 302}:
        return "sign-in" if "/login/" in str(response["Location"]) else "away"
    return "200" if path == READY and response.status_code == 503 else str(response.status_code)


def _bytes(response: HttpResponse) -> str:
    """All of an answer: status line, headers, cookies and body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{response.reason_phrase}\n{headers}\n{response.cookies.output()}\n{body.decode(errors='replace')}"


def _shown(client: Client, path: str, response: HttpResponse) -> Iterator[str]:
    yield _bytes(response)
    # Who a source is stands on the answer to a reason alone.
    if "/identity/" in path:
        reason = {"reason": "They call back."}
        kind = {"content_type": "application/json"} if path.startswith("/api/") else {}
        with transaction.atomic():
            yield _bytes(client.post(path, reason, **kind))
            transaction.set_rollback(True)
    # An address that only takes POST: pressed without an answer, and as if nobody had
    # pressed it.
    if response.status_code == METHOD_NOT_ALLOWED or (
        response.status_code == 302 and "/claims/claim/" in path
    ):
        with transaction.atomic():
            yield _bytes(
                client.post(
                    path,
                    {},
                    content_type="application/json" if path.startswith("/api/") else "text/plain",
                )
            )
            transaction.set_rollback(True)


def test_each_answers_as_reviewed_and_shows_no_secret(
    room: Newsroom,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    django_capture_on_commit_callbacks: object,
) -> None:
    redis = Redis.from_url(settings.REDIS_URL)
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        for secret in SECRETS:
            secret.plant(room, secret.mark)
        for waiting in Extraction.objects.filter(job_state="waiting"):
            extraction_jobs.extract(waiting.pk)
    paths, leaks, met, statuses = _paths(), [], defaultdict(set), dict[tuple[str, str], str]()
    wrong_headers, changes_before = set[str](), _changes()
    with caplog.at_level(logging.DEBUG):
        for who in WHO:
            cache.clear()  # the throttle of the API
            for path in paths:
                client = room.client(who, path)
                response = client.get(path)
                statuses[who, path] = _status(response, path)
                wrong_headers.update(faults(path, response))
                for shown in _shown(client, path, response):
                    for secret in (one for one in SECRETS if one.mark in shown):
                        met[secret.name].add(who)
                        leaks += (
                            [f"{secret.name} was shown to {who} at {path}"]
                            if who not in secret.seen_by
                            else []
                        )
    assert not leaks, "\n".join(leaks)
    assert not wrong_headers, "\n".join(sorted(wrong_headers))
    assert _changes() == changes_before, "An address changes something when it is only read."
    _assert_as_reviewed(_answers(statuses))
    for secret in SECRETS:  # the positive control
        assert met[secret.name] == set(secret.seen_by), (
            f"{secret.name} is met by {sorted(met[secret.name])}"
        )
        assert secret.mark not in caplog.text, f"{secret.name} stands in the log"
        assert secret.in_audit or not _in_audit(secret.mark), (
            f"{secret.name} stands in the audit chain"
        )
    messages = _everything_in(redis)
    assert messages, "No message was sent: nothing was shown about what messages carry."
    assert PREFIX not in messages + _rows_outside_responses()
    with capsys.disabled():
        marks = len(SECRETS)
        print(  # noqa: T201
            f"\n{len(paths)} addresses opened as each of {len(WHO)} = {len(paths) * len(WHO)}"
            f" addresses; {marks} marks, 0 leaks"
        )


def _assert_as_reviewed(found: dict[str, list[str]]) -> None:
    known = reviewed()
    new = [
        f"{route.ljust(66)} {'  '.join(mark.ljust(7) for mark in answers)}".rstrip()
        for route, answers in found.items()
        if known.get(route) != answers
    ]
    gone = sorted(set(known) - set(found))
    assert not new and not gone, "\n".join(
        [
            "Not as reviewed. Read each line; if it is right, paste it into urls.txt:",
            *new,
            "Gone:",
            *gone,
        ]
    )


def _changes() -> Counter[str]:
    """Everything people change is in the audit chain, by its action there; signing in
    and reading who sent a tip are no changes.
    """
    entries = AuditEntry.objects.exclude(action__startswith="user.login")
    entries = entries.exclude(action="tip.read")
    return Counter(entries.values_list("action", flat=True))


def _in_audit(mark: str) -> bool:
    return any(
        mark in f"{entry.changes}{entry.object_id}{entry.actor}"
        for entry in AuditEntry.objects.all()
    )


def _everything_in(redis: Redis) -> str:
    """Every key with its value, however it is kept, and as Redis itself would write it
    to disk.
    """
    found = []
    for key in redis.scan_iter(count=1000):
        reader = {
            b"list": lambda k: redis.lrange(k, 0, -1),
            b"hash": redis.hgetall,
            b"set": redis.smembers,
            b"string": redis.get,
        }
        kind = redis.type(key)
        found.append(f"{key!r}{reader[kind](key) if kind in reader else ''}{redis.dump(key)!r}")
    return "\n".join(found)


def _rows_outside_responses() -> str:
    """Rows that are work, or wait to be sent to somebody: they carry ids, and no
    text.
    """
    kept = [
        model
        for model in apps.get_models()
        if issubclass(model, DueWork) or "outbox" in model.__name__.lower()
    ]
    return repr(
        [row for model in kept if model is not Link for row in model._default_manager.values()]
    )  # a link is an address


def test_the_crawl_knows_every_address(room: Newsroom) -> None:
    """Each pattern is filled with real ids, or it was not opened at all."""
    for secret in SECRETS:
        secret.plant(room, secret.mark)
    unopened = {one.route for one in addresses() if not filled(one)}
    assert unopened <= NO_ROWS, (
        f"Nothing to fill in: {sorted(unopened - NO_ROWS)}. Plant a row in canaries.py."
    )


def _of(*screens: str) -> set[str]:
    return {
        one.route
        for one in addresses()
        if any(one.route.startswith(f"admin/{screen}/<") for screen in screens)
    }


# Patterns of rows that the newsroom of these tests does not have; each with a reason.
NO_ROWS: set[str] = {
    # a security key, which needs a browser: see tests/browser/test_second_factor.py
    "accounts/2fa/webauthn/keys/<pk>/edit/",
    "accounts/2fa/webauthn/keys/<pk>/remove/",
}
