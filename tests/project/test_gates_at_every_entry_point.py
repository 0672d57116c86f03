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

from claims.choices import Action, QuoteAccuracy, Status
from claims.desk.conflicts_of_interest import DeclaredInterest, declare
from claims.desk.queries import Question, open_query
from claims.evidence.attaching import EvidenceDetails, withdraw
from claims.evidence.editing import EvidenceText, edit_evidence
from claims.evidence.interviews import attach_note
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.models import Claim, Rating, Transition, Verdict
from claims.publication.scheduling import publish_scheduled
from claims.publication.translations import set_original
from claims.rules.content import active_evidence, build_content
from claims.rules.independence import independent
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import GateError, MoveData, WorkflowError, apply
from factcheck.ledger import change_context, clock
from factcheck.newsroom.choices import GrantKind
from factcheck.newsroom.models import AccessGrant, User
from tests import factories
from tests.claims.test_interview_notes import secret
from tests.claims.times import Clock, times
from tests.project.api import Api

__all__ = ["times"]
pytestmark = pytest.mark.django_db
COLUMNS = ("form", "bulk", "api", "command", "worker", "orm", "sql")


@dataclass(frozen=True)
class People:
    checker: User
    editor: User
    second: User


@dataclass(frozen=True)
class Gate:
    """`make` gives a claim in review or approved, `breaks` takes one thing from it;
    `held` by the database itself as well.
    """

    code: str
    make: Callable[[People], Claim]
    breaks: Callable[[Claim, People], object]
    held: bool = True


def _review(who: People) -> Claim:
    return factories.submitted(who.checker)


def _approved(who: People) -> Claim:
    return factories.approved(who.checker, who.editor)


def _own(who: People) -> Claim:
    return factories.submitted(who.editor)


def _translation(who: People) -> Claim:
    claim = factories.ready(who.checker)
    set_original(
        claim, by=who.checker, original=factories.published(who.checker, who.editor), language="sv"
    )
    apply(claim, Action.SUBMIT, by=who.checker)
    apply(claim, Action.APPROVE, by=who.editor)
    return claim


def _words(
    claim: Claim, who: People, quote_accuracy: str = QuoteAccuracy.ACCURATE, **more: str
) -> None:
    fields = {
        "short_answer": "It planted fewer.",
        "explanation": "The register of trees shows it.",
        **more,
    }
    write_verdict(
        claim,
        by=who.editor,
        details=VerdictDetails(rating=factories.rating(), quote_accuracy=quote_accuracy, **fields),
    )


def _named(claim: Claim, who: People) -> None:
    edit_claim(
        claim,
        by=who.editor,
        words=ClaimEdit(claim.text, factories.claimant("Mira Halloway"), None, "", None),
    )


def _asked_nobody(claim: Claim, who: People) -> None:
    _named(claim, who)
    _words(claim, who)
    Rating.objects.filter(pk=factories.rating().pk).update(needs_reply=True)


def _misquoted(claim: Claim, who: People) -> None:
    item = active_evidence(claim)[0]
    edit_evidence(item, by=who.editor, words=EvidenceText("refutes", "Nobody said this.", "", ""))


def _separation_of_duties(claim: Claim, who: People) -> None:
    now = clock.now()
    AccessGrant.objects.create(
        user=who.checker,
        by=who.editor,
        what=GrantKind.PASSWORD,
        at=now,
        blocks_until=now + timedelta(days=30),
    )


def _interested(claim: Claim, who: People) -> None:
    owner = active_evidence(claim)[0].link.publisher.owner
    declare(
        by=who.checker, declaration=DeclaredInterest(about="My sister runs it.", owner=owner.name)
    )


def _asks(claim: Claim, who: People) -> None:
    open_query(claim, by=who.second, question=Question("Which year is this?", blocking=True))


def _asks_legal(claim: Claim, who: People) -> None:
    factories.person("lawyer", claim.desk, "legal")
    open_query(claim, by=who.editor, question=Question("May we say so?", sign_off=True))


def _names_a_source(claim: Claim, who: People) -> None:
    _words(claim, who, short_answer="Zelda Quince-Marrow says so.")
    attach_note(
        claim,
        by=who.editor,
        note=secret(),
        item=EvidenceDetails(url="", stance="context", finding="It fits."),
    )


def _takes_back(claim: Claim, who: People) -> None:
    if claim.translation_of:
        apply(
            claim.translation_of,
            Action.RETRACT,
            by=who.editor,
            data=factories.note("It was misread."),
        )


def _embargoed(claim: Claim, who: People) -> None:
    Claim.objects.filter(pk=claim.pk).update(embargo_until=clock.now() + timedelta(days=2))


GATES = (
    Gate("short_answer", _review, lambda claim, who: _words(claim, who, short_answer="")),
    Gate("quote_accuracy", _review, _named),
    Gate(
        "evidence", _review, lambda claim, who: withdraw(active_evidence(claim)[0], by=who.editor)
    ),
    Gate("quote", _review, _misquoted),
    Gate("reply", _review, _asked_nobody),
    Gate("query", _approved, _asks),
    Gate("sign_off", _approved, _asks_legal),
    Gate("interest", _approved, _interested),
    Gate("second_person", _own, lambda claim, who: None),
    Gate("separation_of_duties", _review, _separation_of_duties),
    Gate(
        "signature", _review, lambda claim, who: _words(claim, who, short_answer="It planted none.")
    ),
    Gate(
        "content_hash",
        _approved,
        lambda claim, who: Verdict.objects.filter(claim=claim).update(explanation="Other."),
        held=False,
    ),
    Gate("embargo", _approved, _embargoed),
    Gate("source_protection", _review, _names_a_source, held=False),
    Gate("translation", _translation, _takes_back),
)


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
