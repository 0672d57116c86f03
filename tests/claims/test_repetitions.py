"""Said again: one person adds it, a second one confirms it, and only then readers see
it.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from claims.choices import Action
from claims.models import Claim, Repetition
from claims.publication.repetitions import RepetitionDetails, add, confirm, withdraw
from claims.workflow import GateError, WorkflowError, apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.claimants import describe
from tests import factories
from tests.claims.public_pages import page
from tests.project.api import Api, is_problem
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
WORDS = "Twice as many trees, I tell you."


def _details(**more: object) -> RepetitionDetails:
    defaults = {
        "claimant": factories.claimant("Ole Brandt"),
        "stated_date": clock.now().date(),
        "words": WORDS,
        "appearance_url": "https://radio.example/noon",
    }
    return RepetitionDetails(**{**defaults, **more})


@shared
def claim(published: Claim) -> Claim:
    return published


def test_readers_see_it_once_a_second_person_confirmed_it(
    client: Client, claim: Claim, checker: User, editor: User
) -> None:
    row = add(claim, by=checker, details=_details())
    assert add(claim, by=checker, details=_details()) == row
    assert WORDS not in client.get(page(claim)).text
    hash_before = claim.verdicts.get().content_hash
    confirm(row, by=editor)
    assert confirm(row, by=editor).confirmed_by == editor
    shown = client.get(page(claim))
    assert (
        WORDS in shown.text
        and "Ole Brandt" in shown.text
        and "https://radio.example/noon" in shown.text
    )
    assert claim.verdicts.get().content_hash == hash_before
    withdraw(row, by=editor, reason="It was somebody else.")
    assert withdraw(row, by=editor, reason="Again.").withdrawal_reason == "It was somebody else."
    assert WORDS not in client.get(page(claim)).text
    with pytest.raises(WorkflowError, match="withdrawn"):
        confirm(row, by=editor)
    defaults = list(
        AuditEntry.objects.filter(action__startswith="repetition.")
        .order_by("seq")
        .values_list("action", flat=True)
    )
    assert defaults == ["repetition.add", "repetition.confirm", "repetition.withdraw"]


def test_who_is_called_otherwise_later_said_it_under_the_name_two_people_looked_at(
    client: Client, claim: Claim, checker: User, editor: User
) -> None:
    row = add(claim, by=checker, details=_details())
    confirm(row, by=editor)
    words = row.claimant.signed_fields | {"name": "Somebody Else"}
    describe(row.claimant, by=editor, words=words)
    shown = client.get(page(claim)).text
    assert "Ole Brandt" in shown and "Somebody Else" not in shown
    assert (
        Api(checker)
        .get(f"claims/{claim.public_id}/repetitions/")
        .json()["results"][0]["claimant_name"]
        == "Ole Brandt"
    )
    with (
        pytest.raises((DatabaseError, IntegrityError), match="cannot be edited"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE claims_repetition SET claimant_name = 'Somebody Else'")


def test_it_takes_two_people_and_one_of_them_an_editor(
    claim: Claim, checker: User, second_checker: User, editor: User, auditor: User, outsider: User
) -> None:
    row = add(claim, by=checker, details=_details())
    for by, defaults in (
        (checker, "someone else must confirm"),
        (second_checker, "One of the two people must be an editor"),
    ):
        with pytest.raises(GateError, match=defaults):
            confirm(row, by=by)
    with pytest.raises(PermissionDenied):
        confirm(row, by=auditor)
    with pytest.raises(PermissionDenied):
        withdraw(row, by=second_checker, reason="No.")
    with pytest.raises(Claim.DoesNotExist):
        confirm(row, by=outsider)
    with pytest.raises(PermissionDenied):
        add(claim, by=auditor, details=_details())
    other = add(claim, by=editor, details=_details(words="More than ever."))
    assert confirm(other, by=second_checker).confirmed_at


def test_what_is_not_complete_or_not_published_is_refused(
    claim: Claim, checker: User, editor: User
) -> None:
    for wrong, field in (
        ({"claimant": None}, "claimant"),
        ({"stated_date": None}, "stated_date"),
        ({"stated_date": clock.now().date() + timedelta(days=2)}, "stated_date"),
        ({"words": " "}, "words"),
        ({"appearance_url": ""}, "appearance_url"),
    ):
        with pytest.raises(ValidationError) as refused:
            add(claim, by=checker, details=_details(**wrong))
        assert list(refused.value.message_dict) == [field]
    with pytest.raises(WorkflowError, match="only to a published verdict"):
        add(factories.claim(checker), by=checker, details=_details())
    row = add(claim, by=checker, details=_details())
    apply(claim, Action.RETRACT, by=editor, data=factories.note("The register was misread."))
    with pytest.raises(WorkflowError, match="only to a published verdict"):
        confirm(row, by=editor)


def test_no_sql_gets_past(claim: Claim, checker: User, second_checker: User, editor: User) -> None:
    row = add(claim, by=checker, details=_details())
    confirmed = "UPDATE claims_repetition SET confirmed_by_id = %s, confirmed_at = added_at"
    for statement, defaults in (
        (confirmed, [checker.pk]),
        (confirmed, [second_checker.pk]),
        ("UPDATE claims_repetition SET words = 'Other'", []),
        ("DELETE FROM claims_repetition", []),
    ):
        with (
            pytest.raises((DatabaseError, IntegrityError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, defaults)
    with pytest.raises(DatabaseError), transaction.atomic():
        Repetition.objects.create(
            claim=factories.claim(checker),
            claimant=row.claimant,
            stated_date=row.stated_date,
            words="x",
            appearance_url="https://x.example/",
            added_by=checker,
            added_at=clock.now(),
        )
    confirm(row, by=editor)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE claims_repetition SET confirmed_by_id = %s", [second_checker.pk])


def test_on_the_workbench_and_over_the_api(
    client: Client, claim: Claim, checker: User, editor: User, second_checker: User
) -> None:
    client.force_login(checker)
    here = f"/admin/claims/claim/{claim.pk}/"
    typed = {
        "claimant": "Ole Brandt",
        "stated_date": "2026-05-04",
        "words": WORDS,
        "appearance_url": "https://radio.example/noon",
    }
    refused = client.post(f"{here}repetitions/", {**typed, "stated_date": ""})
    assert refused.status_code == 400 and WORDS in refused.text
    assert client.post(f"{here}repetitions/", typed).status_code == 302
    row = Repetition.objects.get()
    assert client.post(f"{here}repetitions/{row.public_id}/confirm/").status_code == 422
    client.force_login(editor)
    assert "Repetitions to confirm" in client.get("/admin/").text
    assert "Confirm<" in client.get(f"{here}change/").text
    assert client.post(f"{here}repetitions/{row.public_id}/confirm/").status_code == 302
    api, path = Api(second_checker), f"claims/{claim.public_id}/repetitions/"
    body = typed | {"claimant": {"name": "Mira Halloway"}}
    made = api.post(path, body)
    assert (
        made.status_code == 201
        and api.post(path, body).status_code == 200
        and made.json()["confirmed_at"] is None
    )
    address = f"repetitions/{made.json()['id']}/"
    assert is_problem(api.post(f"{address}confirm/"), 422)
    assert Api(editor).post(f"{address}confirm/").json()["confirmed_by"] == "editor"
    assert is_problem(api.post(path, body | {"appearance_url": "javascript:alert(1)"}), 400)
    assert api.post(f"{address}withdraw/", {"reason": "Wrong day."}).json()["withdrawn_at"]
    assert len(api.get(path).json()["results"]) == 2
