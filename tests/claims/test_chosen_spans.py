"""A sentence that the extractor missed: a person chooses its words, and they are a
suggestion like any other, at exactly that place of the text.
"""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from claims.choices import QuoteKind
from claims.intake import spans, triage
from claims.intake.selection_filter import SelectionFilter
from claims.intake.selection_log import as_csv, entries
from claims.intake.spans import Span
from claims.models import Claim, Suggestion
from claims.workflow import WorkflowError
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import User
from sources.article_details import ArticleDetails
from sources.ingest import submit_text
from sources.models import Article
from tests.claims import triage_cases
from tests.project.api import Api, is_problem
from tests.shared_rows import shared

pytestmark = pytest.mark.django_db
TEXT = (
    "Ünder 🌳 oaks, the mayor said 40 trees were cut. Nobody counted.\n\nThe park has 900 trees.\n"
)
MISSED = "The park has 900 trees."


@shared
def article(checker: User) -> Article:
    made = triage_cases.article(checker, TEXT)
    triage_cases.suggestion(made, "the mayor said 40 trees were cut.", speaker="the mayor")
    return made


def span(words: str, **other: object) -> Span:
    start = TEXT.index(words)
    return Span(**{"start": start, "end": start + len(words), "text": words} | other)


def test_chosen_words_are_a_suggestion_once_with_who_chose_them(
    article: Article, checker: User, editor: User
) -> None:
    chosen = spans.choose(article, span(f"\n{MISSED}\n"), by=checker)
    assert TEXT[chosen.start : chosen.end] == chosen.text == MISSED
    assert (chosen.part, chosen.state, chosen.chosen_by, chosen.extraction) == (
        0,
        "proposed",
        checker,
        None,
    )
    assert [one["text"] for one in chosen.details["quantities"]] == ["900 trees"]
    again = spans.choose(article, span(MISSED), by=editor)
    assert (again.pk, again.chosen_by) == (chosen.pk, checker)
    assert AuditEntry.objects.filter(action="suggestion.choose").count() == 1
    triage.accept(chosen, by=checker)
    [row] = [row for row in entries(editor, SelectionFilter()) if row["words"] == MISSED]
    assert (row["chosen"], row["decision"], row["decider"]) == ("checker", "accepted", "checker")
    [line] = [line for line in as_csv(entries(editor, SelectionFilter())) if MISSED in line]
    assert line.rstrip().endswith('"checker"')
    # The accuracy of extractors is measured without it.
    counted = Suggestion.objects.visible_to(editor).decision_counts()
    assert sum(band["accepted"] for band in counted) == 0
    part = spans.choose(article, span("40 trees were cut."), by=checker)
    assert (part.speaker, part.rank) == ("the mayor", 2)


def test_words_that_do_not_stand_there_are_refused(article: Article, checker: User) -> None:
    start = TEXT.index(MISSED)
    refused = {
        "other words": Span(start, start + len(MISSED), "The park has 901 trees."),
        "one place off": Span(start - 1, start + len(MISSED) - 1, MISSED),
        "beyond the end": Span(len(TEXT), len(TEXT) + 4, "tree"),
        "backwards": Span(8, 4, ""),
        "before the text": Span(-4, 2, "Ün"),
        "white space": span("\n\n"),
        "a full stop": Span(TEXT.index(". Nobody"), TEXT.index(". Nobody") + 1, "."),
    }
    for why, wrong in refused.items():
        with pytest.raises(ValidationError):
            spans.choose(article, wrong, by=checker)
            pytest.fail(why)
    with pytest.raises(WorkflowError, match="newer text"):
        spans.choose(article, span(MISSED, version=7), by=checker)
    long = triage_cases.article(checker, "many words " * 200)
    with pytest.raises(ValidationError, match="limit is 2000"):
        spans.choose(long, Span(0, 2200, "many words " * 200), by=checker)
    assert Suggestion.objects.count() == 1


def test_two_articles_of_a_page_give_no_one_claim(checker: User) -> None:
    story = (
        "By Ann Miller\n3 May 2026\n\nThe town of {} counted {} boats in its harbour this year.\n"
    )
    text = f"Boats in A\n{story.format('A', 40)}\n\n\nBoats in B\n{story.format('B', 50)}"
    page = triage_cases.article(checker, text)
    second = "The town of B counted 50 boats"
    at = text.index(second)
    assert spans.choose(page, Span(at, at + len(second), second), by=checker).part == 1
    both = text[text.index("The town of A") : at + 10]
    with pytest.raises(ValidationError, match="two articles"):
        spans.choose(page, Span(text.index(both), at + 10, both), by=checker)


