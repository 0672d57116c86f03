"""A translation says so, waits for its original, and is marked at once when that is
corrected or retracted.
"""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from claims.choices import Action, RecheckCause
from claims.models import Claim, Recheck, Verdict
from claims.publication.translations import set_original
from claims.workflow import GateError, StaleError, WorkflowError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.public_pages import page
from tests.project.api import Api, is_problem

pytestmark = pytest.mark.django_db
SWEDISH = "Staden planterade sextio träd."


def _translated(original: Claim, checker: User, editor: User) -> Claim:
    """Published, as a translation of a published original."""
    claim = factories.ready(checker, text=SWEDISH)
    set_original(claim, by=checker, original=original, language="sv")
    apply(claim, Action.SUBMIT, by=checker)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=editor)
    return claim


def _correct(claim: Claim, editor: User, category: str = "correction", meanwhile: str = "") -> None:
    apply(
        claim,
        Action.CORRECT,
        by=editor,
        data=factories.MoveData(
            note="A street was counted twice.", category=category, meanwhile=meanwhile
        ),
    )


def test_it_is_signed_printed_and_marked_with_its_original(
    client: Client, checker: User, editor: User, second_editor: User, published: Claim
) -> None:
    claim = _translated(published, checker, editor)
    verdict = claim.verdicts.get()
    assert json.loads(verdict.content)["translation_of"] == {
        "id": str(published.public_id),
        "language": "en",
        "version": 1,
    }
    assert (
        "A translation" in client.get(page(claim)).text
        and page(published) in client.get(page(claim)).text
    )
    assert client.get(page(claim, "claimreview.json")).status_code == 200
    assert verdict in Verdict.objects.citable()

    _correct(published, editor)
    marked = client.get(page(claim))
    assert (
        "The original of this translation has been under review since" in marked.text
        and "ld+json" not in marked.text
    )
    assert client.get(page(claim, "claimreview.json")).status_code == 404
    assert verdict not in Verdict.objects.citable()
    [task] = Recheck.objects.pending().filter(claim=claim)
    assert (task.cause, task.cause_verdict) == (
        RecheckCause.VERDICT,
        published.verdicts.get(number=1),
    )

    factories.written(published, editor, answer="It planted half.")
    apply(published, Action.SUBMIT, by=editor)
    apply(published, Action.APPROVE_AND_PUBLISH, by=second_editor)
    assert "The original of this translation was corrected on" in client.get(page(claim)).text
    assert verdict not in Verdict.objects.citable()

    _correct(claim, editor)  # and once it follows, the mark goes
    factories.written(claim, editor, answer="Det var hälften.")
    apply(claim, Action.SUBMIT, by=editor)
    apply(claim, Action.APPROVE_AND_PUBLISH, by=second_editor)
    assert "The original of this translation" not in client.get(page(claim)).text
    assert claim.verdicts.published().get() in Verdict.objects.citable()

    apply(published, Action.RETRACT, by=editor, data=factories.note("The register was misread."))
    assert "The original of this translation was retracted on" in client.get(page(claim)).text


def test_a_withheld_original_is_not_translated_and_still_marks_what_was_signed(
    checker: User, editor: User, published: Claim
) -> None:
    claim, late = (
        _translated(published, checker, editor),
        factories.ready(checker, text="Byen plantede tres træer."),
    )
    set_original(late, by=checker, original=published, language="da")
    _correct(claim, editor)
    set_original(claim, by=editor, original=None, language="sv")
    _correct(published, editor, meanwhile="withheld")
    assert [task.claim for task in Recheck.objects.pending()] == [claim]
    with pytest.raises(GateError, match="has no published verdict that readers can see") as refused:
        apply(late, Action.SUBMIT, by=checker)
    assert [gap.code for gap in refused.value.missing] == ["translation"]


def test_a_typo_and_what_readers_do_not_see_mark_nothing(
    client: Client, checker: User, editor: User, published: Claim
) -> None:
    claim = _translated(published, checker, editor)
    _correct(published, editor, category="typo", meanwhile="unchanged")
    assert "The original of this translation" not in client.get(page(claim)).text
    assert not Recheck.objects.exists()


def test_it_is_not_signed_before_its_original_is_published(checker: User) -> None:
    original, claim = factories.claim(checker), factories.ready(checker, text=SWEDISH)
    set_original(claim, by=checker, original=original, language="sv")
    with pytest.raises(GateError, match="has no published verdict that readers can see") as refused:
        apply(claim, Action.SUBMIT, by=checker)
    assert [gap.code for gap in refused.value.missing] == ["translation"]
    set_original(claim, by=checker, original=None, language="sv")
    apply(claim, Action.SUBMIT, by=checker)


