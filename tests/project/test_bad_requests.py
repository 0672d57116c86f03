"""Thousands of bad requests to every door, signed in all the way: each is answered, and
none with a 500; at each address some get past the door.

`BAD_REQUESTS=15000 python3 quickstart.py test tests/project/test_bad_requests.py` sends
that many; `BAD_REQUESTS_SEED` starts from another seed.
"""

import os
from collections import Counter
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from tests.project.api import Api
from tests.project.bad_requests import Source, admin_paths, closed_to_everybody
from tests.project.valid_requests import Request, Story, send

NUMBER = int(os.environ.get("BAD_REQUESTS", "400"))
SEED = int(os.environ.get("BAD_REQUESTS_SEED", "12"))
# Then the desk is made anew: lists that grow make every request slower.
ROUND = 1000
READY = "/healthz/ready"  # 503 where no worker runs
ROUNDS = [(SEED + start, min(ROUND, NUMBER - start)) for start in range(0, NUMBER, ROUND)]


@pytest.mark.rules  # PostgreSQL refuses more kinds of values than SQLite
@pytest.mark.parametrize(("seed", "number"), ROUNDS)
def test_no_bad_request_is_a_500(
    transactional_db: None, seed: int, number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    story = Story()
    api, pages = Api(story.by).client, Client()
    pages.force_login(story.by)
    api.raise_request_exception = pages.raise_request_exception = False
    valid = _answered_with_success(story, api)
    source = Source(seed, api, pages, valid)
    statuses: Counter[tuple[str, int]] = Counter()
    passed: dict[str, bool] = {}
    session, signed_out, failed = pages.cookies[settings.SESSION_COOKIE_NAME].value, 0, []
    for count, bad in enumerate(source.requests(number)):
        if count % 200 == 0:
            cache.clear()  # the throttle of the API
        pages.cookies[settings.SESSION_COOKIE_NAME] = session
        answer = bad.send()
        if _met_the_sign_in_page(answer):
            signed_out += 1
            pages.force_login(story.by)
            session = pages.cookies[settings.SESSION_COOKIE_NAME].value
            if bad.route:  # signed out by the one before
                answer = bad.send()
        elif answer.status_code == HTTPStatus.UNAUTHORIZED:
            # A forged header, or the page that revokes a token was sent.
            signed_out += 1
            api.defaults |= Api(story.by).client.defaults
        if answer.streaming:
            b"".join(answer.streaming_content)
        statuses[bad.door, answer.status_code] += 1
        if bad.route:
            passed[bad.route] = passed.get(bad.route, False) or _was_let_in(answer)
        if answer.status_code >= 500 and READY not in bad.words:
            failed.append(f"{answer.status_code} {bad.words}\n{_reason(answer)}")
            with capsys.disabled():
                print("\n" + failed[-1])  # noqa: T201
    told = ", ".join(
        f"{door} {status}: {count}" for (door, status), count in sorted(statuses.items())
    )
    with capsys.disabled():
        print(f"\n{number} bad requests from seed {seed}: {told}")  # noqa: T201
    # Forged cookies and tokens are refused, and little else is.
    assert signed_out < number / 20, f"{signed_out} of {number} were signed out"
    shallow = [route for route, through in passed.items() if not through]
    assert not shallow, f"no request was let in at {shallow}"
    assert number < ROUND or len(passed) == _every_address(valid), "some address was never sent"
    assert not failed, f"{len(failed)} failed\n" + "\n".join(failed[:20])
    cache.clear()
    assert pages.get("/admin/").status_code == api.get("/api/v1/me/").status_code == 200
    assert {"api", "admin", "public"} == {door for door, _status in statuses}


def _was_let_in(answer: Any) -> bool:
    """Whoever sent it was known: what is wrong was found behind the door."""
    return answer.status_code != HTTPStatus.UNAUTHORIZED and not _met_the_sign_in_page(answer)


def _every_address(valid: list[Request]) -> int:
    return len({one.operation for one in valid}) + sum(map(bool, admin_paths().values()))


def _met_the_sign_in_page(answer: Any) -> bool:
    return answer.status_code == HTTPStatus.FOUND and "/login/?next=" in answer["Location"]


def _answered_with_success(story: Story, api: Client) -> list[Request]:
    """A request for every operation of the API; see test_valid_requests."""
    valid = []
    for request, learn in story.requests():
        answer = send(api, request)
        assert 200 <= answer.status_code < 300, (request, answer.content[:300])
        learn(answer)
        valid.append(request)
    return valid


def _reason(answer: object) -> str:
    info = getattr(answer, "exc_info", None)
    if not info:
        return ""
    trace = info[2]
    while trace.tb_next:
        trace = trace.tb_next
    code = trace.tb_frame.f_code
    return f"  {info[0].__name__}: {str(info[1])[:300]} in {code.co_filename}:{trace.tb_lineno}"


@pytest.mark.pages
def test_every_address_of_the_admin_lets_somebody_in(transactional_db: None) -> None:
    story, pages = Story(), Client(raise_request_exception=False)
    _answered_with_success(story, Api(story.by).client)
    pages.force_login(story.by)
    refused = {}
    for route, paths in admin_paths().items():
        answers = [pages.get(path) for path in paths]
        if not closed_to_everybody(route) and not any(
            _was_let_in(one) and one.status_code != HTTPStatus.FORBIDDEN for one in answers
        ):
            refused[route] = [one.status_code for one in answers]
    assert not refused, "no row to open it with, or nobody allowed to"
