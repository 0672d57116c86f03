"""Every rule tried over HTTP by every role in every relation, on the own desk: who may
not is refused, and who may is not.
"""

import pytest
from django.core.cache import cache
from django.test import Client

from claims.models import Claim
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.choices import PEOPLE_ROLES
from sources.models import Article
from tests.project.api import Api
from tests.project.matrix import REFUSED, RELATIONS, Stage, allowed, stage_of, to_try, written

# Open to some of those who are refused elsewhere, for another reason: what they may is
# a part of the page.
ALSO_OPEN = {
    ("query.view", "legal", "counsel"),
    ("query.view", "legal", "opener"),
}  # queries of what is shared with them


@pytest.mark.django_db
@pytest.mark.parametrize("relation", RELATIONS)
def test_every_forbidden_entry_point_refuses_and_the_others_do_not(relation: str) -> None:
    stage, cells = stage_of(relation), allowed()
    wrong: list[str] = []
    for role in map(str, PEOPLE_ROLES):
        cache.clear()
        person = stage.put_in(role)
        api, page = Api(person).client, Client()
        page.force_login(person)
        # With the entry of the token; from here on nothing may stay.
        before = _all_that_may_change(stage)
        for cell in (one for one in to_try(relation) if one.role == role):
            # Who is asked sent the article in, too.
            may_do = cells[cell.action, role, relation] or (
                relation == "asked" and cells[cell.action, role, "submitter"]
            )
            with written() as statements:
                status = cell.entry_point.status_for(api, page, stage)
            if may_do and status == 403:
                wrong.append(f"{cell}: {status}, though they may")
            if not may_do and (cell.action, role, relation) not in ALSO_OPEN:
                wrong += [f"{cell}: {status}"] if status not in REFUSED else []
                if statements and _all_that_may_change(stage) != before:
                    wrong.append(f"{cell}: {status}, and something changed")
    assert not wrong, "\n".join(wrong)


def _all_that_may_change(stage: Stage) -> list[object]:
    claim = Claim.objects.filter(pk=stage.claim.pk).values().get()
    return [
        claim,
        list(stage.claim.verdicts.values()),
        stage.claim.moves,
        AuditEntry.objects.count(),
        Claim.objects.count(),
        Article.objects.count(),
    ]
