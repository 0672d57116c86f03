"""The mailbox of a desk: a provider of e-mail sends raw messages to its address, and
each becomes one tip, whatever is in it.
"""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from claims.exchange.mail import mailboxes
from claims.intake import received_tips
from claims.intake.tip_erasure import erase
from claims.models import Claim, Mailbox, Tip, TipMessage
from factcheck.ledger import clock
from factcheck.ledger.models import AuditEntry
from factcheck.newsroom.models import Desk, User
from tests.project.api import Api

RAW = (
    b"From: =?utf-8?q?J=C3=BCrgen?= Roe <roe@mail.example>\r\n"
    b"To: tips@news.example\r\nSubject: =?iso-8859-1?q?Die_Br=FCcke?=\r\n"
    b"Message-ID: <1@mail.example>\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=B\r\n\r\n"
    b"--B\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n"
    b"The bridge is said to have cost 4 million \xa3.\r\n"
    b"--B\r\nContent-Type: application/pdf\r\n"
    b'Content-Disposition: attachment; filename="a.pdf"\r\n\r\n%PDF\r\n--B--\r\n'
)


@pytest.fixture
def box(desk: Desk, editor: User) -> tuple[Mailbox, str]:
    return mailboxes.create(desk, by=editor)


def _post(client: Client, box: tuple[Mailbox, str], raw: Any = RAW, **more: Any) -> Any:
    row, secret = box
    given = base64.b64encode(f"mail:{secret}".encode()).decode()
    # Wrong secrets are counted by network.
    more["REMOTE_ADDR"] = f"2001:db8:{row.public_id.hex[:4]}:{row.public_id.hex[4:8]}::1"
    more = {"content_type": "message/rfc822", "headers": {"Authorization": f"Basic {given}"}} | more
    return client.post(reverse("claims:inbound_mail", args=[row.public_id]), raw, **more)


def test_a_message_becomes_one_tip_however_often_it_is_sent(
    client: Client, box: tuple[Mailbox, str], editor: User
) -> None:
    answers = [_post(client, box) for _twice in range(2)]
    bearer = {"Authorization": f"Bearer {box[1]}"}
    answers.append(_post(client, box, headers=bearer))
    file = SimpleUploadedFile("m.eml", RAW)
    answers.append(client.post(_path(box), {"body-mime": file}, headers=bearer))
    assert {(one.status_code, one.json()["tip"]) for one in answers} == {
        (200, str(Tip.objects.get().public_id))
    }
    tip = Tip.objects.get()
    assert (tip.desk, tip.mailbox, tip.waiting) == (box[0].desk, box[0], True)
    message = tip.message
    assert (message.name, message.email) == ("Jürgen Roe", "roe@mail.example")
    assert message.text == (
        "Die Brücke\n\nThe bridge is said to have cost 4 million £.\n\n"
        "(1 attachment was not taken. Ask the sender for it.)"
    )
    assert not Claim.objects.exists()
    # Another message of the same sender is another tip.
    assert _post(client, box, RAW.replace(b"4 million", b"5 million")).status_code == 200
    assert Tip.objects.count() == 2
    client.force_login(editor)
    assert "by e-mail" in client.get(reverse("admin:claims_tip_change", args=[tip.pk])).text
    erase(tip, by=editor)
    assert TipMessage.objects.get(tip=tip).email == ""


def _path(box: tuple[Mailbox, str]) -> str:
    return reverse("claims:inbound_mail", args=[box[0].public_id])


def test_a_form_carries_the_bytes_as_they_are(client: Client, box: tuple[Mailbox, str]) -> None:
    boundary = b"x7"
    field = (
        b'--x7\r\nContent-Disposition: form-data; name="email"\r\n\r\n' + RAW + b"\r\n--x7--\r\n"
    )
    kind = f"multipart/form-data; boundary={boundary.decode()}"
    assert _post(client, box, field, content_type=kind).status_code == 200
    kind = "application/x-www-form-urlencoded"
    assert _post(client, box, b"email=" + quote(RAW).encode(), content_type=kind).status_code == 200
    assert "4 million £." in Tip.objects.get().message.text


def test_markup_is_read_as_words(client: Client, box: tuple[Mailbox, str]) -> None:
    raw = (
        b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n"
        b"<style>p{}</style><p>It cost <b>4</b> million.<script>alert(1)</script><p>Or 5."
    )
    assert _post(client, box, raw).status_code == 200
    assert Tip.objects.get().message.text == "It cost 4 million.\nOr 5."


