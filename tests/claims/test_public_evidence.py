"""The sources under a verdict: where they are, how they are today, and our copies of
them.
"""

import json
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.evidence.attaching import EvidenceDetails, attach
from claims.models import Claim
from claims.workflow import apply
from factcheck.ledger.canonical_json import sha256
from factcheck.newsroom.models import User
from sources.choices import LinkState
from sources.cited_links import cite
from sources.models import Link
from tests import factories
from tests.claims.public_pages import Words, page, publish
from tests.shared_rows import shared

QUOTE = "1,204 trees were planted"
WORDS = Words(quote=QUOTE, page=f"The register.\n\nIn all, {QUOTE} & <b>310</b> died.\n")
LOOKED = datetime(2026, 5, 9, 12, tzinfo=UTC)


@shared
def claim(checker: User, editor: User) -> Claim:
    return publish(checker, editor, WORDS)


def test_evidence_is_numbered_with_stance_quote_and_an_outgoing_link(
    client: Client, claim: Claim
) -> None:
    item = claim.evidence.get(number=1)
    shown = client.get(page(claim)).text
    assert 'id="evidence-1"' in shown and 'id="evidence-2"' in shown
    assert "Contradicts the claim" in shown and QUOTE in shown
    assert f'href="{item.link.url}" rel="nofollow noopener"' in shown


def test_our_copy_shows_the_text_with_the_quote_marked(client: Client, claim: Claim) -> None:
    path = page(claim, "evidence/1/")
    assert f'href="{path}#quote"' in client.get(page(claim)).text
    answer = client.get(path)
    assert (
        f'In all, <mark id="quote">{QUOTE}</mark> &amp; &lt;b&gt;310&lt;/b&gt; died.' in answer.text
    )
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_copy_without_a_quote_is_shown_unmarked(client: Client, claim: Claim) -> None:
    shown = client.get(page(claim, "evidence/2/")).text
    assert "Something the page says." in shown and "<mark" not in shown


@pytest.mark.parametrize("number", ["0", "3", "9" * 5000, "-1", "x"])
def test_a_number_without_a_copy_is_not_found(client: Client, claim: Claim, number: str) -> None:
    assert client.get(page(claim, f"evidence/{number}/")).status_code == 404


def test_the_copy_is_the_one_that_was_signed(client: Client, claim: Claim) -> None:
    factories.captured(claim.evidence.get(number=1).link, "Another text since then.")
    shown = client.get(page(claim, "evidence/1/")).text
    assert QUOTE in shown and "Another text since then" not in shown


def test_a_dead_source_is_called_gone_and_its_copy_comes_first(
    client: Client, claim: Claim
) -> None:
    link = claim.evidence.get(number=1).link
    Link.objects.filter(pk=link.pk).update(
        state=LinkState.NOT_FOUND, failing_since=LOOKED, dead_since=LOOKED
    )
    shown = client.get(page(claim)).text
    assert (
        'The source has been offline since <time datetime="2026-05-09">9 May 2026</time>' in shown
    )
    assert shown.index("Read the archived copy") < shown.index(f'href="{link.url}"')


@pytest.mark.parametrize("state", sorted(set(LinkState)))
def test_no_state_alone_calls_a_source_gone(client: Client, claim: Claim, state: LinkState) -> None:
    Link.objects.update(state=state, failing_since=LOOKED, last_checked_at=LOOKED)
    for path in (page(claim), page(claim, "evidence/1/")):
        shown = re.sub(
            "[0-9a-f]{32,}", "", client.get(path).text.lower()
        )  # a fingerprint may spell anything
        assert "gone" not in shown and "dead" not in shown
    assert "9 May 2026" in client.get(page(claim)).text


def test_an_item_nobody_captured_has_no_copy_to_offer(
    client: Client, checker: User, editor: User, ready: Claim
) -> None:
    factories.evidence(ready, checker, capture=False)
    apply(ready, Action.SUBMIT, by=checker)
    apply(ready, Action.APPROVE_AND_PUBLISH, by=editor)
    assert page(ready, "evidence/3/") not in client.get(page(ready)).text
    assert client.get(page(ready, "evidence/3/")).status_code == 404


def test_the_fingerprint_under_a_copy_is_of_the_text_that_is_shown_and_signed(
    client: Client, checker: User, editor: User, ready: Claim
) -> None:
    claim, whole = ready, f"Menu. Register: {QUOTE}. Imprint."
    link = cite("https://register.example/trees", desk=claim.desk, by=checker)
    factories.captured(link, "The article without its table.", page_text=whole)
    attach(claim, by=checker, details=EvidenceDetails(url=link.url, stance="refutes", quote=QUOTE))
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    shown = client.get(page(claim, "evidence/3/")).text
    assert QUOTE in shown and sha256(whole) in shown
    assert json.loads(claim.verdicts.get().content)["evidence"][2]["capture"][
        "page_text_sha256"
    ] == sha256(whole)


def test_of_a_source_that_is_gone_readers_get_our_passage_and_since_when(
    client: Client, claim: Claim
) -> None:
    link = claim.evidence.get(number=1).link
    marked = f"In all, <mark>{QUOTE}</mark> &amp; &lt;b&gt;310&lt;/b&gt; died."
    assert marked not in client.get(page(claim)).text  # while it is there, readers look there
    Link.objects.filter(pk=link.pk).update(failing_since=LOOKED, dead_since=LOOKED, state="gone")
    factories.captured(
        Link.objects.get(pk=link.pk), f"Another text, in which {QUOTE} stands otherwise."
    )
    shown = client.get(page(claim)).text
    assert "The source has been offline since" in shown and "9 May 2026" in shown
    assert marked in shown and "stands otherwise" not in shown  # of the copy that was signed
    with CaptureQueriesContext(connection) as queries:
        client.get(page(claim, "?not-kept-yet"))
    Link.objects.update(dead_since=None)
    with CaptureQueriesContext(connection) as fewer:
        client.get(page(claim))
    assert len(queries) == len(fewer) + 1
