"""Typed words that are not saved yet: kept for their writer alone, encrypted, and gone
when they are saved, too old, or out of reach.
"""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.choices import Action
from claims.desk import form_drafts
from claims.models import Claim, FormDraft
from claims.tasks import erase_expired_tips
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db
BASE = {"explanation": "", "version": "1"}
TYPED = {"explanation": "QUAGGA halved it.", "version": "1"}


def _kept(claim: Claim | None, by: User, form: str = "verdict") -> None:
    form_drafts.keep(claim, form, by=by, base=BASE, typed=TYPED)


def _url(claim: Claim, name: str = "draft") -> str:
    return reverse(f"admin:claims_claim_{name}", args=[claim.pk])


def _shown(client: Client, url: str) -> list[dict[str, Any]]:
    return list(client.get(url).context.get("drafts") or [])


def test_one_draft_a_form_encrypted_and_in_no_audit_entry(checker: User) -> None:
    claim = factories.claim(checker)
    before = AuditEntry.objects.count()
    for _ in range(2):
        _kept(claim, checker)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM claims_formdraft")
        (row,) = cursor.fetchall()
    assert row[0].startswith("gAAAA") and AuditEntry.objects.count() == before
    (draft,) = form_drafts.of(claim, checker)
    assert (draft.base, draft.typed) == (BASE, TYPED)
    assert "QUAGGA" not in repr(draft) + str(FormDraft.objects.get())
    form_drafts.keep(claim, "verdict", by=checker, base=BASE, typed=BASE)
    assert not FormDraft.objects.exists()


def test_a_tab_that_does_not_know_the_draft_is_shown_it(client: Client, checker: User) -> None:
    claim = factories.claim(checker)
    client.force_login(checker)
    sent = {"form": "verdict", "base": json.dumps(BASE), "typed": json.dumps(TYPED), "seen": ""}
    first = client.post(_url(claim), sent).json()["stamp"]
    other = {**sent, "typed": json.dumps({**TYPED, "explanation": "An ibex did."})}
    # A second tab, opened before: refused with what the first one has, which stays. So
    # is one that would delete the draft.
    for unseen in (other, {**sent, "typed": json.dumps(BASE)}):
        refused = client.post(_url(claim), unseen)
        assert refused.status_code == 409
        assert refused.json()["draft"]["typed"] == TYPED
    assert form_drafts.of(claim, checker)[0].typed == TYPED
    # The same words are no conflict, and who has seen them may replace them.
    assert client.post(_url(claim), sent).json()["stamp"] == first
    second = client.post(_url(claim), {**other, "seen": first})
    assert second.json()["stamp"] != first
    assert form_drafts.of(claim, checker)[0].typed["explanation"] == "An ibex did."
    assert client.post(_url(claim), {**sent, "seen": first}).status_code == 409
    # Nobody else hears of it.
    client.force_login(factories.person("second", claim.desk, "checker"))
    assert client.post(_url(claim), sent).status_code == 200


def test_who_a_source_or_a_reader_is_stays_out(checker: User) -> None:
    claim = factories.claim(checker)
    words = {"text": "He said so.", "real_name": "Ann Ash", "contact": "1", "tip_name": "Bo"}
    form_drafts.keep(claim, "note", by=checker, base={}, typed=words)
    assert form_drafts.of(claim, checker)[0].typed == {"text": "He said so."}
    secret = {"text": "He said so.", "confidential=on": "on"}
    form_drafts.keep(claim, "note", by=checker, base={}, typed=secret)
    assert form_drafts.of(claim, checker) == []


def test_nonsense_and_claims_out_of_sight_are_refused(
    client: Client, checker: User, auditor: User, outsider: User
) -> None:
    claim = factories.claim(checker)
    wrong: tuple[tuple[str, object], ...] = (
        ("verdict", []),
        ("verdict", {"a": 1}),
        ("verdict", {str(n): "" for n in range(61)}),
        ("verdict", {"a": "x" * 400_000}),
        ("Not a form", TYPED),
        ("x" * 61, TYPED),
        ("", TYPED),
    )
    for form, typed in wrong:
        with pytest.raises(ValidationError):
            form_drafts.keep(claim, form, by=checker, base=BASE, typed=typed)
    with pytest.raises(Claim.DoesNotExist):
        _kept(claim, outsider)
    with pytest.raises(PermissionDenied):
        _kept(None, auditor)
    client.force_login(checker)
    for sent in ({}, {"form": "verdict", "base": "{", "typed": "{}"}, {"base": "[" * 9999}):
        assert client.post(_url(claim), sent).status_code == 400
    client.force_login(outsider)
    sent = {"form": "verdict", "base": json.dumps(BASE), "typed": json.dumps(TYPED)}
    assert client.post(_url(claim), sent).status_code == 404
    client.force_login(auditor)
    assert client.post(reverse("admin:claims_claim_new_draft"), sent).status_code == 403
    assert not FormDraft.objects.exists()


