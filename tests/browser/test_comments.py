"""Words selected in the preview become a comment with one press."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Query
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
SELECT = """(words) => {
  const node = document.createTreeWalker(
    document.querySelector("#reader .explanation"), NodeFilter.SHOW_TEXT
  );
  while (node.nextNode()) {
    const at = node.currentNode.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(node.currentNode, at, node.currentNode, at + words.length);
    return;
  }
}"""


def test_selected_words_are_commented_and_marked(
    checker: User, editor: User, open_page: Callable[..., Page]
) -> None:
    claim = factories.submitted(checker)
    page = open_page("editor", PHONE)
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    page.evaluate(SELECT, "register of trees")
    page.locator(".comment-here").click()
    expect(page.get_by_label("Words")).to_have_value("register of trees")
    expect(page.locator("#comment-text")).to_be_focused()
    page.keyboard.type("Which one?")
    page.locator("#comment").get_by_role("button", name="Comment").click()
    mark = page.locator("#reader mark")
    expect(mark).to_have_text("register of trees")
    assert (Query.objects.get().start, Query.objects.get().opened_by) == (4, editor)
    page.locator("#reader .comment-mark").click()
    expect(page.locator("#comments .item:target")).to_contain_text("Which one?")