def test_nobody_else_opens_it(client: Client, box: tuple[Mailbox, str], editor: User) -> None:
    row = box[0]
    for given in ("", "Basic !!", "Bearer x", f"Basic {base64.b64encode(b'mail').decode()}"):
        refused = _post(client, box, headers={"Authorization": given})
        assert refused.status_code == 401 and "Basic" in refused["WWW-Authenticate"]
    other = reverse("claims:inbound_mail", args=["00000000-0000-4000-8000-000000000000"])
    unknown = client.post(other, RAW, "message/rfc822", headers={"Authorization": "Bearer x"})
    assert (unknown.status_code, unknown.content) == (401, refused.content)
    assert client.get(_path(box)).status_code == 405
    mailboxes.switch(row, by=editor, active=False)
    assert _post(client, box).status_code == 401
    assert not Tip.objects.exists()
    # Somebody who guesses is not looked at for long.
    for _guess in range(20):
        last = _post(client, (row, "wrong"))
    assert last.status_code == 429 and last["Retry-After"]


def test_a_secret_is_shown_once_and_the_one_before_opens_for_a_day(
    client: Client, desk: Desk, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(editor)
    add = "/admin/claims/mailbox/add/"
    shown = client.post(add, {"desk": desk.pk})
    row = Mailbox.objects.get()
    first = shown.context["plain"]
    assert f"mail:{first}@" in shown.text and first not in row.secret_hash
    page = reverse("admin:claims_mailbox_change", args=[row.pk])
    assert first not in client.get(page).text and str(row.public_id) in client.get(page).text
    # A desk has one.
    assert client.post(add, {"desk": desk.pk}).status_code == 400
    second = client.post(reverse("admin:claims_mailbox_rotate", args=[row.pk])).context["plain"]
    assert (
        _post(client, (row, first)).status_code == _post(client, (row, second)).status_code == 200
    )
    Mailbox.objects.update(previous_until=clock.now() - timedelta(seconds=1))
    assert _post(client, (row, first)).status_code == 401
    client.post(reverse("admin:claims_mailbox_switch", args=[row.pk]))
    assert _post(client, (row, second)).status_code == 401
    entries = AuditEntry.objects.filter(object_type="claims.mailbox").order_by("seq")
    assert list(entries.values_list("action", flat=True)) == [
        "mailbox.add",
        "mailbox.rotate",
        "mailbox.change",
    ]
    said = json.dumps(list(entries.values_list("changes", flat=True)))
    assert first not in said and second not in said and row.secret_hash not in said


def test_who_may_not_sees_and_changes_nothing(
    client: Client, box: tuple[Mailbox, str], checker: User, outsider: User
) -> None:
    page = reverse("admin:claims_mailbox_change", args=[box[0].pk])
    for who in (checker, outsider):
        client.force_login(who)
        for name in ("rotate", "switch"):
            answer = client.post(reverse(f"admin:claims_mailbox_{name}", args=[box[0].pk]))
            assert answer.status_code in {403, 404}
        assert client.get(page).status_code in {403, 404}
    assert mailboxes.opened(box[0].public_id, box[1])


def test_too_much_at_once_waits(
    client: Client, box: tuple[Mailbox, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(received_tips, "MAX_OF_ALL", 0)
    assert _post(client, box).status_code == 429


def _hostile() -> Iterator[bytes]:
    """A hundred that nobody's program would send."""
    head = b"From: a@b.example\r\nSubject: s\r\n"
    nested = b""
    for depth in range(2_000):
        nested += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth)
    yield head + nested + b"Content-Type: text/plain\r\n\r\nx"
    yield head + b"Content-Type: message/rfc822\r\n\r\n" * 3_000
    yield head + b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\nx\r\n" * 5_000
    yield b"Subject: " + b"x" * 2_000_000 + b"\r\n\r\nwords"
    yield b"X: y\r\n" * 50_000 + b"\r\nwords"
    yield b"From: " + b"(" * 100_000 + b"\r\n\r\nwords"
    yield b'From: "' + b'\\"' * 100_000 + b"\r\n\r\nwords"
    yield b"From: " + b"<" * 50_000 + b"\r\n\r\nwords"
    yield b"Subject: " + b"=?utf-8?q?" * 20_000 + b"\r\n\r\nwords"
    yield head + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 200_000
    yield head + b"Content-Type: text/html\r\n\r\n" + b"<!--" * 100_000
    yield head + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"A" * 3_000_000
    yield from (b"", b"\0" * 1_000, b"\r\n\r\n", b"no headers at all", b"\xff\xfe" * 50)
    yield from (bytes([one]) * 40 for one in (0, 9, 10, 13, 32, 58, 127, 128, 255))
    charsets = ("utf-7", "utf-16", "rot13", "hex", "zip", "base64", "idna", "\udcff", "x" * 999, "")
    for charset in charsets:
        name = charset.encode("utf-8", "surrogateescape")
        yield head + b"Content-Type: text/plain; charset=" + name + b"\r\n\r\n+AD4- \xff words"
        yield b"Subject: =?" + name + b"?b?/////w==?=\r\n\r\nwords"
        yield b"From: =?" + name + b"?q?=00=0D=0AX:_y?= <a@b.example>\r\n\r\nwords"
    for value in (
        b"a\0b",
        b"a\rb",
        b"a\x0bb",
        b"\x1b[31m",
        b"\xed\xa0\x80",
        b"=?utf-8?q?=0D=0ABcc:?=",
        b"\xe2\x80\xae",
        b"%00%0d%0a",
    ):
        for name in (
            b"From",
            b"Subject",
            b"Message-ID",
            b"Content-Type",
            b"Content-Type: text/plain",
        ):
            yield name + b": " + value + b"\r\n\r\nwords " + value
    for encoding in (b"base64", b"quoted-printable", b"x-uuencode", b"8bit", b"none", b"\xff"):
        yield head + b"Content-Transfer-Encoding: " + encoding + b"\r\n\r\n=\xff=zz!begin 644 x"
    yield head + b"Content-Type: text/plain; charset*=utf-8''%FF; name*0*=x; name*99=y\r\n\r\nwords"
    yield head + b"Content-Type: text/plain; boundary=\r\n\r\nwords"


def test_a_hundred_hostile_messages_are_each_answered(
    client: Client, box: tuple[Mailbox, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(received_tips, "MAX_OF_ALL", 1_000)
    sent = list(_hostile())
    assert len(sent) >= 100
    for raw in sent:
        before = Tip.objects.count()
        answer = _post(client, box, raw)
        taken = Tip.objects.count() - before
        assert answer.status_code in {200, 406}, raw[:80]
        assert taken <= (answer.status_code == 200), raw[:80]
        assert answer.status_code == 200 or len(answer.json()["detail"]) > 10
    for message in TipMessage.objects.all():
        assert len(message.text) <= 2000 and "\0" not in message.text
        assert not set("\r\n\0") & set(message.name + message.email)
    assert Tip.objects.count() == TipMessage.objects.count()


def test_what_is_too_large_or_no_message_is_refused(
    client: Client, box: tuple[Mailbox, str]
) -> None:
    large = RAW + b"x" * (10 * 2**20)
    assert "10 MB" in _post(client, box, large).json()["detail"]
    for kind, body in (
        ("application/x-www-form-urlencoded", b"text=hello"),
        ("multipart/form-data; boundary=q", b"--q broken"),
        ("multipart/form-data", b"no boundary"),
        ("application/json", b"{}"),
    ):
        assert _post(client, box, body, content_type=kind).status_code == 406
    assert not Tip.objects.exists()


def test_it_is_opened_and_closed_over_the_api(
    desk: Desk, editor: User, checker: User, outsider: User, client: Client
) -> None:
    api = Api(editor)
    made = api.post("mailboxes/", {})
    assert made.status_code == 201
    told, row = made.json(), Mailbox.objects.get()
    assert told["address"].endswith(reverse("claims:inbound_mail", args=[row.public_id]))
    assert _post(client, (row, told["secret"])).status_code == 200
    again = api.post("mailboxes/", {"desk": str(desk.public_id)})
    assert again.status_code == 400
    [shown] = api.get("mailboxes/").json()["results"]
    assert "secret" not in shown and shown["desk"] == str(desk.public_id)
    newer = api.post(f"mailboxes/{told['id']}/rotate/", {}).json()
    for secret in (told["secret"], newer["secret"]):
        assert _post(client, (row, secret)).status_code == 200
    assert api.patch(f"mailboxes/{told['id']}/", {"active": False}).json()["active"] is False
    assert _post(client, (row, newer["secret"])).status_code == 401
    assert Tip.objects.count() == 1
    for other in (checker, outsider):
        assert Api(other).get("mailboxes/").json()["results"] == []
        assert Api(other).post(f"mailboxes/{told['id']}/rotate/", {}).status_code == 404
    assert Api(checker).post("mailboxes/", {}).status_code == 403