def test_what_does_not_fit_is_refused(
    checker: User, second_checker: User, outsider: User, editor: User
) -> None:
    original, claim, third = (
        factories.claim(checker),
        factories.claim(checker),
        factories.claim(checker),
    )
    for one in (original, claim, third):
        apply(one, Action.TAKE, by=checker)
    elsewhere = factories.claim(outsider)
    for chosen, language, told in (
        (claim, "sv", "of itself"),
        (original, "en", "same language"),
        (original, "svenska!", "as a code"),
        (elsewhere, "sv", "not visible to you"),
    ):
        with pytest.raises(ValidationError, match=told):
            set_original(claim, by=checker, original=chosen, language=language)
    made = set_original(
        claim, by=checker, original=original, language="sv", expected_version=claim.version
    )
    assert (
        set_original(
            claim, by=checker, original=original, language="sv", expected_version=1
        ).version
        == made.version
    )
    assert AuditEntry.objects.filter(action="claim.translation").count() == 1
    with pytest.raises(ValidationError, match="is a translation itself"):
        set_original(third, by=checker, original=claim, language="de")
    with pytest.raises(ValidationError, match="Other claims are translations of this one"):
        set_original(original, by=checker, original=third, language="de")
    with pytest.raises(ValidationError, match="already"):
        set_original(original, by=checker, original=None, language="SV")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE claims_claim SET language = 'sv' WHERE id = %s", [original.pk])
    with pytest.raises(StaleError):
        set_original(claim, by=checker, original=None, language="sv", expected_version=1)
    with pytest.raises(PermissionDenied):
        set_original(claim, by=second_checker, original=None, language="sv")
    with pytest.raises(Claim.DoesNotExist):
        set_original(claim, by=outsider, original=None, language="sv")
    for wrong in (third.pk, claim.pk):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE claims_claim SET translation_of_id = %s WHERE id = %s", [wrong, original.pk]
            )
    published = factories.published(checker, editor)
    with pytest.raises(WorkflowError):
        set_original(published, by=editor, original=original, language="sv")
    with (
        pytest.raises(DatabaseError, match="cannot be edited"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE claims_claim SET translation_of_id = %s, language = 'sv' WHERE id = %s",
            [original.pk, published.pk],
        )


def test_what_readers_have_as_a_translation_stays_one_while_it_is_corrected(
    checker: User, editor: User, published: Claim
) -> None:
    claim, other = _translated(published, checker, editor), factories.claim(checker)
    apply(other, Action.TAKE, by=checker)
    _correct(claim, editor)
    set_original(claim, by=editor, original=None, language="sv")
    with pytest.raises(ValidationError, match="is published as a translation"):
        set_original(other, by=checker, original=claim, language="de")
    _correct(published, editor)
    with pytest.raises(ValidationError, match="Other claims are translations of this one"):
        set_original(published, by=editor, original=other, language="de")
    Claim.objects.filter(pk=other.pk).update(
        translation_of=claim, language="de"
    )  # as it could be made before
    with pytest.raises(GateError, match="other claims are now translations of it"):
        apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    set_original(other, by=checker, original=None, language="de")
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    claim.refresh_from_db()
    assert claim.translation_of == published


def test_who_does_not_see_the_original_keeps_it_unless_they_end_it(
    client: Client, checker: User, outsider: User
) -> None:
    elsewhere, claim = (
        factories.claim(outsider, text="They planted six hundred lime trees."),
        factories.claim(checker),
    )
    apply(claim, Action.TAKE, by=checker)
    Claim.objects.filter(pk=claim.pk).update(translation_of=elsewhere, language="sv")
    assert Api(checker).patch(f"claims/{claim.public_id}/", {"language": "da"}).status_code == 200
    refused = Api(checker).patch(f"claims/{claim.public_id}/", {"language": "en"})
    assert (
        is_problem(refused, 400)
        and "The original has the same language" in refused.text
        and elsewhere.text not in refused.text
    )
    client.force_login(checker)
    here = f"/admin/claims/claim/{claim.pk}/"
    for typed, kept in (({"language": "de"}, elsewhere), ({"language": "de", "ended": "on"}, None)):
        claim.refresh_from_db()
        assert "Not a translation" in client.get(f"{here}change/").text
        response = client.post(
            f"{here}translation/", {"version": claim.version, "original": "", **typed}, follow=True
        )
        claim.refresh_from_db()
        assert (claim.translation_of, claim.language) == (
            kept,
            "de",
        ) and elsewhere.text not in response.text


def test_on_the_workbench_and_over_the_api(
    client: Client, checker: User, second_checker: User
) -> None:
    original, claim = factories.claim(checker), factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    api, path = Api(checker), f"claims/{claim.public_id}/"
    data = api.patch(path, {"translation_of": str(original.public_id), "language": "sv"}).json()
    assert (data["translation_of"], data["language"]) == (str(original.public_id), "sv")
    assert is_problem(api.patch(path, {"translation_of": str(claim.public_id)}), 400)
    assert is_problem(Api(second_checker).patch(path, {"translation_of": None}), 403)
    client.force_login(checker)
    here = f"/admin/claims/claim/{claim.pk}/"
    assert "Translation of" in client.get(f"{here}change/").text
    claim.refresh_from_db()
    typed = {
        "version": claim.version,
        "language": "de",
        "original": f"https://desk.example/admin/claims/claim/{original.pk}/change/",
    }
    refused = client.post(f"{here}translation/", {**typed, "original": "no address"})
    assert refused.status_code == 400 and "no address" in refused.text
    assert client.post(f"{here}translation/", typed).status_code == 302
    claim.refresh_from_db()
    assert (claim.translation_of, claim.language) == (original, "de")
    assert str(claim) in client.get(f"/admin/claims/claim/{original.pk}/change/").text
