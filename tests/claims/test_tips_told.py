"""The desk is told that a reader sent something in, without a word of it, and may pass
it to another desk.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from claims.choices import Delivery, NotificationKind
from claims.desk.notifications import mailing, reading
from claims.desk.notifications.sentences import address, claim_words, sentence
from claims.intake.tip_decisions import close, pass_on
from claims.models import Claim, Notification, Tip, TipMessage
from claims.workflow import WorkflowError
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, Membership, User
from tests.claims.tip_cases import WORDS, asked_to_correct, sent
from tests.letters import arrived, with_address
from tests.project.api import Api

pytestmark = pytest.mark.django_db
KIND = NotificationKind.TIP
SECRETS = ("bridge", "radio", "noon", "Runa", "mail.example")


def _told() -> set[str]:
    return set(Notification.objects.filter(kind=KIND).values_list("user__username", flat=True))


@pytest.mark.usefixtures("auditor", "reporter", "admin_person", "outsider")
def test_who_decides_tips_is_told_of_one_until_they_read_it_and_not_what_it_says(
    client: Client, desk: Desk, checker: User, editor: User
) -> None:
    with_address(editor)
    mailing.choose(editor, {KIND: Delivery.AT_ONCE})
    mailing.choose(checker, {KIND: Delivery.OFF})
    tip = sent(desk)
    assert _told() == {"checker", "editor"}
    sent(desk)  # the same again
    sent(desk, text="And the tunnel?")
    assert Notification.objects.count() == 2
    (letter,) = arrived()
    assert letter.to == ["editor@news.example"] and "A reader sent in a tip." in letter.subject
    (told,) = reading.of(editor)
    client.force_login(editor)
    shown = client.get("/admin/notifications/").text
    assert "A reader sent in a tip." in shown and f"Tips of {desk}" in shown
    said = [str(letter.body), letter.subject, sentence(told), claim_words(told), address(told)]
    assert not [word for word in SECRETS for text in [*said, shown] if word in text]
    assert WORDS.text in client.get(address(told)).text
    (row,) = Api(editor).get("notifications/").json()["results"]
    assert (row["kind"], row["claim"], row["tip"]) == ("tip", None, str(tip.public_id))
    assert 'name="tip"' in client.get(reverse("notification_settings")).text
    reading.mark_all_read(editor)
    sent(desk, text="And the ferry?")
    assert reading.unread_count(editor) == 1
    Membership.objects.filter(user=editor).delete()
    assert not reading.of(User.objects.get(pk=editor.pk)).exists()


def test_a_tip_passed_on_is_another_desks_and_its_people_are_told(
    client: Client, desk: Desk, checker: User, outsider: User
) -> None:
    tip, to = sent(desk), outsider.memberships.get().desk
    before = TipMessage.objects.get(tip=tip)
    assert pass_on(tip, by=checker, desk=desk).desk == desk  # where it is: nothing happens
    assert not AuditEntry.objects.filter(action="tip.passed").exists()
    client.force_login(checker)
    page = reverse("admin:claims_tip_pass", args=[tip.pk])
    for wrong in ("", desk.pk + 10_000):
        assert client.post(page, {"desk": wrong}).status_code == 400
    answer = client.post(page, {"desk": to.pk}, follow=True)
    assert answer.redirect_chain[0][0] == reverse("admin:claims_tip_changelist")
    assert (
        f"Passed to {to}." in answer.text and client.post(page, {"desk": to.pk}).status_code == 404
    )
    passed = Tip.objects.get()
    assert (passed.desk, passed.waiting, passed.message) == (to, True, before)
    assert not reading.of(checker).exists() and not Tip.objects.visible_to(checker).exists()
    (told,) = reading.of(outsider)
    assert sentence(told) == "checker passed a tip of a reader to your desk."
    entry = AuditEntry.objects.get(action="tip.passed")
    assert entry.changes["desk"] == [str(desk.public_id), str(to.public_id)]
    back = Api(outsider).post(f"tips/{tip.public_id}/pass/", {"desk": str(desk.public_id)})
    assert back.status_code == 200 and back.json()["desk"] == str(desk.public_id)
    assert Tip.objects.visible_to(checker).get() == tip


def test_what_is_decided_or_about_a_verdict_stays_and_others_pass_nothing(
    checker: User, auditor: User, outsider: User, published: Claim
) -> None:
    to = outsider.memberships.get().desk
    about_verdict, decided = asked_to_correct(published), sent(published.desk)
    with pytest.raises(WorkflowError, match="by the desk of its verdict"):
        pass_on(about_verdict, by=checker, desk=to)
    for who in (auditor, outsider):
        with pytest.raises((PermissionDenied, Tip.DoesNotExist)):
            pass_on(decided, by=who, desk=to)
    close(decided, by=checker, reason="spam")
    with pytest.raises(WorkflowError, match="already decided"):
        pass_on(decided, by=checker, desk=to)
    assert set(Tip.objects.values_list("desk", flat=True)) == {published.desk_id}
