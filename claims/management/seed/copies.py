"""Many copies of recorded histories, written in batches."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from django.db import models, transaction

from claims.management.seed import rows, times
from claims.management.seed.chain import Chain
from claims.management.seed.details import Details, details_of, escaped, new_uuid
from claims.management.seed.histories import ARTICLES, HISTORIES, History
from claims.management.seed.newsroom import Newsroom, Place
from claims.management.seed.placeholders import Placeholders, made
from claims.management.seed.recording import Recording
from claims.management.seed.steps import Steps
from claims.management.seed.templates import Copy, HistoryTemplate, Statement
from claims.models import Claim, Notification
from factcheck.ledger import clock
from factcheck.newsroom import second_factor
from sources.fetching.pages import Warc

ALL = (*HISTORIES, *ARTICLES)
BATCH = 1_000
TARGETS = 200  # claims that later ones are merged into, remembered for each desk


@dataclass(frozen=True, slots=True)
class Planned:
    """A copy that will be made: of which history, on which desk, and when it begins."""

    number: int
    history: History
    place: Place
    times: list[datetime]


class Seeding:
    def __init__(
        self,
        newsroom: Newsroom,
        *,
        warc: Warc,
        first: int,
        rng: Random,
    ) -> None:
        self._newsroom, self._first, self._rng = newsroom, first, rng
        self._templates, self._seed = recorded(warc), rng.random()
        self._chain = Chain()
        self._targets: dict[int, list[Claim]] = defaultdict(list)
        self._notifications: list[tuple[Statement, list[Any]]] = []
        self.written: Counter[str] = Counter()
        self.entries = 0

    def write(self, count: int, *, told: Callable[[int], None]) -> None:
        """Write so many claims; `told` learns how many are there after each batch."""
        rows.hurry()
        plan, done = self._plan(count, clock.now()), 0
        for first in range(0, len(plan), BATCH):
            batch = plan[first : first + BATCH]
            later = plan[first + BATCH : first + BATCH + 1]
            with transaction.atomic():
                self._write_batch(batch)
            self.entries += self._chain.write(before=later[0].times[0] if later else None)
            rows.analyze(number=first // BATCH)
            done += sum(each.history.claim for each in batch)
            told(done)

    # --- what is written ---

    def _plan(self, count: int, now: datetime) -> list[Planned]:
        """In the order of time, so that the audit entries can follow it."""
        drawn = _shares(count)
        self._rng.shuffle(drawn)
        for history in ARTICLES:
            drawn += [history] * (count // history.weight + 1)
        plan = []
        for number, history in enumerate(drawn, self._first + 1):
            place = self._rng.choices(
                self._newsroom.places, range(len(self._newsroom.places) + 1, 1, -1)
            )[0]
            if history.night and place.desk.night_from is None:
                place = next((p for p in self._newsroom.places if p.desk.night_from), place)
            template = self._templates[history.name]
            step_times = times.of_steps(
                times.begins(now, fresh=history.fresh, rng=self._rng),
                [step.hours for step in template.steps],
                now=now,
                desk=place.desk,
                rng=self._rng,
            )
            plan.append(Planned(number, history, place, step_times))
        return sorted(plan, key=lambda each: (each.times[0], each.number))

    # --- how ---

    def _write_batch(self, batch: list[Planned]) -> None:
        # What is merged into others comes after them.
        for history in sorted(ALL, key=lambda each: each.target):
            plans = [planned for planned in batch if planned.history == history]
            if history.target:
                alone = [planned for planned in plans if not self._earlier(planned)]
                self._write_copies(_NO_TARGET, alone)
                plans = [planned for planned in plans if planned not in alone]
            self._write_copies(history, plans)
        self._write_notifications()

    def _earlier(self, planned: Planned) -> list[Claim]:
        """Claims of the desk that were there when this one was last touched."""
        known = self._targets[planned.place.desk.pk]
        return [claim for claim in known if claim.created_at < planned.times[-1]]

    def _write_copies(self, history: History, plans: list[Planned]) -> None:
        if not plans:
            return
        template = self._templates[history.name]
        firsts = {
            model: rows.reserve(model, wanted * len(plans))
            for model, wanted in Counter(model for model, _ in template.made).items()
        }
        copies = [self._copy(template, history, planned, firsts) for planned in plans]
        for step in template.steps:
            for statement in step.statements:
                written = [statement.row(copy) for copy in copies]
                if statement.model is Notification and statement.new:
                    self._notifications += [(statement, row) for row in written]
                else:
                    rows.write(statement, written)
                if statement.new:
                    self.written[statement.model._meta.label] += len(copies)
            for entry in step.entries:
                for copy in copies:
                    self._chain.add(entry, copy)

    def _write_notifications(self) -> None:
        """In the order of time, for people are shown them by number."""
        told, self._notifications = self._notifications, []
        told.sort(key=lambda one: one[1][one[0].columns.index("at")])
        if not told:
            return
        first = rows.reserve(Notification, len(told))
        # Nothing else names their ids, and whole rows have the same columns.
        numbered = [[pk, *row[1:]] for pk, (_, row) in enumerate(told, first)]
        rows.write(told[0][0], numbered)

    def _copy(
        self,
        template: HistoryTemplate,
        history: History,
        planned: Planned,
        firsts: dict[type[models.Model], int],
    ) -> Copy:
        desk = planned.place.desk.pk
        # Of its own: what a copy says must not depend on which are written before it.
        rng = Random(f"{self._seed} {planned.number}")  # noqa: S311 (nothing secret)
        target = rng.choice(self._earlier(planned)) if history.target else None
        details = details_of(
            self._newsroom, planned.place, number=planned.number, target=target, rng=rng
        )
        ids = [
            details.rows[name].pk if name in details.rows else 0 for name in template.placeholders
        ]
        for model, _ in template.made:
            ids.append(firsts[model])
            firsts[model] += 1
        copy = _filled(template, details, ids, planned.times, rng)
        template.finish(copy)
        if history.claim and history.name == "published":
            self._remember(template, copy, desk)
        return copy

    def _remember(self, template: HistoryTemplate, copy: Copy, desk: int) -> None:
        place = next(n for n, (model, _) in enumerate(template.made) if model is Claim)
        claim = Claim(
            pk=copy.ids[len(template.placeholders) + place],
            public_id=copy.texts[template.public_id_of_claim],
            created_at=copy.times[0],
        )
        targets = self._targets[desk]
        targets.append(claim)
        del targets[:-TARGETS]


def recorded(warc: Warc) -> dict[str, HistoryTemplate]:
    """Go through every history with the services, and take everything back."""
    templates: dict[str, HistoryTemplate] = {}
    with transaction.atomic(), second_factor.unattended("seed"):
        placeholders = made(warc)
        for begin in {history.begin: None for history in ALL}:
            with transaction.atomic():
                steps = _begun(placeholders, begin)
                for history in (each for each in ALL if each.begin == begin):
                    with transaction.atomic():
                        forked = steps.fork()
                        history.go_on(forked)
                        templates[history.name] = HistoryTemplate(
                            forked.recording, rows=placeholders.rows, texts=placeholders.texts
                        )
                        transaction.set_rollback(True)
                transaction.set_rollback(True)
        transaction.set_rollback(True)
    return templates


def _begun(placeholders: Placeholders, begin: Callable[[Steps], None]) -> Steps:
    recording = Recording()
    recording.begin()
    steps = Steps(recording, placeholders)
    begin(steps)
    return steps


def _filled(
    template: HistoryTemplate,
    details: Details,
    ids: list[int],
    step_times: list[datetime],
    rng: Random,
) -> Copy:
    texts, plain = [""] * len(template.blanks), [""] * len(template.blanks)
    for name, blank in template.blanks.items():
        if name.startswith("uuid "):
            texts[blank] = plain[blank] = new_uuid(rng)
        elif name.startswith("whole "):
            plain[blank] = details.whole[name.removeprefix("whole ")]
        elif name in details.texts:
            texts[blank] = details.texts[name]
            plain[blank] = escaped(texts[blank])
    return Copy(texts, plain, ids, step_times, details.spans)


def _shares(count: int) -> list[History]:
    """One of each history first, and the rest as their weights say."""
    weights, rest = sum(each.weight for each in HISTORIES), max(0, count - len(HISTORIES))
    drawn = [
        *HISTORIES[:count],
        *(each for each in HISTORIES for _ in range(rest * each.weight // weights)),
    ]
    return [*drawn, *[HISTORIES[0]] * (count - len(drawn))]


# What becomes of a duplicate with nothing before it; it has as many steps.
_NO_TARGET = next(each for each in HISTORIES if each.name == "declined_at_once")
