"""What becomes of claims: how each history begins and how it goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from claims.choices import Action, DeclineReason, Priority, RecheckCause, ReplyOutcome
from claims.management.seed.placeholders import article_url, placeholder, url
from claims.management.seed.steps import BY_NIGHT, LATELY, Steps
from claims.publication import rechecks, repetitions
from claims.publication.repetitions import RepetitionDetails
from claims.workflow import MoveData
from claims.workflow.aftermath import open_recheck
from factcheck.ledger import clock
from factcheck.newsroom.choices import RiskTier
from sources.choices import LinkState
from sources.models import Link


def open_claim(steps: Steps) -> None:
    steps.labelled(priority=Priority.HIGH, tier=RiskTier.HIGH)


def typed_in(steps: Steps) -> None:
    """Nothing more."""


def waiting_article(steps: Steps) -> None:
    """Nothing more."""


def in_progress(steps: Steps) -> None:
    steps.labelled(tier=RiskTier.LOW)
    steps.taken()
    steps.sourced()
    steps.queried(resolved=False)
    steps.watched()


def begun(steps: Steps) -> None:
    steps.labelled(priority=Priority.LOW)
    steps.assigned()


def in_review(steps: Steps) -> None:
    steps.watched()


def sent_back(steps: Steps) -> None:
    steps.note(Action.REQUEST_CHANGES, "editor", (1, 20))
    steps.watched()


def blocked(steps: Steps) -> None:
    steps.labelled(priority=Priority.URGENT, tier=RiskTier.MEDIUM)
    steps.assigned()
    steps.sourced()
    steps.asked(outcome=ReplyOutcome.OPEN)
    steps.written()
    steps.queried(blocking=True, resolved=False)
    steps.watched()


def approved(steps: Steps) -> None:
    steps.move(Action.APPROVE, "editor", (0.5, 10))
    steps.watched()


def scheduled(steps: Steps) -> None:
    steps.move(Action.APPROVE, "editor", (0.5, 10))
    data = MoveData(at=clock.now() + timedelta(hours=200))
    steps.move(Action.SCHEDULE, "editor", (0.02, 1), data)
    steps.watched()


def on_hold(steps: Steps) -> None:
    steps.assigned()
    steps.sourced()
    steps.note(Action.HOLD, "editor", (5, 60))
    steps.watched()


def declined_at_once(steps: Steps) -> None:
    data = MoveData(reason=DeclineReason.NO_CAPACITY)
    steps.move(Action.DECLINE, "editor", (1, 80), data)


def declined_later(steps: Steps) -> None:
    steps.taken()
    data = MoveData(reason=DeclineReason.UNCHECKABLE, note=placeholder("note"))
    steps.move(Action.DECLINE, "editor", (1, 80), data)


def published(steps: Steps) -> None:
    steps.labelled()
    steps.watched()


def published_after_talk(steps: Steps) -> None:
    steps.taken()
    steps.sourced()
    steps.asked(outcome=ReplyOutcome.NO_REPLY)
    steps.written()
    steps.queried(blocking=True)
    steps.move(Action.SUBMIT, "checker", (0.1, 5))
    steps.note(Action.REQUEST_CHANGES, "editor", (0.5, 20))
    steps.move(Action.SUBMIT, "checker", (0.5, 20))
    steps.approved_and_published("editor2", (0.5, 20))
    steps.watched()


def repeated(steps: Steps) -> None:
    with steps.step("repeated claim", (50, 1000)):
        repetition = repetitions.add(
            steps.claim,
            by=steps.people["checker2"],
            details=RepetitionDetails(
                claimant=steps.placeholders.claimant,
                stated_date=clock.now().date(),
                words=placeholder("repeated"),
                appearance_url=f"{article_url()}-again",
            ),
        )
    with steps.step("repetition confirmed", (1, 20)):
        repetitions.confirm(repetition, by=steps.people["editor"])
    steps.watched()


def rechecked(steps: Steps) -> None:
    verdict = steps.claim.verdicts.get()
    with steps.step("recheck", (4330, 4330)):
        recheck = open_recheck(verdict, cause=RecheckCause.RECHECK_DATE, by=None, at=clock.now())
    with steps.step("recheck decided", (5, 60)):
        rechecks.mark_unaffected(
            recheck,
            by=steps.people["editor"],
            reason=placeholder("why_unaffected"),
            next_recheck_date=clock.now().date() + timedelta(days=365),
        )
    steps.watched()


def recheck_open(steps: Steps) -> None:
    steps.fetched("a", (500, 1500), edition=" changed")
    link = Link.objects.get(desk=steps.placeholders.desk, url=url("a"))
    with steps.step("recheck", (1, 40)):
        rechecks.request_rechecks(link, by=steps.people["editor"], note=placeholder("note"))
    steps.fetched("a", LATELY, edition=" changed")
    steps.fetched("b", LATELY)


def source_changed(steps: Steps) -> None:
    steps.fetched("a", LATELY, edition=" changed")
    steps.fetched("b", LATELY)


def source_dead(steps: Steps) -> None:
    steps.fetched("b", LATELY)
    steps.fetched("a", LATELY, state=LinkState.GONE)
    steps.fetched("a", LATELY, state=LinkState.GONE)


def by_night(steps: Steps) -> None:
    steps.move(Action.APPROVE, "checker2", BY_NIGHT)
    steps.move(Action.PUBLISH, "checker2", (0.01, 0.2))
    steps.watched()


def by_night_confirmed(steps: Steps) -> None:
    steps.move(Action.APPROVE, "checker2", BY_NIGHT)
    steps.move(Action.PUBLISH, "checker2", (0.01, 0.2))
    steps.move(Action.CONFIRM_NIGHT_WORK, "editor", (6, 30))
    steps.watched()


def correcting(steps: Steps) -> None:
    steps.corrected(hours=(20, 200))
    steps.watched()


def corrected(steps: Steps) -> None:
    steps.corrected()
    steps.move(Action.SUBMIT, "editor", (0.1, 5))
    steps.approved_and_published("editor2", (0.1, 5))
    steps.watched()


def retracted(steps: Steps) -> None:
    steps.note(Action.RETRACT, "editor", (100, 2000))
    steps.move(Action.CONFIRM_RETRACTION, "editor2", (1, 30))
    steps.watched()


def merged(steps: Steps) -> None:
    steps.move(Action.MERGE, "editor", (1, 30), MoveData(into=steps.placeholders.target))


def unreachable_article(steps: Steps) -> None:
    steps.not_fetched()


@dataclass(frozen=True, slots=True)
class History:
    """How it begins, which is recorded once for all that begin so, and
    how it goes on.

    `weight` says how many of a hundred thousand claims have it; `fresh`
    ones began within the last weeks, because they are not over.
    `target`: needs a claim that is there before it; `claim`: makes one.
    """

    begin: Callable[[Steps], None]
    go_on: Callable[[Steps], None]
    weight: int
    fresh: bool = False
    target: bool = False
    claim: bool = True
    night: bool = False

    @property
    def name(self) -> str:
        return self.go_on.__name__


HISTORIES = (
    History(Steps.published, published, 30_000),
    History(Steps.typed_in, published_after_talk, 9_000),
    History(Steps.published, repeated, 4_000),
    History(Steps.published, rechecked, 2_000),
    History(Steps.published, recheck_open, 600),
    History(Steps.published, source_changed, 600),
    History(Steps.published, source_dead, 1_500),
    History(Steps.in_review, by_night, 100, fresh=True, night=True),
    History(Steps.in_review, by_night_confirmed, 1_200, night=True),
    History(Steps.published, correcting, 200, fresh=True),
    History(Steps.published, corrected, 3_500),
    History(Steps.published, retracted, 800),
    History(Steps.accepted, declined_at_once, 21_000),
    History(Steps.typed_in, declined_later, 9_000),
    History(Steps.accepted, merged, 3_000, target=True),
    History(Steps.accepted, on_hold, 1_500),
    History(Steps.accepted, open_claim, 4_000, fresh=True),
    History(Steps.typed_in, typed_in, 1_000, fresh=True),
    History(Steps.accepted, begun, 2_000, fresh=True),
    History(Steps.accepted, in_progress, 2_000, fresh=True),
    History(Steps.accepted, blocked, 700, fresh=True),
    History(Steps.in_review, sent_back, 500, fresh=True),
    History(Steps.in_review, in_review, 1_200, fresh=True),
    History(Steps.in_review, approved, 400, fresh=True),
    History(Steps.in_review, scheduled, 200, fresh=True),
)
# Articles that nobody has made a claim of, beside so many claims each.
WAITING = History(Steps.sent_and_read, waiting_article, 25, fresh=True, claim=False)
UNREACHABLE = History(Steps.sent_as_address, unreachable_article, 60, fresh=True, claim=False)
ARTICLES = (WAITING, UNREACHABLE)
