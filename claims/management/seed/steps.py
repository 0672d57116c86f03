"""The steps that histories are made of, each by the service that people use for it."""

from contextlib import AbstractContextManager
from copy import copy
from datetime import timedelta
from typing import NoReturn

from claims.choices import (
    Action,
    Category,
    DeclineReason,
    Meanwhile,
    Priority,
    QuoteAccuracy,
    ReplyOutcome,
    Stance,
)
from claims.desk import queries, right_of_reply, risk_tiers, tags
from claims.desk.priorities import set_priority
from claims.desk.queries import Question
from claims.desk.right_of_reply import ReplyRequestDetails, ReplyResult
from claims.evidence.attaching import EvidenceDetails, attach
from claims.intake import triage
from claims.intake.triage import ClaimDetails
from claims.management.seed.placeholders import (
    Placeholders,
    article_text,
    article_url,
    placeholder,
    quote,
    read_article,
    sentence,
    url,
    visit,
)
from claims.management.seed.recording import Recording
from claims.models import Claim, Suggestion
from claims.verdicts.validity import Dates
from claims.verdicts.writing import VerdictDetails, write_verdict
from claims.workflow import MoveData, apply
from factcheck.ledger import clock, due_work
from factcheck.ledger.due_work import PermanentWorkError
from sources.article_details import ArticleDetails
from sources.choices import LinkState
from sources.ingest import submit_text, submit_url
from sources.models import Article, ArticleFetch, Link
from sources.watching import link_checks

Hours = tuple[float, float]
# A step of these hours happens within the last ones before now, whenever the rest was.
LATELY: Hours = (-20, -1)
# … and one of these in the next night after the step before it.
BY_NIGHT: Hours = (-100, -100)


