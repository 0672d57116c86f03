"""The history of a claim reads like sentences, and says which words changed."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.choices import Action
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
    history = re.split("</section>|All changes", history)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", history).split())


def test_it_tells_who_did_what_and_which_words_changed(
    client: Client, checker: User, editor: User, reporter: User
) -> None:
    claim = factories.submitted(checker)
    apply(claim, Action.REQUEST_CHANGES, by=editor, data=factories.note("Say <which> year."))
    factories.written(claim, checker, "It planted far fewer.")
    apply(claim, Action.REASSIGN, by=editor, data=MoveData(assignee=editor, note="Ill."))
    page = _page(client, claim, editor)
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
    client: Client, checker: User, editor: User
) -> None:
    claim = factories.published(checker, editor)
    data = MoveData(category="correction", note="A wrong year.", meanwhile="under_review")
    apply(claim, Action.CORRECT, by=editor, data=data)
    told = _plain(_page(client, claim, editor))
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


def test_it_costs_as_many_queries_for_2_revisions_as_for_20(client: Client, checker: User) -> None:
    claim = factories.ready(checker)
    counts = []
    for more in (1, 18):
        for number in range(more):
            factories.written(claim, checker, f"It planted {number} of {more}.")
        _page(client, claim, checker)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = _page(client, claim, checker)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "Earlier: " in page
