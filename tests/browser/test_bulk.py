"""Many claims changed at once, by an editor at a desk and on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from claims.choices import Action
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import User
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE, no_serious_barriers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_many_are_assigned_the_result_saved_and_taken_back(
    open_page: Callable[..., Page], checker: User, editor: User, size: tuple[int, int]
) -> None:
    free = [factories.claim(checker, text=f"The city counted {n} quinces.") for n in (1, 2)]
    taken = factories.claim(checker, text="The city sold a quince.")
    apply(taken, Action.TAKE, by=checker)
    page = open_page("editor", size, at="/admin/claims/claim/")
    for claim in (*free, taken):
        page.locator(f'input[name="_selected_action"][value="{claim.pk}"]').check()
    page.get_by_label("Action:").select_option("assign")
    page.get_by_role("button", name="Go", exact=True).click()

    expect(page.get_by_text("2 claims will be changed.")).to_be_visible()
    expect(page.get_by_text("while the claim is in progress")).to_be_visible()
    no_serious_barriers(page)
    page.get_by_label("Assignee").select_option(str(checker.pk))
    page.locator("button.primary").click()

    rows = page.locator(".bulk-result tbody tr")
    expect(rows).to_have_count(3)
    no_serious_barriers(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    saved = Path(download.value.path()).read_text("utf-8")
    assert all(claim.text in saved for claim in (*free, taken))
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(2)
    no_serious_barriers(page)
    assert not Claim.objects.filter(pk__in=[claim.pk for claim in free], assignee=checker).exists()
