"""The history of a claim reads like sentences, and says which words changed."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin.workbench.claim_entries import SENTENCES
from claims.choices import Action, Priority
from claims.desk import priorities, queries, tags
from claims.evidence import attaching
from claims.intake import claim_editing
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.models import Claim
from claims.workflow import MoveData, apply
from factcheck.newsroom.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def _page(client: Client, claim: Claim, who: User) -> str:
    client.force_login(who)
    return client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text


def _plain(page: str) -> str:
    history = page[page.index('id="history"') :]
    history = history.split("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", history).split())


def test_it_tells_who_did_what_and_which_words_changed(
    client: Client, checker: User, editor: User, reporter: User, submitted: Claim
) -> None:
    apply(submitted, Action.REQUEST_CHANGES, by=editor, data=factories.note("Say <which> year."))
    factories.written(submitted, checker, "It planted far fewer.")
    apply(submitted, Action.REASSIGN, by=editor, data=MoveData(assignee=editor, note="Ill."))
    page = _page(client, submitted, editor)
    told = _plain(page)
    for sentence in (
        "editor reassigned it to editor: Ill.",
        "checker changed the verdict",
        "It planted [added:] far [end] fewer.",
        "editor sent it back: Say &lt;which&gt; year.",
        "checker signed it and submitted it for review",
        "checker began the verdict",
        "checker took it",
    ):
        assert sentence in told, told
    assert told.index("sent it back") < told.index("checker took it")
    assert '<time datetime="' in page and "Say <which>" not in page


def test_a_correction_says_in_words_what_readers_see(
    client: Client, editor: User, published: Claim
) -> None:
    data = MoveData(category="correction", note="A wrong year.", meanwhile="under_review")
    apply(published, Action.CORRECT, by=editor, data=data)
    told = _plain(_page(client, published, editor))
    assert "editor opened a correction (Correction); until it is published readers see" in told
    assert "under_review" not in told


def test_a_reworded_claim_shows_both_wordings_to_those_who_read_evidence(
    client: Client, checker: User
) -> None:
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    kept = {name: getattr(claim, name) for name in ("claimant", "stated_date", "due_at")}
    words = ClaimEdit(text=f"{claim.text} Twice.", appearance_url="", **kept)
    edit_claim(claim, by=checker, words=words)
    told = _plain(_page(client, claim, checker))
    assert "checker edited the claim" in told and "Twice." in told


def test_it_costs_as_many_queries_for_2_revisions_as_for_20(
    client: Client, checker: User, ready: Claim
) -> None:
    counts = []
    for more in (1, 18):
        for number in range(more):
            factories.written(ready, checker, f"It planted {number} of {more}.")
        _page(client, ready, checker)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = _page(client, ready, checker)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "Earlier: " in page


def test_every_change_of_the_claim_is_a_sentence_with_its_values_in_words(
    client: Client, checker: User, editor: User, ready: Claim
) -> None:
    priorities.set_priority(ready, by=editor, priority=Priority.HIGH, reason="A vote is near.")
    tags.set_tags(ready, by=checker, names=["Trees"])
    deadline = datetime(2031, 5, 3, 10, tzinfo=UTC)
    claim_editing.set_deadline(ready, by=editor, due_at=deadline)
    item = ready.evidence.earliest("number")
    attaching.withdraw(item, by=checker, note="It is a copy.")
    queries.open_query(ready, by=editor, question=queries.Question(text="Which year?"))
    page = _page(client, ready, editor)
    told = _plain(page)
    for sentence in (
        "checker attached evidence 1",
        "editor changed the priority: A vote is near.",
        "Priority [removed:] Normal [end] [added:] High [end]",
        "checker changed the tags",
        "Tags [added:] Trees [end]",
        "Deadline [added:] 3 May 2031",
        "checker withdrew evidence 1: It is a copy.",
        "checker added the claim",
        "editor opened a query: Which year?",
    ):
        assert sentence in told, told
    for raw in (
        "[added:] Which year?",
        "All changes",
        "claim.priority",
        "evidence.attach",
        "2031-05-03T",
    ):
        assert raw not in told


def test_only_those_who_read_evidence_are_told_of_it(
    client: Client, checker: User, editor: User, ready: Claim
) -> None:
    lawyer = factories.person("lawyer", ready.desk, "legal")
    Claim.objects.filter(pk=ready.pk).update(shared_with_legal=True)
    assert "attached evidence" in _plain(_page(client, ready, editor))
    told = _plain(_page(client, ready, lawyer))
    assert "checker took it" in told and "attached evidence" not in told


def test_every_entry_about_a_claim_has_a_sentence() -> None:
    """Moves and queries put their event into the name, and are not looked for here."""
    written = set()
    for path in Path("claims").rglob("*.py"):
        if "seed" not in path.parts:
            written |= set(re.findall(r'log_change\(\s*"([a-z_.]+)"', path.read_text()))
    kinds = ("claim.", "evidence.", "gate.", "reply_request.", "repetition.", "tip.", "verdict.")
    # Of a tip that belongs to no claim.
    written.discard("tip.passed")
    missing = {one for one in written if one.startswith(kinds)} - set(SENTENCES)
    assert not missing
