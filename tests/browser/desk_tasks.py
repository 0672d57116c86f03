"""Keystrokes and clicks of the ten daily tasks, here and in Django's own admin: the
table of docs/desk-tasks.md. Not part of the suite; run it with

    python3 quickstart.py test -n 0 -s tests/browser/desk_tasks.py

Ours is walked in a browser, each step by the mouse, and counted twice: as clicks (a
choice in a select is two), and as keystrokes: the shortcut if there is one, else the
Tabs from where the focus is (the shorter way round) and Enter. Typed words count for
neither. Django's own is walked by its forms as it makes them of our models.
"""

import sys
from collections.abc import Callable

import pytest
from django import forms
from django.apps import apps
from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest
from django.test import RequestFactory
from playwright.sync_api import Locator, Page, expect

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.claims import triage_cases

pytestmark = pytest.mark.django_db(transaction=True)
DISTANCE = """(target) => {
  const all = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter((one) => !one.disabled && one.checkVisibility() && one.tabIndex >= 0)
    .filter((one) => one === target || one.type !== "radio" || one.checked
      || one === document.querySelector(`[type=radio][name="${one.name}"]`));
  const at = all.indexOf(document.activeElement);
  return Math.abs(all.indexOf(target) - at);
}"""


class Walk:
    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, place: Locator, keys: int = 0) -> None:
        """`keys`: how many the shortcut has; without one, Tabs and Enter."""
        self._count(place, 1, keys)
        place.click()

    def fill(self, place: Locator, text: str, keys: int = -1) -> None:
        self._count(place, 1, keys, press=0)
        place.fill(text)

    def choose(self, place: Locator, value: str | None = None, keys: int = 0) -> None:
        """In a select: opened and chosen by the mouse; by keys, one more letter. The
        focus stays there.
        """
        self._count(place, 2, keys)
        if value:
            place.focus()
            place.select_option(value)

    def _count(self, place: Locator, clicks: int, keys: int, press: int = 1) -> None:
        self.clicks += clicks
        # keys < 0: the focus is there already, or comes with the step before
        if keys > 0:
            self.keys += keys
        else:
            place.wait_for(state="visible")
            self.keys += place.evaluate(DISTANCE) + press


Step = tuple[str, str, list[str]]


# Ours.


def _link(page: Page, name: object) -> Locator:
    return page.get_by_role("link", name=str(name)).first


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True).first


def _open(walk: Walk, claim: Claim) -> None:
    """From home or the list: `j` to its row, Enter."""
    rows = walk.page.locator("#result_list th a, #content ul.rows > li > a.what")
    expect(rows.filter(has_text=str(claim)).first).to_be_visible()
    at = [row.strip() for row in rows.all_inner_texts()].index(str(claim))
    walk.click(rows.nth(at), keys=at + 2)
    expect(walk.page.get_by_role("heading", name=str(claim)).first).to_be_visible()


def _search(walk: Walk, claim: Claim) -> None:
    walk.fill(walk.page.locator("#search-everywhere"), str(claim), keys=1)  # /
    walk.page.keyboard.press("Enter")
    walk.keys += 1
    walk.click(walk.page.locator(".found a.what").first, keys=2)  # j, Enter


