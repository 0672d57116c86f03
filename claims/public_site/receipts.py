"""The signed receipt of a verdict, and the keys to verify it with."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from claims.exchange.receipts import public_keys, receipt
from claims.models import Verdict
from claims.public_site.addresses import address_of, of_published
from claims.public_site.caching import with_last_modified
from claims.public_site.decorators import changing, public
from factcheck.ledger.head_page import head


@of_published
def receipt_json(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    if not settings.RECEIPT_KEYS:
        raise Http404(_("This newsroom signs no receipts; FACTCHECK_RECEIPT_KEYS sets a key."))
    newest = head()
    signed = receipt(verdict, url=address_of(verdict), audit_head=newest)
    response = with_last_modified(JsonResponse(signed), newest["at"])
    response["X-Robots-Tag"] = "noindex"
    # with each entry of the audit chain
    return changing(response)


@public
def keys(request: HttpRequest) -> HttpResponse:
    # small, and not a matter of the database
    return changing(JsonResponse(public_keys(), content_type="application/jwk-set+json"))
