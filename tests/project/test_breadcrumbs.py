"""The way back leads over screens that people know, never over the name of an app."""

from django.test import Client

from factcheck.newsroom.models import User
from tests import factories


def test_lists_and_forms_lead_home_and_to_their_list(
    client: Client, editor: User, admin_person: User
) -> None:
    factories.claim(editor)
    pages = {
        "/admin/claims/claim/": editor,
        "/admin/sources/publisher/add/": editor,
        "/admin/newsroom/user/": admin_person,
        f"/admin/newsroom/user/{editor.pk}/change/": admin_person,
    }
    for path, who in pages.items():
        client.force_login(who)
        crumbs = client.get(path).text.split('<div class="breadcrumbs">')[1].split("</div>")[0]
        assert '<a href="/admin/">Home</a>' in crumbs, path
        for app in ("claims", "sources", "newsroom"):
            assert f'href="/admin/{app}/"' not in crumbs, path
    assert '<a href="/admin/newsroom/user/">Users</a>' in crumbs
