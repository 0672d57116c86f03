"""Every address of the project is on a reviewed list that says what it answers to whom, and is opened as each of them."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from tests.project.canaries import SECRETS, published_claim
from tests.project.every_url import Address, addresses, filled
from tests.project.newsroom_of_all import WHO, Newsroom

REVIEWED = Path(__file__).with_name("urls.txt")
LOGOUT = "admin/logout/"  # takes a POST, and would end the session of the test

READY = "/healthz/ready"  # whether workers are up is not the matter here


def _reviewed() -> dict[str, list[str]]:
    lines = [line.split() for line in REVIEWED.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    return {route: answers for route, *answers in lines}


def _name(address: Address) -> str:
    return f"/{address.route}"


def _answer(client: Client, path: str) -> str:
    """The status; “sign-in” where one is led to the sign-in page, and the class alone of other ways elsewhere."""
    response = client.get(path)
    if response.status_code in {301, 302}:
        return "sign-in" if "/login/" in str(response["Location"]) else "away"
    return "200" if path == READY and response.status_code == 503 else str(response.status_code)


def test_every_address_is_on_the_list_and_answers_as_reviewed(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    room = Newsroom()
    published_claim(room)
    for secret in SECRETS:
        secret.plant(room, secret.mark)
    reviewed, found = _reviewed(), {}
    for address in addresses():
        path = (filled(address) or ["/no-row/"])[0]
        cache.clear()
        found[_name(address)] = ["-"] * len(WHO) if path == "/no-row/" or address.route == LOGOUT else [
            _answer(room.client(who, path), path) for who in WHO
        ]  # fmt: skip
    new = [f"{route.ljust(66)} {'  '.join(mark.ljust(7) for mark in answers)}".rstrip() for route, answers in found.items() if reviewed.get(route) != answers]
    gone = sorted(set(reviewed) - set(found))
    assert not new and not gone, "\n".join(["Not as reviewed. Read each line; if it is right, paste it into urls.txt:", *new, "Gone:", *gone])
    with capsys.disabled():
        print(f"\n{len(found)} addresses opened as each of {len(WHO)}")  # noqa: T201 (the count is the point)
