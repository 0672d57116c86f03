"""What goes wrong while links are checked in one stream costs no other link its
result.
"""

import uuid
from collections import Counter

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError, connection

from factcheck.ledger import clock, due_work, nudge
from factcheck.ledger.due_work import JobState
from sources.models import Link, LinkCheck
from sources.watching import batches, link_checks, stream
from tests.sources.cited_pages import Cite, cited, due_again, site

__all__ = ["cited", "site"]
pytestmark = pytest.mark.django_db


def test_results_whose_lease_was_lost_are_dropped(
    cited: Cite, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, lost = cited("page"), cited("other")
    stream.run()
    due_again()
    write = batches.write

    def late(token: uuid.UUID, seen: list[batches.Seen]) -> batches.WriteResult:
        Link.objects.filter(pk=lost.pk).update(
            lease_token=uuid.uuid4()
        )  # meanwhile somebody else was given it
        return write(token, seen)

    monkeypatch.setattr(batches, "write", late)
    assert stream.run().written == 1
    assert (mine.checks.count(), lost.checks.count()) == (2, 1)


def test_one_link_we_stumble_over_costs_no_other_its_result(
    cited: Cite, monkeypatch: pytest.MonkeyPatch
) -> None:
    cited("good")
    bad = cited("bad")
    classify = stream.classify.classify

    def stumble(exchange: object, **told: object) -> object:
        if str(exchange.url).endswith("/bad"):  # type: ignore[attr-defined]
            raise RecursionError("too deep")
        return classify(exchange, **told)  # type: ignore[arg-type]

    monkeypatch.setattr("sources.classify.classify", stumble)
    tally = stream.run()
    assert (tally.written, tally.failed) == (1, 1)
    bad.refresh_from_db()
    assert (bad.job_state, bad.attempts) == (JobState.WAITING, 1)
    assert "too deep" in bad.last_error


def test_what_killed_the_stream_three_times_is_left_to_a_task_of_its_own(
    cited: Cite, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[object, ...]] = []
    monkeypatch.setattr(
        nudge.current_app,
        "send_task",
        lambda name, **options: told.append((name, options.get("args"))),
    )
    fresh, deadly = cited("page"), cited("deadly")
    Link.objects.filter(pk=deadly.pk).update(
        attempts=due_work.STREAM_ATTEMPTS, job_state=JobState.RUNNING, lease_until=clock.now()
    )
    nudge.sweep()
    assert ("sources.stream_links", None) in told and ("sources.check_link", [deadly.pk]) in told
    assert ("sources.check_link", [fresh.pk]) not in told
    assert [
        one.link.pk for one in batches.lease(uuid.uuid4(), most=9, each=9, in_flight=Counter())
    ] == [fresh.pk]


def test_a_database_that_refuses_for_a_moment_costs_no_result(
    cited: Cite, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        cited(f"page{number}")
    stream.run()
    due_again()
    refusals = {"lease": 1, "write": 1, "renew": 1}

    def refusing(module: object, name: str) -> None:
        work = getattr(module, name)

        def refuse(*told: object, **more: object) -> object:
            refusals[name] -= 1
            if refusals[name] >= 0:
                raise OperationalError("deadlock detected")
            return work(*told, **more)

        monkeypatch.setattr(module, name, refuse)

    refusing(batches, "lease")
    refusing(batches, "write")
    refusing(due_work, "renew")
    monkeypatch.setattr("sources.watching.stream.WRITE_SECONDS", 0.0)
    monkeypatch.setattr(
        connection, "close_if_unusable_or_obsolete", lambda: None
    )  # the test's own transaction is in it
    monkeypatch.setattr(stream._Stream, "_renewal", lambda self: 0.0)
    assert stream.run().written == 3
    assert LinkCheck.objects.count() == 6 and min(refusals.values()) < 0


def test_what_was_found_is_written_even_if_the_database_refuses_too_often(
    cited: Cite, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = cited("page")
    stream.run()
    due_again()
    write, refusals = (
        batches.write,
        [OperationalError("the database is starting")] * (stream.MAX_ERRORS + 1),
    )

    def refuse(*told: object) -> batches.WriteResult:
        if refusals:
            raise refusals.pop()
        return write(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(batches, "write", refuse)
    monkeypatch.setattr("sources.watching.stream.WRITE_SECONDS", 0.0)
    monkeypatch.setattr(
        connection, "close_if_unusable_or_obsolete", lambda: None
    )  # the test's own transaction is in it
    with pytest.raises(OperationalError):
        stream.run()
    assert link.checks.count() == 2


def test_a_run_that_is_told_to_end_ends(cited: Cite, monkeypatch: pytest.MonkeyPatch) -> None:
    link = cited("page")

    def late(*_told: object, **_more: object) -> object:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr("sources.classify.classify", late)
    with pytest.raises(SoftTimeLimitExceeded):
        stream.run()
    link.refresh_from_db()
    assert (link.attempts, link.last_error, link.lease_token) == (0, "", None)


def test_one_row_that_cannot_be_stored_costs_no_other_its_result(
    cited: Cite, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = cited("page"), cited("bad")
    stream.run()
    due_again()
    next_record = link_checks.next_record

    def unfit(link: object, *told: object, **more: object) -> link_checks.RecordedCheck:
        found = next_record(link, *told, **more)  # type: ignore[arg-type]
        return found._replace(state="no such state") if link.pk == bad.pk else found  # type: ignore[attr-defined]

    monkeypatch.setattr(link_checks, "next_record", unfit)
    tally = stream.run()
    assert (tally.written, tally.failed) == (1, 1)
    assert (good.checks.count(), bad.checks.count()) == (2, 1)
    bad.refresh_from_db()
    assert "link_state_known" in bad.last_error
