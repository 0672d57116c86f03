"""What used a source, an article or a verdict, and one review of each published
verdict that did.
"""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import override_settings

from claims.choices import Action, RecheckCause, RecheckDecision
from claims.evidence import attaching
from claims.intake.triage import accept
from claims.models import Claim, Recheck
from claims.publication import rechecks
from claims.rules import citations
from claims.verdicts import writing
from claims.workflow import MoveData, WorkflowError, apply
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from sources.article_details import ArticleDetails
from sources.ingest import submit_text
from sources.models import Article, Link
from tests import factories
from tests.claims.recheck_cases import (
    TABLE,
    WRONG,
    citing,
    correct,
    publish_correction,
    published_citing,
)

SITE = "https://facts.example"


def _link() -> Link:
    return Link.objects.get(url=TABLE)


def _claims(thing: citations.CitedObject) -> set[Claim]:
    return set(citations.claims_citing(thing))


def _read(thing: citations.CitedObject) -> set[Claim]:
    return {verdict.claim for verdict in citations.verdicts_citing(thing)}


def _address(claim: Claim, tail: str = "") -> str:
    return f"{SITE}/verdicts/{claim.address}/{tail}"


def test_every_published_verdict_that_cites_a_source_gets_one_review(
    checker: User, editor: User
) -> None:
    published = {published_citing(checker, editor) for _ in range(2)}
    working, _ = citing(checker), factories.published(checker, editor)
    assert _claims(_link()) == published | {working}
    opened = rechecks.request_rechecks(_link(), by=editor, note=WRONG)
    assert {task.claim for task in opened.tasks} == published and opened.waiting == 0
    task = opened.tasks[0]
    assert (task.cause, task.link, task.note, task.opened_by) == (
        RecheckCause.LINK,
        _link(),
        WRONG,
        editor,
    )
    assert task.verdict == task.claim.verdicts.get() and task.decision == RecheckDecision.PENDING


def test_pressed_twice_it_opens_none_anew(checker: User, editor: User, second_editor: User) -> None:
    published_citing(checker, editor)
    rechecks.request_rechecks(_link(), by=editor, note=WRONG)
    later = published_citing(checker, editor)
    again = rechecks.request_rechecks(_link(), by=second_editor, note="It is still withdrawn.")
    assert ([task.claim for task in again.tasks], again.waiting) == ([later], 1)
    rechecks.mark_unaffected(
        Recheck.objects.get(claim=later), by=editor, reason="It cites another column."
    )
    assert (
        len(rechecks.request_rechecks(_link(), by=editor, note="All columns are wrong.").tasks) == 1
    )


def test_what_was_withdrawn_or_replaced_is_not_listed(
    checker: User, editor: User, second_editor: User
) -> None:
    taken_out = citing(checker)
    attaching.withdraw(taken_out.evidence.get(link=_link()), by=checker)
    apply(taken_out, Action.SUBMIT, by=checker)
    apply(taken_out, Action.APPROVE_AND_PUBLISH, by=editor)
    replaced = published_citing(checker, editor)
    correct(replaced, editor)
    attaching.withdraw(replaced.evidence.get(link=_link()), by=editor)
    assert _read(_link()) == {replaced}  # readers still have the version that cites it
    publish_correction(replaced, editor, second_editor)
    assert _claims(_link()) == set()
    again = published_citing(checker, editor)
    apply(again, Action.RETRACT, by=editor, data=factories.note("It was wrong."))
    assert _claims(_link()) == set()


def test_a_withheld_verdict_is_listed_all_the_same(checker: User, editor: User) -> None:
    claim = published_citing(checker, editor)
    apply(
        claim,
        Action.CORRECT,
        by=editor,
        data=MoveData(note="Too few.", category="update", meanwhile="withheld"),
    )
    assert _read(_link()) == {claim}


def test_an_article_reaches_the_claims_found_in_it_and_those_that_cite_it(
    checker: User, editor: User
) -> None:
    article = factories.article_read(checker)
    found = accept(article.suggestions.order_by("part", "rank")[0], by=checker)
    assert _claims(article) == {found} and _read(article) == set()
    apply(found, Action.TAKE, by=checker)
    for _ in range(2):
        factories.evidence(found, checker)
    factories.written(found, checker)
    apply(found, Action.SUBMIT, by=checker)
    apply(found, Action.APPROVE_AND_PUBLISH, by=editor)
    Article.objects.filter(pk=article.pk).update(url=TABLE)
    article.refresh_from_db()
    cites = published_citing(checker, editor)
    assert {
        task.claim for task in rechecks.request_rechecks(article, by=editor, note="Invented.").tasks
    } == {found, cites}
    Article.objects.filter(pk=article.pk).update(url=None)
    submit_text(
        article.desk,
        by=editor,
        text=f"{factories.ARTICLE}More ships came.",
        details=ArticleDetails(url=TABLE, update_of=article),
    )
    article.refresh_from_db()
    assert cites in _read(article)  # it cites the address of an update