# The rows that each task writes, as forms of Django's own admin: what a person would
# set by hand, without the columns that only machines fill.
CLAIM = ["desk", "text", "claimant", "language"]
MOVE = ["claim", "number", "action", "from_status", "to_status", "by", "at_0", "at_1"]
SIGNED = ["approver", "approver_hash", "approver_signed_at_0", "approver_signed_at_1"]
DECIDED = ["state", "decided_by", "decided_at_0", "decided_at_1"]
# A least count: status and assignee of a claim are no fields of a form there, so only
# the row of the move is filled in.
STOCK: dict[str, list[Step]] = {
    "Triage an article with three suggestions": [
        ("suggestion", "row", DECIDED),
        ("claim", "add", [*CLAIM, "suggestion"]),
        *[("suggestion", "row", [*DECIDED, "decline_reason"])] * 2,
    ],
    "Take the next claim": [("transition", "add", MOVE)],
    "Assign a claim, with a deadline": [
        ("claim", "row", ["due_at_0", "due_at_1"]),
        ("transition", "add", MOVE),
    ],
    "Add evidence, with its capture": [
        ("link", "add", ["desk", "url"]),
        ("evidence", "add", ["claim", "number", "link", "stance", "quote", "added_by"]),
    ],
    "Write the verdict": [
        (
            "verdict",
            "add",
            ["claim", "number", "rating", "quote_accuracy", "short_answer", "explanation"],
        ),
    ],
    "Ask a query and answer it": [
        ("query", "add", ["claim", "opened_by"]),
        *[("querymessage", "add", ["query", "by", "text"])] * 2,
    ],
    "Send back": [("transition", "add", [*MOVE, "note"])],
    "Approve and publish": [
        (
            "verdict",
            "row",
            ["state", *SIGNED, "published_at_0", "published_at_1", "published_by"],
        ),
        *[("transition", "add", MOVE)] * 2,
    ],
    "Open a correction": [
        (
            "verdict",
            "add",
            ["claim", "number", "corrects", "category", "what_was_wrong", "opened_at_0"],
        ),
        ("transition", "add", [*MOVE, "note"]),
    ],
    # A plain ModelAdmin has no search: a row of the first page.
    "Find a claim by its words": [("claim", "find", [])],
}