class Steps:
    """A history so far. Its methods go on with it."""

    def __init__(self, recording: Recording, placeholders: Placeholders) -> None:
        self.placeholders, self.recording = placeholders, recording
        self.people = placeholders.people
        self.suggestions: list[Suggestion] = []
        self.article: Article | None = None
        self.claim = Claim()

    def fork(self) -> "Steps":
        """The same history so far, to go on with in one of several ways."""
        forked = copy(self)
        forked.recording = self.recording.fork()
        if self.claim.pk:
            forked.claim = Claim.objects.get(pk=self.claim.pk)
        return forked

    def step(self, name: str, hours: Hours) -> AbstractContextManager[None]:
        return self.recording.step(name, hours)

    # --- intake ---

    def sent_and_read(self) -> None:
        with self.step("article", (0, 0)):
            self.article, _ = submit_text(
                self.placeholders.desk,
                by=self.people["reporter"],
                text=article_text(),
                details=ArticleDetails(title=placeholder("headline"), url=article_url()),
            )
        with self.step("reading", (0.01, 0.2)):
            version = self.article.versions.get()
            self.suggestions = read_article(version)

    def sent_as_address(self) -> None:
        with self.step("address", (0, 0)):
            self.article, _ = submit_url(
                self.placeholders.desk, by=self.people["reporter"], url=article_url()
            )

    def not_fetched(self) -> None:
        with self.step("failed fetch", (0.01, 0.1)):
            job = ArticleFetch.objects.get(article=self.article)
            due_work.run_due(ArticleFetch, job.pk, prepare=_refused, store=_never)

    def accepted(self) -> None:
        self.sent_and_read()
        with self.step("triage", (0.3, 20)):
            self.claim = triage.accept(
                self.suggestions[0],
                by=self.people["checker2"],
                details=ClaimDetails(
                    claimant=self.placeholders.claimant,
                    stated_date=clock.now().date() - timedelta(days=2),
                    due_at=clock.now() + timedelta(hours=60),
                    topic=self.placeholders.topic,
                ),
            )
        decide = self.people["checker2"]
        with self.step("rest of triage", (0.01, 0.1)):
            triage.decline(self.suggestions[1], by=decide, reason=DeclineReason.OPINION)
            triage.decline(self.suggestions[2], by=decide, reason=DeclineReason.TRIVIAL)
        with self.step("article finished", (0.01, 0.1)):
            triage.finish_article(self.suggestions[0].article, by=decide)

    def typed_in(self) -> None:
        with self.step("typed in", (0, 0)):
            self.claim, _ = triage.create_claim(
                self.placeholders.desk,
                by=self.people["checker2"],
                details=ClaimDetails(
                    text=sentence(0),
                    claimant=self.placeholders.claimant,
                    stated_date=clock.now().date() - timedelta(days=2),
                    appearance_url=article_url(),
                    topic=self.placeholders.topic,
                ),
            )

    # --- work ---

    def move(
        self,
        action: Action,
        who: str,
        hours: Hours,
        data: MoveData | None = None,
    ) -> None:
        with self.step(action, hours):
            apply(self.claim, action, by=self.people[who], data=data)

    def note(self, action: Action, who: str, hours: Hours) -> None:
        self.move(action, who, hours, MoveData(note=placeholder("note")))

    def assigned(self) -> None:
        data = MoveData(assignee=self.people["checker"])
        self.move(Action.ASSIGN, "editor", (0.5, 30), data)

    def taken(self) -> None:
        self.move(Action.TAKE, "checker", (0.5, 30))

    def sourced(self) -> None:
        for key, stance in zip("ab", (Stance.REFUTES, Stance.CONTEXT), strict=True):
            with self.step(f"evidence {key}", (0.2, 8)):
                details = EvidenceDetails(
                    url=url(key),
                    stance=stance,
                    quote=quote(key),
                    finding="" if key == "a" else placeholder("finding"),
                )
                attach(self.claim, by=self.people["checker"], details=details)
            self.fetched(key, (0.002, 0.02))
        self.claim.refresh_from_db()

    def fetched(
        self, key: str, hours: Hours, *, edition: str = "", state: LinkState = LinkState.OK
    ) -> None:
        with self.step(f"check of link {key}", hours):
            link = Link.objects.select_related("latest_capture").get(
                desk=self.placeholders.desk, url=url(key)
            )
            link_checks.store(
                link, visit(key, self.placeholders.warc, edition=edition, state=state)
            )

    def watched(self) -> None:
        for key in "ab":
            self.fetched(key, LATELY)

    def asked(self, *, outcome: ReplyOutcome = ReplyOutcome.ANSWERED) -> None:
        checker = self.people["checker"]
        with self.step("reply request", (0.2, 5)):
            request = right_of_reply.request_reply(
                self.claim,
                by=checker,
                details=ReplyRequestDetails(
                    person=self.placeholders.claimant.name,
                    channel="email",
                    question=placeholder("question"),
                    sent_at=clock.now() - timedelta(hours=25),
                ),
            )
        if outcome == ReplyOutcome.OPEN:
            return
        with self.step("reply", (0.5, 20)):
            answer = placeholder("answer") if outcome == ReplyOutcome.ANSWERED else ""
            right_of_reply.record_outcome(
                request, by=checker, result=ReplyResult(outcome, answer=answer)
            )

    def written(
        self,
        who: str = "checker",
        prefix: str = "",
        *,
        recheck: bool = True,
    ) -> None:
        answer, text = (
            ("corrected_answer", "corrected_explanation")
            if prefix
            else (
                "short_answer",
                "explanation",
            )
        )
        today = clock.now().date()
        with self.step("writing", (0.5, 30)):
            write_verdict(
                self.claim,
                by=self.people[who],
                details=VerdictDetails(
                    rating=self.placeholders.rating,
                    quote_accuracy=QuoteAccuracy.ACCURATE,
                    short_answer=placeholder(answer),
                    explanation=placeholder(text),
                    dates=Dates(
                        as_of_date=today - timedelta(days=1),
                        recheck_date=today + timedelta(days=180) if recheck else None,
                    ),
                ),
            )

    def labelled(self, *, priority: Priority | None = None, tier: str = "") -> None:
        """What the desk keeps about a claim beside its words."""
        editor = self.people["editor"]
        with self.step("tags", (0.01, 0.5)):
            names = [placeholder("tag"), placeholder("second_tag")]
            tags.set_tags(self.claim, by=editor, names=names)
        if tier:
            with self.step("risk tier", (0, 0.1)):
                risk_tiers.set_risk(self.claim, by=editor, tier=tier)
        if priority is not None:
            with self.step("priority", (0, 0.1)):
                reason = placeholder("why_urgent")
                set_priority(self.claim, by=editor, priority=priority, reason=reason)
        self.claim.refresh_from_db()

    def queried(self, *, blocking: bool = False, resolved: bool = True) -> None:
        with self.step("query", (0.2, 10)):
            query = queries.open_query(
                self.claim,
                by=self.people["editor"],
                question=Question(
                    text=f"@{self.people['checker'].username} {placeholder('query')}",
                    blocking=blocking,
                ),
            )
        if not resolved:
            return
        with self.step("answer to the query", (0.2, 10)):
            queries.post(query, by=self.people["checker"], text=placeholder("query_reply"))
        with self.step("query resolved", (0.1, 3)):
            queries.resolve(query, by=self.people["editor"])

    def ready(self) -> None:
        self.sourced()
        self.asked()
        self.written()

    def in_review(self) -> None:
        self.accepted()
        self.assigned()
        self.ready()
        self.move(Action.SUBMIT, "checker", (0.1, 5))

    def published(self) -> None:
        self.in_review()
        self.move(Action.APPROVE, "editor", (0.5, 30))
        self.move(Action.PUBLISH, "editor", (0.02, 10))

    def approved_and_published(self, who: str, hours: Hours) -> None:
        """At once, but as two steps: a step holds one transition."""
        self.move(Action.APPROVE, who, hours)
        self.move(Action.PUBLISH, who, (0, 0))

    def corrected(self, *, hours: Hours = (100, 2000)) -> None:
        data = MoveData(
            note=placeholder("what_was_wrong"),
            category=Category.CORRECTION,
            meanwhile=Meanwhile.UNDER_REVIEW,
        )
        self.move(Action.CORRECT, "editor", hours, data)
        self.written("editor", "corrected", recheck=False)


def _refused(job: ArticleFetch) -> NoReturn:
    raise PermanentWorkError("404 Not Found. Paste the text instead, or press “Run again”.")


def _never(job: ArticleFetch, page: object) -> None:
    raise AssertionError("A refused fetch stores nothing.")