def test_the_page_gives_it_back_to_its_writer_until_the_form_is_saved(
    client: Client, checker: User, editor: User
) -> None:
    factories.scale()
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    client.force_login(checker)
    sent = {"form": "verdict", "base": json.dumps(BASE), "typed": json.dumps(TYPED)}
    assert client.post(_url(claim), sent).status_code == 200
    (draft,) = _shown(client, page)
    assert draft["typed"] == TYPED and not draft["refused"]
    client.force_login(editor)
    assert _shown(client, page) == [] and "QUAGGA" not in client.get(page).text
    client.force_login(checker)
    refused = client.post(_url(claim, "verdict"), {"version": "x"})
    assert refused.status_code == 400 and refused.context["drafts"][0]["refused"]
    assert client.post(_url(claim, "verdict"), {"version": "0"}).status_code == 302
    assert _shown(client, page) == []


def test_every_page_with_such_a_form_gives_its_draft_back_and_ends_it(
    client: Client, checker: User, ready: Claim
) -> None:
    add = reverse("admin:claims_claim_add")
    edit = reverse("admin:claims_claim_edit_evidence", args=[ready.pk, 1])
    submit = reverse("admin:claims_claim_move", args=[ready.pk, "release"])
    new = {"text": "The dam is full.", "language": "en", "desk": str(ready.desk_id)}
    note = {"note": "Ill.", "version": str(ready.version), "draft": "move-release"}
    stance = {"stance": "supports", "finding": "It is so.", "version": "1"}
    client.force_login(checker)
    for target, form, url, post, words in (
        (None, "new", add, add, new),
        (ready, "evidence-1", edit, edit, stance),
        (ready, "move-release", edit, submit, note),
    ):
        _kept(target, checker, form)
        assert [one["form"] for one in _shown(client, url)] == [form]
        ready.refresh_from_db()
        sent = {**words, "version": str(ready.version)} if "note" in words else words
        assert client.post(post, sent).status_code == 302, form
        assert not FormDraft.objects.exists(), form


def test_a_form_is_saved_whatever_draft_it_names(
    client: Client, checker: User, ready: Claim
) -> None:
    client.force_login(checker)
    # PostgreSQL would refuse to look for a NUL, after what was asked for is done.
    with CaptureQueriesContext(connection) as asked:
        assert client.post(_url(ready, "watch"), {"draft": "watch\0"}).status_code == 302
    assert not any(one["sql"].startswith("DELETE") for one in asked.captured_queries)


def test_old_ones_and_those_out_of_reach_are_deleted(
    checker: User, second_checker: User, editor: User
) -> None:
    claim = factories.claim(checker)
    for who in (checker, second_checker, editor):
        _kept(claim, who)
        _kept(None, who, "new")
    # At once where a role ends: nobody has to wait for the clean-up job.
    ended = second_checker.memberships.get()
    ended.end_date = clock.now().date() - timedelta(days=1)
    ended.save()
    assert not FormDraft.objects.filter(user=second_checker).exists()
    old = clock.now() - form_drafts.KEPT - timedelta(minutes=1)
    FormDraft.objects.filter(user=editor, claim=claim).update(at=old)
    erase_expired_tips()
    left = FormDraft.objects.values_list("user", "form")
    assert set(left) == {(checker.pk, "verdict"), (checker.pk, "new"), (editor.pk, "new")}
    # By the clean-up job where nothing was changed, such as the last day of a role.
    checker.memberships.update(assigned_only=True)
    erase_expired_tips()
    assert set(FormDraft.objects.values_list("user", flat=True)) == {editor.pk}


def test_nobody_fills_the_table(checker: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_drafts, "MOST_OF_PERSON", 2)
    claim = factories.claim(checker)
    for form in ("a", "b", "c"):
        _kept(claim, checker, form)
    assert [draft.form for draft in form_drafts.of(claim, checker)] == ["b", "c"]
