"""Whoever reviews a verdict sees what changed since they signed it or sent it back,
since the last signature, and since what readers have: part by part and word by word.
"""

from django.test import Client
from django.urls import reverse

from claims.admin.workbench.changes import shown_changes
from claims.choices import Action
from claims.desk.content_changes import content_changes
from claims.evidence.attaching import withdraw
from claims.models import Claim, SignedContent
from claims.rules.content import active_evidence, build_content, working_verdict
from claims.verdicts.signed_contents import earlier_contents
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories

RATING = {"name": "False", "definition": "It is not so."}
ITEM = {
    "id": "1",
    "number": 1,
    "publisher": "Statistics Office",
    "stance": "refutes",
    "quote": "It fell by a tenth.",
    "capture": {"title": "Table 4", "at": "2026-05-03T09:12:00.000000Z"},
}


def _told(before: dict[str, object], after: dict[str, object]) -> dict[str, list[str]]:
    return {
        f"{part.label} {part.kind.value}": [
            f"{field.label}: " + "|".join(f"{one.kind.value} {one.text}" for one in field.pieces)
            for field in part.fields
        ]
        for part in content_changes(before, after)
    }


def test_each_part_says_what_became_of_it() -> None:
    other = ITEM | {"id": "2", "number": 2, "publisher": "Ministry", "quote": "Half."}
    reply = {"person": "A. Minister", "sent_at": "2026-05-02T09:00:00Z", "outcome": "open"}
    before = {
        "claim": "Unemployment halved.",
        "rating": RATING,
        "as_of_date": "2026-05-03",
        "evidence": [ITEM, other],
        "replies": [reply],
    }
    after = before | {
        "claim": "Unemployment nearly halved.",
        "rating": None,
        "as_of_date": "2026-05-04",
        "evidence": [ITEM | {"quote": "It fell by a fifth."}, other | {"id": "3"}],
        "replies": [reply | {"outcome": "answered", "answer": "No."}],
    }
    assert content_changes(before, before) == []
    told = _told(before, after)
    assert told.pop("Evidence 2: Ministry added")[0] == "Publisher: added Ministry"
    assert told.pop("Evidence 2: Ministry removed")[0] == "Publisher: removed Ministry"
    assert told == {
        "Claim same": ["Claim: same Unemployment |added nearly|same  halved."],
        "Rating removed": ["Rating: removed False (It is not so.)"],
        "As of same": ["As of: removed 3 May 2026|added 4 May 2026"],
        "Evidence 1: Statistics Office same": [
            "Quote: same It fell by a |removed tenth.|added fifth."
        ],
        "Right of reply: A. Minister same": [
            "Outcome: removed awaiting reply|added answered",
            "Reply: added No.",
        ],
    }


def test_the_explanation_is_compared_as_readers_see_it() -> None:
    cases = {
        ("It fell **fast**.", "It fell **very fast**."): "<strong><ins>",
        ("One.", "One.\n\n- two\n- three"): "<li><ins>",
        ("One.\n\nTwo <i>here</i>.", "One."): "<p><del>",
        ("See [the table](https://a.example/).", "See [this table](https://b.example/)."): (
            '<a href="https://b.example/" rel="nofollow noopener"><ins>'
        ),
        ("It **fell fast**.", "It **fell slowly**."): "<strong><ins>",
    }
    for (before, after), expected in cases.items():
        (part,) = shown_changes({"explanation": before}, {"explanation": after})
        html = str(part.fields[0].html)
        assert expected in html and "<i>" not in html and "**" not in html, html
        assert html.count("<ins>") == html.count("</ins>") == html.count("[added:]")
        assert html.count("<del>") == html.count("</del>") == html.count("[removed:]")


def _since(claim: Claim, by: User) -> list[tuple[str, str, bool]]:
    claim = Claim.objects.get(pk=claim.pk)
    verdict = working_verdict(claim)
    assert verdict
    current = build_content(claim, verdict, active_evidence(claim))
    earlier = earlier_contents(claim, by=by, verdict=verdict, current=current)
    return [(str(one.by or ""), one.action, one.own) for one in earlier]


def test_a_version_is_compared_with_what_each_person_knows(
    checker: User, editor: User, second_editor: User, submitted: Claim
) -> None:
    assert _since(submitted, editor) == [], "the first signature has none before it"
    back = factories.note("Which register?")
    apply(submitted, Action.REQUEST_CHANGES, by=editor, data=back)
    factories.written(submitted, checker, answer="It planted half.")
    assert _since(submitted, checker) == [("checker", "submit", True)]
    apply(submitted, Action.SUBMIT, by=checker)
    assert _since(submitted, editor) == [("editor", "request_changes", True)]
    assert _since(submitted, second_editor) == [("checker", "submit", False)]
    assert _since(submitted, checker) == [("checker", "submit", False)]
    assert SignedContent.objects.filter(claim=submitted).count() == 2
    apply(submitted, Action.APPROVE_AND_PUBLISH, by=editor)
    correct = factories.MoveData(note="A street twice.", category="correction")
    apply(submitted, Action.CORRECT, by=editor, data=correct)
    factories.written(submitted, editor, answer="It planted a third.")
    assert _since(submitted, editor)[-1] == ("", "", False), "what readers have comes last"


def _page(client: Client, claim: Claim, by: User) -> str:
    client.force_login(by)
    return client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text


def test_the_panel_is_there_for_those_who_read_evidence(
    client: Client, checker: User, editor: User, reporter: User, submitted: Claim
) -> None:
    assert 'id="changes"' not in _page(client, submitted, editor)
    apply(submitted, Action.REQUEST_CHANGES, by=editor, data=factories.note("Which?"))
    withdraw(submitted.evidence.latest("number"), by=checker)
    factories.evidence(submitted, checker)
    factories.written(submitted, checker, answer="It planted half.")
    apply(submitted, Action.SUBMIT, by=checker)
    changes = _page(client, submitted, editor).split('id="changes"')[1].split("</section>")[0]
    assert "Since you requested changes" in changes and "3 changes" in changes
    assert "[removed:] </span>fewer." in changes and "[added:] </span>half." in changes
    assert "Evidence 2" in changes and ">removed<" in changes and ">added<" in changes
