"""Readers send in a claim or ask for a correction, without a cookie; a robot is
stopped, and the sender's link shows the stage.
"""

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from claims.choices import Action
from claims.intake import received_tips
from claims.models import Claim, Tip, TipMessage
from claims.workflow import MoveData, apply
from factcheck.newsroom import post_limits
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.sign_in_limits import CACHE
from tests.claims.public_pages import page, publish

SUBMIT, CORRECT = "/submit/", "/request-correction/"
SENT = {"text": "Is it true that the bridge closes?", "email": "runa@mail.example"}


@pytest.fixture(autouse=True)
def _counted_here(settings: Any, desk: Desk) -> None:
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, CACHE: {"BACKEND": memory, "LOCATION": "tips"}}
    caches[CACHE].clear()


def test_a_claim_is_sent_in_and_its_link_shows_the_stage_alone(client: Client) -> None:
    shown = client.get(SUBMIT)
    assert shown.status_code == 200 and not shown.cookies
    assert "no-cache" in shown["Cache-Control"] and "Cookie" not in shown.get("Vary", "")
    assert "form-action 'self'" in shown["Content-Security-Policy"]
    place = "In a group of parents"
    strict = Client(enforce_csrf_checks=True)
    sent = strict.post(SUBMIT, {**SENT, "url": "radio.example/noon", "place": place})
    assert sent.status_code == 302 and sent["Cache-Control"] == "no-store" and not sent.cookies
    message = TipMessage.objects.get()
    assert (message.text, message.url) == (SENT["text"], "https://radio.example/noon")
    other = client.post(SUBMIT, {"text": "Another claim.", "place": "On a poster"})
    one, two = client.get(sent["Location"]), client.get(other["Location"])
    assert one.content == two.content and 'aria-current="step">Received' in one.text
    assert (one["Cache-Control"], one["Referrer-Policy"]) == ("no-store", "same-origin")
    assert "noindex" in one["X-Robots-Tag"]
    token = sent["Location"].rstrip("/").rpartition("/")[2]
    for wrong in (token[:-1], token.swapcase(), str(message.tip.public_id), "x" * 32):
        assert client.get(f"/tips/{wrong}/").status_code == 404


@pytest.mark.parametrize(
    ("data", "field", "told"),
    [
        ({}, "text", "Enter the claim, or the address"),
        ({"text": "x" * 2001}, "text", "at most 2000"),
        ({"text": "a\0b"}, "text", "Null"),
        ({**SENT, "url": "ftp://radio.example/"}, "url", "Enter a web address"),
        ({**SENT, "place": "x" * 301}, "place", "at most 300"),
        ({**SENT, "email": "runa"}, "email", "valid email"),
        ({**SENT, "homepage": "https://spam.example"}, "homepage", "it is there for robots"),
    ],
)
def test_what_is_wrong_is_told_above_and_at_its_field(
    client: Client, data: dict[str, str], field: str, told: str
) -> None:
    answer = client.post(SUBMIT, data)
    assert answer.status_code == 400 and not Tip.objects.exists()
    assert answer.text.count(told) == 2 and f'<a href="#id_{field}">' in answer.text
    assert f'id="id_{field}_error"' in answer.text and 'aria-invalid="true"' in answer.text
    [described] = re.findall('aria-describedby="([^"]*_error)"', answer.text)
    assert described.split()[-1] == f"id_{field}_error"
    assert "Not sent yet: a claim to check" in answer.text
    assert answer["Cache-Control"] == "no-store"


def test_a_correction_is_requested_of_what_readers_have(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor)
    link = f"{CORRECT}?verdict={claim.address}"
    assert f'href="{link}"' in client.get(page(claim)).text
    assert page(claim) in client.get(link).text
    assert "<script" not in client.get(f"{CORRECT}?verdict=%3Cscript%3E").text
    wrong = {"verdict": f"https://facts.example{page(claim)}", "text": "The table is of 2024."}
    assert client.post(CORRECT, wrong).status_code == 302
    tip = Tip.objects.get()
    assert (tip.verdict, tip.kind) == (claim.verdicts.get(), "correction")
    withheld = MoveData(note="It counted twice.", category="update", meanwhile="withheld")
    apply(claim, Action.CORRECT, by=editor, data=withheld)
    for verdict in (page(claim), "nothing-00000000", "https://facts.example/", " "):
        answer = client.post(CORRECT, {**wrong, "verdict": verdict, "name": "Runa"})
        assert answer.status_code == 400 and 'href="#id_verdict"' in answer.text
    assert page(claim) not in client.get(link).text and Tip.objects.count() == 1


def test_a_robot_is_stopped_stores_nothing_twice_and_disturbs_nobody(
    client: Client, checker: User, editor: User
) -> None:
    claim = publish(checker, editor)
    pages = ("/verdicts/", page(claim), SUBMIT)
    before = [client.get(path).content for path in pages]
    answers = [client.post(SUBMIT, SENT) for _ in range(1000)]
    taken = answers[: post_limits.MAX_OF_NETWORK]
    assert {answer.status_code for answer in taken} == {302}
    assert len({answer["Location"] for answer in taken}) == Tip.objects.count() == 1
    refused = answers[post_limits.MAX_OF_NETWORK :]
    assert {(one.status_code, one["Retry-After"]) for one in refused} == {(429, "900")}
    assert SENT["text"] in refused[0].text and "Wait 15 minutes" in refused[0].text
    assert client.post(CORRECT, {}).status_code == 429
    assert [client.get(path).content for path in pages] == before
    assert client.get(taken[0]["Location"]).status_code == 200
    assert client.post(SUBMIT, SENT, REMOTE_ADDR="198.51.100.7").status_code == 302
    assert Tip.objects.count() == 1


def test_many_robots_together_are_stopped_as_well(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(received_tips, "MAX_OF_ALL", 2)
    states = [
        client.post(SUBMIT, {"text": f"Claim {n}."}, REMOTE_ADDR=f"198.51.100.{n}").status_code
        for n in range(4)
    ]
    assert states == [302, 302, 429, 429] and Tip.objects.count() == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_of_another_site_is_refused(client: Client, headers: dict[str, str]) -> None:
    answer = client.post(SUBMIT, SENT, headers=headers)
    assert answer.status_code == 403 and "Nothing was sent" in answer.text
    for own in ({"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}):
        assert client.post(SUBMIT, SENT, headers=own).status_code == 302
    assert Tip.objects.count() == 1 and client.put(SUBMIT).status_code == 405


def test_it_is_the_same_for_somebody_who_is_signed_in(client: Client, editor: User) -> None:
    before = client.get(SUBMIT).content
    client.force_login(editor)
    assert client.get(SUBMIT).content == before and not Claim.objects.exists()
