"""The table itself, and what its cases are built from: people, forged moves and one
statement.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cached_property
from typing import Any

from django.db import connection, models

from claims.choices import Action, Status
from claims.models import Claim, Evidence, Query, Suggestion, Transition, Verdict
from claims.workflow import apply
from factcheck.ledger import clock
from factcheck.newsroom import service_accounts
from factcheck.newsroom.models import Desk, User
from sources.models import Owner, Publisher
from tests import factories

Statement = Callable[[], object]
SOON = timedelta(hours=6)


class Newsroom:
    """Two desks; people and rows are made when a case first names them."""

    @cached_property
    def desk(self) -> Desk:
        return factories.desk("Metro")

    @cached_property
    def elsewhere(self) -> Desk:
        return factories.desk("Sports")

    @cached_property
    def checker(self) -> User:
        return factories.person("checker", self.desk, "checker")

    @cached_property
    def second_checker(self) -> User:
        return factories.person("second_checker", self.desk, "checker")

    @cached_property
    def editor(self) -> User:
        return factories.person("editor", self.desk, "editor")

    @cached_property
    def second_editor(self) -> User:
        return factories.person("second_editor", self.desk, "editor")

    @cached_property
    def outsider(self) -> User:
        return factories.person("outsider", self.elsewhere, "editor")

    @cached_property
    def service(self) -> User:
        return service_accounts.create(self.desk, by=None, name="Content system")[0]

    @cached_property
    def suggestion(self) -> Suggestion:
        return factories.article_read(self.checker).suggestions.order_by("part", "rank")[0]

    def claim(self) -> Claim:
        return factories.claim(self.checker)

    def ready(self) -> Claim:
        return factories.ready(self.checker)

    def submitted(self) -> Claim:
        return factories.submitted(self.checker)

    def approved(self) -> Claim:
        return factories.approved(self.checker, self.editor)

    def published(self) -> Claim:
        return factories.published(self.checker, self.editor)

    def evidence(self) -> Evidence:
        claim = self.claim()
        apply(claim, Action.TAKE, by=self.checker)
        return factories.evidence(claim, self.checker)

    def known_elsewhere(self) -> Publisher:
        """Somebody who talked to the other desk alone."""
        owner = Owner.objects.create(name="Ola Moen", desk=self.elsewhere)
        return Publisher.objects.create(name="Ola Moen", owner=owner, desk=self.elsewhere)

    def has_a_night(self) -> None:
        Desk.objects.filter(pk=self.desk.pk).update(night_from=time(23), night_until=time(6))


@dataclass(frozen=True, slots=True)
class Case:
    """`build` makes the rows and returns the one statement that must be refused. `also`
    names the guards that would refuse that statement too, were this one not there.
    """

    build: Callable[[Newsroom], Statement]
    also: tuple[str, ...] = ()


CASES: dict[str, Case] = {}


def refused_by(
    guard: str, *, also: tuple[str, ...] = ()
) -> Callable[[Callable[[Newsroom], Statement]], Callable[[Newsroom], Statement]]:
    def enter(build: Callable[[Newsroom], Statement]) -> Callable[[Newsroom], Statement]:
        if guard in CASES:
            raise ValueError(f"{guard} has a case already.")
        CASES[guard] = Case(build, also)
        return build

    return enter


def sql(statement: str, *values: Any) -> Statement:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


def update(row: models.Model, **values: Any) -> Statement:
    return lambda: type(row)._default_manager.filter(pk=row.pk).update(**values)


def insert(row: models.Model) -> Statement:
    return lambda: type(row)._default_manager.bulk_create([row])


def delete(row: models.Model) -> Statement:
    return sql(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)


def another(row: Any, **values: Any) -> Any:
    """A row like this one that is not written yet."""
    made = type(row)(
        **{
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if not field.primary_key
        }
    )
    if hasattr(row, "public_id"):
        made.public_id = uuid.uuid4()
    for name, value in values.items():
        setattr(made, name, value)
    return made


def move(claim: Claim, action: Action, to: Status, by: User, **values: Any) -> Transition:
    """The next move of a claim as a row that is not written yet; the claim itself
    stays.
    """
    claim.refresh_from_db()
    return Transition(
        claim=claim,
        number=claim.moves + 1,
        action=action,
        from_status=claim.status,
        to_status=to,
        by=by,
        at=clock.now(),
        entry_point="command",
        **values,
    )


def forged(claim: Claim, action: Action, to: Status, by: User, **values: Any) -> None:
    move(claim, action, to, by, **values).save()


def arrive(claim: Claim, status: Status, **values: Any) -> Statement:
    """The claim goes where its newest move says."""
    return update(claim, status=status, moves=claim.moves + 1, **values)


def working(claim: Claim) -> Verdict:
    return claim.verdicts.order_by("-number")[0]


def approve(claim: Claim, by: User, **values: Any) -> Statement:
    """The approval of a submitted verdict, by a move that is written down already."""
    verdict = working(claim)
    digest = verdict.content_hash
    forged(claim, Action.APPROVE, Status.APPROVED, by, content_hash=digest)
    return update(verdict, **approval(by, digest, **values))


def approval(by: User, digest: str, **values: Any) -> dict[str, Any]:
    signed = {"approver": by, "approver_hash": digest, "approver_signed_at": clock.now()}
    return {
        "state": "approved",
        "sources_needed": 2,
        "independent_sources": 2,
        **signed,
        **values,
    }


def publish(claim: Claim, by: User) -> Statement:
    """The publication of an approved verdict, by a move that is written down
    already.
    """
    verdict, now = working(claim), clock.now()
    forged(claim, Action.PUBLISH, Status.PUBLISHED, by, content_hash=verdict.content_hash)
    return update(
        verdict, state="published", published_at=now, published_by=by, first_published_at=now
    )


def approved_by_night(room: Newsroom) -> Verdict:
    """Two checkers signed it, and no editor has looked at it yet."""
    room.has_a_night()
    claim = room.submitted()
    approve(claim, room.second_checker, by_night=True)()
    arrive(claim, Status.APPROVED)()
    return working(claim)


def ask(claim: Claim, by: User, **values: Any) -> Query:
    return Query.objects.create(claim=claim, opened_by=by, opened_at=clock.now(), **values)
