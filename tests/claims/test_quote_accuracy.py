"""“Did they say it?” and “is it so?” are two findings: both are signed, and readers
see them apart.
"""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.text import capfirst

from claims.choices import Action, QuoteAccuracy, VerdictState
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.models import Claim, VerdictRevision
from claims.rules import gates
from claims.rules.gates import missing_quote_accuracy
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import GateError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.models import Claimant
from tests import factories
from tests.claims.public_pages import Words, page, publish
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db


def _named(by: User) -> Claim:
    """A claim fit to be signed but for whether its claimant said it."""
    claim = factories.ready(by)
    Claim.objects.filter(pk=claim.pk).update(claimant=Claimant.objects.create(name="Odo Lund"))
    claim.refresh_from_db()
    _say(claim, by, "")
    return claim


def _say(claim: Claim, by: User, accuracy: str) -> None:
    words = claim.verdicts.get()
    details = VerdictDetails(
        words.rating,
        short_answer=words.short_answer,
        explanation=words.explanation,
        quote_accuracy=accuracy,
    )
    write_verdict(claim, by=by, details=details)


def test_a_claim_with_a_named_claimant_is_not_signed_before_it_is_known_whether_they_said_it(
    checker: User,
) -> None:
    claim = _named(checker)
    with pytest.raises(GateError) as refused:
        apply(claim, Action.SUBMIT, by=checker)
    assert [(gap.code, gap.anchor) for gap in refused.value.missing] == [
        ("quote_accuracy", "verdict")
    ]
    assert "Set the quote accuracy" in refused.value.missing[0].text
    _say(claim, checker, QuoteAccuracy.PARAPHRASED)
    apply(claim, Action.SUBMIT, by=checker)
    assert json.loads(claim.verdicts.get().content)["quote_accuracy"] == "paraphrased"


def test_where_nobody_is_named_nobody_is_asked_and_nothing_is_signed_about_it(
    published: Claim,
) -> None:
    assert "quote_accuracy" not in json.loads(published.verdicts.get().content)


def test_the_rating_is_given_beside_it_also_where_they_did_not_say_it(
    checker: User, editor: User, client: Client
) -> None:
    claim = publish(checker, editor, Words(quote_accuracy=QuoteAccuracy.NOT_SAID))
    content = json.loads(claim.verdicts.get().content)
    assert (content["quote_accuracy"], content["rating"]["name"]) == ("not_said", "False")
    shown = client.get(page(claim)).text
    label = capfirst(str(QuoteAccuracy.NOT_SAID.label))
    assert "<dt>Quote</dt>" in shown and label in shown and "<dt>Rating</dt>" in shown


def test_a_page_signed_before_this_was_asked_has_no_such_line(
    client: Client, published: Claim
) -> None:
    shown = client.get(page(published))
    assert shown.status_code == 200 and "<dt>Quote</dt>" not in shown.text


def test_another_answer_makes_the_signature_stale_and_is_a_revision_and_audited(
    checker: User, editor: User
) -> None:
    claim = _named(checker)
    _say(claim, checker, QuoteAccuracy.ACCURATE)
    apply(claim, Action.SUBMIT, by=checker)
    _say(claim, editor, QuoteAccuracy.NOT_ESTABLISHED)
    with pytest.raises(GateError, match="changed after checker signed"):
        apply(claim, Action.APPROVE, by=editor)
    assert list(
        VerdictRevision.objects.order_by("number").values_list("quote_accuracy", flat=True)
    )[-2:] == [
        "accurate",
        "not_established",
    ]
    assert AuditEntry.objects.filter(action="verdict.write").first().changes["quote_accuracy"] == [
        "accurate",
        "not_established",
    ]


def test_the_same_answer_again_adds_no_revision(checker: User) -> None:
    claim = _named(checker)
    _say(claim, checker, QuoteAccuracy.ACCURATE)
    before = VerdictRevision.objects.count()
    _say(claim, checker, QuoteAccuracy.ACCURATE)
    assert VerdictRevision.objects.count() == before


def test_an_answer_that_is_none_of_the_four_is_refused(checker: User) -> None:
    with pytest.raises(ValidationError):
        _say(_named(checker), checker, "perhaps")