@override_settings(SITE_URL=SITE)
def test_a_verdict_is_known_by_any_of_its_public_addresses(
    checker: User, editor: User, published: Claim
) -> None:
    other = factories.published(checker, editor)
    short = published.public_id.hex[:8]
    told = [
        _address(published),
        f"{SITE}/verdicts/old-slug-{short}/",
        _address(published, "versions/1/"),
        f"{SITE}/verdicts/{short}",
    ]
    citing_it = {published_citing(checker, editor, url) for url in told}
    for url in (
        _address(other),
        f"https://elsewhere.example/verdicts/x-{short}/",
        f"{SITE}/about/{short}/",
    ):
        published_citing(checker, editor, url)
    assert _read(published.verdicts.get()) == citing_it
    linked = factories.submitted(checker)
    factories.written(linked, editor, answer="As we found before.")
    working = linked.verdicts.get()
    details = writing.VerdictDetails(
        working.rating, "As before.", f"See [our check]({_address(published)})."
    )
    writing.write_verdict(linked, by=editor, details=details)
    assert linked in _claims(published.verdicts.get())


@override_settings(SITE_URL=SITE)
def test_correcting_a_verdict_opens_reviews_of_those_that_cite_it(
    checker: User, editor: User, published: Claim
) -> None:
    on_it = published_citing(checker, editor, _address(published))
    correct(published, editor, "typo")
    assert not Recheck.objects.exists()
    apply(published, Action.DROP_CORRECTION, by=editor, data=factories.note("No."))
    correct(published, editor, "correction")
    task = Recheck.objects.get()
    assert (task.claim, task.cause, task.note) == (
        on_it,
        RecheckCause.VERDICT,
        "It counted a street twice.",
    )
    assert task.cause_verdict == published.verdicts.get(number=1) and task.opened_by == editor
    apply(published, Action.RETRACT, by=editor, data=factories.note("All of it was wrong."))
    assert (
        Recheck.objects.count() == 1
    )  # it waits already, and shows that the verdict is retracted by now


@override_settings(SITE_URL=SITE)
def test_retracting_reaches_other_desks_in_the_same_transaction(
    checker: User, editor: User, published: Claim
) -> None:
    sports = factories.desk("Sports")
    there, chief = (
        factories.person("runner", sports, "checker"),
        factories.person("chief", sports, "editor"),
    )
    elsewhere = published_citing(there, chief, _address(published))
    assert (
        rechecks.request_rechecks(published.verdicts.get(), by=editor, note="Wrong.").tasks == []
    )  # not theirs to decide about
    apply(published, Action.RETRACT, by=editor, data=factories.note("It was misread."))
    task = Recheck.objects.get()
    assert (task.claim, task.note) == (elsewhere, "It was misread.")
    assert list(Recheck.objects.visible_to(editor)) == [] and list(
        Recheck.objects.visible_to(chief)
    ) == [task]


@override_settings(SITE_URL=SITE)
def test_another_desk_hears_of_a_correction_once_readers_do(
    checker: User, editor: User, second_editor: User, published: Claim
) -> None:
    sports = factories.desk("Sports")
    there, chief = (
        factories.person("runner", sports, "checker"),
        factories.person("chief", sports, "editor"),
    )
    elsewhere, here = (
        published_citing(there, chief, _address(published)),
        published_citing(checker, editor, _address(published)),
    )
    correct(published, editor, "correction")
    assert [task.claim for task in Recheck.objects.all()] == [here]
    publish_correction(published, editor, second_editor)
    assert {task.claim for task in Recheck.objects.all()} == {here, elsewhere}
    assert Recheck.objects.get(claim=elsewhere).note == "It counted a street twice."


def test_only_an_editor_of_the_desk_opens_them_and_says_why(
    checker: User, editor: User, auditor: User, outsider: User
) -> None:
    published_citing(checker, editor)
    for person in (checker, auditor):
        with pytest.raises(PermissionDenied):
            rechecks.request_rechecks(_link(), by=person, note=WRONG)
    with pytest.raises(Link.DoesNotExist):
        rechecks.request_rechecks(_link(), by=outsider, note=WRONG)
    for note in ("", "  ", "x" * 2001):
        with pytest.raises(ValidationError):
            rechecks.request_rechecks(_link(), by=editor, note=note)
    assert not Recheck.objects.exists()


def test_nothing_stands_on_what_was_never_published(
    desk: Desk, checker: User, editor: User
) -> None:
    working = citing(checker)
    with pytest.raises(WorkflowError, match="never published"):
        rechecks.request_rechecks(working.verdicts.get(), by=editor, note=WRONG)
    assert rechecks.request_rechecks(_link(), by=editor, note=WRONG).tasks == []


def test_each_review_leaves_an_entry(checker: User, editor: User) -> None:
    claim = published_citing(checker, editor)
    task = rechecks.request_rechecks(_link(), by=editor, note=WRONG).tasks[0]
    entry = AuditEntry.objects.latest("seq")
    assert (entry.action, entry.object_id, entry.actor, entry.desk_id) == (
        "recheck.request",
        str(task.public_id),
        "editor",
        claim.desk_id,
    )
    recheck_entry = entry.changes["recheck"][1]
    assert (
        recheck_entry["claim"],
        recheck_entry["cause"],
        recheck_entry["note"],
        recheck_entry["link"],
    ) == (
        str(claim.public_id),
        "link",
        WRONG,
        str(_link().public_id),
    )
