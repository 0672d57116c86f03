"""The list of tips and the page of one: decided there, without telling who sent it."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.choices import TipState
from claims.models import Claim, Recheck, Tip
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.tip_cases import WORDS, asked_to_correct, sent

LIST = reverse("admin:claims_tip_changelist")


def _at(tip: Tip, name: str = "change") -> str:
    return reverse(f"admin:claims_tip_{name}", args=[tip.pk])


def test_the_list_is_filtered_and_leads_to_the_tip(
    client: Client, desk: Desk, checker: User, auditor: User, outsider: User
) -> None:
    tip = sent(desk)
    client.force_login(checker)
    shown = client.get(f"{LIST}?state=mine_to_decide&kind=claim")
    assert WORDS.text in shown.text and "mail.example" not in shown.text
    assert _at(tip) in shown.text and WORDS.text not in client.get(f"{LIST}?kind=correction").text
    assert WORDS.text in client.get("/admin/").text
    page = client.get(_at(tip))
    assert WORDS.place in page.text and "mail.example" not in page.text
    assert client.post(_at(tip)).status_code == 405
    for who, status in ((auditor, 403), (outsider, 404)):
        client.force_login(who)
        assert client.get(_at(tip)).status_code == status
        assert client.post(_at(tip, "close"), {"reason": "spam"}).status_code == status


def test_the_sender_is_shown_to_who_presses_for_it(
    client: Client, desk: Desk, checker: User
) -> None:
    tip = sent(desk)
    client.force_login(checker)
    assert client.get(_at(tip, "sender")).status_code == 302
    assert not AuditEntry.objects.filter(action="tip.read").exists()
    assert WORDS.email in client.post(_at(tip, "sender")).text
    assert AuditEntry.objects.get(action="tip.read").actor == "checker"


def test_a_tip_is_joined_to_a_similar_claim(client: Client, desk: Desk, checker: User) -> None:
    claim = factories.claim(checker, text="The bridge closes in May.")
    tip = sent(desk)
    client.force_login(checker)
    assert f'value="{claim.public_id}"' in client.get(_at(tip)).text
    refused = client.post(_at(tip, "join"), {"claim": "nothing"})
    assert refused.status_code == 400 and "No claim of yours" in refused.text
    for _ in range(2):
        assert client.post(_at(tip, "join"), {"claim": str(claim.public_id)}).status_code == 302
    assert Tip.objects.get().claim == claim
    page = client.get(_at(tip)).text
    assert claim.text in page and "Join to a claim" not in page


def test_a_claim_is_made_of_a_tip(client: Client, desk: Desk, checker: User) -> None:
    tip = sent(desk)
    client.force_login(checker)
    refused = client.post(_at(tip, "make"), {"text": " "})
    assert refused.status_code == 400 and Tip.objects.get().waiting
    data = {"text": "The bridge closes in May.", "appearance_url": WORDS.url}
    assert client.post(_at(tip, "make"), data).status_code == 302
    claim = Claim.objects.get()
    assert (claim.text, claim.appearance_url, claim.from_reader) == (*data.values(), True)
    page = client.get(_at(tip)).text
    assert WORDS.text not in page and reverse("admin:claims_claim_change", args=[claim.pk]) in page


def test_an_editor_has_a_verdict_rechecked_and_a_checker_closes(
    client: Client, checker: User, editor: User, published: Claim
) -> None:
    tip, other = asked_to_correct(published), asked_to_correct(published, email="")
    client.force_login(checker)
    assert "An editor of Metro requests" in client.get(_at(tip)).text
    note = {"note": "The table is of 2024."}
    refused = client.post(_at(tip, "recheck"), note)
    assert refused.status_code == 403 and not Recheck.objects.exists()
    assert client.post(_at(other, "close"), {"reason": "boring"}).status_code == 400
    assert client.post(_at(other, "close"), {"reason": "no_mistake"}).status_code == 302
    client.force_login(editor)
    assert client.post(_at(tip, "recheck"), note).status_code == 302
    recheck = reverse("admin:claims_recheck_change", args=[Recheck.objects.get().pk])
    assert (
        recheck in client.get(_at(tip)).text and "request of a reader" in client.get(recheck).text
    )
    assert client.post(_at(other, "close"), {"reason": "spam"}).status_code == 409


@pytest.mark.parametrize("moved", [False, True])
def test_an_editor_erases_it_wherever_it_is(
    client: Client, desk: Desk, checker: User, editor: User, moved: bool
) -> None:
    tip = sent(desk)
    client.force_login(checker)
    if moved:
        client.post(_at(tip, "make"), {"text": "The bridge closes in May."})
    assert client.post(_at(tip, "erase")).status_code == 403
    client.force_login(editor)
    assert {client.post(_at(tip, "erase")).status_code for _ in range(2)} == {302}
    tip = Tip.objects.select_related("message", "claim").get()
    assert tip.message.text == "" and tip.state == (TipState.MADE if moved else TipState.WAITING)
    assert tip.claim is None or tip.claim.reader_tip.name == ""
    assert "erased, or moved" in client.get(LIST).text