def test_the_database_approves_no_verdict_without_it_though_the_code_forgot_to_ask(
    checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = _named(checker)
    with monkeypatch.context() as abandoned:
        abandoned.setattr(gates, "missing_quote_accuracy", lambda *_: [])
        apply(claim, Action.SUBMIT, by=checker)
        with pytest.raises(DatabaseError, match="has no quote accuracy"):
            apply(claim, Action.APPROVE, by=editor)


def test_no_sql_gives_or_changes_an_answer_that_was_published(checker: User, editor: User) -> None:
    claim = _named(checker)
    _say(claim, checker, QuoteAccuracy.ACCURATE)
    apply(claim, Action.SUBMIT, by=checker)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE claims_verdict SET quote_accuracy = 'perhaps'")
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    with (
        pytest.raises(DatabaseError, match="cannot be edited"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE claims_verdict SET quote_accuracy = 'not_said'")


def test_what_was_approved_before_this_was_asked_is_still_published(
    editor: User, approved: Claim
) -> None:
    approved.claimant, verdict = Claimant(name="Odo Lund"), approved.verdicts.get()
    verdict.quote_accuracy = ""
    assert (verdict.quote_accuracy, verdict.state, missing_quote_accuracy(approved, verdict)) == (
        "",
        VerdictState.APPROVED,
        [],
    )
    assert "quote_accuracy" not in json.loads(verdict.content)
    apply(approved, Action.PUBLISH, by=editor)


def test_the_workbench_asks_for_it_and_keeps_what_was_chosen(client: Client, checker: User) -> None:
    claim = _named(checker)
    client.force_login(checker)
    workbench = reverse("admin:claims_claim_change", args=[claim.pk])
    shown = client.get(workbench).text
    assert "Quote accuracy" in shown and "Set the quote accuracy" in shown
    words = {
        "rating": factories.rating().pk,
        "short_answer": "No.",
        "explanation": "So.",
        "quote_accuracy": "not_said",
        "version": 2,
    }
    assert (
        client.post(reverse("admin:claims_claim_verdict", args=[claim.pk]), words).status_code
        == 302
    )
    assert claim.verdicts.get().quote_accuracy == QuoteAccuracy.NOT_SAID
    assert re.search(r'value="not_said"[^>]*\schecked', client.get(workbench).text)
    refused = client.post(
        reverse("admin:claims_claim_verdict", args=[claim.pk]),
        {**words, "quote_accuracy": "perhaps", "version": 3},
    )
    assert refused.status_code == 400 and "Select a valid choice" in refused.text


def test_a_client_of_the_api_says_it_and_hears_what_is_missing(checker: User) -> None:
    claim, api = _named(checker), Api(checker)
    words = {"rating": "False", "short_answer": "No.", "explanation": "So."}
    path, move = f"claims/{claim.public_id}/verdict/", f"claims/{claim.public_id}/transitions/"
    assert is_problem(api.put(path, {**words, "quote_accuracy": "perhaps"}), 400)
    assert api.put(path, words).json()["quote_accuracy"] == ""
    refused = api.post(move, {"action": "submit"})
    assert is_problem(refused, 422) and [error["code"] for error in refused.json()["errors"]] == [
        "quote_accuracy"
    ]
    assert (
        api.put(path, {**words, "quote_accuracy": "accurate"}).json()["quote_accuracy"]
        == "accurate"
    )
    assert api.post(move, {"action": "submit"}).status_code == 201


def test_a_wrong_person_does_not_say_it_for_the_desk(
    checker: User, second_checker: User, outsider: User
) -> None:
    claim = _named(checker)
    words = {
        "rating": "False",
        "short_answer": "No.",
        "explanation": "So.",
        "quote_accuracy": "accurate",
    }
    for who, status in ((second_checker, 403), (outsider, 404)):
        assert is_problem(Api(who).put(f"claims/{claim.public_id}/verdict/", words), status)
    assert claim.verdicts.get().quote_accuracy == ""


def test_a_correction_starts_from_the_published_answer(checker: User, editor: User) -> None:
    claim = publish(checker, editor, Words(quote_accuracy=QuoteAccuracy.PARAPHRASED))
    from_then = factories.MoveData(note="A date was wrong.", category="correction")
    apply(claim, Action.CORRECT, by=editor, data=from_then)
    assert claim.verdicts.order_by("-number").first().quote_accuracy == QuoteAccuracy.PARAPHRASED


def test_it_is_asked_anew_of_another_claimant(checker: User) -> None:
    claim = _named(checker)
    _say(claim, checker, QuoteAccuracy.ACCURATE)
    other = Claimant.objects.create(name="Ilse Marn")
    edit_claim(claim, by=checker, words=ClaimEdit(claim.text, other, None, "", None))
    verdict = claim.verdicts.get()
    assert verdict.quote_accuracy == "" and verdict.rating is not None
    assert [one.quote_accuracy for one in verdict.revisions.order_by("number")][-2:] == [
        QuoteAccuracy.ACCURATE,
        "",
    ]
    with pytest.raises(GateError, match="Set the quote accuracy"):
        apply(claim, Action.SUBMIT, by=checker)
