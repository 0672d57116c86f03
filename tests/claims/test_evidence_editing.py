"""Evidence is worded anew in place before publication: by the right person, on the
version they read, and looked up again.
"""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.choices import Action, QuoteState, Stance
from claims.desk.waivers import waive
from claims.evidence.attaching import withdraw
from claims.evidence.editing import EvidenceText, edit_evidence
from claims.models import Claim, Evidence
from claims.rules.content import active_evidence, author_signature_valid
from claims.workflow import GateError, StaleError, WorkflowError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.cited_links import publisher_of
from tests import factories
from tests.claims.concurrency import Work, at_once, unforeseen
from tests.project.api import Api

PAGE = "Report of the parks office. The city planted 2,100 trees, most of them lindens."
pytestmark = pytest.mark.django_db


def words(**changed: object) -> EvidenceText:
    fields = {
        "stance": "refutes",
        "quote": "The city planted 2,100 trees",
        "finding": "",
        "locator": "page 3",
        "origin": None,
    }
    return EvidenceText(**{**fields, **changed})


def _claim(by: User) -> tuple[Claim, Evidence]:
    """A claim fit to be signed but for its third item, whose quote has one digit
    wrong.
    """
    claim = factories.ready(by)
    return claim, factories.evidence(claim, by, quote="The city planted 2,700 trees", text=PAGE)


def test_a_quote_is_mended_where_it_stands(checker: User) -> None:
    claim, item = _claim(checker)
    assert item.quote_state == QuoteState.NOT_FOUND and item.nearest
    agency = publisher_of("https://agency.example/")
    saved = edit_evidence(
        item,
        by=checker,
        words=words(stance="context", finding="It counts them.", origin=agency),
        expected_version=1,
    )
    assert (saved.number, saved.version, saved.edited_by) == (item.number, 2, checker)
    assert (saved.quote_state, saved.nearest, saved.stance, saved.origin, saved.locator) == (
        "found",
        "",
        "context",
        agency,
        "page 3",
    )
    apply(claim, Action.SUBMIT, by=checker)


def test_both_texts_stand_in_the_chain(checker: User) -> None:
    _, item = _claim(checker)
    with CaptureQueriesContext(connection) as queries:
        edit_evidence(item, by=checker, words=words())
    saved = [row["sql"] for row in queries if row["sql"].startswith('UPDATE "claims_evidence"')]
    assert saved and not any(
        '"number" =' in sql for sql in saved
    )  # a key in it would make the workers wait
    entry = AuditEntry.objects.get(action="evidence.edit")
    assert entry.changes["quote"] == [
        "The city planted 2,700 trees",
        "The city planted 2,100 trees",
    ]
    assert entry.changes["locator"] == ["", "page 3"] and "stance" not in entry.changes


def test_the_same_words_again_change_nothing(checker: User) -> None:
    _, item = _claim(checker)
    edit_evidence(item, by=checker, words=words(), expected_version=1)
    before = AuditEntry.objects.count()
    assert edit_evidence(item, by=checker, words=words(), expected_version=1).version == 2
    assert AuditEntry.objects.count() == before


def test_a_quote_that_is_wrong_again_blocks_again(checker: User) -> None:
    claim, item = _claim(checker)
    edit_evidence(item, by=checker, words=words())
    assert (
        edit_evidence(
            item, by=checker, words=words(quote="The city planted 9,999 trees")
        ).quote_state
        == "not_found"
    )
    with pytest.raises(GateError, match="was not found in the captured page"):
        apply(claim, Action.SUBMIT, by=checker)


@pytest.mark.parametrize(
    "wrong", [{"stance": "proves"}, {"quote": " ", "finding": ""}, {"locator": "x" * 201}]
)
def test_bad_input_is_refused(checker: User, wrong: dict[str, str]) -> None:
    _, item = _claim(checker)
    with pytest.raises(ValidationError):
        edit_evidence(item, by=checker, words=words(**wrong))
    item.refresh_from_db()
    assert item.version == 1


def test_two_items_never_say_exactly_the_same(checker: User) -> None:
    claim, item = _claim(checker)
    twin = factories.attach(
        claim,
        by=checker,
        details=factories.EvidenceDetails(url=item.link.url, stance="refutes", finding="So it is."),
    )
    with pytest.raises(
        ValidationError, match=f"Evidence {twin.number} already has exactly this text"
    ):
        edit_evidence(item, by=checker, words=words(quote="", finding="So it is."))


def test_only_the_assignee_and_editors_edit(
    checker: User,
    second_checker: User,
    editor: User,
    reporter: User,
    outsider: User,
    superuser: User,
) -> None:
    _, item = _claim(checker)
    with pytest.raises(PermissionDenied):
        edit_evidence(item, by=second_checker, words=words())
    for nobody in (reporter, outsider, superuser):
        with pytest.raises(Claim.DoesNotExist):
            edit_evidence(item, by=nobody, words=words())
    assert edit_evidence(item, by=editor, words=words()).version == 2


