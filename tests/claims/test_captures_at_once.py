"""A worker stores a copy of a source while people sign, hold and look again: nothing
signed changes, nobody gets stuck.
"""

import threading

import pytest
from django.db import transaction

from claims.choices import Action, Status
from claims.evidence import quote_check
from claims.evidence.quote_check import attach_capture
from claims.models import Claim
from claims.rules.content import active_evidence, author_signature_valid
from claims.workflow import apply
from factcheck.newsroom.models import User
from sources.models import Capture, Link
from tests import factories
from tests.claims.concurrency import at_once, unforeseen
from tests.project.api import Api

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_capture_that_arrives_during_the_signature_changes_nothing_signed(
    checker: User, ready: Claim
) -> None:
    late = factories.evidence(ready, checker, capture=False)
    signed, pinned = threading.Event(), threading.Event()

    def sign() -> None:
        with transaction.atomic():
            apply(Claim.objects.get(pk=ready.pk), Action.SUBMIT, by=checker)
            signed.set()
            pinned.wait(0.5)  # a capture that does not wait for this signature arrives now

    def capture() -> None:
        signed.wait(10)
        factories.captured(late.link, "What the page says.")
        pinned.set()

    assert unforeseen(at_once(sign, capture)) == []
    ready.refresh_from_db()
    assert ready.status == Status.IN_REVIEW
    assert author_signature_valid(ready, ready.verdicts.get(), active_evidence(ready))


def test_a_capture_that_arrives_on_hold_changes_nothing_signed(
    checker: User, editor: User, ready: Claim
) -> None:
    late = factories.evidence(ready, checker, capture=False)
    apply(ready, Action.SUBMIT, by=checker)
    apply(ready, Action.HOLD, by=editor, data=factories.note("The court decides tomorrow."))
    factories.captured(late.link, "What the page says.")
    apply(ready, Action.RESUME, by=editor)
    assert apply(ready, Action.APPROVE, by=editor).to_status == Status.APPROVED


def test_no_quote_is_looked_up_while_the_audit_head_is_held(
    checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    item = factories.evidence(claim, checker, capture=False)
    details = factories.EvidenceDetails(url=item.link.url, stance="context", finding="It counts.")
    factories.attach(claim, by=checker, details=details)
    done: list[str] = []
    pin, log_change = quote_check.pin, quote_check.log_change
    monkeypatch.setattr(quote_check, "pin", lambda *told: done.append("pin") or pin(*told))
    monkeypatch.setattr(
        quote_check,
        "log_change",
        lambda *told, **more: done.append("record") or log_change(*told, **more),
    )
    factories.captured(item.link, "What the page says.")
    assert done == ["pin", "pin", "record", "record"]


def test_a_quote_is_looked_up_again_while_a_worker_stores_the_page(checker: User) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    item = factories.evidence(claim, checker, capture=False)
    link, api, held, answered = item.link, Api(checker), threading.Event(), threading.Event()
    kept = Capture.objects.create(
        desk=link.desk,
        url=link.url,
        text="A page.",
        text_sha256="1",
        body_sha256="1",
        captured_at=claim.created_at,
    )

    assert api.get("me/").status_code == 200  # the first request of a process is a slow one

    def store() -> None:
        with transaction.atomic():
            locked = Link.objects.select_for_update(no_key=True).get(pk=link.pk)
            held.set()
            answered.wait(0.5)  # the request has got as far as it can
            attach_capture(locked, kept)

    def recheck() -> int:
        held.wait(10)
        status = int(api.post(f"evidence/{item.public_id}/refresh/").status_code)
        answered.set()
        return status

    assert at_once(store, recheck) == [None, 200]
