"""The verdict on the workbench: words, revisions, conflicts, and signatures that go
stale.
"""

from django.test import Client
from django.urls import reverse

from claims.choices import Action
from claims.models import Claim, Rating, RatingScale, Verdict, VerdictRevision
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories


def _taken(by: User) -> Claim:
    claim = factories.claim(by)
    apply(claim, Action.TAKE, by=by)
    return claim


def _save(client: Client, claim: Claim, **typed: object):  # type: ignore[no-untyped-def]
    words = {
        "rating": factories.rating().pk,
        "short_answer": "It planted fewer.",
        "explanation": "See the register.",
        "version": 0,
    }
    return client.post(reverse("admin:claims_claim_verdict", args=[claim.pk]), {**words, **typed})


def _page(client: Client, claim: Claim) -> str:
    return client.get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()


def test_a_checker_writes_a_verdict_and_sees_it_as_a_reader_will(
    client: Client, checker: User
) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    assert (
        _save(
            client, claim, explanation="Count **again**.\r\n\r\nThen [read](https://a.example/)."
        ).status_code
        == 302
    )
    verdict = Verdict.objects.get()
    assert (verdict.short_answer, verdict.explanation) == (
        "It planted fewer.",
        "Count **again**.\n\nThen [read](https://a.example/).",
    )
    assert "<strong>again</strong>" in _page(client, claim)


def test_a_rating_that_needs_a_reply_says_so_before_it_is_chosen(
    client: Client, checker: User
) -> None:
    claim = _taken(checker)
    factories.scale("Truth", "False", "Unproven")
    Rating.objects.filter(name="False").update(needs_reply=True)
    client.force_login(checker)
    assert "Needs a right of reply" not in _page(client, claim), "nobody could be asked"
    Claim.objects.filter(pk=claim.pk).update(claimant=factories.claimant("Ole Brandt"))
    ratings = _page(client, claim).split('<fieldset class="ratings">')[1].split("</fieldset>")[0]
    said = [name for name in ("False", "Unproven") if f"<strong>{name}</strong>" in ratings]
    assert said == ["False", "Unproven"] and ratings.count("Needs a right of reply.") == 1
    assert "Needs a right of reply." in ratings.split("<strong>Unproven</strong>")[0]


def test_saving_the_same_words_twice_makes_one_revision(client: Client, checker: User) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    assert {_save(client, claim).status_code for _ in range(2)} == {302}
    assert VerdictRevision.objects.count() == 1


def test_every_save_is_a_revision(client: Client, checker: User) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    _save(client, claim)
    _save(client, claim, short_answer="It planted none.", version=1)
    assert "Revisions: 2" in _page(client, claim)


def test_a_conflict_shows_both_texts_and_loses_neither(
    client: Client, checker: User, editor: User
) -> None:
    claim = _taken(checker)
    factories.written(claim, checker)
    factories.written(claim, editor, "The editor says fewer.")
    client.force_login(checker)
    answer = _save(client, claim, short_answer="The checker says none.", version=1)
    page = answer.content.decode()
    assert answer.status_code == 412
    assert "The editor says fewer." in page
    assert page.count("The checker says none.") == 2
    assert Verdict.objects.get().short_answer == "The editor says fewer."
    assert '<input type="hidden" name="version" value="2" id="verdict-version">' in page
    assert _save(client, claim, short_answer="The checker says none.", version=2).status_code == 302


def test_words_that_are_too_long_are_kept_for_mending(client: Client, checker: User) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    answer = _save(client, claim, short_answer="x" * 241)
    assert answer.status_code == 400
    assert "x" * 241 in answer.content.decode()
    assert not Verdict.objects.exists()


def test_words_typed_when_the_claim_closed_meanwhile_are_shown_back(
    client: Client, checker: User, submitted: Claim
) -> None:
    client.force_login(checker)
    answer = _save(client, submitted, explanation="A late paragraph.", version=1)
    assert answer.status_code == 409
    assert "A late paragraph." in answer.content.decode()
    assert "This claim is in review" in answer.content.decode()


def test_only_ratings_in_use_are_offered(client: Client, checker: User) -> None:
    claim = _taken(checker)
    old = factories.scale("Old scale", "Pants on fire").ratings.get()
    RatingScale.objects.filter(name="Old scale").update(in_use=False)
    client.force_login(checker)
    assert "Pants on fire" not in _page(client, claim)
    assert _save(client, claim, rating=old.pk).status_code == 400


def test_an_edit_after_approval_makes_it_stale_and_takes_the_button_away(
    client: Client, editor: User, approved: Claim
) -> None:
    client.force_login(editor)
    publish = reverse("admin:claims_claim_move", args=[approved.pk, "publish"])
    assert publish in _page(client, approved)
    Verdict.objects.update(explanation="Changed elsewhere.")
    page = _page(client, approved)
    assert "approval stale" in page
    assert publish not in page
    assert client.post(publish, {"version": approved.version}).status_code == 422
    assert not Verdict.objects.published().exists()


def test_an_explanation_cannot_carry_a_script(client: Client, checker: User) -> None:
    claim = _taken(checker)
    client.force_login(checker)
    _save(
        client,
        claim,
        explanation=(
            "<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://a.example/p.png)"
        ),
    )
    page = _page(client, claim)
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert '<img src="https://a.example' not in page
