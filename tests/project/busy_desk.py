"""Desks with one of everything that a home screen counts, and one person of each
role.
"""

from datetime import timedelta

from claims.choices import Action
from claims.desk.queries import Question, open_query
from claims.evidence.source_changes import detect, log_changes
from claims.intake.tip_decisions import close
from claims.intake.triage import accept
from claims.models import Claim, ScheduledPublication
from claims.publication.rechecks import request_rechecks
from claims.publication.repetitions import RepetitionDetails, add
from claims.workflow import MoveData, apply
from factcheck.ledger import clock
from factcheck.newsroom.choices import PEOPLE_ROLES
from factcheck.newsroom.models import Desk, Membership, User
from sources.cited_links import cite
from sources.ingest import submit_url
from sources.models import ArticleFetch, Link
from tests import factories
from tests.claims.tip_cases import sent

ROLES = tuple(role.value for role in PEOPLE_ROLES)
# A checker of one desk who is an auditor of another sees claims that are not theirs to
# take.
MIXED = "checker_and_auditor"
NEW_TEXT = "The page says something else."


def team(desk: Desk, prefix: str) -> dict[str, User]:
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


def fill(desk: Desk, people: dict[str, User]) -> None:
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
    for number in range(2):
        sent(desk, text=f"Is it {number} on {desk}?")
    close(sent(desk, text=f"Spam for {desk}"), by=checker, reason="spam")


def _repeated() -> RepetitionDetails:
    return RepetitionDetails(
        claimant=factories.claimant("Ole Brandt"),
        stated_date=clock.now().date(),
        words="Twice as many, I tell you.",
        appearance_url="https://radio.example/noon",
    )


def busy_desks(desk: Desk) -> dict[str, User]:
    """The people of this desk, beside another one that is as busy; MIXED is an auditor
    there.
    """
    other = factories.desk("Sports")
    here, there = team(desk, "a"), team(other, "b")
    fill(desk, here)
    fill(other, there)
    Membership.objects.create(user=here[MIXED], desk=other, role="auditor")
    return here