def test_an_undecided_suggestion_takes_other_words_of_its_article(
    article: Article, checker: User, editor: User
) -> None:
    [cut] = article.suggestions.all()
    changed = spans.change(cut, span("40 trees were cut. Nobody counted."), by=checker)
    assert changed.text == "40 trees were cut. Nobody counted."
    assert (changed.fingerprint, changed.extraction) == (cut.fingerprint, cut.extraction)
    assert changed.details["proposed_span"][2] == cut.text
    spans.change(changed, span(changed.text), by=editor)
    assert AuditEntry.objects.filter(action="suggestion.change_span").count() == 1
    # The words it had are the machine's, and choosing them again proposes nothing new.
    assert spans.choose(article, span(cut.text), by=checker).pk == cut.pk
    other = spans.choose(article, span(MISSED), by=checker)
    with pytest.raises(ValidationError, match="Another suggestion"):
        spans.change(other, span(changed.text), by=checker)
    triage.decline(changed, by=checker, reason="trivial")
    with pytest.raises(WorkflowError, match="already declined"):
        spans.change(changed, span(cut.text), by=checker)


def test_words_of_somebody_else_do_not_keep_the_old_speaker(
    article: Article, checker: User
) -> None:
    cut = article.suggestions.get()
    assert spans.change(cut, span("40 trees were cut."), by=checker).speaker == "the mayor"
    changed = spans.change(cut, span(MISSED), by=checker)
    assert (changed.speaker, changed.kind) == ("", QuoteKind.NONE)
    assert not {"speaker_span", "cue", "chain"} & set(changed.details)
    changed.refresh_from_db()
    assert changed.speaker == ""


def test_who_may_not_decide_chooses_nothing(
    client: Client, article: Article, reporter: User, auditor: User, outsider: User
) -> None:
    with pytest.raises(PermissionDenied):
        spans.choose(article, span(MISSED), by=auditor)
    with pytest.raises(Article.DoesNotExist):
        spans.choose(article, span(MISSED), by=outsider)
    own = triage_cases.article(reporter, TEXT + "More.")
    pages = f"/admin/sources/article/{article.pk}", f"/admin/sources/article/{own.pk}"
    for person, (page, status) in (
        (auditor, (pages[0], 403)),
        (reporter, (pages[0], 404)),
        (reporter, (pages[1], 403)),
        (outsider, (pages[0], 404)),
    ):
        client.force_login(person)
        assert client.get(f"{page}/sentences/").status_code == status
        assert client.post(f"{page}/spans/", {}).status_code == status
        assert "/spans/" not in client.get(f"{page}/change/").text
    assert Suggestion.objects.count() == 1


def test_a_page_of_sentences_needs_no_script(
    client: Client, article: Article, checker: User
) -> None:
    client.force_login(checker)
    page = f"/admin/sources/article/{article.pk}"
    assert f"{page}/sentences/" in client.get(f"{page}/change/").text
    html = client.get(f"{page}/sentences/").text
    values = [
        f"{TEXT.index(one)}-{TEXT.index(one) + len(one)}" for one in ("Nobody counted.", MISSED)
    ]
    assert all(f'value="{value}"' in html for value in values)
    fields = {"version": 1, "outcome": "claim", "claimant": "The council"}
    nothing = client.post(f"{page}/spans/", fields)
    assert nothing.status_code == 400 and "Choose some words of the text." in nothing.text
    for nonsense in ("x-y", "5", "-", "1-99999999999999999999"):
        refused = client.post(f"{page}/spans/", {**fields, "sentence": nonsense})
        assert refused.status_code == 400, nonsense
    made = client.post(f"{page}/spans/", {**fields, "sentence": values})
    claim = Claim.objects.get()
    assert made["Location"] == f"{page}/change/#s-{claim.suggestion_id}"
    assert (claim.text, claim.claimant.name) == (f"Nobody counted.\n\n{MISSED}", "The council")
    assert client.post(f"{page}/spans/", {**fields, "sentence": values}).status_code == 302
    assert Claim.objects.count() == 1
    card = client.get(f"{page}/change/").text
    assert "Chosen in the text by checker" in card
    stale = submit_text(
        article.desk, by=checker, text=f"New. {TEXT}", details=ArticleDetails(update_of=article)
    )
    assert (
        stale and client.post(f"{page}/spans/", {**fields, "sentence": values}).status_code == 409
    )
    for at in ("-1", "x", "9" * 30, "400"):
        assert client.get(f"{page}/sentences/", {"at": at, "suggestion": at}).status_code == 200


