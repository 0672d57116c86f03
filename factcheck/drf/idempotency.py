"""`Idempotency-Key`: a POST that is sent again is not done again, and is
answered as it was the first time. For a client whose connection broke
off before the answer came.
"""

import hashlib
import json
from collections.abc import Callable
from http import HTTPStatus

from django.db import connection, transaction
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import is_success

from factcheck.drf.auth import token_of
from factcheck.drf.errors import Problem, bad_field
from factcheck.ledger import clock, named_lock
from factcheck.ledger.canonical_json import canonical_json, sha256
from factcheck.newsroom.idempotency_keys import KEPT, LONGEST_KEY, IdempotencyKey

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
# What an answer says besides its body.
_HEADERS = ("ETag", "Location", "Link")


def key_of(request: Request) -> str:
    """The key of the request, "" for none."""
    key = request.headers.get(HEADER)
    if key is None:
        return ""
    if not key.strip() or len(key) > LONGEST_KEY or not key.isprintable():
        raise bad_field(
            HEADER,
            _("Send a key of your own of 1 to %(longest)s characters, such as a UUID.")
            % {"longest": LONGEST_KEY},
        )
    return key.strip()


def done_once(request: Request, key: str, do: Callable[[], Response]) -> Response:
    """The answer of `do`, or the one that this token was given for the
    same request with this key in the last 24 hours. Only what succeeded
    is kept: a request that was refused did nothing and may be mended.

    Raises a Problem: 409 while the first one is being done, 422 for
    another request with the key.
    """
    asked = _fingerprint(request)
    # All in one transaction: what was done and that it was done are there together, or
    # neither.
    with transaction.atomic():
        token = token_of(request)
        if not named_lock.take(f"{HEADER} {token.pk} {key}", wait=False):
            raise Problem(
                HTTPStatus.CONFLICT,
                _("The request with this Idempotency-Key is being done. Send it again later."),
            )
        rows = IdempotencyKey.objects.filter(token=token, key=key)
        rows.filter(at__lte=clock.now() - KEPT).delete()
        kept = rows.first()
        if kept:
            return _replayed(kept, asked)
        response = do()
        # After an error of the database nothing more can be written, and nothing was.
        if is_success(response.status_code) and not connection.needs_rollback:
            _keep(request, key, asked, response)
    return response


def _fingerprint(request: Request) -> str:
    # The body as it was understood: spaces between its parts make no other request.
    body = sha256(json.dumps(_plain(request.data), sort_keys=True))
    return sha256(canonical_json([request.method, request.get_full_path(), body]))


def _plain(data: object) -> object:
    """Uploaded files by their bytes."""
    if not hasattr(data, "lists"):
        return data
    return {name: [_plain_value(value) for value in values] for name, values in data.lists()}


def _plain_value(value: object) -> object:
    if not hasattr(value, "chunks"):
        return value
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)  # type: ignore[attr-defined]
    return [getattr(value, "name", ""), digest.hexdigest()]


def _keep(request: Request, key: str, asked: str, response: Response) -> None:
    headers = {name: response[name] for name in _HEADERS if name in response}
    body = JSONRenderer().render(response.data).decode()
    IdempotencyKey.objects.create(
        token=token_of(request),
        key=key,
        request=asked,
        status=response.status_code,
        answer=json.dumps({"headers": headers, "body": json.loads(body) if body else None}),
        at=clock.now(),
    )


def _replayed(kept: IdempotencyKey, asked: str) -> Response:
    if kept.request != asked:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            _(
                "This Idempotency-Key was used for another request. Send a new key with each"
                " request, and the same one only with the same request."
            ),
        )
    answer = json.loads(kept.answer)
    response = Response(answer["body"], status=kept.status, headers=answer["headers"])
    response[REPLAYED] = "true"
    return response
