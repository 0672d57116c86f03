"""An admin invites a colleague, who chooses a password; locks the account, and sends a
reset link: on a desk and on a phone.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.newsroom.models import Desk, User
from tests.browser.conftest import DESKTOP, PHONE, no_serious_barriers
from tests.letters import CHOSEN, arrived, link_in

ADDRESS = "newcomer@news.example"


def _choose(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", name="Choose your password")).to_be_visible()
    no_serious_barriers(page)
    page.locator("#id_new_password1").fill(CHOSEN)
    page.locator("#id_new_password2").fill(CHOSEN)
    page.get_by_role("button", name="Set password").click()
    expect(page.get_by_text("Your password is set")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_colleague_is_invited_locked_and_reset(
    admin_person: User, desk: Desk, open_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    admin, own = open_page("admin_person", size), open_page("", size)
    admin.goto("/admin/newsroom/user/add/")
    admin.get_by_label("Username").fill("newcomer")
    admin.get_by_label("Email address").fill(ADDRESS)
    admin.locator("#id_desk").select_option(label="Metro")
    admin.locator("#id_role").select_option(label="checker")
    no_serious_barriers(admin)
    admin.get_by_role("button", name="Send invitation").click()
    expect(admin.locator(".state", has_text="Invitation not sent yet")).to_be_visible()

    _choose(own, link_in(arrived(ADDRESS)[-1]))
    no_serious_barriers(own)
    own.get_by_label("Username or email").fill("newcomer")
    own.get_by_label("Password", exact=True).fill(CHOSEN)
    own.get_by_role("button", name="Sign in", exact=True).click()
    expect(own.get_by_role("heading", name="Desk", exact=True)).to_be_visible()

    admin.reload()
    admin.get_by_role("link", name="newcomer").click()
    expect(admin.locator(".state", has_text="Active")).to_be_visible()
    no_serious_barriers(admin)
    admin.get_by_role("button", name="Lock account").click()
    expect(admin.get_by_text("is locked, and signed out everywhere")).to_be_visible()
    no_serious_barriers(admin)
    own.reload()
    expect(own.get_by_role("heading", name="Sign in")).to_be_visible()

    admin.get_by_role("button", name="Unlock account").click()
    admin.get_by_role("button", name="Send reset link").click()
    expect(admin.get_by_text("The link is on its way to newcomer")).to_be_visible()
    link = link_in(arrived(ADDRESS)[-1])
    _choose(own, link)
    own.goto(link)
    expect(own.get_by_role("heading", name="This link no longer works")).to_be_visible()
    no_serious_barriers(own)
    assert User.objects.get(username="newcomer").is_active
