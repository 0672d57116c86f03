"""What a reader sends in is stored once, with a link that only the sender has, and
erased in time.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied

from claims.choices import Action, TipStage
from claims.intake import received_tips
from claims.intake.received_tips import by_token, receive, stage_of, token_of
from claims.intake.tip_erasure import erase, erase_due, read_sender
from claims.models import Claim, Tip, TipMessage
from claims.models.tip import WRITTEN
from claims.workflow import WorkflowError, apply
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests import factories
from tests.claims.recheck_cases import correct, publish_correction
from tests.claims.tip_cases import WORDS, asked_to_correct, sent

pytestmark = pytest.mark.django_db


def _written(tip: Tip) -> set[str]:
    return {getattr(TipMessage.objects.get(tip=tip), name) for name in WRITTEN}


def test_the_same_from_the_same_sender_is_one_tip_with_one_link(desk: Desk) -> None:
    first = sent(desk)
    again = sent(desk, text=f" {WORDS.text.upper()}\n", email="runa@MAIL.example", client="::1")
    assert (again.pk, token_of(again)) == (first.pk, token_of(first))
    others = [
        sent(desk, text="Another."),
        sent(desk, email=""),
        sent(desk, email="", client="::1"),
    ]
    assert len({tip.pk for tip in (first, *others)}) == Tip.objects.count() == 4
    assert sent(desk, email="").pk == others[1].pk
    assert not AuditEntry.objects.filter(object_type="claims.tip").exists()


def test_a_link_outlives_a_new_secret_key_and_is_not_in_the_database(
    desk: Desk, settings: Any
) -> None:
    tip = sent(desk)
    token = token_of(tip)
    assert len(token) == 32 and token not in repr(Tip.objects.values())
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 9
    assert token_of(tip) == token and by_token(token) == tip
    settings.SECRET_KEY_FALLBACKS = []
    assert token_of(tip) == "" and by_token(token) == tip
    assert by_token("") is None and by_token(str(tip.public_id)) is None


def test_no_more_is_taken_than_a_desk_could_clear_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(received_tips, "MAX_OF_ALL", 2)
    sent(desk)
    assert not received_tips.too_many()
    sent(desk, text="Another.")
    assert received_tips.too_many()


def test_the_desk_of_the_settings_gets_them(desk: Desk, settings: Any) -> None:
    sports = factories.desk("Sports")
    assert received_tips.desk_for_tips() == desk
    settings.TIPS_DESK = "Sports"
    assert received_tips.desk_for_tips() == sports


def test_a_request_goes_to_the_desk_of_its_verdict(checker: User, editor: User) -> None:
    factories.desk("Before")
    tip = asked_to_correct(factories.published(checker, editor))
    assert (tip.kind, tip.desk) == ("correction", checker.memberships.get().desk)
    assert stage_of(tip) == (TipStage.RECEIVED, None)


def test_a_request_is_about_what_is_published_when_it_arrives(
    editor: User, second_editor: User, published: Claim
) -> None:
    before = published.verdicts.get()
    correct(published, editor)
    publish_correction(published, editor, second_editor)
    late = replace(WORDS, verdict=before)
    assert receive(late, desk=published.desk).verdict == published.verdicts.published().get()
    apply(published, Action.RETRACT, by=editor, data=factories.note("It was wrong."))
    with pytest.raises(WorkflowError, match="was retracted"):
        receive(replace(late, text="Another."), desk=published.desk)


def test_what_a_reader_wrote_is_erased_once_by_time_or_by_an_editor(
    desk: Desk, checker: User, editor: User, outsider: User
) -> None:
    with patch.object(clock, "now", return_value=clock.now() - timedelta(days=90)):
        old = sent(desk)
    new = sent(desk, text="Another.")
    assert sent(desk).pk == old.pk
    assert (erase_due(), erase_due()) == (1, 0)
    assert _written(old) == {""} and WORDS.name in _written(new)
    assert Tip.objects.get(repeat_key=None) == old and sent(desk).pk != old.pk
    with pytest.raises(PermissionDenied):
        erase(new, by=checker)
    for work in (erase, read_sender):
        with pytest.raises(Tip.DoesNotExist):
            work(new, by=outsider)
    assert read_sender(new, by=checker).email == WORDS.email
    for _ in range(2):
        erase(new, by=editor)
    assert _written(new) == {""} and read_sender(new, by=editor).email == ""
    entries = AuditEntry.objects.filter(object_type="claims.tip").order_by("seq")
    told = [(entry.action, entry.actor) for entry in entries]
    assert told == [("tip.erase", "system"), ("tip.read", "checker"), ("tip.erase", "editor")]
    assert WORDS.email not in repr(entries.values())
