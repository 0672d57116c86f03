"""Every quoted passage stands in the captured page, or nobody signs."""

import pytest

from claims.choices import Action, QuoteState, Stance, Status
from claims.evidence.attaching import EvidenceDetails, attach, check_quote_again
from claims.models import Claim
from claims.workflow import GateError, apply
from factcheck.newsroom.models import User
from sources.cited_links import cite
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "The register lists 812 trees. “We planted fewer than promised,” the park office says."


def _quoting(claim: Claim, by: User, quote: str) -> None:
    factories.evidence(claim, by, "register.example", quote=quote, text=PAGE)


def test_a_quote_that_stands_in_the_capture_passes(checker: User, ready: Claim) -> None:
    _quoting(ready, checker, '"We planted  fewer than promised,"')
    assert (
        ready.evidence.get(link__publisher__domain="register.example").quote_state
        == QuoteState.FOUND
    )
    apply(ready, Action.SUBMIT, by=checker)


def test_a_quote_with_another_figure_blocks_and_shows_what_the_page_says(
    checker: User, ready: Claim
) -> None:
    _quoting(ready, checker, "The register lists 912 trees.")
    item = ready.evidence.get(link__publisher__domain="register.example")
    assert item.quote_state == QuoteState.NOT_FOUND
    assert "812 trees" in item.nearest
    with pytest.raises(GateError, match="was not found in the captured page"):
        apply(ready, Action.SUBMIT, by=checker)


def test_a_quote_from_a_part_the_reader_view_leaves_out_is_found(
    checker: User, ready: Claim
) -> None:
    late = EvidenceDetails(
        url="https://late.example/",
        stance=Stance.CONTEXT,
        quote="Photo: 14 saplings on Mill Street",
    )
    item = attach(ready, by=checker, details=late)
    factories.captured(
        item.link, PAGE, page_text=f"Menu\n{PAGE}\nPhoto: 14 saplings on Mill Street"
    )
    item.refresh_from_db()
    assert item.quote_state == QuoteState.FOUND


def test_a_quote_that_nobody_could_check_yet_blocks(checker: User, ready: Claim) -> None:
    attach(
        ready,
        by=checker,
        details=EvidenceDetails(url="https://late.example/", stance=Stance.CONTEXT, quote="Words."),
    )
    with pytest.raises(GateError, match="has not been checked"):
        apply(ready, Action.SUBMIT, by=checker)


def test_a_capture_that_arrives_later_settles_the_quote(checker: User, ready: Claim) -> None:
    late = EvidenceDetails(
        url="https://late.example/", stance=Stance.CONTEXT, quote="The register lists 812 trees."
    )
    item = attach(ready, by=checker, details=late)
    assert item.quote_state == QuoteState.UNCHECKED
    factories.captured(item.link, PAGE)
    item.refresh_from_db()
    assert (item.quote_state, item.capture.text) == (QuoteState.FOUND, PAGE)


def test_a_capture_that_arrives_under_signatures_changes_nothing_that_was_signed(
    checker: User, ready: Claim
) -> None:
    late = EvidenceDetails(
        url="https://late.example/", stance=Stance.CONTEXT, finding="It says more."
    )
    item = attach(ready, by=checker, details=late)
    apply(ready, Action.SUBMIT, by=checker)
    signed = ready.verdicts.get().content_hash
    factories.captured(item.link, PAGE)
    item.refresh_from_db()
    assert item.capture is None
    assert ready.verdicts.get().content_hash == signed
    assert ready.status == Status.IN_REVIEW


def test_a_changed_page_is_read_again_only_when_the_checker_asks(
    checker: User, ready: Claim
) -> None:
    _quoting(ready, checker, "The register lists 812 trees.")
    item = ready.evidence.get(link__publisher__domain="register.example")
    factories.captured(
        cite(item.link.url, desk=ready.desk, by=checker), "The register lists 700 trees."
    )
    item.refresh_from_db()
    assert item.quote_state == QuoteState.FOUND
    assert check_quote_again(item, by=checker).quote_state == QuoteState.NOT_FOUND


def test_evidence_needs_a_passage_or_a_finding(checker: User, ready: Claim) -> None:
    with pytest.raises(Exception, match="quoted passage"):
        attach(
            ready,
            by=checker,
            details=EvidenceDetails(url="https://a.example/", stance=Stance.CONTEXT),
        )