def test_count_the_ten_tasks(
    open_page: Callable[..., Page],
    checker: User,
    editor: User,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ours = _ours(open_page, checker, editor)
    with capsys.disabled():
        for name, walk in ours.items():
            keys, clicks = stock(STOCK[name])
            sys.stdout.write(f"\n| {name} | {walk.keys} | {walk.clicks} | {keys} | {clicks} |")


def stock(steps: list[Step]) -> tuple[int, int]:
    """The least keys and clicks in Django's own admin, from its forms: the list,
    the row or “Add”, each field that is set, Save. Tab passes every field before Save.
    """
    keys = clicks = 0
    for name, kind, wanted in steps:
        keys, clicks = keys + 2, clicks + 2
        if kind == "find":
            continue
        model = next(one for one in apps.get_models() if one._meta.model_name == name)
        form = ModelAdmin(model, AdminSite()).get_form(_request(), None)
        widgets = {
            part: field
            for label, field in form.base_fields.items()
            for part in ([f"{label}_0", f"{label}_1"] if _is_split(field) else [label])
        }
        chosen = [isinstance(widgets[one], forms.ChoiceField) for one in wanted]
        keys += len(widgets) + 1
        clicks += sum(2 if select else 1 for select in chosen) + 1
    return keys, clicks


def _is_split(field: forms.Field) -> bool:
    return isinstance(field, forms.SplitDateTimeField)


def _request() -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = User(is_active=True, is_staff=True, is_superuser=True)
    return request


def _ours(open_page: Callable[..., Page], checker: User, editor: User) -> dict[str, Walk]:
    factories.scale()
    found: dict[str, Walk] = {}

    def begin(name: str, who: str) -> tuple[Walk, Page]:
        page = open_page(who)
        found[name] = Walk(page)
        return found[name], page

    sentences = [f"The office of Port Evers counted {n} boats in 2025." for n in (410, 37, 12)]
    article = triage_cases.article(checker, "\n\n".join(sentences))
    for rank, words in enumerate(sentences):
        triage_cases.suggestion(article, words, rank=rank, score=str(0.9 - rank / 10))
    triage_cases.read(article)
    walk, page = begin("Triage an article with three suggestions", "checker")
    walk.click(_link(page, article), keys=4)  # g t, j, Enter
    walk.click(_button(page, "Accept"), keys=2)  # j, a
    expect(page.locator(".card.accepted")).to_be_visible()
    for _twice in range(2):
        card = page.locator(".card.proposed").first
        walk._count(card, 0, 1)  # the digit of the reason
        card.locator("details.decline summary").click()
        walk.clicks += 1
        card.locator("[name=reason]").select_option("trivial")
        walk.clicks += 2
        card.locator("details.decline button").first.click()
        walk.clicks += 1
        expect(page.locator(".card.declined")).to_have_count(_twice + 1)

    next_one = factories.claim(checker)
    walk, page = begin("Take the next claim", "checker")
    walk.click(_button(page, "Take next"), keys=1)  # t
    expect(page.get_by_text("You took this claim.")).to_be_visible()

    free = factories.claim(checker)
    walk, page = begin("Assign a claim, with a deadline", "editor")
    _open(walk, free)
    walk.click(page.locator("#move-assign summary"), keys=2)  # m, Enter
    walk.choose(page.locator("#assign-assignee"), str(checker.pk))
    walk.fill(page.locator("#assign-due_at"), "2027-01-01T17:00")
    walk.click(page.locator("#move-assign button"))
    expect(page.get_by_text("in progress").first).to_be_visible()

    working = factories.claim(checker)
    apply(working, Action.TAKE, by=checker)
    walk, page = begin("Add evidence, with its capture", "checker")
    _open(walk, working)
    source = page.locator("#source")
    walk.fill(source.get_by_label("URL"), "https://board.example/yearbook", keys=1)  # s
    walk.click(source.get_by_label("refutes the claim"))
    walk.fill(source.get_by_label("Quote"), "401 boats")
    walk.click(_button(page, "Attach"))
    expect(page.get_by_text("Evidence 1 attached.")).to_be_visible()

    walk, page = begin("Write the verdict", "checker")
    _open(walk, working)
    walk.click(page.get_by_label("False").first, keys=2)  # v, Space
    walk.fill(page.get_by_label("Short answer"), "It was 401.")
    walk.fill(page.get_by_label("Explanation"), "The yearbook says so.")
    walk.click(_button(page, "Save verdict"))
    expect(page.get_by_text("Verdict saved as revision 1.")).to_be_visible()

    walk, page = begin("Ask a query and answer it", "checker")
    _open(walk, working)
    walk.click(page.get_by_text("New query", exact=True), keys=1)  # a, into the field
    page.locator("#query-text").focus()
    walk.fill(page.locator("#query-text"), "Which year?")
    walk.click(_button(page, "Open query"))
    answer = page.locator("#queries details:has-text('Reply')").first
    walk.click(answer.locator("summary"), keys=1)  # r, into the field
    answer.locator("textarea").focus()
    walk.fill(answer.locator("textarea"), "2025.")
    walk.click(answer.get_by_role("button", name="Send"))

    returned = factories.submitted(checker, text="Send this one back.")
    walk, page = begin("Send back", "editor")
    _open(walk, returned)
    walk.click(page.locator("#move-request_changes summary"), keys=1)  # b, into the field
    page.locator("#request_changes-note").focus()
    walk.fill(page.locator("#request_changes-note"), "Name the year.")
    walk.click(page.locator("#move-request_changes button"))
    expect(page.get_by_text("in progress").first).to_be_visible()

    signed = factories.submitted(checker, text="Publish this one.")
    walk, page = begin("Approve and publish", "editor")
    _open(walk, signed)
    walk.click(_link(page, "Approve and publish"), keys=2)  # m, Enter
    walk.click(_button(page, "Approve and publish"), keys=2)  # m, Enter
    expect(page.get_by_text("published").first).to_be_visible()

    walk, page = begin("Open a correction", "editor")
    _search(walk, signed)  # what is published is on nobody's home
    walk.click(page.locator("#move-correct a").first, keys=1)  # x
    walk.choose(page.locator("#correct-category"), "correction", keys=2)  # m, a letter
    walk.fill(page.locator("#correct-note"), "It counted a pier twice.")
    walk.click(page.locator("#happen button[type=submit]").first)
    expect(page.get_by_text("It counted a pier twice.").first).to_be_visible()

    walk, page = begin("Find a claim by its words", "checker")
    _search(walk, next_one)
    return found
