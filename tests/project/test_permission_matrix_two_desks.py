"""Every rule tried over HTTP by every role of another desk, in every relation: somebody
who was assigned, signed or asked here, and works elsewhere since yesterday.
"""

import pytest
from django.core.cache import cache
from django.test import Client

from factcheck.newsroom.choices import PEOPLE_ROLES
from tests import factories
from tests.project.api import Api
from tests.project.matrix import REFUSED, RELATIONS, allowed, stage_of, to_try, written

# What names a row that all desks share, and does it for one's own desk.
SHARED = {"publisher.note"}
# Refused outright, for the form names a desk of somebody else.
NAMES_A_DESK = {"saved_view.share"}


@pytest.mark.django_db
@pytest.mark.parametrize("relation", RELATIONS)
def test_no_row_of_another_desk_is_read_or_changed(relation: str) -> None:
    stage, cells = stage_of(relation), allowed()
    other = factories.desk("Sports")
    wrong: list[str] = []
    for role in map(str, PEOPLE_ROLES):
        cache.clear()
        person = stage.moved_to(other, role)
        api, page = Api(person).client, Client()
        page.force_login(person)
        before = stage.kept()
        for cell in (one for one in to_try(relation, elsewhere=True) if one.role == role):
            with written() as statements:
                status = cell.entry_point.status_for(api, page, stage)
            if cell.entry_point.names_a_row and cell.action not in SHARED:
                wrong += [f"{cell}: {status}"] if status not in REFUSED else []
            elif cell.action in NAMES_A_DESK:
                wrong += [f"{cell}: {status}"] if status != 403 else []
            elif status == 403 and cells[cell.action, role, "none"]:
                wrong.append(f"{cell}: {status}, though they may on their own desk")
            if statements and stage.kept() != before:
                wrong.append(f"{cell}: {status}, and something changed here")
    assert not wrong, "\n".join(wrong)
