"""Corrections and retractions on the workbench and the home screen."""

from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.models import Claim, Verdict
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from tests import factories

TOLD = {"category": "correction", "note": "It counted a street twice.", "meanwhile": "under_review"}


def _address(claim: Claim, action: str = "correct") -> str:
    return reverse("admin:claims_claim_move", args=[claim.pk, action])


def _page(client: Client, claim: Claim) -> str:
    return client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text


def test_correcting_asks_on_one_page_and_opens_the_version(
    client: Client, editor: User, published: Claim
) -> None:
    client.force_login(editor)
    page_text = client.get(_address(published)).text
    for words in (
        "Type of correction",
        "What was wrong",
        "Readers see until then",
        "It planted fewer.",
    ):
        assert words in page_text
    assert 'value="under_review"' in page_text and "checked" in page_text
    client.post(_address(published), {**TOLD, "version": published.version})
    page = _page(client, published)
    assert "Correction open since" in page and "It counted a street twice." in page
    assert 'id="move-drop_correction"' in page and 'id="move-hold"' not in page
    assert f"/verdicts/{published.address}/" in page


def test_what_was_not_said_is_asked_again_and_the_rest_kept(
    client: Client, editor: User, published: Claim
) -> None:
    client.force_login(editor)
    for told, gap in (
        ({"note": "A street twice."}, "category"),
        ({"category": "update"}, "note"),
        ({**TOLD, "category": "oops"}, "category"),
    ):
        answer = client.post(_address(published), {**told, "version": published.version})
        assert answer.status_code == 422 and f"#correct-{gap}" in answer.text
    assert "It counted a street twice." in answer.text
    assert published.verdicts.count() == 1


def test_a_checker_has_neither_button_nor_entry_point(
    client: Client, checker: User, outsider: User, published: Claim
) -> None:
    client.force_login(checker)
    assert 'id="move-correct"' not in _page(client, published)
    assert client.post(_address(published), TOLD).status_code == 403
    client.force_login(outsider)
    assert client.post(_address(published), TOLD).status_code == 404


def test_a_double_click_opens_one(client: Client, editor: User, published: Claim) -> None:
    published.refresh_from_db()
    client.force_login(editor)
    codes = [
        client.post(_address(published), {**TOLD, "version": published.version}).status_code
        for _ in range(2)
    ]
    assert codes == [302, 302]
    assert published.verdicts.count() == 2


def test_the_history_leads_to_the_version_before(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.corrected(checker, editor, second_editor)
    client.force_login(checker)
    page = _page(client, claim)
    assert f"/verdicts/{claim.address}/versions/1/" in page
    assert "(Correction)" in page


def test_after_dropping_the_workbench_shows_what_readers_have(
    client: Client, checker: User, editor: User
) -> None:
    claim = factories.correcting(checker, editor)
    factories.written(claim, editor, answer="Dropped words.")
    apply(claim, Action.DROP_CORRECTION, by=editor, data=factories.note("It was right."))
    client.force_login(editor)
    page = _page(client, claim)
    assert "Dropped words." not in page.split('id="reader"')[1] and "It planted fewer." in page


def test_a_retraction_stands_on_the_home_screen_until_a_second_editor_confirms(
    client: Client, checker: User, editor: User, second_editor: User, outsider: User
) -> None:
    claim = factories.retracted(checker, editor)
    for person, told in (
        (editor, True),
        (second_editor, True),
        (checker, False),
        (outsider, False),
    ):
        client.force_login(person)
        assert ("Retractions awaiting confirmation" in client.get("/admin/").text) == told
    client.force_login(editor)
    shown = {"version": claim.version}
    assert client.post(_address(claim, "confirm_retraction"), shown).status_code == 422
    client.force_login(second_editor)
    assert client.post(_address(claim, "confirm_retraction"), shown).status_code == 302
    assert Verdict.objects.get().retraction_confirmed_by == second_editor
    assert "Retractions awaiting confirmation" not in client.get("/admin/").text


def test_publishing_a_correction_shows_its_notice_and_what_changes(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.correcting(checker, editor)
    factories.written(claim, editor, answer="It planted half.")
    apply(claim, Action.SUBMIT, by=editor)
    client.force_login(second_editor)
    page = client.get(_address(claim, "approve_and_publish")).text
    notice = page.split('id="correction-notice"')[1].split('id="correction-changes"')[0]
    assert "<strong>Correction</strong>" in notice and "It counted a street twice." in notice
    assert f'<time datetime="{clock.now():%Y-%m-%d}">' in notice and "versions/1" not in notice
    assert "fixed from now on" not in page and "at the same URL" in page
    assert "[removed:] </span>fewer." in page and "[added:] </span>half." in page
    first = factories.submitted(checker)
    page = client.get(_address(first, "approve_and_publish")).text
    assert "fixed from now on" in page and "Notice to readers" not in page
    retracting = client.get(_address(claim, "retract")).text
    assert "Notice to readers" not in retracting


def test_a_typo_is_confirmed_without_a_notice(
    client: Client, checker: User, editor: User, second_editor: User
) -> None:
    claim = factories.correcting(checker, editor, category="typo")
    factories.written(claim, editor, answer="It planted a tenth.")
    apply(claim, Action.SUBMIT, by=editor)
    client.force_login(second_editor)
    page = client.get(_address(claim, "approve_and_publish")).text
    assert "Readers get no notice of a typo" in page
    assert 'id="corrected"' not in page and "[added:] </span>a tenth." in page


def test_the_history_says_in_words_what_readers_saw_meanwhile(
    client: Client, checker: User, editor: User
) -> None:
    claim = factories.correcting(checker, editor, meanwhile="under_review")
    client.force_login(editor)
    history = _page(client, claim).split('id="history"')[1].split("</section>")[0]
    assert "(Correction)" in history and "marked “under review”" in history
    assert "under_review" not in history


def test_a_checker_alone_is_told_which_editors_to_call(
    client: Client, checker: User, editor: User, second_editor: User, published: Claim
) -> None:
    client.force_login(checker)
    page = _page(client, published)
    assert "Call an editor, who can correct or retract it: editor, second_editor." in page
    client.force_login(editor)
    assert "Call an editor" not in _page(client, published)
