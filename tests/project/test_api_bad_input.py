"""Whatever is sent: a clear sentence or a saved row, and never a 500."""

import json
from typing import Any

import pytest

from claims.choices import Action
from claims.models import Claim, Evidence, Suggestion
from claims.workflow import apply
from factcheck.newsroom.models import User
from sources.models import Article
from tests import factories
from tests.project.api import Api, is_problem
from tests.shared_rows import shared

DEEP = 2000


def _json(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


BODIES: dict[str, tuple[bytes, int]] = {
    "empty": (b"", 400),
    "white space": (b" \n", 400),
    "binary": (bytes(range(256)), 400),
    "utf-16": ('{"text": "x"}'.encode("utf-16"), 400),
    "broken utf-8": (b'{"text": "caf\xe9"}', 400),
    "surrogate in utf-8": (b'{"text": "\xed\xa0\x80"}', 400),
    "overlong utf-8": (b'{"text": "\xc0\xaf"}', 400),
    "cut off": (b'{"text": "x', 400),
    "two values": (b'{"text": "x"} {}', 400),
    "a list": (b'["x"]', 400),
    "a text": (b'"x"', 400),
    "a number": (b"5", 400),
    "null": (b"null", 400),
    "nul": (_json(text="a\x00b"), 400),
    "nul in a name": (b'{"text": "x", "a\\u0000": 1}', 400),
    "lone surrogate": (b'{"text": "a\\ud800b"}', 400),
    "lone surrogate in a name": (b'{"text": "x", "\\udfff": 1}', 400),
    "nested": (b'{"text": ' + b"[" * DEEP + b"]" * DEEP + b"}", 400),
    "nested objects": (b'{"text":' * DEEP + b"1" + b"}" * DEEP, 400),
    "nested not quite as deep": (b'{"text": ' + b"[" * 150 + b"]" * 150 + b"}", 400),
    "nan": (b'{"text": NaN}', 400),
    "infinity": (b'{"text": -Infinity}', 400),
    "1e400": (b'{"text": 1e400}', 400),
    "huge integer": (b'{"text": ' + b"9" * 5000 + b"}", 400),
    "field twice": (b'{"text": "a", "text": "b"}', 400),
    "thirteen megabytes": (_json(text="x" * 13_000_000), 413),
}


@pytest.mark.parametrize("path", ["articles/", "claims/"])
@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_no_good_is_refused_in_words(checker: User, path: str, name: str) -> None:
    body, status = BODIES[name]
    assert is_problem(Api(checker).raw(path, body), status)
    assert not Article.objects.exists() and not Claim.objects.exists()


def test_a_body_with_a_byte_order_mark_is_read(checker: User) -> None:
    assert Api(checker).raw("claims/", b"\xef\xbb\xbf" + _json(text="A claim.")).status_code == 201


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
        "%%",
    ],
)
def test_another_kind_of_body_is_a_415(checker: User, content_type: str) -> None:
    assert is_problem(Api(checker).raw("claims/", b"text=x", content_type), 415)


