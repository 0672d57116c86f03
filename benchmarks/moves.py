"""How long each move of a claim takes, and how long it makes everybody
else wait: `DATABASE_URL=… .venv/bin/python -m benchmarks.moves`.

The moves of the table are tried and taken back. `--clients` and
`--beside` are not: they write, so give them a copy of a database
(`createdb -T`). See benchmarks/moves.md.
"""

import json
import os
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from itertools import product
from statistics import median, quantiles
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

# It prepares Django, which the models below need.
import factcheck.wsgi  # noqa: F401  # isort: split
from claims.choices import Action, Category, DeclineReason, Meanwhile, Status
from claims.models import Claim
from claims.workflow import MoveData, WorkflowError, apply
from claims.workflow.errors import GateError
from claims.workflow.table import MOVES, WORKING
from factcheck.ledger import clock
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

NOTE = "Measured by benchmarks.moves."
TRIED = 100  # pairs of a claim and a person, before a move counts as impossible here
ROLES = ("editor", "checker", "admin")
REFUSALS = (WorkflowError, GateError, PermissionDenied, ValidationError, Claim.DoesNotExist)
_HEAD = '"ledger_audithead"'


@dataclass
class Cost:
    """In seconds; `held` from the lock of the audit head to the end."""

    whole: float = 0
    held: float = 0
    statements: int = 0
    after_head: int = 0
    locked_at: float = field(default=0, repr=False)

    def __call__(self, execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        answer = execute(sql, *more)
        self.statements += 1
        if self.locked_at:
            self.after_head += 1
        elif _HEAD in sql and "FOR UPDATE" in sql:
            self.locked_at = time.perf_counter()
        return answer


class _TakenBackError(Exception):
    """Ends the transaction of a move that is only measured."""


# What a seeded newsroom has nowhere: the move that leads there is taken first.
LEADS_TO = {Action.CONFIRM_RETRACTION: Action.RETRACT, Action.DROP_CORRECTION: Action.CORRECT}


@contextmanager
def measured(before: Callable[[], object]) -> Iterator[Cost]:
    """What the block costs until its transaction could commit, without
    what comes before; nothing of both stays.
    """
    cost = Cost()
    try:
        with transaction.atomic():
            before()
            begun = time.perf_counter()
            with connection.execute_wrapper(cost):
                yield cost
            with connection.cursor() as cursor:
                # What a commit would check.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            ended = time.perf_counter()
            cost.whole = ended - begun
            cost.held = ended - cost.locked_at if cost.locked_at else 0
            raise _TakenBackError
    except _TakenBackError:
        pass


def people(claim: Claim) -> list[User]:
    """One of each role and the claim's own, those who may do most first."""
    held = User.objects.filter(
        memberships__desk=claim.desk_id, memberships__role__in=ROLES, is_superuser=False
    )
    found = [user for role in ROLES for user in held.filter(memberships__role=role).distinct()[:3]]
    own = [claim.assignee] if claim.assignee else []
    return list(dict.fromkeys([*own, *found]))


def data_for(action: Action, claim: Claim, by: User) -> MoveData:
    """What the move needs, made up."""
    needs = MOVES[action].needs
    others = [one for one in people(claim) if one not in {by, claim.assignee}]
    into = Claim.objects.filter(desk=claim.desk_id, status__in=WORKING).exclude(pk=claim.pk)
    given: dict[str, Any] = {
        "note": NOTE,
        "reason": DeclineReason.NO_CAPACITY,
        "assignee": others[0] if others else None,
        "due_at": clock.now() + timedelta(days=3),
        "category": Category.values[0],
        "meanwhile": Meanwhile.values[0],
        "at": clock.now() + timedelta(days=1),
    }
    found = {name: given[name] for name in needs if name in given}
    if "into" in needs:
        found["into"] = into.order_by("pk").first()
    return MoveData(**found)


def one_move(action: Action, times: int) -> list[Cost]:
    """Its costs on that many claims where somebody may make it."""
    first = LEADS_TO.get(action)
    sources = MOVES[first or action].sources
    claims = Claim.objects.filter(status__in=sources).select_related("desk", "assignee")
    costs: list[Cost] = []
    tried = 0
    for claim in claims.order_by("pk")[:TRIED]:
        for by in people(claim):
            tried += 1
            if len(costs) == times or tried > TRIED:
                return costs
            try:
                given = data_for(action, claim, by)
                with measured(lambda: _lead(claim, first)) as cost:  # noqa: B023 (called at once)
                    # Of its own, because a move brings the instance up to date.
                    apply(copy(claim), action, by=by, data=given)
            except REFUSALS:
                continue
            # Without the head it was found done already, by the same person.
            if cost.held:
                costs.append(cost)
                break
    return costs


def _lead(claim: Claim, first: Action | None) -> None:
    if first:
        by = people(claim)[0]
        apply(copy(claim), first, by=by, data=data_for(first, claim, by))


def table(times: int) -> dict[str, Any]:
    print("| move | n | whole, ms | head held, ms | statements | of them with the head |")
    print("|---|---|---|---|---|---|")
    raw = {}
    for action in MOVES:
        # The first fills caches and plans.
        costs = one_move(action, times + 1)[1:]
        raw[str(action)] = [asdict(cost) for cost in costs]
        if not costs:
            print(f"| {action} | 0 | | | | |")
            continue
        middle = {name: median(getattr(one, name) for one in costs) for name in asdict(costs[0])}
        print(
            f"| {action} | {len(costs)} | {middle['whole'] * 1000:.1f}"
            f" | {middle['held'] * 1000:.1f} | {middle['statements']:.0f}"
            f" | {middle['after_head']:.0f} |",
            flush=True,
        )
    return raw


# --- what several clients do at once; these moves stay ---


def takes(place: int, of: int, seconds: float) -> list[float]:
    """Take and release claims of one's own; seconds of each `take`."""
    mine = Claim.objects.filter(status=Status.OPEN).order_by("pk")
    claims = [claim for claim in mine[: of * 20] if claim.pk % of == place]
    spent: list[float] = []
    until = time.monotonic() + seconds
    while claims and time.monotonic() < until:
        claim = claims[len(spent) % len(claims)]
        by = next(one for one in people(claim) if one != claim.assignee)
        begun = time.perf_counter()
        apply(claim, Action.TAKE, by=by)
        spent.append(time.perf_counter() - begun)
        apply(claim, Action.RELEASE, by=by, data=MoveData(note=NOTE))
    return spent


def corrections(seconds: float) -> list[float]:
    """Correct and drop it again, and retract every fourth claim."""
    published = Claim.objects.filter(status=Status.PUBLISHED).order_by("pk")
    spent: list[float] = []
    until = time.monotonic() + seconds
    for number, claim in enumerate(published[:5000]):
        if time.monotonic() > until:
            break
        by = next((one for one in people(claim) if may(one, "claim.correct", claim)), None)
        if by is None:
            continue
        follow = (Action.CORRECT, Action.DROP_CORRECTION) if number % 4 else (Action.RETRACT,)
        for action in follow:
            begun = time.perf_counter()
            try:
                apply(claim, action, by=by, data=data_for(action, claim, by))
            except REFUSALS:
                break
            spent.append(time.perf_counter() - begun)
    return spent


def _spawn(*asked: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.moves", *asked]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def _begin_together() -> None:
    """In a program that was spawned: wait until all have started."""
    list(Claim.objects.all()[:1])
    print("ready", flush=True)
    sys.stdin.readline()


def _ended(programs: "list[subprocess.Popen[str]]") -> list[float]:
    return [one for program in programs for one in json.loads(program.communicate()[0] or "[]")]


def together(clients: int, seconds: float, *, correcting: bool) -> dict[str, float]:
    """Clients that take and release, beside one that corrects or not."""
    beside = [_spawn("--as-corrector", str(seconds))] if correcting else []
    takers = [_spawn("--as-taker", f"{place},{clients},{seconds}") for place in range(clients)]
    for program in (*beside, *takers):
        assert program.stdout
        program.stdout.readline()
    for program in (*beside, *takers):
        assert program.stdin
        program.stdin.write("\n")
        program.stdin.flush()
    spent, corrected = _ended(takers), _ended(beside)
    return {
        "takes": len(spent),
        "median": median(spent),
        "p95": quantiles(spent, n=20)[-1],
        "corrections": len(corrected),
        # Each is taken and released.
        "moves a second": 2 * len(spent) / seconds,
    }


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10, help="of each move")
    parser.add_argument("--clients", type=int, default=0, help="moves a second with so many")
    parser.add_argument("--beside", action="store_true", help="takes beside corrections")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--raw", help="a file for what was measured, as JSON")
    parser.add_argument("--as-taker", default="")
    parser.add_argument("--as-corrector", type=float, default=0)
    options = parser.parse_args()
    if options.as_taker:
        place, of, seconds = options.as_taker.split(",")
        _begin_together()
        print(json.dumps(takes(int(place), int(of), float(seconds))))
    elif options.as_corrector:
        _begin_together()
        print(json.dumps(corrections(options.as_corrector)))
    else:
        _report(options)


def _report(options: Namespace) -> None:
    print(f"{Claim.objects.count():,} claims, load {os.getloadavg()[0]:.1f} before", flush=True)
    raw: dict[str, Any] = {}
    if not options.clients and not options.beside:
        raw["moves"] = table(options.times)
    if options.clients:
        raw["clients"] = together(options.clients, options.seconds, correcting=False)
        print(raw["clients"], flush=True)
    if options.beside:
        for name, correcting in product(["beside"], [False, True]):
            raw[f"{name} {correcting}"] = together(4, options.seconds, correcting=correcting)
            print(raw[f"{name} {correcting}"], flush=True)
    print(f"load {os.getloadavg()[0]:.1f} afterwards")
    if options.raw:
        with open(options.raw, "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump(raw, file, indent=1)


if __name__ == "__main__":
    main()
