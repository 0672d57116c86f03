"""Where a provider of e-mail sends the messages to a desk: the raw
message as the body, or in the field of a form that SendGrid (`email`)
and Mailgun (`body-mime`) use for it.

The secret comes by HTTP Basic, which providers take from the address
they are given, or as a bearer token.
"""

import base64
import binascii
from urllib.parse import parse_qsl
from uuid import UUID

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from claims.exchange.mail import mailboxes
from claims.exchange.mail.receiving import MOST_BYTES, MailRefusedError, receive
from claims.intake import received_tips
from factcheck.newsroom.post_limits import RETRY_AFTER, may_post
from sources.process_slots import BusyError

FIELDS = ("email", "body-mime")
MOST_FIELDS = 100
# Each byte as one character: a message is bytes, in the charsets of its parts.
_BYTES = "latin-1"
_MULTIPART, _URLENCODED = "multipart/form-data", "application/x-www-form-urlencoded"


@csrf_exempt
@never_cache
@require_POST
def inbound_mail(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """200 once it is a tip; 406 for what never will be one, so that the
    provider does not send it again.
    """
    found = mailboxes.opened(mailbox, _secret(request))
    if found is None:
        # Counted where it is wrong alone: all messages come from few addresses.
        if not may_post(request, "mail"):
            return _later()
        refused = _answer(401, "Send the secret of the mailbox as the password.")
        refused["WWW-Authenticate"] = 'Basic realm="mailbox"'
        return refused
    if received_tips.too_many():
        return _later()
    try:
        raw = _raw(request)
        if raw is None:
            return _answer(406, "Send the raw message: as the body, as email or as body-mime.")
        tip = receive(found, raw)
    except (RequestDataTooBig, MailRefusedError) as error:
        large = isinstance(error, RequestDataTooBig)
        return _answer(406, "The message is larger than 10 MB." if large else str(error))
    except (SuspiciousOperation, MultiPartParserError, ValueError):
        return _answer(406, "The form is damaged.")
    except BusyError:
        return _later(503)
    return JsonResponse({"tip": str(tip.public_id)})


def _secret(request: HttpRequest) -> str:
    scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        decoded = base64.b64decode(given, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
    return decoded.partition(":")[2]


def _raw(request: HttpRequest) -> bytes | None:
    """The bytes of the message; None where there is none."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > 2 * MOST_BYTES:
        raise RequestDataTooBig
    if request.content_type not in {_MULTIPART, _URLENCODED}:
        return request.body or None
    if request.content_type == _URLENCODED:
        # Django reads such a form as UTF-8 alone.
        body = request.body.decode(_BYTES)
        fields = dict(parse_qsl(body, encoding=_BYTES, max_num_fields=MOST_FIELDS))
        found = next((fields[name] for name in FIELDS if name in fields), "")
        return found.encode(_BYTES, "replace") or None
    request.encoding = _BYTES
    for name in FIELDS:
        if text := request.POST.get(name):
            return text.encode(_BYTES, "replace")
        if file := request.FILES.get(name):
            return bytes(file.read(MOST_BYTES + 1))
    return None


def _later(status: int = 429) -> HttpResponse:
    answer = _answer(status, "Too much came at once. Send it again later.")
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def _answer(status: int, reason: str) -> HttpResponse:
    return JsonResponse({"detail": reason}, status=status)