TEXTS = {
    "ten megabytes": ("x" * 10_000_000, 400),
    "one too many": ("x" * 2_000_001, 400),
    "as long as may be": ("x" * 2_000_000, 201),
    "empty": ("", 400),
    "white space": (" \n\u00a0", 400),
    "control characters": ("\x01\x02\x03", 400),
    "accents piled up": ("a" + "\u0301" * 500, 400),
    "right to left": ("He said \u202eylppus\u202c it.", 201),
    "markup": ("<script>alert('x')</script> said the mayor.", 201),
    "json in it": ('{"text": "\\ud800"}', 201),
    "pair of surrogates": ("Trees \U0001f333 planted.", 201),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_kept_as_it_is_or_refused_with_the_remedy(checker: User, name: str) -> None:
    (text, status), api = TEXTS[name], Api(checker)
    sent = api.post("articles/", {"text": text})
    assert sent.status_code == status, sent.content[:300]
    if status == 201:
        assert api.get(f"articles/{sent.json()['id']}/").json()["text"] == text
    else:
        assert is_problem(sent, status) and sent.json()["errors"][0]["field"] == "text"


URLS = {
    "http://127.0.0.1/": 201, "http://169.254.169.254/latest": 201, "http://[::1]/": 201, "http://localhost:80/": 201,
    "javascript:alert(1)": 400, "file:///etc/passwd": 400, "https://": 400, "": 400, "x" * 30_000: 400, "https://a b": 400,
    "https://user:secret@paper.example/": 400, "https://paper.example:99999/": 400, "https://\u202epaper.example/": 400,
}  # fmt: skip


@pytest.mark.parametrize("url", URLS)
def test_an_address_is_taken_in_or_refused_with_the_remedy(checker: User, url: str) -> None:
    """A private address is taken in like any other: whether it may be fetched is known
    only when it is resolved.
    """
    sent = Api(checker).post("articles/", {"url": url})
    assert sent.status_code == URLS[url], sent.content[:300]
    assert sent.status_code == 201 or is_problem(sent, 400)


@shared
def places(checker: User) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Every address that takes a body: how, where, and a body it accepts."""
    factories.scale()
    claim = factories.claim(checker)
    apply(claim, Action.TAKE, by=checker)
    item = factories.evidence(claim, checker)
    one, other = Suggestion.objects.filter(article=factories.article_read(checker))[:2]
    claimant = {
        "name": "A. Person",
        "kind": "Person",
        "description": "",
        "same_as": "https://people.example/a",
    }
    words = {
        "text": "A claim.",
        "claimant": claimant,
        "stated_date": "2026-05-03",
        "due_at": "2026-05-03T09:00:00Z",
    }
    desk = str(claim.desk.public_id)
    return {
        "article": (
            "post",
            "articles/",
            {
                "desk": desk,
                "text": "A text.",
                "address": "https://paper.example/",
                "title": "T",
                "kind": "draft",
                "published_date": "2026-05-03",
            },
        ),
        "claim": (
            "post",
            "claims/",
            words | {"desk": desk, "appearance_url": "https://radio.example/", "language": "en"},
        ),
        "words": ("patch", f"claims/{claim.public_id}/", words),
        "accept": ("post", f"suggestions/{one.public_id}/accept/", words),
        "decline": (
            "post",
            f"suggestions/{other.public_id}/decline/",
            {"reason": "opinion", "note": ""},
        ),
        "evidence": (
            "post",
            f"claims/{claim.public_id}/evidence/",
            {
                "url": "https://paper.example/1",
                "stance": "supports",
                "quote": "Q",
                "finding": "F",
                "locator": "1",
                "origin": "agency.example",
            },
        ),
        "withdraw": ("post", f"evidence/{item.public_id}/withdraw/", {"note": "Wrong."}),
        "verdict": (
            "put",
            f"claims/{claim.public_id}/verdict/",
            {
                "rating": "False",
                "scale": "Truth",
                "short_answer": "No.",
                "explanation": "So it is.",
            },
        ),
        "move": (
            "post",
            f"claims/{claim.public_id}/transitions/",
            {"action": "hold", "note": "Waiting.", "reason": "", "assignee": ""},
        ),
    }


WRONG: tuple[Any, ...] = (
    True,
    0,
    -1,
    1.5,
    10**19,
    [],
    [[]],
    ["x"],
    {},
    {"a": 1},
    "x" * 60_000,
    "\u202e",
    "0000-00-00",
    "9999-12-31T23:59:59-14:00",
)
PLACES = (
    "article",
    "claim",
    "words",
    "accept",
    "decline",
    "evidence",
    "withdraw",
    "verdict",
    "move",
)


@pytest.mark.parametrize("name", PLACES)
def test_a_wrong_type_in_any_field_is_refused_and_the_right_body_is_not(
    checker: User, places: dict[str, Any], name: str
) -> None:
    method, path, body = places[name]
    api = Api(checker)
    fields = [(field,) for field in body] + [
        ("claimant", field) for field in body.get("claimant", {})
    ]
    for field in fields:
        for value in WRONG:
            data = json.loads(json.dumps(body))
            (data if len(field) == 1 else data[field[0]])[field[-1]] = value
            answer = getattr(api, method)(path, data)
            assert answer.status_code < 500, (field, value)
            if isinstance(value, list | dict | bool | float):
                assert is_problem(answer, 400) and answer.json()["errors"][0]["field"].startswith(
                    field[0]
                ), (field, value)
    assert getattr(api, method)(path, body).status_code < 500


@pytest.mark.parametrize("name", PLACES)
def test_everything_sent_twice_is_done_once(
    editor: User, checker: User, places: dict[str, Any], name: str
) -> None:
    method, path, body = places[name]
    api = Api(editor)
    first, again = getattr(api, method)(path, body), getattr(api, method)(path, body)
    assert first.status_code in {200, 201} and again.status_code == 200, (
        first.content,
        again.content,
    )
    assert first.json().get("id") == again.json().get("id")
    assert (Article.objects.count(), Claim.objects.count(), Evidence.objects.count()) <= (2, 2, 2)


# Nothing has this one. Written down, not drawn: all workers must collect the same
# tests.
NO_ID = "0f9d2c3e-5a41-4b7e-9c06-2d8f7a1b6e54"


@pytest.mark.parametrize(
    "part",
    [NO_ID, "1", "%00", "None", "..", "%ff", "x" * 3000, NO_ID.replace("-", "")],
)
@pytest.mark.parametrize(
    "path",
    [
        "articles/{}/",
        "articles/{}/retry/",
        "claims/{}/",
        "claims/{}/verdict/",
        "evidence/{}/",
        "nothing/{}/",
    ],
)
def test_an_unknown_or_malformed_id_is_a_404(checker: User, path: str, part: str) -> None:
    api = Api(checker)
    assert is_problem(
        api.post(path.format(part)) if "retry" in path else api.get(path.format(part)), 404
    )


def test_a_method_that_is_not_there_is_a_405(checker: User) -> None:
    assert is_problem(Api(checker).put("claims/", {}), 405)
    assert is_problem(Api(checker).options("claims/"), 405)
    assert is_problem(Api(checker).get(f"articles/{NO_ID}/retry/"), 405)
