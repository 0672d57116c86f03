"""The filters of the claim list: each alone, together, and what makes no sense."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.choices import Action
from claims.intake.claim_editing import ClaimEdit, edit_claim
from claims.intake.topics import add_topic, set_topic
from claims.models import Claim
from claims.workflow import apply
from factcheck.newsroom.models import Desk, User
from sources.models import Link
from tests import factories

LIST = reverse("admin:claims_claim_changelist")
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def _listed(client: Client, asked: Any = "") -> set[str]:
    page = client.get(f"{LIST}?{asked}" if isinstance(asked, str) else LIST)
    assert page.status_code == 200, asked
    return {claim.text for claim in page.context["cl"].result_list}


def _claim(by: User, text: str, **changes: Any) -> Claim:
    claim = factories.claim(by, text=text)
    Claim.objects.filter(pk=claim.pk).update(**changes)
    claim.refresh_from_db()
    return claim


@pytest.fixture
def desk_at_work(desk: Desk, checker: User, editor: User) -> None:
    late = _claim(checker, "Late.", due_at=timezone.now() - timedelta(days=2))
    apply(late, Action.TAKE, by=checker)
    _claim(checker, "German.", language="de-AT", stated_date=date(2026, 5, 1))
    _claim(checker, "Declined.", due_at=timezone.now() - timedelta(days=2))
    apply(Claim.objects.get(text="Declined."), Action.DECLINE, by=editor, data=_reason())
    named = factories.claim(checker, text="Named.")
    words = ClaimEdit(named.text, factories.claimant("Mayor Brandt"), None, "", None)
    edit_claim(named, by=editor, words=words)
    set_topic(named, by=editor, topic=add_topic(desk, by=editor, name="Housing")[0])
    factories.submitted(checker)
    Claim.objects.filter(text="Named.").update(created_at=NOON, due_at=NOON)
    Link.objects.filter(evidence__isnull=False).update(
        state="gone", dead_since=NOON, failing_since=NOON
    )


def _reason() -> Any:
    return factories.MoveData(reason="trivial")


def test_each_filter_finds_its_claims(client: Client, editor: User, desk_at_work: None) -> None:
    ready = Claim.objects.get(evidence__number=1)
    rating, checker = ready.verdicts.get().rating_id, ready.assignee_id
    topic = Claim.objects.get(text="Named.").topic_id
    open_ones, late = {"German.", "Named."}, {"Late."}
    cases: dict[str, set[str]] = {
        "": {*open_ones, *late, ready.text},
        "status__exact=open": open_ones,
        "status__exact=open&status__exact=declined": {*open_ones, "Declined."},
        "status__exact=all": {*open_ones, *late, ready.text, "Declined."},
        "assignee__id__exact=nobody": open_ones,
        f"assignee__id__exact={checker}": {*late, ready.text},
        "assignee__id__exact=me": set(),
        f"checker={checker}": {ready.text},
        f"topic={topic}": {"Named."},
        "topic=none&language=de": {"German."},
        "claimant=brandt": {"Named."},
        "publisher=example": {ready.text},
        "link=gone": {ready.text},
        "link=dead&status__exact=open": set(),
        f"rating={rating}": {ready.text},
        "language=de": {"German."},
        "due=overdue": {*late, "Named."},
        "due=today": set(),
        "due=none&status__exact=open": {"German."},
        "due_from=2026-06-01&due_to=2026-06-01": {"Named."},
        "due_to=2026-05-31": set(),
        "received_from=2026-06-01&received_to=2026-06-01": {"Named."},
        "stated_from=2026-05-01&stated_to=2026-05-01": {"German."},
        "stated_from=2026-05-02": set(),
    }
    client.force_login(editor)
    wrong = {
        asked: found
        for asked, wanted in cases.items()
        if (found := _listed(client, asked)) != wanted
    }
    assert not wrong


def test_a_claim_has_one_age(client: Client, editor: User) -> None:
    now = timezone.now()
    days = {"day": 0.9, "3_days": 1.1, "week": 6.9, "month": 7.1, "older": 30.1}
    for age, before in days.items():
        _claim(editor, age, created_at=now - timedelta(days=before))
    client.force_login(editor)
    for age in days:
        assert _listed(client, f"age={age}") == {age}


def test_a_claim_was_first_published_on_one_day(
    client: Client, checker: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.ledger.clock.now", lambda: NOON)
    claim = factories.published(checker, editor)
    monkeypatch.setattr("factcheck.ledger.clock.now", lambda: NOON + timedelta(days=9))
    note = factories.note("It was another year.")
    apply(claim, Action.RETRACT, by=editor, data=note)
    client.force_login(editor)
    for asked, found in (
        ("published_from=2026-06-01&published_to=2026-06-01", True),
        ("published_from=2026-05-30", True),
        ("published_from=2026-06-02", False),
        ("published_from=2026-06-10&published_to=2026-06-10", False),
        ("published_from=2026-06-03&published_to=2026-06-09", False),
        ("published_to=2026-05-31", False),
    ):
        assert bool(_listed(client, f"status__exact=all&{asked}")) == found, asked


def test_a_day_is_the_day_of_the_desk(client: Client, desk: Desk, editor: User) -> None:
    Desk.objects.filter(pk=desk.pk).update(time_zone="Pacific/Auckland")
    evening = datetime(2026, 6, 1, 13, tzinfo=UTC)  # 2 June there
    _claim(editor, "Down under.", due_at=evening)
    client.force_login(editor)
    assert _listed(client, "due_from=2026-06-02&due_to=2026-06-02") == {"Down under."}
    assert _listed(client, "due_to=2026-06-01") == set()


def test_what_makes_no_sense_is_said_on_the_list(
    client: Client, editor: User, outsider: User
) -> None:
    claim = factories.claim(editor)
    foreign = add_topic(factories.desk("Foreign"), by=_editor_of("Foreign"), name="Secret")[0]
    cases = {
        "status__exact": "nonsense",
        "desk": foreign.desk_id,
        "topic": foreign.pk,
        "assignee__id__exact": outsider.pk,
        "rating": "9" * 40,
        "due_from": "2026-13-45",
        "received_to": "9999-12-31",
        "stated_from": "0001-01-01",
        "language": "German",
        "claimant": "x" * 201,
        "link": "²",
        "age": "1",
        "published_from": "yesterday",
        "published_to": "9999-12-31",
    }
    client.force_login(editor)
    for name, value in cases.items():
        page = client.get(LIST, {name: value, "work": "unassigned"})
        words = " ".join(page.content.decode().split())
        assert page.status_code == 400, name
        assert "these filters cannot be applied" in words, name
        assert claim.text not in words and "Secret" not in words, name
        assert "unassigned, for me to take" in words, name  # the other filter is still on
    # And no bulk action reaches past it.
    sent = {"action": "decline", "index": 0, "select_across": 1, "_selected_action": claim.pk}
    client.post(f"{LIST}?topic={foreign.pk}", {**sent, "go": 1, "reason": "trivial"})
    claim.refresh_from_db()
    assert claim.status == "open"


def _editor_of(desk: str) -> User:
    return factories.person(f"editor of {desk}", factories.desk(desk), "editor")


def test_the_line_says_what_is_on_and_how_to_clear_it(client: Client, editor: User) -> None:
    client.force_login(editor)
    page = client.get(f"{LIST}?status__exact=open&status__exact=declined&q=trees&o=1")
    words = " ".join(page.content.decode().split())
    assert "Filtered by:" in words and "Status: <bdi>declined</bdi>" in words
    assert 'href="?_filter=1"' in words
    assert "?status__exact=open&amp;q=trees&amp;o=1&amp;_filter=1" in words
    # The search keeps both values, which Django's own form would not.
    for value in ("open", "declined"):
        assert f'<input type="hidden" name="status__exact" value="{value}">' in words
    plain = client.get(LIST).content.decode()
    assert "Declined, merged and retracted claims are left out." in plain
    assert "Filtered by:" not in plain


def test_the_list_opens_with_what_a_person_chose_last(
    client: Client, editor: User, checker: User
) -> None:
    client.force_login(editor)
    sent = {"_filter": "1", "status__exact": ["open", "declined"], "desk": "", "claimant": " "}
    chosen = client.get(LIST, sent)
    assert chosen["Location"] == f"{LIST}?status__exact=open&status__exact=declined"
    assert client.get(LIST)["Location"] == chosen["Location"]
    # What a link of another page asks for is shown, and not remembered.
    assert client.get(f"{LIST}?work=overdue").status_code == 200
    assert client.get(LIST)["Location"] == chosen["Location"]
    # It is their own, and of this list.
    assert client.get(reverse("admin:sources_article_changelist")).status_code == 200
    client.force_login(checker)
    assert client.get(LIST).status_code == 200
    client.force_login(editor)
    assert client.get(LIST, {"_filter": "1"})["Location"] == f"{LIST}?view=all"
    assert client.get(f"{LIST}?view=all").status_code == 200
    assert client.get(LIST).status_code == 200


def test_filters_on_evidence_tell_nothing_to_who_may_not_read_it(
    client: Client, desk: Desk, checker: User
) -> None:
    counsel = factories.person("counsel", desk, "legal")
    claim = factories.ready(checker)
    Claim.objects.filter(pk=claim.pk).update(shared_with_legal=True)
    client.force_login(counsel)
    assert _listed(client) == {claim.text}
    assert _listed(client, "publisher=example") == set()
    assert _listed(client, "link=unchecked") == set()
