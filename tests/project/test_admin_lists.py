"""A list asks the database the same number of questions for 2 rows and for 20."""

import html
import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.desk.conflicts_of_interest import DeclaredInterest, declare
from claims.evidence.source_changes import detect, log_changes
from claims.intake.topics import add_topic
from claims.models import DeskChannel, DeskExport, Mailbox, Rating, RatingScale, WebhookEndpoint
from claims.publication import site_texts
from claims.publication.methodology import publish
from claims.publication.rechecks import request_rechecks
from factcheck.ledger import clock
from factcheck.newsroom import service_accounts, tokens
from factcheck.newsroom.mail import send_later
from factcheck.newsroom.models import Desk, ListFile, Membership, User
from factcheck.newsroom.saved_views import NamedView, save
from sources.cited_links import cite
from sources.ingest import submit_text, submit_url
from sources.models import Claimant
from sources.watching.feeds import follow
from tests import factories
from tests.claims import triage_cases
from tests.claims.export_cases import imported_claim
from tests.claims.import_cases import imported
from tests.claims.live_cases import debate
from tests.claims.tip_cases import sent

number = itertools.count(1)
JOBS = ("jobs", "jobs/?state=all")


def link(desk: Desk, by: User) -> None:
    one = next(number)
    factories.captured(cite(f"https://paper{one}.example/{one}", desk=desk, by=by), f"Text {one}")


def channel(desk: Desk, by: User) -> None:
    other = factories.desk(f"Desk {next(number)}")
    Membership.objects.create(user=by, desk=other, role="editor")
    DeskChannel.objects.create(desk=other, service="slack", address="https://hooks.example/1")


def mailbox(desk: Desk, by: User) -> None:
    other = factories.desk(f"Desk {next(number)}")
    Membership.objects.create(user=by, desk=other, role="editor")
    Mailbox.objects.create(desk=other, secret_hash="x")


def webhook(desk: Desk, by: User) -> None:
    WebhookEndpoint.objects.create(
        desk=desk, name=f"System {next(number)}", url="https://cms.example/", secret="x"
    )


def fact_check(desk: Desk, by: User) -> None:
    one = next(number)
    imported(desk, by, f"Claim {one}.;False;https://checks.example/{one};;;")


def rating(desk: Desk, by: User) -> None:
    scale = RatingScale.objects.create(name=f"Scale {next(number)}")
    Rating.objects.create(
        scale=scale, name="False", definition="It is not so.", colour="#b00020", position=1, value=1
    )


def person(desk: Desk, by: User) -> None:
    made = factories.person(f"person{next(number)}", desk, "reporter")
    Membership.objects.create(
        user=made,
        desk=factories.desk(f"Desk {next(number)}"),
        role="reporter",
        end_date=date(2020, 1, 1),
    )
    tokens.issue(made, by=made, name="Key", scopes=["read"])


def service(desk: Desk, by: User) -> None:
    name = f"System {next(number)}"
    account, _new = service_accounts.create(desk, by=None, name=name)
    tokens.issue(account, by=None, name="Key", scopes=["read"])


def colleague(desk: Desk, role: str) -> User:
    known = User.objects.filter(username=f"other_{role}").first()
    return known or factories.person(f"other_{role}", desk, role)


def source_change(desk: Desk, by: User) -> None:
    item = factories.ready(colleague(desk, "checker")).evidence.all().active()[0]
    log_changes(detect(item.link, factories.captured(item.link, f"Words of {next(number)}.")))


def recheck(desk: Desk, by: User) -> None:
    checker, editor = colleague(desk, "checker"), colleague(desk, "editor")
    published = factories.published(checker, editor)
    request_rechecks(published.verdicts.get(), by=editor, note="It cites an old table.")


def jobs(desk: Desk, by: User) -> None:
    """A fetch, an extraction, a link check and a capture."""
    submit_url(desk, by=by, url=f"https://paper.example/{next(number)}")
    submit_text(desk, by=by, text=f"Text number {next(number)}.")
    link(desk, by)


