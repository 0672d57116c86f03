"""Every number of the home screen is the number of rows of the list that it links to,
for each role, with a bit of everything on the desk and on another one.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.choices import Action
from claims.desk.queries import Question, open_query
from claims.evidence.source_changes import detect, log_changes
from claims.intake.triage import accept
from claims.models import Claim, ScheduledPublication
from claims.publication.rechecks import request_rechecks
from claims.publication.repetitions import RepetitionDetails, add
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.newsroom import home_panels
from factcheck.newsroom.choices import Role
from factcheck.newsroom.models import Desk, Membership, User
from sources.ingest import cite, submit_url
from sources.models import ArticleFetch, Link
from tests import factories

ROLES = tuple(role.value for role in Role)
# A checker of one desk who is an auditor of another sees claims that are not theirs to
# take.
MIXED = "checker_and_auditor"
NEW_TEXT = "The page says something else."
LISTS = ("/admin/sources/article/", "/admin/sources/link/", "/admin/claims/claim/")


def _team(desk: Desk, prefix: str) -> dict[str, User]:
    people = {role: factories.person(f"{prefix}_{role}", desk, role) for role in ROLES}
    return {
        **people,
        MIXED: factories.person(f"{prefix}_mixed", desk, "checker"),
        "second": factories.person(f"{prefix}_second", desk, "editor"),
    }


def _by_night(desk: Desk, author: User, signer: User) -> None:
    now = clock.now()
    hours = {"night_from": now - timedelta(hours=1), "night_until": now + timedelta(hours=1)}
    Desk.objects.filter(pk=desk.pk).update(**{name: at.time() for name, at in hours.items()})
    apply(factories.submitted(author), Action.APPROVE_AND_PUBLISH, by=signer)
    Desk.objects.filter(pk=desk.pk).update(night_from=None, night_until=None)


def _fill(desk: Desk, people: dict[str, User]) -> None:
    """One of everything that a panel counts, and a few of some."""
    checker, editor, mixed = people["checker"], people["editor"], people[MIXED]
    late = factories.ready(checker, text="Late and lost")
    factories.evidence(late, checker, quote="words nobody wrote")
    Claim.objects.filter(pk=late.pk).update(due_at=clock.now() - timedelta(hours=2))
    for _ in range(2):
        factories.claim(checker)
        factories.submitted(mixed)
    returned = factories.submitted(checker)
    apply(returned, Action.REQUEST_CHANGES, by=editor, data=factories.note("Name the year."))
    published = factories.published(mixed, editor)
    request_rechecks(published.verdicts.get(), by=editor, note="It cites an old table.")
    for claim in (published, factories.published(checker, editor)):
        item = claim.evidence.all().active()[0]
        log_changes(detect(item.link, factories.captured(item.link, NEW_TEXT)))
        add(claim, by=checker, details=_repeated())
    Link.objects.filter(evidence__claim=published).update(
        dead_since=clock.now(), failing_since=clock.now(), state="gone"
    )
    factories.correcting(checker, editor)
    factories.retracted(checker, people["second"])
    duplicate = factories.claim(checker)
    for claim in (late, returned, duplicate):
        for text in (f"Whose is this, @{checker} and @{editor}?", f"And that, @{checker}?"):
            open_query(claim, by=mixed, question=Question(text=text, blocking=True))
    factories.merged(duplicate, late, editor)
    open_query(returned, by=editor, question=Question(text="May we say so?", sign_off=True))
    planned = factories.approved(checker, editor)
    moment = clock.now() + timedelta(hours=1)
    apply(planned, Action.SCHEDULE, by=editor, data=MoveData(at=moment))
    ScheduledPublication.objects.update(job_state="failed", next_attempt_at=None)
    _by_night(desk, checker, mixed)
    accept(factories.article_read(checker).suggestions.first(), by=checker)
    text = "The mayor said that 512 trees were planted in 2024, and 300 in 2023.\n"
    factories.article_read(people["reporter"], desk, text)
    submit_url(desk, by=people["reporter"], url="https://paper.example/gone")
    ArticleFetch.objects.update(job_state="failed")
    unchecked = cite("https://mills.example/register", desk=desk, by=checker)
    Link.objects.filter(pk=unchecked.pk).update(job_state="failed", next_attempt_at=None)


def _repeated() -> RepetitionDetails:
    return RepetitionDetails(
        claimant=factories.claimant("Ole Brandt"),
        stated_date=clock.now().date(),
        words="Twice as many, I tell you.",
        appearance_url="https://radio.example/noon",
    )


@pytest.fixture
def people(desk: Desk) -> dict[str, User]:
    other = factories.desk("Sports")
    here, there = _team(desk, "a"), _team(other, "b")
    _fill(desk, here)
    _fill(other, there)
    Membership.objects.create(user=here[MIXED], desk=other, role="auditor")
    return here


def _numbers(answer: Any) -> list[tuple[str, int, str]]:
    """(what, number, address) of every panel and of every line that is a number."""
    panels = answer.context["panels"]
    heads = [(panel.title, panel.count, panel.url) for panel in panels if panel.count]
    lines = [
        (row.text, row.text.split()[0], row.url)
        for panel in panels
        for row in panel.rows
        if row.url.split("?")[0] in LISTS and not panel.count
    ]
    return [(what, int(number), url) for what, number, url in (*heads, *lines)]


def test_every_number_is_the_number_of_its_list(client: Client, people: dict[str, User]) -> None:
    wrong, seen = [], set()
    for name, person in people.items():
        client.force_login(person)
        for what, number, url in _numbers(client.get("/admin/")):
            listed = client.get(url)
            rows = listed.context["cl"].result_count if listed.status_code == 200 else listed
            seen.add(re.sub(r"^[0-9]+ ", "", what))
            if rows != number:
                wrong.append((name, what, number, rows))
    assert wrong == []
    assert len(seen) == 26, sorted(seen)


def test_the_number_of_queries_is_the_same_for_two_rows_and_for_many(
    client: Client, people: dict[str, User], desk: Desk
) -> None:
    found = {}
    for name in ("checker", "editor"):
        client.force_login(people[name])
        client.get("/admin/")
        with CaptureQueriesContext(connection) as few:
            client.get("/admin/")
        found[name] = len(few)
    for _ in range(12):
        factories.claim(people["checker"])
        factories.ready(people["checker"])
        factories.submitted(people["checker"])
    for name, before in found.items():
        client.force_login(people[name])
        client.get("/admin/")
        with CaptureQueriesContext(connection) as many:
            client.get("/admin/")
        assert (len(many), before <= 25) == (before, True), name


def test_a_desk_with_very_many_is_told_so(
    client: Client, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home_panels, "MOST_COUNTED", 1)
    client.force_login(people["checker"])
    assert "more than 1 in all" in client.get("/admin/").content.decode()


def test_nothing_of_it_is_told_to_another_desk(client: Client, people: dict[str, User]) -> None:
    client.force_login(factories.person("stranger", factories.desk("Culture"), *ROLES))
    answer = client.get("/admin/")
    assert _numbers(answer) == []
    assert "Late and lost" not in answer.content.decode()