def test_an_edit_makes_the_signature_stale(checker: User, editor: User, submitted: Claim) -> None:
    item = active_evidence(submitted)[0]
    with pytest.raises(WorkflowError, match="in review"):
        edit_evidence(item, by=checker, words=words(quote="", finding="Another view."))
    edit_evidence(item, by=editor, words=words(quote="", finding="Another view."))
    submitted.refresh_from_db()
    assert not author_signature_valid(
        submitted, submitted.verdicts.get(), active_evidence(submitted)
    )
    with pytest.raises(GateError, match="changed after checker signed"):
        apply(submitted, Action.APPROVE, by=editor)


@pytest.mark.parametrize("stage", [factories.approved, factories.published])
def test_what_is_approved_or_published_is_frozen(
    checker: User, editor: User, stage: object
) -> None:
    claim = stage(checker, editor)
    with pytest.raises(WorkflowError):
        edit_evidence(
            active_evidence(claim)[0], by=editor, words=words(quote="", finding="Another view.")
        )


def test_no_sql_rewords_published_evidence(published: Claim) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_evidence SET finding = 'Other', version = 2 WHERE claim_id = %s",
            [published.pk],
        )


def test_withdrawn_evidence_is_not_edited(checker: User) -> None:
    _, item = _claim(checker)
    withdraw(item, by=checker)
    with pytest.raises(WorkflowError, match="withdrawn"):
        edit_evidence(item, by=checker, words=words())


def test_a_waiver_does_not_pass_to_other_words(checker: User, editor: User) -> None:
    claim, item = _claim(checker)
    waive(claim, by=editor, reason="The page rounds.", evidence=item)
    edit_evidence(
        item, by=checker, words=words(quote="The city planted 2,700 trees", locator="table 2")
    )
    assert item.waivers.get().revoked_at is None  # the words it was given for still stand
    edit_evidence(item, by=checker, words=words(quote="The city planted 9,999 trees"))
    assert item.waivers.get().revoked_by == checker
    with pytest.raises(GateError, match="was not found"):
        apply(claim, Action.SUBMIT, by=checker)


@pytest.mark.parametrize("entry_point", ["in code", "api", "workbench"])
def test_the_open_question_is_held_before_anything_is_written_down(
    checker: User, editor: User, client: Client, entry_point: str
) -> None:
    """A worker holds them in this order, with the audit head last: the other way round
    each would wait for the other.
    """
    claim, item = _claim(checker)
    waive(claim, by=editor, reason="The page rounds.", evidence=item)
    form = {
        "stance": "refutes",
        "quote": "The city planted 9,999 trees",
        "finding": "",
        "locator": "",
    }
    api = Api(checker)
    client.force_login(checker)
    with CaptureQueriesContext(connection) as queries:
        if entry_point == "api":
            assert (
                api.patch(
                    f"evidence/{item.public_id}/", {**form, "origin": "Parks union", "version": 1}
                ).status_code
                == 200
            )
        elif entry_point == "workbench":
            address = reverse("admin:claims_claim_edit_evidence", args=[claim.pk, item.number])
            assert (
                client.post(address, {**form, "origin": "Parks union", "version": 1}).status_code
                == 302
            )
        else:
            edit_evidence(item, by=checker, words=words(quote=form["quote"]))
    said = [query["sql"] for query in queries]
    asked = next(place for place, sql in enumerate(said) if 'FROM "claims_sourcechange"' in sql)
    written = next(place for place, sql in enumerate(said) if '"ledger_auditentry"' in sql)
    assert asked < written


def test_dropping_a_correction_puts_the_words_back(checker: User, editor: User) -> None:
    claim = factories.correcting(checker, editor)
    first, second = active_evidence(claim)
    edit_evidence(
        first, by=editor, words=words(quote="", finding="Another view.", stance=Stance.CONTEXT)
    )
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.finding, first.stance, first.locator, first.version) == (
        "It shows otherwise.",
        "refutes",
        "",
        3,
    )
    assert second.version == 1 and second.withdrawn_at is None
    logged_changes = AuditEntry.objects.get(action="claim.restore").changes[
        f"evidence {first.number}"
    ]
    assert "Another view." in logged_changes[0] and "It shows otherwise." in logged_changes[1]


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_no_edit_is_lost(checker: User) -> None:
    """accepted + refused = all, and every accepted edit has its own version and its own
    entry.
    """
    _, item = _claim(checker)
    rounds = 6

    def write(query: int) -> Work:
        def run() -> int:
            accepted = 0
            for turn in range(rounds):
                seen = Evidence.objects.get(pk=item.pk).version
                try:
                    edit_evidence(
                        item,
                        by=checker,
                        words=words(locator=f"page {query}-{turn}"),
                        expected_version=seen,
                    )
                    accepted += 1
                except StaleError:
                    pass
            return accepted

        return run

    results = at_once(*[write(query) for query in range(8)])
    assert unforeseen(results) == []
    accepted = sum(result for result in results if isinstance(result, int))
    item.refresh_from_db()
    entries = AuditEntry.objects.filter(action="evidence.edit")
    assert item.version == accepted + 1 == entries.count() + 1
    assert entries.order_by("-seq")[0].changes["locator"][1] == item.locator
    assert 0 < accepted <= 8 * rounds
