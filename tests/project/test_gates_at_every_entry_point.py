"""Every gate at every entry point to a published verdict: form, bulk action, API,
command, worker, ORM and plain SQL.

Each row is one claim that lacks one thing. Run with -s to see the table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test import Client

from claims.choices import Action, Status
from claims.models import Claim, Transition
from claims.publication.scheduling import publish_scheduled
from claims.rules.content import active_evidence, build_content
from claims.rules.independence import independent
from claims.workflow import GateError, MoveData, WorkflowError, apply
from factcheck.ledger import change_context, clock
from factcheck.newsroom.models import User
from tests import factories
from tests.claims.times import Clock, times
from tests.project.api import Api
from tests.project.gate_cases import GATES, Gate, People

__all__ = ["times"]
pytestmark = pytest.mark.django_db
COLUMNS = ("form", "bulk", "api", "command", "worker", "orm", "sql")


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.code)
def test_it_is_shut_at_each(
    client: Client, times: Clock, checker: User, editor: User, second_editor: User, gate: Gate
) -> None:
    who = People(checker, editor, second_editor)
    claim = gate.make(who)
    approved = claim.status == Status.APPROVED
    if approved:
        apply(claim, Action.SCHEDULE, by=editor, data=MoveData(at=clock.now() + timedelta(hours=1)))
    gate.breaks(claim, who)
    before = (claim.status, claim.verdicts.get().state)
    fields = {}
    for column in COLUMNS:
        fields[column] = ENTRY_POINTS[column](
            Attempt(
                client,
                times,
                claim,
                gate,
                editor,
                Action.PUBLISH if approved else Action.APPROVE_AND_PUBLISH,
            )
        )
        claim = Claim.objects.get(pk=claim.pk)
        assert (claim.status, claim.verdicts.get().state) == before, (gate.code, column)
    print(f"\n{gate.code:13}", *(f"{column} {word:10}" for column, word in fields.items()), end="")  # noqa: T201 (the table is the point)


@dataclass(frozen=True)
class Attempt:
    client: Client
    times: Clock
    claim: Claim
    gate: Gate
    by: User
    action: Action


def _form(one: Attempt) -> str:
    one.client.force_login(one.by)
    claim = Claim.objects.get(pk=one.claim.pk)
    answer = one.client.post(
        f"/admin/claims/claim/{claim.pk}/move/{one.action}/", {"version": claim.version}
    )
    assert answer.status_code == 422, (one.gate.code, answer.status_code)
    return "422"


def _bulk(one: Attempt) -> str:
    """No such bulk action is offered: the form is taken for none."""
    one.client.force_login(one.by)
    chosen = {
        "_selected_action": [one.claim.pk],
        "action": one.action,
        "go": "1",
        "seen": f"{one.claim.pk}:{one.claim.version}",
    }
    one.client.post("/admin/claims/claim/", chosen)
    return "no action"


def _api(one: Attempt) -> str:
    answer = Api(one.by).post(f"claims/{one.claim.public_id}/transitions/", {"action": one.action})
    assert answer.status_code == 422 and one.gate.code in {
        error["code"] for error in answer.json()["errors"]
    }, answer.text
    return "422"


def _command(one: Attempt) -> str:
    with change_context.entry_point("command"), pytest.raises(GateError) as refused:
        apply(one.claim, one.action, by=one.by)
    assert one.gate.code in {gap.code for gap in refused.value.missing}
    return "422"


def _worker(one: Attempt) -> str:
    """At its time the worker asks every gate again; what is not approved cannot be
    planned at all.
    """
    plan = one.claim.schedules.filter(ended_at=None).first()
    if plan is None:
        with pytest.raises(WorkflowError):
            apply(
                one.claim,
                Action.SCHEDULE,
                by=one.by,
                data=MoveData(at=clock.now() + timedelta(hours=1)),
            )
        return "no plan"
    one.times.set(plan.at)
    assert publish_scheduled(plan.pk) is False
    plan.refresh_from_db()
    assert plan.failed and plan.last_error
    return "refused"


def _forged(one: Attempt, write: "Orm") -> str:
    """Rows that look right, from the author's signature to the last state: the forger
    holds both accounts.
    """
    if not one.gate.held:
        return "code alone"
    with pytest.raises(DatabaseError), transaction.atomic():
        verdict, evidence, now = one.claim.verdicts.get(), active_evidence(one.claim), clock.now()
        if one.action == Action.PUBLISH:
            _moved(write, one.claim, Action.PUBLISH, Status.PUBLISHED, one.by, verdict.content_hash)
            write.change(
                verdict,
                state="published",
                published_at=now,
                published_by=one.by,
                first_published_at=now,
            )
        else:
            content = build_content(one.claim, verdict, evidence)
            signed = {"content": content.text, "content_hash": content.hash}
            if one.gate.code != "signature":
                _moved(
                    write, one.claim, Action.SIGN, Status.IN_REVIEW, verdict.author, content.hash
                )
                write.change(one.claim, moves=one.claim.moves + 1)
                one.claim.refresh_from_db()
                signed |= {"author_hash": content.hash, "author_signed_at": now}
            write.change(verdict, **signed)
            _moved(write, one.claim, Action.APPROVE, Status.APPROVED, one.by, content.hash)
            named = {"approver": one.by, "approver_hash": content.hash, "approver_signed_at": now}
            write.change(
                verdict,
                state="approved",
                sources_needed=2,
                independent_sources=independent(evidence),
                **named,
            )
        connection.check_constraints()
    return "refused"


def _moved(write: "Orm", claim: Claim, action: Action, to: Status, by: Any, digest: str) -> None:
    write.add(
        Transition,
        claim=claim,
        number=claim.moves + 1,
        action=action,
        from_status=claim.status,
        to_status=to,
        by=by,
        at=clock.now(),
        note="",
        data={},
        content_hash=digest,
        entry_point="command",
    )


class Orm:
    def add(self, model: type[models.Model], **values: Any) -> None:
        model._default_manager.create(**values)

    def change(self, row: models.Model, **values: Any) -> None:
        type(row)._default_manager.filter(pk=row.pk).update(**values)


class Sql(Orm):
    def add(self, model: type[models.Model], **values: Any) -> None:
        columns, told = self._columns(model, values)
        self._run(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES"
            f" ({', '.join(['%s'] * len(told))})",
            told,
        )

    def change(self, row: models.Model, **values: Any) -> None:
        columns, told = self._columns(type(row), values)
        self._run(
            f"UPDATE {row._meta.db_table} SET {', '.join(f'{name} = %s' for name in columns)} WHERE"
            " id = %s",
            [*told, row.pk],
        )

    def _columns(
        self, model: type[models.Model], values: dict[str, Any]
    ) -> tuple[list[str], list[Any]]:
        fields = {
            model._meta.get_field(name): getattr(value, "pk", value)
            for name, value in values.items()
        }
        return [field.column for field in fields], [
            field.get_db_prep_save(value, connection) for field, value in fields.items()
        ]

    def _run(self, statement: str, told: list[Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, told)


ENTRY_POINTS: dict[str, Callable[[Attempt], str]] = {
    "form": _form, "bulk": _bulk, "api": _api, "command": _command, "worker": _worker,
    "orm": lambda one: _forged(one, Orm()), "sql": lambda one: _forged(one, Sql()),
}  # fmt: skip


def test_the_forgery_is_good_enough_where_nothing_is_missing(checker: User, editor: User) -> None:
    """Else the last two columns would prove nothing."""
    for write in (Orm(), Sql()):
        for claim, action in (
            (factories.submitted(checker), Action.APPROVE_AND_PUBLISH),
            (factories.approved(checker, editor), Action.PUBLISH),
        ):
            sound = Attempt(
                Client(), None, Claim.objects.get(pk=claim.pk), GATES[0], editor, action
            )  # type: ignore[arg-type]
            with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
                _forged(sound, write)