MAKERS: dict[str, Callable[[Desk, User], object]] = {
    "sources/article": lambda desk, by: submit_text(
        desk, by=by, text=f"Text number {next(number)}."
    ),
    "sources/followedfeed": lambda desk, by: follow(
        desk, by=by, url=f"https://paper{next(number)}.example/feed"
    ),
    "sources/link": link,
    "sources/capture": link,
    "sources/publisher": link,
    "sources/owner": link,
    "sources/claimant": lambda desk, by: Claimant.objects.create(name=f"Claimant {next(number)}"),
    "claims/suggestion": lambda desk, by: triage_cases.suggestion(
        triage_cases.article(by, f"We saw {next(number)} swans."), "We saw"
    ),
    "claims/claim": lambda desk, by: factories.claim(by, on=desk),
    "claims/interest": lambda desk, by: declare(
        by=by, declaration=DeclaredInterest(about=f"Connection {next(number)}.")
    ),
    "claims/methodology": lambda desk, by: publish(by=by, text=f"Version {next(number)}."),
    "claims/sitetext": lambda desk, by: site_texts.publish(
        by=by, page="about", language="en", text=f"Version {next(number)}."
    ),
    "claims/recheck": recheck,
    "claims/sourcechange": source_change,
    "claims/tip": lambda desk, by: sent(desk, text=f"Is it {next(number)}?"),
    "claims/topic": lambda desk, by: add_topic(desk, by=by, name=f"Topic {next(number)}"),
    "claims/import": fact_check,
    "claims/livestream": debate,
    "claims/importedfactcheck": fact_check,
    "claims/importedclaim": lambda desk, by: imported_claim(desk, by, f"Claim {next(number)}."),
    "claims/deskexport": lambda desk, by: DeskExport.objects.create(
        desk=desk, by=by, made_at=clock.now(), expires_at=clock.now()
    ),
    "claims/deskchannel": channel,
    "claims/webhookendpoint": webhook,
    "claims/mailbox": mailbox,
    "newsroom/savedview": lambda desk, by: save(
        NamedView("claims.claim", f"View {next(number)}", "q=harbour", None), by=by
    ),
    "newsroom/listfile": lambda desk, by: ListFile.objects.create(
        owner=by, screen="claims.claim", made_at=clock.now(), expires_at=clock.now()
    ),
    **dict.fromkeys(JOBS, jobs),
    "claims/evidence": lambda desk, by: factories.evidence(factories.claim(by, on=desk), by),
    "claims/ratingscale": rating,
    "claims/rating": rating,
    "newsroom/user": person,
    "newsroom/desk": lambda desk, by: Membership.objects.create(
        user=by, desk=factories.desk(f"Desk {next(number)}"), role="admin"
    ),
    "newsroom/mail": lambda desk, by: send_later(by, "account_changed"),
    "newsroom/membership": person,
    "newsroom/apitoken": person,
    "newsroom/serviceaccount": service,
    "ledger/auditentry": lambda desk, by: factories.claim(by, on=desk),
}


@pytest.mark.parametrize("screen", MAKERS)
def test_the_number_of_queries_does_not_grow(
    client: Client, desk: Desk, checker: User, screen: str
) -> None:
    for role in ("editor", "auditor", "admin"):
        Membership.objects.create(user=checker, desk=desk, role=role)
    client.force_login(checker)
    counts = []
    # Published verdicts take long to make.
    for size in (2, 4 if screen == "claims/recheck" else 18):
        for _ in range(size):
            MAKERS[screen](desk, checker)
        with CaptureQueriesContext(connection) as queries:
            assert (
                client.get(f"/admin/{screen}" if "?" in screen else f"/admin/{screen}/").status_code
                == 200
            )
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_empty_list_says_what_fills_it(client: Client, desk: Desk, checker: User) -> None:
    for role in ("editor", "auditor", "admin"):
        Membership.objects.create(user=checker, desk=desk, role=role)
    client.force_login(checker)
    empty = 0
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
        page: Any = client.get(address)
        if page.context["cl"].result_count:
            continue
        empty += 1
        shown = page.text[page.text.index("Nothing is in this list yet.") :]
        words = str(page.context["cl"].model_admin.when_empty)
        assert words or f'href="{address}add/"' in shown, address
        assert words in html.unescape(shown), address
        searched = client.get(address, {"q": "swans"}).text
        if "Nothing in this list is like that." in searched:
            assert "_filter=1" in searched
    assert empty > 15


def test_every_list_is_asked() -> None:
    lists = {f"{one._meta.app_label}/{one._meta.model_name}" for one in admin.site._registry}
    assert lists == set(MAKERS) - set(JOBS)