def test_in_place_the_answer_names_the_card_or_says_why(
    client: Client, article: Article, checker: User
) -> None:
    client.force_login(checker)
    [cut] = article.suggestions.all()
    place = f"/admin/sources/article/{article.pk}/spans/"
    words = "Nobody counted.\n\nThe park"
    # A browser sends a line end of the text as two characters.
    sent = vars_of(span(words)) | {"text": words.replace("\n", "\r\n"), "version": 1}
    changed = client.post(
        place, {**sent, "outcome": "span", "suggestion": cut.pk}, headers={"X-Wanted": "card"}
    )
    assert changed.json() == {"card": cut.pk}
    wrong = {**sent, "text": "Other words", "outcome": "suggestion"}
    refused = client.post(place, wrong, headers={"X-Wanted": "card"})
    assert refused.status_code == 400 and "Choose them again" in refused.json()["errors"][0]
    foreign = {**sent, "outcome": "span", "suggestion": cut.pk + 999}
    assert client.post(place, foreign, headers={"X-Wanted": "card"}).status_code == 400


def vars_of(chosen: Span) -> dict[str, object]:
    return {"start": chosen.start, "end": chosen.end, "text": chosen.text}


def test_over_the_api(article: Article, checker: User, auditor: User, outsider: User) -> None:
    api, path = Api(checker), f"articles/{article.public_id}/suggestions/"
    first, second = (api.post(path, vars_of(span(MISSED))) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    row = first.json()
    assert (row["text"], row["chosen_by"], row["score"], row["state"]) == (
        MISSED,
        "checker",
        1,
        "proposed",
    )
    assert is_problem(api.post(path, vars_of(span(MISSED)) | {"text": "Other."}), 400)
    assert is_problem(api.post(path, vars_of(span(MISSED)) | {"version": 3}), 409)
    assert is_problem(Api(auditor).post(path, vars_of(span(MISSED))), 403)
    assert is_problem(Api(outsider).post(path, vars_of(span(MISSED))), 404)
    change = f"suggestions/{row['id']}/span/"
    assert api.post(change, vars_of(span("The park"))).json()["text"] == "The park"
    claim = api.post(f"suggestions/{row['id']}/accept/")
    assert (claim.status_code, claim.json()["text"]) == (201, "The park")
    assert is_problem(api.post(change, vars_of(span(MISSED))), 409)


def test_words_of_the_newest_text_leave_the_places_of_the_older_behind(
    article: Article, checker: User
) -> None:
    [cut] = article.suggestions.all()
    cut.details = {
        "speaker_span": [11, 20],
        "cue": "said",
        "repeated_at": [{"start": 0, "end": 5, "text": "Ünder"}],
    }
    cut.save(update_fields=["details"])
    update = ArticleDetails(update_of=article)
    submit_text(article.desk, by=checker, text=f"News of today. {TEXT}", details=update)
    at = len("News of today. ") + TEXT.index(MISSED)
    changed = spans.change(cut, Span(at, at + len(MISSED), MISSED, 2), by=checker)
    assert changed.version.number == 2
    assert not {"speaker_span", "cue", "repeated_at"} & set(changed.details)


def test_a_claim_has_the_chosen_words_where_their_suggestion_has_others(
    client: Client, article: Article, checker: User
) -> None:
    [cut] = article.suggestions.all()
    words = cut.text
    spans.change(cut, span(MISSED), by=checker)
    client.force_login(checker)
    sent = vars_of(span(words)) | {"version": 1, "outcome": "claim"}
    client.post(f"/admin/sources/article/{article.pk}/spans/", sent)
    assert Claim.objects.get().text == words
